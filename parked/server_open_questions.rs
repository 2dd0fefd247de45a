//! Open questions of active sessions: faces that a person has to look at, and nobody's faces, with their pictures.
//!
//! In memory alone, so that no bystander is ever written down. Bounded, and gone when the session is closed or the
//! program ends: the next photo asks again.

use crate::app::types::{FaceVerdict, MarkOutcome, MarkedFace, OpenQuestions, SeenFace, SessionId, StudentId};
use base64::Engine as _;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Photos whose results are kept to be shown.
const PHOTOS_MAX: usize = 8;
/// Open faces of one session: as many as eight photos of sixty have.
const FACES_MAX: usize = 480;
/// Nobody's faces among them.
const NOBODY_MAX: usize = 40;
/// Sessions with open questions; the one that was quiet longest makes room.
const SESSIONS_MAX: usize = 256;

/// What kind of picture was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    Photo,
    /// One of many in a row: what it shows of nobody takes the place of what the one before it showed.
    LiveFrame,
}

/// A person's answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceAnswer {
    /// It is this student.
    Is(StudentId),
    /// It is none of the candidates.
    Nobody,
    /// The question is asked again.
    Open,
}

/// The questions of all sessions of this node.
#[derive(Clone)]
pub struct QuestionStore(Arc<Mutex<Store>>);

struct Store {
    sessions: HashMap<SessionId, Asked>,
    /// The next id. Ids of another run of the program mean nothing to this one, so that they start at its time.
    next: u64,
}

/// What is open in one session.
#[derive(Default)]
struct Asked {
    version: u64,
    photos: u64,
    faces: Vec<KeptFace>,
    results: VecDeque<MarkOutcome>,
}

struct KeptFace {
    face: SeenFace,
    /// Names the picture: another look at the same person has another one.
    look: u64,
    /// JPEG.
    crop: Option<Vec<u8>>,
}

impl Default for QuestionStore {
    fn default() -> Self {
        let next = chrono::Utc::now().timestamp_micros().unsigned_abs();
        Self(Arc::new(Mutex::new(Store { sessions: HashMap::new(), next })))
    }
}

impl QuestionStore {
    fn lock(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the open faces of a photo in, their pictures out of `outcome`, and tells it what is open now. Says whether
    /// the questions changed.
    pub fn add(&self, outcome: &mut MarkOutcome, picture: Picture) -> bool {
        let mut store = self.lock();
        store.make_room(outcome.session_id);
        let Store { sessions, next } = &mut *store;
        let asked = sessions.entry(outcome.session_id).or_default();
        let photo = (picture == Picture::Photo).then(|| {
            asked.photos += 1;
            asked.photos
        });
        let taken = certain(outcome);
        let before = asked.questions();
        if photo.is_none() {
            asked.faces.retain(|kept| kept.face.photo.is_some() || kept.face.asks_for().is_some() || kept.face.dismissed);
        }
        for face in &mut outcome.faces {
            let crop = face.crop.take().and_then(|crop| jpeg_of(&crop));
            *next += 1;
            let address = crop.as_ref().map(|_| format!("/sessions/{}/faces/{next}", outcome.session_id));
            if let Some(face) = open_face(face, *next, photo, &taken, address) {
                asked.take(KeptFace { face, look: *next, crop });
            }
        }
        asked.shorten();
        let changed = asked.questions() != before || photo.is_some();
        if changed {
            *next += 1;
            asked.version = *next;
        }
        outcome.photo = photo;
        if photo.is_some() {
            asked.results.push_back(outcome.clone());
            asked.results.drain(..asked.results.len().saturating_sub(PHOTOS_MAX));
        }
        outcome.questions = asked.told();
        changed
    }

    /// What is open in a session.
    pub fn read(&self, session: SessionId) -> OpenQuestions {
        self.lock().sessions.get(&session).map(Asked::told).unwrap_or_default()
    }

    /// Grows with every change; 0 when nothing was asked.
    pub fn version(&self, session: SessionId) -> u64 {
        self.lock().sessions.get(&session).map_or(0, |asked| asked.version)
    }

    /// What a photo did, while it is one of the last.
    pub fn result(&self, session: SessionId, photo: u64) -> Option<MarkOutcome> {
        let store = self.lock();
        store.sessions.get(&session)?.results.iter().find(|outcome| outcome.photo == Some(photo)).cloned()
    }

    /// The picture of an open face, JPEG.
    pub fn crop(&self, session: SessionId, look: u64) -> Option<Vec<u8>> {
        self.lock().sessions.get(&session)?.faces.iter().find(|kept| kept.look == look)?.crop.clone()
    }

    /// Writes an answer down; says whether there is such a question.
    pub fn answer(&self, session: SessionId, face: u64, answer: FaceAnswer) -> bool {
        let mut store = self.lock();
        let Store { sessions, next } = &mut *store;
        let Some(asked) = sessions.get_mut(&session) else { return false };
        let Some(kept) = asked.faces.iter_mut().find(|kept| kept.face.id == face) else { return false };
        (kept.face.dismissed, kept.face.chosen) = match answer {
            FaceAnswer::Is(student) => (false, Some(student)),
            FaceAnswer::Nobody => (true, None),
            FaceAnswer::Open => (false, None),
        };
        *next += 1;
        asked.version = *next;
        true
    }

    /// Forgets everything about a session that is closed.
    pub fn forget(&self, session: SessionId) {
        self.lock().sessions.remove(&session);
    }

    /// Forgets all faces that may be this student's, whose face is no longer known.
    pub fn forget_student(&self, student: StudentId) {
        let is_about = |candidates: &[crate::app::types::Candidate]| {
            candidates.iter().any(|candidate| candidate.student.id == student)
        };
        for asked in self.lock().sessions.values_mut() {
            asked.faces.retain(|kept| !is_about(&kept.face.candidates));
            asked.results.iter_mut().for_each(|outcome| outcome.faces.retain(|face| !is_about(&face.candidates)));
        }
    }
}

impl Store {
    /// Makes room for one more session.
    fn make_room(&mut self, session: SessionId) {
        if self.sessions.len() < SESSIONS_MAX || self.sessions.contains_key(&session) {
            return;
        }
        if let Some(quiet) = self.sessions.iter().min_by_key(|(_, asked)| asked.version).map(|(id, _)| *id) {
            self.sessions.remove(&quiet);
        }
    }
}

impl Asked {
    fn told(&self) -> OpenQuestions {
        let faces = self.faces.iter().map(|kept| kept.face.clone()).collect();
        OpenQuestions { version: self.version, photos: self.photos, faces }
    }

    /// Looks of what others should hear of; nobody's faces of a live picture change all the time.
    fn questions(&self) -> Vec<u64> {
        let is_told = |kept: &&KeptFace| kept.face.photo.is_some() || kept.face.asks_for().is_some();
        self.faces.iter().filter(is_told).map(|kept| kept.look).collect()
    }

    /// Adds a face. One that asks about the same student as an earlier one takes its place when it fits better.
    fn take(&mut self, kept: KeptFace) {
        let rival = self.faces.iter_mut().find(|other| match (kept.face.best(), other.face.best()) {
            (Some(face), Some(other)) => face.student.id == other.student.id,
            _ => false,
        });
        match rival {
            Some(other) => {
                let is_answered = other.face.dismissed || other.face.chosen.is_some();
                // What a person said about a live picture holds for its next frames.
                let is_new = match (is_answered, kept.face.photo) {
                    (true, photo) => photo.is_some(),
                    (false, _) => kept.face.best_confidence() > other.face.best_confidence(),
                };
                if is_new {
                    let id = if is_answered { kept.face.id } else { other.face.id };
                    *other = KeptFace { face: SeenFace { id, ..kept.face }, ..kept };
                }
            }
            None => self.faces.push(kept),
        }
    }

    /// Keeps the latest.
    fn shorten(&mut self) {
        let nobody = self.faces.iter().filter(|kept| kept.face.asks_for().is_none()).count();
        let mut extra = nobody.saturating_sub(NOBODY_MAX);
        self.faces.retain(|kept| {
            let goes = extra > 0 && kept.face.asks_for().is_none();
            extra -= usize::from(goes);
            !goes
        });
        self.faces.drain(..self.faces.len().saturating_sub(FACES_MAX));
    }
}

/// Who is certain on the photo: nobody has two faces on one.
fn certain(outcome: &MarkOutcome) -> HashSet<StudentId> {
    let faces = outcome.faces.iter().filter(|face| face.verdict == FaceVerdict::Certain);
    faces.filter_map(|face| face.candidates.first().map(|candidate| candidate.student.id)).collect()
}

fn open_face(
    face: &MarkedFace,
    id: u64,
    photo: Option<u64>,
    taken: &HashSet<StudentId>,
    crop: Option<String>,
) -> Option<SeenFace> {
    let candidates = match face.verdict {
        FaceVerdict::Check => {
            face.candidates.iter().filter(|candidate| !taken.contains(&candidate.student.id)).cloned().collect()
        }
        FaceVerdict::Unknown => Vec::new(),
        FaceVerdict::Certain | FaceVerdict::TooSmall => return None,
    };
    Some(SeenFace { id, photo, crop, candidates, reasons: face.reasons.clone(), dismissed: false, chosen: None })
}

/// The bytes of a `data:` address.
fn jpeg_of(address: &str) -> Option<Vec<u8>> {
    base64::engine::general_purpose::STANDARD.decode(address.split_once(',')?.1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::types::{Candidate, Counters, StudentRef};

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
            crop: Some("data:image/jpeg;base64,AAEC".to_owned()),
        }
    }

    fn check(id: i64, confidence: f32) -> MarkedFace {
        face(FaceVerdict::Check, vec![candidate(id, confidence)])
    }

    fn nobody() -> MarkedFace {
        face(FaceVerdict::Unknown, Vec::new())
    }

    const SESSION: SessionId = SessionId(1);

    fn add(store: &QuestionStore, picture: Picture, faces: Vec<MarkedFace>) -> bool {
        let mut outcome = MarkOutcome {
            session_id: SESSION,
            width: 10,
            height: 10,
            processing_time_ms: 1,
            faces,
            new_marks: 0,
            counters: Counters::default(),
            suggestions: Vec::new(),
            photo: None,
            questions: OpenQuestions::default(),
        };
        let changed = store.add(&mut outcome, picture);
        assert_eq!(outcome.questions, store.read(SESSION));
        assert!(outcome.faces.iter().all(|face| face.crop.is_none()), "pictures leave by their own address");
        changed
    }

    /// Confidences of the questions, best candidate each; nobody's faces are 0.
    fn asked(store: &QuestionStore) -> Vec<f32> {
        store.read(SESSION).faces.iter().map(SeenFace::best_confidence).collect()
    }

    #[test]
    fn photo_leaves_its_open_faces_with_their_pictures() {
        let store = QuestionStore::default();
        let certain = face(FaceVerdict::Certain, vec![candidate(1, 0.95)]);
        let both = face(FaceVerdict::Check, vec![candidate(1, 0.7), candidate(2, 0.6)]);
        assert!(add(&store, Picture::Photo, vec![certain, both, nobody(), face(FaceVerdict::TooSmall, Vec::new())]));
        let open = store.read(SESSION);
        assert_eq!((open.photos, open.faces.len()), (1, 2));
        assert_eq!(open.faces[0].asks_for(), Some(StudentId(2)), "one face per student within a photo");
        let look = open.faces[0].crop.as_deref().and_then(|crop| crop.rsplit('/').next()).expect("a picture");
        assert_eq!(store.crop(SESSION, look.parse().expect("a number")), Some(vec![0, 1, 2]));
        assert_eq!(store.result(SESSION, 1).map(|result| result.faces.len()), Some(4));
    }

    #[test]
    fn better_look_takes_the_place_of_the_one_before() {
        let store = QuestionStore::default();
        for confidence in [0.6, 0.7, 0.65] {
            add(&store, Picture::Photo, vec![check(2, confidence)]);
        }
        assert_eq!(asked(&store), [0.7]);
    }

    #[test]
    fn live_frames_ask_once_and_an_answer_holds_for_the_next() {
        let store = QuestionStore::default();
        assert!(add(&store, Picture::LiveFrame, vec![check(2, 0.6), nobody()]));
        assert!(add(&store, Picture::LiveFrame, vec![check(2, 0.7), nobody()]));
        assert!(!add(&store, Picture::LiveFrame, vec![check(2, 0.65), nobody()]), "nothing that others should hear of");
        assert_eq!(asked(&store), [0.7, 0.0]);
        let id = store.read(SESSION).faces[0].id;
        assert!(store.answer(SESSION, id, FaceAnswer::Nobody));
        add(&store, Picture::LiveFrame, vec![check(2, 0.75)]);
        assert!(store.read(SESSION).faces.iter().all(|face| face.asks_for().is_none()), "a dismissed face comes back");
        add(&store, Picture::Photo, vec![check(2, 0.5)]);
        let again = store.read(SESSION).faces.pop().expect("a photo asks again");
        assert_eq!(again.asks_for(), Some(StudentId(2)));
        assert_ne!(again.id, id, "an answer to the first question is none to the second");
    }

    #[test]
    fn answers_can_be_taken_back_and_strange_questions_have_none() {
        let store = QuestionStore::default();
        add(&store, Picture::Photo, vec![check(2, 0.6)]);
        let first = store.read(SESSION);
        assert!(!store.answer(SESSION, first.faces[0].id + 7, FaceAnswer::Nobody));
        assert!(!store.answer(SessionId(9), first.faces[0].id, FaceAnswer::Nobody));
        store.answer(SESSION, first.faces[0].id, FaceAnswer::Is(StudentId(3)));
        assert_eq!(store.read(SESSION).faces[0].chosen, Some(StudentId(3)));
        store.answer(SESSION, first.faces[0].id, FaceAnswer::Open);
        let now = store.read(SESSION);
        assert_eq!(now.faces, first.faces);
        assert!(now.version > first.version);
    }

    #[test]
    fn memory_is_bounded_and_let_go() {
        let store = QuestionStore::default();
        for _ in 0..3 {
            add(&store, Picture::Photo, (0..60).map(|_| nobody()).collect());
        }
        assert_eq!(asked(&store).len(), NOBODY_MAX);
        for at in 0..10 {
            add(&store, Picture::Photo, (0..60).map(|face| check(1000 + at * 60 + face, 0.5)).collect());
        }
        assert_eq!(asked(&store).len(), FACES_MAX);
        assert!(store.result(SESSION, 5).is_none() && store.result(SESSION, 6).is_some());
        store.forget_student(StudentId(1599));
        assert_eq!(asked(&store).len(), FACES_MAX - 1);
        store.forget(SESSION);
        assert_eq!((store.version(SESSION), asked(&store).len()), (0, 0));
    }
}
