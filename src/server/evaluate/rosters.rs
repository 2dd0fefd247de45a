//! What the pack's decision does with faces of people who are, and who are not, on a class roster: error rates of
//! identification, which is what marking is.

use serde::Serialize;

use super::run::next_random;
use crate::recognition::decide::{Outcome, Thresholds, decide};
use crate::recognition::index::cosine_distance;
use crate::recognition::quality::{Quality, Verdict};

/// One embedded photo of a person.
pub(super) struct Sample {
    pub person: usize,
    pub name: String,
    pub vector: Vec<f32>,
}

/// Rates over searches of rosters of one size, each person enrolled with the first photo. Rosters are drawn with a fixed
/// seed and share people, so the searches are not independent.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct RosterRates {
    pub roster: usize,
    /// Searches with a face whose person is not on the roster.
    pub strangers: usize,
    /// Of those: accepted as somebody, sent to review.
    pub strangers_accepted: usize,
    pub strangers_reviewed: usize,
    /// Searches with another photo of a person on the roster.
    pub known: usize,
    /// Of those: accepted as the right person, accepted as a wrong one, sent to review.
    pub known_right: usize,
    pub known_wrong: usize,
    pub known_reviewed: usize,
}

/// Searches per roster size, strangers and known each, about.
const SEARCHES: usize = 20_000;

/// Runs the decision on drawn rosters of `size` people; `None` when there are too few people.
pub(super) fn rates_for(samples: &[Sample], size: usize, thresholds: &Thresholds) -> Option<RosterRates> {
    let mut enrolled: Vec<usize> = Vec::new();
    for (at, sample) in samples.iter().enumerate() {
        if enrolled.last().and_then(|last| samples.get(*last)).is_none_or(|last| last.person != sample.person) {
            enrolled.push(at);
        }
    }
    if enrolled.len() <= size {
        return None;
    }
    let mut seed = size as u64;
    let mut rates = RosterRates { roster: size, ..RosterRates::default() };
    for (at, probe) in samples.iter().enumerate() {
        let distance = |other: &usize| samples.get(*other).map(|s| cosine_distance(&probe.vector, &s.vector));
        let is_own = |other: &&usize| samples.get(**other).is_some_and(|s| s.person == probe.person);
        let own = enrolled.iter().find(is_own).filter(|own| **own != at).and_then(distance);
        let mut others: Vec<f32> = enrolled.iter().filter(|other| !is_own(other)).filter_map(distance).collect();
        for _ in 0..SEARCHES.div_ceil(samples.len()) {
            draw(&mut others, size, &mut seed);
            let roster = others.get(..size).unwrap_or(&others);
            count(&mut rates, roster, own, thresholds);
        }
    }
    Some(rates)
}

/// Moves `size` drawn values to the front.
fn draw(values: &mut [f32], size: usize, seed: &mut u64) {
    for at in 0..size.min(values.len()) {
        let left = (values.len() - at) as u64;
        values.swap(at, at + (next_random(seed) % left) as usize);
    }
}

fn count(rates: &mut RosterRates, others: &[f32], own: Option<f32>, thresholds: &Thresholds) {
    let (mut nearest, mut second) = (f32::INFINITY, f32::INFINITY);
    for distance in others {
        if *distance < nearest {
            (nearest, second) = (*distance, nearest);
        } else {
            second = second.min(*distance);
        }
    }
    let outcome = |best: f32, runner_up: f32| decide(Some(best), Some(runner_up), &good_quality(), thresholds);
    rates.strangers += 1;
    match outcome(nearest, second) {
        Outcome::Accept => rates.strangers_accepted += 1,
        Outcome::Review(_) => rates.strangers_reviewed += 1,
        Outcome::Unknown(_) => {}
    }
    let Some(own) = own else { return };
    rates.known += 1;
    let right = own <= nearest;
    let runner_up = if right { nearest } else { own.min(second) };
    match (outcome(own.min(nearest), runner_up), right) {
        (Outcome::Accept, true) => rates.known_right += 1,
        (Outcome::Accept, false) => rates.known_wrong += 1,
        (Outcome::Review(_), _) => rates.known_reviewed += 1,
        (Outcome::Unknown(_), _) => {}
    }
}

fn good_quality() -> Quality {
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
