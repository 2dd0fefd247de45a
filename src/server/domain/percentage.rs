//! The arithmetic of attendance percentages, the same everywhere.

use crate::app::types::{MySummary, RecordStatus};

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

/// Counts the statuses of a student's completed sessions: attended is present + late,
/// and excused sessions are not counted against anybody.
pub fn summarise(statuses: impl IntoIterator<Item = RecordStatus>) -> MySummary {
    let mut summary = MySummary::default();
    for status in statuses {
        summary.sessions += 1;
        match status {
            RecordStatus::Present => summary.present += 1,
            RecordStatus::Late => summary.late += 1,
            RecordStatus::Absent => summary.absent += 1,
            RecordStatus::Excused => summary.excused += 1,
        }
    }
    summary.attended = summary.present + summary.late;
    summary.counted = summary.sessions - summary.excused;
    summary.percentage = percentage(summary.attended, summary.counted);
    summary
}
