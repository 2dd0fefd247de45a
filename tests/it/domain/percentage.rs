//! The arithmetic of attendance percentages.

use proptest::prelude::*;
use rollcall::app::types::Forecast;
use rollcall::app::types::MySummary;
use rollcall::app::types::RecordStatus::{Absent, Excused, Late, Present};
use rollcall::server::domain::percentage::{forecast, percentage, summarise};

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

#[test]
fn the_forecast_says_how_many_may_be_missed_or_must_be_attended() {
    assert_eq!(forecast(0, 0, 75), Forecast::Unknown);
    assert_eq!(forecast(23, 25, 75), Forecast::MayMiss(5));
    assert_eq!(forecast(75, 100, 75), Forecast::MayMiss(0));
    assert_eq!(forecast(0, 1, 75), Forecast::Attend(3));
    assert_eq!(forecast(2, 2, 100), Forecast::MayMiss(0));
    assert_eq!(forecast(1, 2, 100), Forecast::OutOfReach);
    assert_eq!(forecast(0, 9, 0), Forecast::Free);
    assert_eq!(Forecast::MayMiss(5).sentence(75), "You may miss 5 more classes and keep 75 %.");
    assert_eq!(Forecast::Attend(1).sentence(80), "Attend the next class to reach 80 %.");
    assert_eq!(Forecast::Free.sentence(0), "");
}

proptest! {
    #[test]
    fn the_forecast_is_exact(attended in 0_u64..2_000, missed in 0_u64..2_000, limit in 1_u64..=100) {
        let counted = attended + missed;
        let reaches = |attended: u64, counted: u64| attended * 100 >= limit * counted;
        match forecast(attended, counted, limit) {
            Forecast::Unknown => prop_assert_eq!(counted, 0),
            Forecast::Free => prop_assert!(false, "the limit is not nought"),
            Forecast::MayMiss(more) => {
                prop_assert!(reaches(attended, counted + more));
                prop_assert!(!reaches(attended, counted + more + 1));
            }
            Forecast::Attend(more) => {
                prop_assert!(more > 0 && reaches(attended + more, counted + more));
                prop_assert!(!reaches(attended + more - 1, counted + more - 1));
            }
            Forecast::OutOfReach => prop_assert!(limit == 100 && missed > 0),
        }
    }
}
