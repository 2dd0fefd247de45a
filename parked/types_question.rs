//! What the photos of a session left open, for a person to settle.

use super::{Candidate, StudentId};
use serde::{Deserialize, Serialize};

/// A face of a photo that did not settle itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenFace {
    pub id: u64,
    /// Number of the photo in its session, counted from 1; absent for live frames.
    pub photo: Option<u64>,
    /// Address of a small picture of the face, for as long as the question is open.
    pub crop: Option<String>,
    /// Best first; without those who are certain on another face of the photo. Empty for nobody's faces.
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

    /// The student whom the question is about; nobody once it was dismissed.
    pub fn asks_for(&self) -> Option<StudentId> {
        if self.dismissed { None } else { self.best().map(|candidate| candidate.student.id) }
    }

    /// Confidence of the first candidate, 0 without one.
    pub fn best_confidence(&self) -> f32 {
        self.best().map_or(0.0, |candidate| candidate.confidence)
    }
}

/// The open questions of an active session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OpenQuestions {
    /// Grows with every change; 0 when nothing was asked yet.
    pub version: u64,
    /// Photos taken so far.
    pub photos: u64,
    /// At most one about each student.
    pub faces: Vec<SeenFace>,
}
