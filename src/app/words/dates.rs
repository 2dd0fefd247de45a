//! Days and times in the reader's language.

use super::say;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use std::borrow::Cow;

/// A day by a pattern of chrono's, its month and weekday in the reader's language: `%-d %b %Y`, `%A, %-d %B %Y`.
pub fn day(date: NaiveDate, pattern: &str) -> String {
    date.format(&with_names(date, pattern)).to_string()
}

/// A day with its time, the same way.
pub fn moment(at: NaiveDateTime, pattern: &str) -> String {
    at.format(&with_names(at.date(), pattern)).to_string()
}

/// The pattern with its names filled in. No name of a month or weekday holds a percent sign.
fn with_names<'a>(date: NaiveDate, pattern: &'a str) -> Cow<'a, str> {
    let mut filled = Cow::Borrowed(pattern);
    let (month, weekday) = (date.month(), date.weekday().number_from_monday());
    for (part, key) in [
        ("%B", format!("month-{month}")),
        ("%b", format!("month-short-{month}")),
        ("%A", format!("weekday-{weekday}")),
        ("%a", format!("weekday-short-{weekday}")),
    ] {
        if filled.contains(part) {
            filled = Cow::Owned(filled.replace(part, &say(&key, None)));
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_names() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
        assert_eq!(day(date, "%A, %-d %B %Y"), "Wednesday, 25 November 2026");
        assert_eq!(moment(date.and_hms_opt(9, 5, 0).expect("a time"), "%a %-d %b, %H:%M"), "Wed 25 Nov, 09:05");
    }
}
