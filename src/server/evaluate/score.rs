//! Compares what the engine said about one photo with what people marked in it.

use serde::Serialize;

use super::labels::LabelledFace;
use crate::recognition::decide::Outcome;
use crate::recognition::engine::{Identification, IdentifiedFace};
use crate::recognition::geometry::{BBox, iou};

/// Counts over labelled faces. "Known" are labelled faces of enrolled people on the roster, all others are strangers; a
/// face the detector found where nobody is labelled counts as a stranger too when it is named or sent to review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    pub labelled: usize,
    /// Labelled faces the detector found.
    pub detected: usize,
    /// Found faces where nobody is labelled.
    pub unlabelled: usize,
    pub known: usize,
    pub named_right: usize,
    pub named_wrong: usize,
    /// Sent to a person with the right name proposed.
    pub review_right: usize,
    /// Sent to a person with a wrong name proposed.
    pub review_wrong: usize,
    /// Known faces that were not found or called unknown.
    pub missed: usize,
    pub strangers: usize,
    pub strangers_named: usize,
    pub strangers_to_review: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.labelled += other.labelled;
        self.detected += other.detected;
        self.unlabelled += other.unlabelled;
        self.known += other.known;
        self.named_right += other.named_right;
        self.named_wrong += other.named_wrong;
        self.review_right += other.review_right;
        self.review_wrong += other.review_wrong;
        self.missed += other.missed;
        self.strangers += other.strangers;
        self.strangers_named += other.strangers_named;
        self.strangers_to_review += other.strangers_to_review;
    }
}

/// Counts one photo. `number_of` gives the number of an enrolled person on the roster by name. The second value lists
/// what went wrong, in words with names.
pub(super) fn score_photo(
    labels: &[LabelledFace],
    result: &Identification,
    number_of: impl Fn(&str) -> Option<u64>,
    name_of: impl Fn(u64) -> String,
) -> (Tally, Vec<String>) {
    let found = match_faces(labels, &result.faces);
    let mut tally = Tally { labelled: labels.len(), ..Tally::default() };
    let mut notes = Vec::new();
    for (label, at) in labels.iter().zip(&found) {
        let face = at.and_then(|at| result.faces.get(at));
        tally.detected += usize::from(face.is_some());
        match label.name.as_deref().and_then(|name| Some((name, number_of(name)?))) {
            Some((name, person)) => {
                tally.known += 1;
                notes.extend(score_known(&mut tally, name, person, face, &name_of));
            }
            None => {
                tally.strangers += 1;
                let who = label.name.as_deref().unwrap_or("a stranger");
                notes.extend(face.and_then(|face| score_stranger(&mut tally, who, face, &name_of)));
            }
        }
    }
    for (at, face) in result.faces.iter().enumerate() {
        if !found.contains(&Some(at)) {
            tally.unlabelled += 1;
            notes.extend(score_stranger(&mut tally, "an unlabelled face", face, &name_of));
        }
    }
    (tally, notes)
}

fn score_known(
    tally: &mut Tally,
    name: &str,
    person: u64,
    face: Option<&IdentifiedFace>,
    name_of: impl Fn(u64) -> String,
) -> Option<String> {
    let Some(face) = face else {
        tally.missed += 1;
        return Some(format!("{name}: face not found"));
    };
    let given = face.assigned.map(|c| c.person);
    let size = face.face.quality.face_size;
    let nearest = face.candidates.first();
    let nearest = nearest.map_or("nobody".to_owned(), |c| format!("{} at {:.3}", name_of(c.person), c.distance));
    match (&face.outcome, given == Some(person)) {
        (Outcome::Accept, true) => {
            tally.named_right += 1;
            None
        }
        (Outcome::Accept, false) => {
            tally.named_wrong += 1;
            Some(format!("{name}: NAMED WRONG, nearest {nearest}, {size} px"))
        }
        (Outcome::Review(why), true) => {
            tally.review_right += 1;
            Some(format!("{name}: to review with the right name, nearest {nearest}, {size} px, {why:?}"))
        }
        (Outcome::Review(why), false) => {
            tally.review_wrong += 1;
            Some(format!("{name}: to review with a wrong name, nearest {nearest}, {size} px, {why:?}"))
        }
        (Outcome::Unknown(why), _) => {
            tally.missed += 1;
            Some(format!("{name}: unknown, nearest {nearest}, {size} px, {why:?}"))
        }
    }
}

fn score_stranger(
    tally: &mut Tally,
    who: &str,
    face: &IdentifiedFace,
    name_of: impl Fn(u64) -> String,
) -> Option<String> {
    let given = face.assigned?;
    let (given, distance) = (name_of(given.person), given.distance);
    match &face.outcome {
        Outcome::Accept => {
            tally.strangers_named += 1;
            Some(format!("{who}: STRANGER NAMED {given} at {distance:.3}"))
        }
        Outcome::Review(why) => {
            tally.strangers_to_review += 1;
            Some(format!("{who}: stranger to review as {given} at {distance:.3}, {why:?}"))
        }
        Outcome::Unknown(_) => None,
    }
}

/// For each label the place of the found face that shows the same head; best overlaps first, each face used once.
fn match_faces(labels: &[LabelledFace], faces: &[IdentifiedFace]) -> Vec<Option<usize>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (l, label) in labels.iter().enumerate() {
        for (f, face) in faces.iter().enumerate() {
            let overlap = iou(&label.bbox, &face.face.bbox);
            let same = overlap >= 0.3
                || (holds_centre(&label.bbox, &face.face.bbox) && holds_centre(&face.face.bbox, &label.bbox));
            if same {
                pairs.push((overlap, l, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found = vec![None; labels.len()];
    for (_, l, f) in pairs {
        if !found.contains(&Some(f))
            && let Some(slot @ None) = found.get_mut(l)
        {
            *slot = Some(f);
        }
    }
    found
}

fn holds_centre(outer: &BBox, inner: &BBox) -> bool {
    let (x, y) = ((inner[0] + inner[2]) / 2.0, (inner[1] + inner[3]) / 2.0);
    x >= outer[0] && x <= outer[2] && y >= outer[1] && y <= outer[3]
}
