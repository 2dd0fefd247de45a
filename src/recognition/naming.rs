//! Who the faces of one photo are: one face, one person, and nobody is mistaken for somebody who sits elsewhere.

use std::collections::HashSet;

use super::assign::assign;
use super::decide::{Outcome, Thresholds, decide};
use super::quality::Quality;

/// What was decided about one face of a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Index into the face's own list of the person it was given, if any.
    pub given: Option<usize>,
    pub outcome: Outcome,
}

/// Decides for all faces of one photo. `hits[face]` lists `(person, distance)`, nearest first; `qualities` has one
/// entry for each face.
///
/// A person who is settled (accepted on another face, within the sure line, against every runner-up) sits elsewhere in
/// the photo and is not counted as the runner-up of the other faces. Nobody is accepted in one photo twice, and two
/// people who look alike never settle each other: both have to win against each other first.
pub fn name_faces(hits: &[Vec<(u64, f32)>], qualities: &[&Quality], thresholds: &Thresholds) -> Vec<Named> {
    let given = assign(hits, thresholds.distance_review);
    let faces = || hits.iter().zip(qualities).zip(&given);
    let outcome = |list: &[(u64, f32)], quality: &Quality, given: Option<usize>, elsewhere: &HashSet<u64>| {
        let mine = given.and_then(|at| list.get(at));
        let is_rival = |(person, _): &&(u64, f32)| Some(*person) != mine.map(|m| m.0) && !elsewhere.contains(person);
        let best = mine.map(|hit| hit.1).or_else(|| beyond_review(list, thresholds));
        decide(best, list.iter().find(is_rival).map(|hit| hit.1), quality, thresholds)
    };
    let nobody = HashSet::new();
    let first: Vec<Outcome> = faces().map(|((list, quality), given)| outcome(list, quality, *given, &nobody)).collect();
    let sure = first.iter().zip(faces()).filter_map(|(outcome, ((list, _), given))| {
        let (person, distance) = *list.get((*given)?)?;
        (*outcome == Outcome::Accept && distance <= thresholds.distance_sure).then_some(person)
    });
    let settled: HashSet<u64> = sure.collect();
    let named = first.into_iter().zip(faces()).map(|(first, ((list, quality), given))| {
        let outcome = match first {
            // Whom this face was given cannot be settled: nobody is given twice.
            Outcome::Review(_) => outcome(list, quality, *given, &settled),
            clear => clear,
        };
        Named { given: *given, outcome }
    });
    named.collect()
}

/// The nearest distance of an unassigned face when it lies beyond the review line. A nearer person was given to another
/// face of the photo; this one is then nobody.
fn beyond_review(hits: &[(u64, f32)], thresholds: &Thresholds) -> Option<f32> {
    hits.first().map(|hit| hit.1).filter(|distance| *distance > thresholds.distance_review)
}
