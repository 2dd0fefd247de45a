//! The arithmetic of attendance percentages, the same everywhere.

use crate::app::types::{Forecast, MySummary, RecordStatus};

/// `part` of `whole` in percent, two decimals, half up; 0 when there is nothing to divide by.
pub fn percentage(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    // Hundredths of a percent as whole numbers: rounding must not depend on binary fractions.
    let (part, whole) = (u128::from(part), u128::from(whole));
    let hundredths = (part * 20_000 + whole) / (whole * 2);
    hundredths as f64 / 100.0
}

/// Counts the statuses of a student's completed sessions.
pub fn summarise(statuses: impl IntoIterator<Item = RecordStatus>) -> MySummary {
    let (mut present, mut late, mut absent, mut excused) = (0, 0, 0, 0);
    for status in statuses {
        match status {
            RecordStatus::Present => present += 1,
            RecordStatus::Late => late += 1,
            RecordStatus::Absent => absent += 1,
            RecordStatus::Excused => excused += 1,
        }
    }
    summary(present, late, absent, excused)
}

/// The arithmetic that people read: attended is present + late, and what was excused is not counted against anybody.
pub fn summary(present: u64, late: u64, absent: u64, excused: u64) -> MySummary {
    let (attended, counted) = (present + late, present + late + absent);
    let percentage = percentage(attended, counted);
    MySummary { sessions: counted + excused, present, late, absent, excused, attended, counted, percentage }
}

/// What the numbers mean for the classes to come: how many may be missed in a row before the share falls below
/// `limit` percent, or how many have to be attended in a row until it reaches that. Exact, not rounded.
pub fn forecast(attended: u64, counted: u64, limit: u64) -> Forecast {
    if counted == 0 {
        return Forecast::Unknown;
    }
    if limit == 0 {
        return Forecast::Free;
    }
    let (attended, counted, limit) = (u128::from(attended), u128::from(counted), u128::from(limit.min(100)));
    let (have, need) = (attended * 100, counted * limit);
    let number = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
    if have >= need {
        return Forecast::MayMiss(number(have / limit - counted));
    }
    match 100 - limit {
        0 => Forecast::OutOfReach,
        gain => Forecast::Attend(number((need - have).div_ceil(gain))),
    }
}
