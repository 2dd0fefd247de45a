//! The error rates of a calibration as a picture: both on logarithmic axes, the pack's lines marked on the curve.

use std::fmt::Write as _;

use super::calibrate::{Calibration, ErrorRates};
use crate::recognition::decide::Thresholds;

/// Size and margins in user units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 72.0;
const BOTTOM: f64 = 56.0;
const TOP: f64 = 24.0;
const RIGHT: f64 = 24.0;
/// Decades shown: false matches from one in 100,000, false non-matches from one in 1,000, both to everybody.
const FMR_DECADES: i32 = 5;
const FNMR_DECADES: i32 = 3;

/// The SVG text. A rate of zero is drawn at the edge of the picture: so few pairs cannot show a smaller one.
pub fn det_plot(calibration: &Calibration, thresholds: &Thresholds) -> String {
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="13">
<title>False non-matches against false matches, {}</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>
"##,
        calibration.pack
    );
    grid(&mut svg);
    let shown = calibration.curve.iter().filter(|rates| (0.2..=1.0).contains(&rates.distance));
    let points: Vec<String> = shown.map(|rates| format!("{:.1},{:.1}", x(rates.fmr), y(rates.fnmr))).collect();
    let _ =
        writeln!(svg, r##"<polyline points="{}" fill="none" stroke="#1d4ed8" stroke-width="2"/>"##, points.join(" "));
    let lines = [
        (0.35, "0.35, the specification's line"),
        (thresholds.distance_sure, "sure"),
        (thresholds.distance_accept, "accept"),
        (thresholds.distance_review, "review"),
    ];
    for (distance, name) in lines {
        if let Some(rates) = nearest(&calibration.curve, distance) {
            mark(&mut svg, rates, name);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn grid(svg: &mut String) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    for decade in 0..=FMR_DECADES {
        let at = x(10_f64.powi(-decade));
        let _ = writeln!(svg, r##"<path d="M{at:.1} {TOP}V{bottom}" stroke="#d4d4d8"/>"##);
        let _ = writeln!(
            svg,
            r##"<text x="{at:.1}" y="{:.1}" text-anchor="middle">{}</text>"##,
            bottom + 20.0,
            share(decade)
        );
    }
    for decade in 0..=FNMR_DECADES {
        let at = y(10_f64.powi(-decade));
        let _ = writeln!(svg, r##"<path d="M{LEFT} {at:.1}H{right}" stroke="#d4d4d8"/>"##);
        let _ = writeln!(
            svg,
            r##"<text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>"##,
            LEFT - 8.0,
            at + 4.0,
            share(decade)
        );
    }
    let middle = (LEFT + right) / 2.0;
    let _ = writeln!(
        svg,
        r##"<text x="{middle:.1}" y="{:.1}" text-anchor="middle">pairs of different people taken for one (false match rate)</text>"##,
        HEIGHT - 12.0
    );
    let centre = (TOP + bottom) / 2.0;
    let _ = writeln!(
        svg,
        r##"<text transform="translate(18 {centre:.1}) rotate(-90)" text-anchor="middle">pairs of one person missed (false non-match rate)</text>"##
    );
}

fn mark(svg: &mut String, rates: &ErrorRates, name: &str) {
    let (x, y) = (x(rates.fmr), y(rates.fnmr));
    let _ = writeln!(svg, r##"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="#b91c1c"/>"##);
    let text = if name.starts_with('0') { name.to_owned() } else { format!("{name} {:.2}", rates.distance) };
    let _ = writeln!(svg, r##"<text x="{:.1}" y="{:.1}">{text}</text>"##, x + 8.0, y - 6.0);
}

fn nearest(curve: &[ErrorRates], distance: f32) -> Option<&ErrorRates> {
    curve.iter().min_by(|a, b| (a.distance - distance).abs().total_cmp(&(b.distance - distance).abs()))
}

fn share(decade: i32) -> String {
    match decade {
        0 => "100 %".to_owned(),
        1 => "10 %".to_owned(),
        2 => "1 %".to_owned(),
        3 => "0.1 %".to_owned(),
        _ => format!("1e-{decade}"),
    }
}

fn x(fmr: f64) -> f64 {
    LEFT + (WIDTH - LEFT - RIGHT) * place(fmr, FMR_DECADES)
}

fn y(fnmr: f64) -> f64 {
    HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * place(fnmr, FNMR_DECADES)
}

/// Place of a rate on an axis, 0 at its smallest decade and 1 at everybody.
fn place(rate: f64, decades: i32) -> f64 {
    let smallest = 10_f64.powi(-decades);
    1.0 + rate.clamp(smallest, 1.0).log10() / f64::from(decades)
}
