//! One face, one person.

use proptest::prelude::*;
use rollcall::recognition::assign::assign;

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
