//! A calendar of attendance: one cell a day, by colour and mark how the day went.
//!
//! Months stand one after another and wrap, so that a year fits a phone and paper as it fits a desk.

use crate::app::components::status_chip::{status_counted, status_icon, status_name, status_word};
use crate::app::types::RecordStatus;
use crate::app::words::dates;
use crate::tr;
use chrono::{Datelike, Months, NaiveDate};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Most months that are drawn; of more the latest are.
const MONTHS_MAX: usize = 24;
/// Side of a cell with its gap, and of the cell alone.
const STEP: u32 = 28;
const CELL: u32 = 25;
/// Height of the line with the weekdays.
const HEAD: u32 = 20;

/// Letters of the weekdays, in the order of the columns.
fn weekdays() -> [String; 7] {
    [
        tr!("heat-weekday-1"),
        tr!("heat-weekday-2"),
        tr!("heat-weekday-3"),
        tr!("heat-weekday-4"),
        tr!("heat-weekday-5"),
        tr!("heat-weekday-6"),
        tr!("heat-weekday-7"),
    ]
}

/// How one day went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatDay {
    pub date: NaiveDate,
    /// `None`: there was a class, and nobody has marked it yet.
    pub status: Option<RecordStatus>,
    /// Said of the day, such as "2 present, 1 absent".
    pub words: String,
}

impl HeatDay {
    /// A day out of its sessions: it looks like the one that matters most, and its words count all of them.
    pub fn of_sessions(date: NaiveDate, statuses: &[Option<RecordStatus>]) -> Self {
        let weightiest = ORDER.into_iter().find(|status| statuses.contains(status)).unwrap_or_default();
        Self { date, status: weightiest, words: counted(statuses) }
    }
}

/// What a day shows first.
const ORDER: [Option<RecordStatus>; 5] = [
    Some(RecordStatus::Absent),
    Some(RecordStatus::Late),
    None,
    Some(RecordStatus::Excused),
    Some(RecordStatus::Present),
];

/// "2 present, 1 absent"; what there is none of is left out.
fn counted(statuses: &[Option<RecordStatus>]) -> String {
    let count = |wanted: &Option<RecordStatus>| statuses.iter().filter(|status| *status == wanted).count();
    let parts = ORDER.iter().rev().map(|status| (status, count(status))).filter(|(_, count)| *count > 0);
    parts.map(|(status, count)| status_counted(*status, count)).collect::<Vec<_>>().join(&tr!("word-list-separator"))
}

/// The months from the first of these days to the last, in order; of two entries for a day the later one counts.
fn months(days: Vec<HeatDay>) -> Vec<(NaiveDate, BTreeMap<NaiveDate, HeatDay>)> {
    let mut by_month: BTreeMap<NaiveDate, BTreeMap<NaiveDate, HeatDay>> = BTreeMap::new();
    for day in days {
        by_month.entry(first_of(day.date)).or_default().insert(day.date, day);
    }
    let Some((&last, _)) = by_month.last_key_value() else { return Vec::new() };
    let earliest = last.checked_sub_months(Months::new(MONTHS_MAX as u32 - 1)).unwrap_or(last);
    let first = by_month.keys().copied().find(|month| *month >= earliest).unwrap_or(last);
    let all = std::iter::successors(Some(first), |month| month.checked_add_months(Months::new(1)));
    all.take_while(|month| *month <= last).map(|month| (month, by_month.remove(&month).unwrap_or_default())).collect()
}

fn first_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The days of a month, each with its column and row.
fn places(month: NaiveDate) -> impl Iterator<Item = (NaiveDate, u32, u32)> {
    let before = month.weekday().num_days_from_monday();
    month.iter_days().take_while(move |day| day.month() == month.month()).map(move |day| {
        let at = before + day.day0();
        (day, at % 7, at / 7)
    })
}

/// A calendar of these days. The page gives it a heading, and the same days as a list or a table.
#[component]
pub fn HeatMap(days: Vec<HeatDay>, #[prop(default = "heat-map")] test: &'static str) -> impl IntoView {
    let seen: Vec<Option<RecordStatus>> =
        ORDER.into_iter().rev().filter(|status| days.iter().any(|day| day.status == *status)).collect();
    let key = seen.into_iter().map(|status| view! { <li><Swatch status=status/> {status_word(status)}</li> });
    let months = months(days).into_iter().map(|(month, days)| view! { <Month month=month days=days/> }).collect_view();
    view! {
        <div class="heat" data-test=test>
            <ul class="heat-months">{months}</ul>
            <ul class="chart-key">{key.collect_view()}</ul>
        </div>
    }
}

#[component]
fn Month(month: NaiveDate, days: BTreeMap<NaiveDate, HeatDay>) -> impl IntoView {
    let name = dates::day(month, "%B %Y");
    let statuses: Vec<_> = days.values().map(|day| day.status).collect();
    let label = if statuses.is_empty() {
        tr!("heat-month-empty", month = name.clone())
    } else {
        tr!("heat-month-days", month = name.clone(), counts = counted(&statuses))
    };
    let rows = places(month).map(|(_, _, row)| row + 1).max().unwrap_or(1);
    let heads = (0..).zip(weekdays()).map(|(column, letter)| {
        let x = column * STEP + CELL / 2;
        view! { <text class="heat-weekday" x=x.to_string() y="13" text-anchor="middle">{letter}</text> }
    });
    let cells = places(month).map(|(date, column, row)| {
        let (x, y) = (column * STEP, HEAD + row * STEP);
        match days.get(&date) {
            Some(day) => held(day, x, y).into_any(),
            None => free(date, x, y).into_any(),
        }
    });
    let size = format!("0 0 {} {}", 7 * STEP - (STEP - CELL), HEAD + rows * STEP - (STEP - CELL));
    view! {
        <li class="heat-month">
            <p class="heat-name" aria-hidden="true">{name}</p>
            <svg class="heat-grid" viewBox=size role="img" aria-label=label focusable="false">
                {heads.collect_view()}
                {cells.collect_view()}
            </svg>
        </li>
    }
}

/// A day with classes.
fn held(day: &HeatDay, x: u32, y: u32) -> impl IntoView + use<> {
    let name = status_name(day.status);
    let title = tr!("heat-day-title", day = dates::day(day.date, "%A, %-d %B"), words = day.words.clone());
    let mark = format!("translate({} {}) scale(0.75)", f64::from(x) + 3.5, f64::from(y) + 3.5);
    view! {
        <g class=format!("heat-day heat-{name}") data-date=day.date.to_string() data-status=name>
            <title>{title}</title>
            <rect x=x.to_string() y=y.to_string() width=CELL.to_string() height=CELL.to_string() rx="5"></rect>
            <path transform=mark d=status_icon(day.status).path()></path>
        </g>
    }
}

/// A day without classes shows its number, by which the others are found.
fn free(date: NaiveDate, x: u32, y: u32) -> impl IntoView {
    let (x, y) = (x + CELL / 2, y + 17);
    view! {
        <text class="heat-free" x=x.to_string() y=y.to_string() text-anchor="middle">{date.day()}</text>
    }
}

#[component]
fn Swatch(status: Option<RecordStatus>) -> impl IntoView {
    view! {
        <svg class="heat-swatch" viewBox="0 0 25 25" aria-hidden="true" focusable="false">
            <g class=format!("heat-day heat-{}", status_name(status))>
                <rect x="0.5" y="0.5" width="24" height="24" rx="5"></rect>
                <path transform="translate(3.5 3.5) scale(0.75)" d=status_icon(status).path()></path>
            </g>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RecordStatus::{Absent, Present};

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, month, day).expect("a date")
    }

    #[test]
    fn day_shows_what_matters_most_and_tells_all() {
        let day = HeatDay::of_sessions(date(11, 3), &[Some(Present), Some(Absent), Some(Present), None]);
        assert_eq!(day.status, Some(Absent));
        assert_eq!(day.words, "2 present, 1 unmarked, 1 absent");
        assert_eq!(HeatDay::of_sessions(date(11, 3), &[None]).status, None);
    }

    #[test]
    fn months_without_classes_stand_between_the_others() {
        let days = [date(9, 30), date(11, 3)].map(|date| HeatDay::of_sessions(date, &[Some(Present)]));
        let months = months(days.to_vec());
        let shown: Vec<_> = months.iter().map(|(month, days)| (month.month(), days.len())).collect();
        assert_eq!(shown, [(9, 1), (10, 0), (11, 1)]);
        assert!(super::months(Vec::new()).is_empty());
    }

    #[test]
    fn of_many_years_the_latest_months_are_drawn() {
        let old = NaiveDate::from_ymd_opt(2001, 1, 1).expect("a date");
        let days = [old, date(11, 3)].map(|date| HeatDay::of_sessions(date, &[Some(Present)]));
        let months = months(days.to_vec());
        assert_eq!((months.len(), months[0].0), (1, date(11, 1)));
    }

    #[test]
    fn days_stand_under_their_weekdays() {
        let november: Vec<_> = places(date(11, 1)).collect();
        assert_eq!(november.len(), 30);
        assert_eq!(november[0], (date(11, 1), 5, 0), "a Saturday");
        assert_eq!(november[2], (date(11, 3), 0, 1), "the Monday after it");
    }
}
