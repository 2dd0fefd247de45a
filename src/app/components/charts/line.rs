//! A line over time, in percent.
//!
//! The drawing stretches with the page; what is read stands beside it as text, which keeps its size on a phone.

use crate::app::words::dates;
use crate::tr;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// Width and height of the drawing's own units.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 100.0;
/// Percent that have a line across.
const GRID: [u32; 5] = [100, 75, 50, 25, 0];
/// Words under the line at most, less one.
const TICKS: u32 = 4;

/// One point of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct LinePoint {
    pub date: NaiveDate,
    /// 0 to 100.
    pub percent: f64,
    /// Said of the point, such as "3 Nov 2025: 92.00 %, 23 of 25".
    pub words: String,
}

/// A line through these points, which are in the order of time. A table with the same numbers stands beside it.
#[component]
pub fn LineChart(
    points: Vec<LinePoint>,
    /// What the line shows, such as "Attended, by week".
    #[prop(into)]
    label: String,
    /// How a day is written under the line, in chrono's letters.
    #[prop(default = "%-d %b")]
    tick: &'static str,
    #[prop(default = "line-chart")] test: &'static str,
) -> impl IntoView {
    let (Some(first), Some(last)) = (points.first().map(|point| point.date), points.last().map(|point| point.date))
    else {
        return ().into_any();
    };
    let label = tr!("line-label", label = label, told = told(&points));
    let grid = GRID.map(|percent| {
        let y = HEIGHT - f64::from(percent);
        view! { <line class="line-grid" x1="0" x2=WIDTH.to_string() y1=y.to_string() y2=y.to_string()></line> }
    });
    let places: Vec<String> = points.iter().map(|point| place(point, first, last)).collect();
    let dots = points.iter().zip(&places).map(|(point, place)| {
        view! {
            // A line of no length with round ends: a dot that stays round however the drawing is stretched.
            <path class="line-dot" d=format!("M{place}h0")>
                <title>{point.words.clone()}</title>
            </path>
        }
    });
    let scale = GRID.map(|percent| view! { <span>{format!("{percent} %")}</span> });
    let ticks = ticks(first, last).into_iter().map(|date| view! { <span>{dates::day(date, tick)}</span> });
    view! {
        <div class="line-chart" data-test=test>
            <div class="line-scale" aria-hidden="true">{scale.collect_view()}</div>
            <svg
                class="line-plot"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=label
                focusable="false"
            >
                {grid.collect_view()}
                <polyline class="line-line" points=places.join(" ")></polyline>
                {dots.collect_view()}
            </svg>
            <div class="line-ticks" aria-hidden="true">{ticks.collect_view()}</div>
        </div>
    }
    .into_any()
}

/// The line in words: from where to where, its lowest and its last value.
fn told(points: &[LinePoint]) -> String {
    let lowest = points.iter().min_by(|a, b| a.percent.total_cmp(&b.percent));
    match (lowest, points) {
        (Some(_), [only]) => tr!("line-one", value = only.words.clone()),
        (Some(lowest), [first, .., last]) => tr!(
            "line-many",
            count = points.len(),
            first = first.words.clone(),
            lowest = lowest.words.clone(),
            last = last.words.clone()
        ),
        _ => String::new(),
    }
}

/// Where a point lies: "x,y". A single one lies in the middle.
fn place(point: &LinePoint, first: NaiveDate, last: NaiveDate) -> String {
    let days = (last - first).num_days();
    let share = if days == 0 { 0.5 } else { (point.date - first).num_days() as f64 / days as f64 };
    format!("{:.1},{:.1}", share * WIDTH, HEIGHT - point.percent.clamp(0.0, 100.0))
}

/// Days at even distances, both ends among them; fewer where days are few.
fn ticks(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let days = (last - first).num_days().unsigned_abs();
    let steps = (1..=TICKS).rev().find(|steps| days > 0 && days.is_multiple_of(u64::from(*steps)) || days > 40);
    let Some(steps) = steps else { return vec![first] };
    let at = |step: u32| first.checked_add_days(Days::new(days * u64::from(step) / u64::from(steps))).unwrap_or(last);
    (0..=steps).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 11, day).expect("a date")
    }

    fn point(date: NaiveDate, percent: f64) -> LinePoint {
        LinePoint { date, percent, words: format!("{percent} %") }
    }

    #[test]
    fn points_lie_by_their_date_and_value() {
        assert_eq!(place(&point(day(3), 75.0), day(3), day(5)), "0.0,25.0");
        assert_eq!(place(&point(day(4), 0.0), day(3), day(5)), "500.0,100.0");
        assert_eq!(place(&point(day(4), 100.0), day(4), day(4)), "500.0,0.0", "a single one in the middle");
    }

    #[test]
    fn ticks_fall_on_days() {
        assert_eq!(ticks(day(3), day(3)), [day(3)]);
        assert_eq!(ticks(day(3), day(4)), [day(3), day(4)]);
        assert_eq!(ticks(day(1), day(29)), [day(1), day(8), day(15), day(22), day(29)]);
        assert_eq!(ticks(day(1), day(8)).len(), 2, "seven days divide by nothing less");
    }

    #[test]
    fn line_is_told_in_words() {
        let points = [point(day(3), 90.0), point(day(4), 80.0), point(day(5), 85.0)];
        let told = told(&points);
        assert!(told.contains("First 90 %; lowest 80 %; last 85 %"), "{told}");
        assert_eq!(super::told(&points[..1]), "One value: 90 %.");
    }
}
