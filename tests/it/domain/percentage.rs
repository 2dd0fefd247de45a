//! The arithmetic of attendance percentages.

use rollcall::app::types::MySummary;
use rollcall::app::types::RecordStatus::{Absent, Excused, Late, Present};
use rollcall::server::domain::percentage::{percentage, summarise};

#[test]
fn the_samples_of_the_specification_come_out() {
    assert_eq!(percentage(1350, 1500), 90.0);
    assert_eq!(percentage(2, 30), 6.67);
    assert_eq!(percentage(2, 3), 66.67);
}

#[test]
fn nothing_is_zero_and_not_nan() {
    assert_eq!(percentage(0, 0), 0.0);
    assert_eq!(summarise([]), MySummary::default());
}

#[test]
fn halves_are_rounded_up() {
    // 1/16 = 6.25 % exactly; 1/32 = 3.125 %, 3/32 = 9.375 %, 1/800 = 0.125 %.
    assert_eq!(percentage(1, 16), 6.25);
    assert_eq!(percentage(1, 32), 3.13);
    assert_eq!(percentage(3, 32), 9.38);
    assert_eq!(percentage(1, 800), 0.13);
}

#[test]
fn large_numbers_do_not_overflow() {
    assert_eq!(percentage(u64::MAX, u64::MAX), 100.0);
}

#[test]
fn late_is_attended_and_excused_is_not_counted() {
    let summary = summarise([Present, Late, Absent, Excused]);
    assert_eq!((summary.sessions, summary.attended, summary.counted), (4, 2, 3));
    assert_eq!(summary.percentage, 66.67);
}

#[test]
fn only_excused_sessions_give_zero() {
    let summary = summarise([Excused, Excused]);
    assert_eq!((summary.sessions, summary.counted, summary.percentage), (2, 0, 0.0));
}
