//! The decision and the confidence, as properties.

use proptest::prelude::*;
use rollcall::recognition::decide::*;
use rollcall::recognition::quality::{Quality, Verdict};

fn quality(verdict: Verdict) -> Quality {
    Quality { blur_score: 0.9, brightness: 0.5, face_size: 120, angle: 5.0, norm: None, verdict, reasons: Vec::new() }
}

fn rank(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Unknown(_) => 0,
        Outcome::Review(_) => 1,
        Outcome::Accept => 2,
    }
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop::sample::select(vec![Verdict::Good, Verdict::Fair, Verdict::Poor, Verdict::TooSmall])
}

prop_compose! {
    fn thresholds()(mut lines in prop::array::uniform4(0.05_f32..1.9), margin in 0.0_f32..0.3, more in 0.0_f32..0.3,
                    slope in 1.0_f32..40.0) -> Thresholds {
        lines.sort_by(f32::total_cmp);
        Thresholds {
            distance_excellent: lines[0], distance_sure: lines[1], distance_accept: lines[2],
            distance_review: lines[3], margin_min: margin, margin_far: margin + more, confidence_slope: slope,
            ..Thresholds::default()
        }
    }
}

proptest! {
    #[test]
    fn nearer_best_is_never_worse(t in thresholds(), v in verdicts(), best in 0.0_f32..2.0, gain in 0.0_f32..1.0,
                                  other in prop::option::of(0.0_f32..2.0)) {
        let farther = decide(Some(best), other, &quality(v), &t);
        let nearer = decide(Some((best - gain).max(0.0)), other, &quality(v), &t);
        prop_assert!(rank(&nearer) >= rank(&farther));
    }

    #[test]
    fn farther_runner_up_is_never_worse(t in thresholds(), v in verdicts(), best in 0.0_f32..2.0,
                                        other in 0.0_f32..2.0, gain in 0.0_f32..1.0) {
        let close = decide(Some(best), Some(other), &quality(v), &t);
        let far = decide(Some(best), Some(other + gain), &quality(v), &t);
        let nobody = decide(Some(best), None, &quality(v), &t);
        prop_assert!(rank(&far) >= rank(&close));
        prop_assert!(rank(&nobody) >= rank(&far));
    }

    #[test]
    fn better_quality_is_never_worse(t in thresholds(), a in verdicts(), b in verdicts(), best in 0.0_f32..2.0,
                                     other in prop::option::of(0.0_f32..2.0)) {
        let (better, worse) = if a <= b { (a, b) } else { (b, a) };
        let better = decide(Some(best), other, &quality(better), &t);
        let worse = decide(Some(best), other, &quality(worse), &t);
        prop_assert!(rank(&better) >= rank(&worse));
    }

    #[test]
    fn accept_implies_every_rule(t in thresholds(), v in verdicts(), best in prop::option::of(0.0_f32..2.0),
                                 other in prop::option::of(0.0_f32..2.0)) {
        if decide(best, other, &quality(v), &t) == Outcome::Accept {
            let best = best.expect("somebody was accepted");
            prop_assert!(best <= t.distance_accept);
            prop_assert!(v < Verdict::Poor);
            prop_assert!(other.is_none_or(|o| o - best >= t.margin_min));
        }
    }

    #[test]
    fn review_always_says_why(t in thresholds(), v in verdicts(), best in 0.0_f32..2.0,
                              other in prop::option::of(0.0_f32..2.0)) {
        if let Outcome::Review(why) = decide(Some(best), other, &quality(v), &t) {
            prop_assert!(!why.is_empty());
            prop_assert!(best <= t.distance_review);
        }
    }

    #[test]
    fn confidence_falls_with_distance_within_bounds(t in thresholds(), a in 0.0_f32..2.0, b in 0.0_f32..2.0) {
        let (near, far) = if a <= b { (a, b) } else { (b, a) };
        for confidence in [|d: f32, t: &Thresholds| confidence_calibrated(d, t), |d, _: &Thresholds| confidence_linear(d)] {
            prop_assert!(confidence(near, &t) >= confidence(far, &t));
            prop_assert!((0.0..=1.0).contains(&confidence(near, &t)));
        }
    }

    #[test]
    fn confidence_at_the_accept_line_is_four_fifths(t in thresholds()) {
        prop_assert_eq!(confidence_calibrated(t.distance_accept, &t), 0.80);
    }
}

#[test]
fn too_small_face_is_never_matched() {
    let outcome = decide(Some(0.0), None, &quality(Verdict::TooSmall), &Thresholds::default());
    assert_eq!(outcome, Outcome::Unknown(UnknownReason::TooSmall));
}

#[test]
fn nobody_to_compare_with_is_unknown() {
    let good = quality(Verdict::Good);
    let t = Thresholds::default();
    assert_eq!(decide(None, None, &good, &t), Outcome::Unknown(UnknownReason::NoCandidate));
    assert_eq!(decide(Some(f32::NAN), None, &good, &t), Outcome::Unknown(UnknownReason::NoCandidate));
}

#[test]
fn reasons_name_each_broken_rule() {
    let t = Thresholds::default();
    let outcome = decide(Some(0.40), Some(0.41), &quality(Verdict::Poor), &t);
    let all = vec![ReviewReason::Distant, ReviewReason::RunnerUpClose, ReviewReason::PoorQuality];
    assert_eq!(outcome, Outcome::Review(all));
    assert_eq!(decide(Some(0.46), None, &quality(Verdict::Good), &t), Outcome::Unknown(UnknownReason::TooFar));
}

#[test]
fn default_confidence_is_near_the_samples_of_the_specification() {
    let t = Thresholds::default();
    for (distance, sample) in [(0.15, 0.95), (0.25, 0.88), (0.52, 0.32)] {
        let found = confidence_calibrated(distance, &t);
        assert!((found - sample).abs() < 0.11, "{distance}: {found} against {sample}");
    }
    assert_eq!(confidence_linear(0.15), 0.925);
}

#[test]
fn match_words_change_exactly_at_the_lines() {
    let t = Thresholds::default();
    let words = [0.2499, 0.25, 0.3499, 0.35, 0.4499, 0.45].map(|d| match_quality(d, &t));
    use MatchQuality::*;
    assert_eq!(words, [Excellent, Good, Good, Fair, Fair, Poor]);
}

#[test]
fn margin_grows_evenly_between_the_sure_and_the_accept_line() {
    let t = Thresholds {
        distance_sure: 0.4,
        distance_accept: 0.5,
        distance_review: 0.6,
        margin_min: 0.1,
        margin_far: 0.2,
        ..Thresholds::default()
    };
    for (distance, margin) in [(0.1, 0.1), (0.4, 0.1), (0.45, 0.15), (0.5, 0.2)] {
        assert!((t.margin_needed(distance) - margin).abs() < 1e-6, "{distance}");
    }
}
