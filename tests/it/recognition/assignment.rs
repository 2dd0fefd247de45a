//! One face, one person.

use proptest::prelude::*;
use rollcall::recognition::assign::assign;
use rollcall::recognition::decide::{Outcome, ReviewReason, Thresholds};
use rollcall::recognition::naming::name_faces;
use rollcall::recognition::quality::{Quality, Verdict};

const LINE: f32 = 0.6;

fn photo() -> impl Strategy<Value = Vec<Vec<(u64, f32)>>> {
    let face = prop::collection::btree_map(0_u64..6, 0.0_f32..1.2, 0..6);
    prop::collection::vec(face.prop_map(|people| people.into_iter().collect()), 0..5)
}

fn worth(candidates: &[Vec<(u64, f32)>], given: &[Option<usize>]) -> f64 {
    candidates.iter().zip(given).filter_map(|(list, at)| Some(f64::from(LINE - list[(*at)?].1) + 1e-6)).sum()
}

/// The best worth by trying everything.
fn best_worth(candidates: &[Vec<(u64, f32)>], taken: &mut Vec<u64>) -> f64 {
    let Some((first, rest)) = candidates.split_first() else {
        return 0.0;
    };
    let mut best = best_worth(rest, taken);
    for (person, distance) in first.iter().filter(|(_, d)| *d <= LINE) {
        if !taken.contains(person) {
            taken.push(*person);
            best = best.max(f64::from(LINE - distance) + 1e-6 + best_worth(rest, taken));
            taken.pop();
        }
    }
    best
}

proptest! {
    #[test]
    fn nobody_is_given_twice_and_nobody_beyond_the_line(candidates in photo()) {
        let given = assign(&candidates, LINE);
        prop_assert_eq!(given.len(), candidates.len());
        let mut people = Vec::new();
        for (list, at) in candidates.iter().zip(&given) {
            if let Some(at) = at {
                let (person, distance) = list[*at];
                prop_assert!(distance <= LINE);
                prop_assert!(!people.contains(&person));
                people.push(person);
            }
        }
    }

    #[test]
    fn the_assignment_is_the_best_one(candidates in photo()) {
        let found = worth(&candidates, &assign(&candidates, LINE));
        let best = best_worth(&candidates, &mut Vec::new());
        prop_assert!((found - best).abs() < 1e-4, "{} against {}", found, best);
    }
}

#[test]
fn second_choice_is_given_when_the_first_fits_another_face_better() {
    let candidates = vec![vec![(1, 0.30), (2, 0.35)], vec![(1, 0.10), (2, 0.55)]];
    assert_eq!(assign(&candidates, LINE), vec![Some(1), Some(0)]);
}

#[test]
fn no_candidates_give_nobody() {
    assert_eq!(assign(&[Vec::new(), vec![(1, f32::NAN)], vec![(1, 0.61)]], LINE), vec![None; 3]);
    assert!(assign(&[], LINE).is_empty());
}

fn lines() -> Thresholds {
    Thresholds {
        distance_excellent: 0.3,
        distance_sure: 0.4,
        distance_accept: 0.5,
        distance_review: LINE,
        margin_min: 0.1,
        margin_far: 0.2,
        ..Thresholds::default()
    }
}

fn good() -> Quality {
    Quality {
        blur_score: 1.0,
        brightness: 0.5,
        face_size: 200,
        angle: 0.0,
        norm: None,
        verdict: Verdict::Good,
        reasons: Vec::new(),
    }
}

fn outcomes(hits: &[Vec<(u64, f32)>]) -> Vec<Outcome> {
    let quality = good();
    let named = name_faces(hits, &vec![&quality; hits.len()], &lines());
    named.into_iter().map(|named| named.outcome).collect()
}

#[test]
fn who_is_settled_on_another_face_is_no_runner_up() {
    let alone = vec![vec![(1, 0.45), (2, 0.55)]];
    assert_eq!(outcomes(&alone), [Outcome::Review(vec![ReviewReason::RunnerUpClose])]);
    let with_the_other = vec![vec![(1, 0.45), (2, 0.55)], vec![(2, 0.2), (1, 0.8)]];
    assert_eq!(outcomes(&with_the_other), [Outcome::Accept, Outcome::Accept]);
}

#[test]
fn a_far_match_settles_nobody() {
    let hits = vec![vec![(1, 0.45), (2, 0.55)], vec![(2, 0.45), (3, 0.9)]];
    assert_eq!(outcomes(&hits), [Outcome::Review(vec![ReviewReason::RunnerUpClose]), Outcome::Accept]);
}

#[test]
fn people_who_look_alike_do_not_settle_each_other() {
    let hits = vec![vec![(1, 0.20), (2, 0.25)], vec![(2, 0.20), (1, 0.25)]];
    let ask = Outcome::Review(vec![ReviewReason::RunnerUpClose]);
    assert_eq!(outcomes(&hits), [ask.clone(), ask]);
}

proptest! {
    #[test]
    fn settling_never_takes_a_name_away_and_never_gives_one_twice(candidates in photo()) {
        let sorted: Vec<Vec<(u64, f32)>> = candidates
            .into_iter()
            .map(|mut list| {
                list.sort_by(|a, b| a.1.total_cmp(&b.1));
                list
            })
            .collect();
        let quality = good();
        let named = name_faces(&sorted, &vec![&quality; sorted.len()], &lines());
        prop_assert_eq!(named.len(), sorted.len());
        let given: Vec<Option<usize>> = named.iter().map(|named| named.given).collect();
        prop_assert_eq!(&given, &assign(&sorted, LINE));
        for (list, named) in sorted.iter().zip(&named) {
            if named.outcome == Outcome::Accept {
                prop_assert!(named.given.is_some_and(|at| list[at].1 <= lines().distance_accept));
            }
        }
    }
}
