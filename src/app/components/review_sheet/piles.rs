//! The four piles of the review: roster and seen faces sorted into certain,
//! please check, not seen, and faces of nobody on this roster.

use crate::app::components::live::Register;
use crate::app::types::{Candidate, FaceVerdict, MarkOutcome, MarkedFace, RecordStatus, StudentId};
use crate::tr;
use leptos::prelude::*;
use std::collections::HashSet;

/// Faces of nobody that are kept for show.
const NOBODY_MAX: usize = 40;
/// Confidence from which a candidate is called likely; 0.80 is the line at
/// which the machine marks by itself.
const LIKELY_MIN: f32 = 0.65;

/// Whether a candidate is more than possible.
fn is_likely(candidate: &Candidate) -> bool {
    candidate.confidence >= LIKELY_MIN
}

/// The word for how well a candidate fits; never a percentage.
pub fn likeness(candidate: &Candidate) -> String {
    if is_likely(candidate) { tr!("review-likely") } else { tr!("review-possible") }
}

/// The candidates by name, each with how well it fits: "likely Jane Smith, possible John Doe".
pub fn names_in_words<'a>(candidates: impl IntoIterator<Item = &'a Candidate>) -> String {
    let in_words = |candidate: &Candidate| {
        let name = &candidate.student.name;
        if is_likely(candidate) {
            tr!("review-likely-name", name = name)
        } else {
            tr!("review-possible-name", name = name)
        }
    };
    candidates.into_iter().map(in_words).collect::<Vec<_>>().join(tr!("word-list-separator").as_str())
}

/// A face of a photo taken on this page that did not settle itself.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenFace {
    pub id: u64,
    /// Number of the photo on this page; absent for live frames.
    pub photo: Option<u64>,
    pub crop: Option<String>,
    /// Best first; without those who are certain on another face of the photo.
    pub candidates: Vec<Candidate>,
    pub reasons: Vec<String>,
    /// A person said that it is none of the candidates.
    pub dismissed: bool,
    /// A person said who it is; holds for as long as that student is marked.
    pub chosen: Option<StudentId>,
}

impl SeenFace {
    /// The first candidate.
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }

    /// Changes when the question does, so that a card is drawn again only then.
    pub fn look(&self) -> (u64, Vec<(StudentId, bool)>) {
        (self.id, self.candidates.iter().map(|candidate| (candidate.student.id, is_likely(candidate))).collect())
    }

    fn asks_for(&self) -> Option<StudentId> {
        if self.dismissed { None } else { self.best().map(|candidate| candidate.student.id) }
    }

    fn best_confidence(&self) -> f32 {
        self.best().map_or(0.0, |candidate| candidate.confidence)
    }
}

/// Roster and faces, sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piles {
    /// Marked, by a photo or by a person.
    pub certain: Vec<StudentId>,
    /// One question per student at most.
    pub check: Vec<SeenFace>,
    /// Unmarked, and asked about by no face.
    pub unseen: Vec<StudentId>,
    pub nobody: Vec<SeenFace>,
}

/// Sorts; certain, check and unseen add up to the roster.
pub fn sort(roster: &[(StudentId, Option<RecordStatus>)], faces: &[SeenFace]) -> Piles {
    let unmarked: HashSet<StudentId> =
        roster.iter().filter(|(_, status)| status.is_none()).map(|(student, _)| *student).collect();
    let mut piles = Piles::default();
    let mut asked = HashSet::new();
    for face in faces {
        if face.chosen.is_some_and(|chosen| !unmarked.contains(&chosen)) {
            continue;
        }
        match face.asks_for() {
            // A question about somebody who is marked by now has settled itself.
            Some(student) if unmarked.contains(&student) => {
                if asked.insert(student) {
                    piles.check.push(face.clone());
                }
            }
            Some(_) => {}
            None => piles.nobody.push(face.clone()),
        }
    }
    for (student, status) in roster {
        match status {
            Some(_) => piles.certain.push(*student),
            None if !asked.contains(student) => piles.unseen.push(*student),
            None => {}
        }
    }
    piles
}

/// Adds the open faces of one photo. A face that asks about the same student as
/// an earlier one takes its place when it fits better.
fn add(list: &mut Vec<SeenFace>, outcome: &MarkOutcome, photo: Option<u64>, mut next: impl FnMut() -> u64) {
    let taken: HashSet<StudentId> = outcome
        .faces
        .iter()
        .filter(|face| face.verdict == FaceVerdict::Certain)
        .filter_map(|face| face.candidates.first().map(|candidate| candidate.student.id))
        .collect();
    if photo.is_none() {
        // Nobody's faces of a live picture are those of its last frame.
        list.retain(|face| face.photo.is_some() || face.asks_for().is_some() || face.dismissed);
    }
    for face in &outcome.faces {
        let Some(face) = open_face(face, photo, &taken, next()) else { continue };
        let rival = list.iter().position(|other| match (face.best(), other.best()) {
            (Some(face), Some(other)) => face.student.id == other.student.id,
            _ => false,
        });
        match rival.and_then(|at| list.get_mut(at)) {
            // What a person said about a live picture holds for its next frames.
            Some(other) if (other.dismissed || other.chosen.is_some()) && photo.is_none() => {}
            Some(other)
                if other.dismissed || other.chosen.is_some() || face.best_confidence() > other.best_confidence() =>
            {
                *other = SeenFace { id: other.id, ..face };
            }
            Some(_) => {}
            None => list.push(face),
        }
    }
    let nobody = list.iter().filter(|face| face.asks_for().is_none()).count();
    let mut extra = nobody.saturating_sub(NOBODY_MAX);
    list.retain(|face| {
        let goes = extra > 0 && face.asks_for().is_none();
        extra -= usize::from(goes);
        !goes
    });
}

fn open_face(face: &MarkedFace, photo: Option<u64>, taken: &HashSet<StudentId>, id: u64) -> Option<SeenFace> {
    let candidates = match face.verdict {
        FaceVerdict::Check => {
            face.candidates.iter().filter(|candidate| !taken.contains(&candidate.student.id)).cloned().collect()
        }
        FaceVerdict::Unknown => Vec::new(),
        FaceVerdict::Certain | FaceVerdict::TooSmall => return None,
    };
    Some(SeenFace {
        id,
        photo,
        crop: face.crop.clone(),
        candidates,
        reasons: face.reasons.clone(),
        dismissed: false,
        chosen: None,
    })
}

/// The open faces of all photos taken on this page. They live in its memory only.
#[derive(Clone, Copy)]
pub struct SeenFaces {
    list: RwSignal<Vec<SeenFace>>,
    next: StoredValue<u64>,
    /// Dismissed faces, each with the steps of the register before it.
    past: StoredValue<Vec<(usize, u64)>>,
}

impl SeenFaces {
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0), past: StoredValue::new(Vec::new()) }
    }

    /// Adds what a photo left open; `photo` is absent for live frames.
    pub fn add(self, outcome: &MarkOutcome, photo: Option<u64>) {
        let next = || {
            self.next.try_update_value(|next| {
                *next += 1;
                *next
            })
        };
        self.list.try_update(|list| add(list, outcome, photo, || next().unwrap_or_default()));
    }

    fn change(self, id: u64, change: impl FnOnce(&mut SeenFace)) {
        self.list.update(|list| {
            if let Some(face) = list.iter_mut().find(|face| face.id == id) {
                change(face);
            }
        });
    }

    /// It is this student.
    pub fn choose(self, register: Register, id: u64, student: StudentId, status: RecordStatus) {
        self.change(id, |face| face.chosen = Some(student));
        register.decide(student, Some(status));
    }

    /// It is none of the candidates.
    pub fn dismiss(self, register: Register, id: u64) {
        self.past.try_update_value(|past| past.push((register.steps(), id)));
        self.change(id, |face| face.dismissed = true);
    }

    /// Takes the last decision of the review back: a dismissal or a mark.
    pub fn undo(self, register: Register) {
        let steps = register.steps();
        let dismissed = self.past.try_update_value(|past| {
            // What was decided after a dismissal and taken back since does not count.
            past.pop_if(|(before, _)| *before >= steps)
        });
        match dismissed.flatten() {
            Some((_, id)) => self.change(id, |face| face.dismissed = false),
            None => {
                register.undo();
            }
        }
    }

    /// Sorted with the roster, tracked.
    pub fn sort(self, roster: &[(StudentId, Option<RecordStatus>)]) -> Piles {
        sort(roster, &self.list.read())
    }
}

impl Default for SeenFaces {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::types::{Counters, SessionId, StudentRef};

    fn candidate(id: i64, confidence: f32) -> Candidate {
        let student = StudentRef { id: StudentId(id), roll_no: id.to_string(), name: format!("S{id}") };
        Candidate { student, photo: None, distance: 0.5, confidence }
    }

    fn face(verdict: FaceVerdict, candidates: Vec<Candidate>) -> MarkedFace {
        MarkedFace {
            bbox: [0.0; 4],
            verdict,
            candidates,
            reasons: Vec::new(),
            status: None,
            timestamp: None,
            already_marked: false,
            crop: None,
        }
    }

    fn outcome(faces: Vec<MarkedFace>) -> MarkOutcome {
        MarkOutcome {
            session_id: SessionId(1),
            width: 10,
            height: 10,
            processing_time_ms: 1,
            faces,
            new_marks: 0,
            counters: Counters::default(),
            suggestions: Vec::new(),
        }
    }

    fn added(photos: Vec<(MarkOutcome, Option<u64>)>) -> Vec<SeenFace> {
        let (mut list, mut id) = (Vec::new(), 0);
        for (outcome, photo) in photos {
            add(&mut list, &outcome, photo, || {
                id += 1;
                id
            });
        }
        list
    }

    const ROSTER: [(StudentId, Option<RecordStatus>); 4] = [
        (StudentId(1), Some(RecordStatus::Present)),
        (StudentId(2), None),
        (StudentId(3), None),
        (StudentId(4), Some(RecordStatus::Late)),
    ];

    #[test]
    fn roster_is_sorted_into_piles_that_add_up() {
        let photo = outcome(vec![
            face(FaceVerdict::Check, vec![candidate(2, 0.7), candidate(3, 0.5)]),
            face(FaceVerdict::Unknown, Vec::new()),
            face(FaceVerdict::TooSmall, Vec::new()),
        ]);
        let piles = sort(&ROSTER, &added(vec![(photo, Some(1))]));
        assert_eq!(piles.certain, [StudentId(1), StudentId(4)]);
        assert_eq!(piles.unseen, [StudentId(3)]);
        assert_eq!((piles.check.len(), piles.nobody.len()), (1, 1));
        assert_eq!(piles.certain.len() + piles.check.len() + piles.unseen.len(), ROSTER.len());
    }

    #[test]
    fn question_about_a_marked_student_settles_itself() {
        let photo = outcome(vec![face(FaceVerdict::Check, vec![candidate(1, 0.7)])]);
        let piles = sort(&ROSTER, &added(vec![(photo, Some(1))]));
        assert!(piles.check.is_empty() && piles.nobody.is_empty());
    }

    #[test]
    fn one_face_per_student_within_a_photo() {
        let photo = outcome(vec![
            face(FaceVerdict::Certain, vec![candidate(1, 0.95)]),
            face(FaceVerdict::Check, vec![candidate(1, 0.7), candidate(2, 0.6)]),
        ]);
        let piles = sort(&ROSTER, &added(vec![(photo, Some(1))]));
        assert_eq!(piles.check[0].best().map(|best| best.student.id), Some(StudentId(2)));
    }

    #[test]
    fn second_choice_settles_the_question() {
        let photo = outcome(vec![face(FaceVerdict::Check, vec![candidate(2, 0.7), candidate(3, 0.5)])]);
        let mut list = added(vec![(photo, Some(1))]);
        list[0].chosen = Some(StudentId(3));
        let mut roster = ROSTER;
        roster[2].1 = Some(RecordStatus::Present);
        let piles = sort(&roster, &list);
        assert_eq!((piles.check.len(), piles.nobody.len(), piles.unseen.as_slice()), (0, 0, &[StudentId(2)][..]));
        assert_eq!(sort(&ROSTER, &list).check.len(), 1, "the question is back once the mark is taken back");
    }

    #[test]
    fn live_frames_ask_once_and_keep_the_best_look() {
        let frame = |confidence| {
            let faces =
                vec![face(FaceVerdict::Check, vec![candidate(2, confidence)]), face(FaceVerdict::Unknown, Vec::new())];
            (outcome(faces), None)
        };
        let mut list = added(vec![frame(0.6), frame(0.7), frame(0.65)]);
        let piles = sort(&ROSTER, &list);
        assert_eq!((piles.check.len(), piles.nobody.len()), (1, 1));
        assert_eq!(piles.check[0].best_confidence(), 0.7);
        list[0].dismissed = true;
        add(&mut list, &frame(0.75).0, None, || 99);
        assert!(sort(&ROSTER, &list).check.is_empty(), "a dismissed face comes back");
    }
}
