//! Days as people write them in a search.

use chrono::{Datelike, Duration, NaiveDate, Weekday};

/// Formats that name the year.
const WITH_YEAR: [&str; 6] = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %B %Y", "%B %d %Y", "%B %d, %Y"];
/// Formats that do not; the year is added behind.
const WITHOUT_YEAR: [&str; 3] = ["%d %B %Y", "%B %d %Y", "%d.%m. %Y"];
/// Years that a register can be of: "May 2025" is no day of the year 25.
const YEARS: std::ops::RangeInclusive<i32> = 1_900..=9_999;
/// A day of this year that lies further ahead was meant for the last one, days.
const AHEAD_MAX: i64 = 60;

/// The day that a text names, seen from today: "3 Nov", "2025-11-03", "yesterday", "Monday" (the last one).
pub fn parse_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "today" => return Some(today),
        "yesterday" => return today.pred_opt(),
        "tomorrow" => return today.succ_opt(),
        _ => {}
    }
    if let Ok(weekday) = text.parse::<Weekday>() {
        let back = (today.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
        return today.checked_sub_signed(Duration::days(back.into()));
    }
    let parse = |text: &str, formats: &[&str]| {
        let mut days = formats.iter().filter_map(|format| NaiveDate::parse_from_str(text, format).ok());
        days.find(|day| YEARS.contains(&day.year()))
    };
    if let Some(day) = parse(&text, &WITH_YEAR) {
        return Some(day);
    }
    let of_year = |year: i32| parse(&format!("{text} {year}"), &WITHOUT_YEAR);
    match of_year(today.year()) {
        Some(day) if (day - today).num_days() > AHEAD_MAX => of_year(today.year() - 1),
        found => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        // A Monday.
        let today = day(2025, 11, 3);
        for (text, expected) in [
            ("2025-10-31", day(2025, 10, 31)),
            ("31.10.2025", day(2025, 10, 31)),
            ("31/10/2025", day(2025, 10, 31)),
            ("31 Oct", day(2025, 10, 31)),
            ("31 october 2024", day(2024, 10, 31)),
            ("October 31", day(2025, 10, 31)),
            ("Oct 31, 2024", day(2024, 10, 31)),
            ("31.10.", day(2025, 10, 31)),
            ("5 Nov", day(2025, 11, 5)),
            ("30 Dec", day(2025, 12, 30)),
            ("15 Jan", day(2025, 1, 15)),
            ("Today", today),
            ("yesterday", day(2025, 11, 2)),
            ("tomorrow", day(2025, 11, 4)),
            ("monday", today),
            ("fri", day(2025, 10, 31)),
        ] {
            assert_eq!(parse_day(text, today), Some(expected), "{text}");
        }
        for text in ["", "Algebra", "31", "CS-2025-001", "30 Feb", "99999-01-01", "may"] {
            assert_eq!(parse_day(text, today), None, "{text}");
        }
        assert_eq!(parse_day("30 Dec", day(2025, 1, 10)), Some(day(2024, 12, 30)), "the last one");
    }
}
