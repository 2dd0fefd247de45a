//! Who the faces of one photo are: one face, one person, and nobody is mistaken for somebody who sits elsewhere.

use std::collections::HashMap;

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
    let decide_face = |face: usize, counts: &dyn Fn(u64) -> bool| {
        let list = hits.get(face).map_or(&[][..], Vec::as_slice);
        let mine = given.get(face).copied().flatten().and_then(|at| list.get(at));
        let other = |(person, _): &&(u64, f32)| Some(*person) != mine.map(|m| m.0) && counts(*person);
        let runner_up = list.iter().find(other).map(|hit| hit.1);
        let best = mine.map(|hit| hit.1).or_else(|| beyond_review(list, thresholds));
        let quality = qualities.get(face)?;
        Some(Named {
            given: mine.and(given.get(face).copied().flatten()),
            outcome: decide(best, runner_up, quality, thresholds),
        })
    };
    let first: Vec<Option<Named>> = (0..hits.len()).map(|face| decide_face(face, &|_| true)).collect();
    let settled = settled(hits, &first, thresholds);
    let named = first.into_iter().enumerate().filter_map(|(face, named)| match named {
        Some(Named { outcome: Outcome::Review(_), .. }) => {
            decide_face(face, &|person| settled.get(&person).is_none_or(|elsewhere| *elsewhere == face))
        }
        other => other,
    });
    named.collect()
}

/// Face of each person who was accepted within the sure line.
fn settled(hits: &[Vec<(u64, f32)>], named: &[Option<Named>], thresholds: &Thresholds) -> HashMap<u64, usize> {
    let sure = |(face, named): (usize, &Option<Named>)| {
        let named = named.as_ref().filter(|named| named.outcome == Outcome::Accept)?;
        let (person, distance) = *hits.get(face)?.get(named.given?)?;
        (distance <= thresholds.distance_sure).then_some((person, face))
    };
    named.iter().enumerate().filter_map(sure).collect()
}

/// The nearest distance of an unassigned face when it lies beyond the review line. A nearer person was given to another
/// face of the photo; this one is then nobody.
fn beyond_review(hits: &[(u64, f32)], thresholds: &Thresholds) -> Option<f32> {
    hits.first().map(|hit| hit.1).filter(|distance| *distance > thresholds.distance_review)
}
