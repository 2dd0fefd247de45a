//! Whether a photo can stand for one person: the verdict as data, for the page that asks for a better photo.

use super::super::quality::{QualityReason, Verdict};
use super::{Analysis, Face};

/// What an enrolment photo must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnrolmentRules {
    pub min_blur_score: f32,
    /// Shorter side of the face's box in pixels.
    pub min_face_size: u32,
    /// The detector's score; animals and badges that look like faces score lower.
    pub min_score: f32,
    /// A second face smaller than this share of the largest (sides compared) is background, not a second person.
    pub bystander_share: f32,
    /// The same for a face at the side of a photo whose largest face is in the middle.
    pub aside_share: f32,
}

impl Default for EnrolmentRules {
    /// 0.5 and 80 px are the specification's; faces under a quarter of the largest are people on posters and far away,
    /// and whoever stands at the edge, well behind the one in the middle, is not whom the photo was taken of.
    fn default() -> Self {
        Self { min_blur_score: 0.5, min_face_size: 80, min_score: 0.7, bystander_share: 0.25, aside_share: 0.67 }
    }
}

impl EnrolmentRules {
    /// For photos that are all there is, such as an archive: one face that can be embedded, whatever its quality.
    pub fn any_usable_face() -> Self {
        Self { min_blur_score: 0.0, min_face_size: 0, min_score: 0.0, ..Self::default() }
    }
}

/// What a photo is worth for enrolment. An accepted face may still carry reasons (its verdict is then `Fair`): they are
/// a warning to show.
#[derive(Debug, Clone, PartialEq)]
pub enum EnrolmentVerdict {
    NoFace,
    /// How many faces there are.
    SeveralFaces(usize),
    Poor {
        face: Box<Face>,
        reasons: Vec<QualityReason>,
    },
    Accepted {
        face: Box<Face>,
    },
}

/// Judges an analysed photo by `rules`. Pure.
pub fn assess_enrolment(analysis: &Analysis, rules: &EnrolmentRules) -> EnrolmentVerdict {
    let side = |face: &Face| (face.bbox[2] - face.bbox[0]).min(face.bbox[3] - face.bbox[1]);
    let Some(largest) = analysis.faces.iter().max_by(|a, b| side(a).total_cmp(&side(b))) else {
        return EnrolmentVerdict::NoFace;
    };
    let offset = |face: &Face| offset_from_middle(face, analysis);
    let subject_in_middle = offset(largest) <= MIDDLE;
    let is_person = |f: &&Face| {
        let aside = subject_in_middle && offset(f) >= ASIDE;
        let share = if aside { rules.aside_share } else { rules.bystander_share };
        f.score >= rules.min_score && side(f) >= side(largest) * share
    };
    let people = analysis.faces.iter().filter(is_person).count();
    if people > 1 {
        return EnrolmentVerdict::SeveralFaces(people);
    }
    let quality = &largest.quality;
    let mut reasons = Vec::new();
    let mut note = |holds: bool, reason: QualityReason| {
        if holds && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    };
    note(quality.face_size < rules.min_face_size || largest.embedding.is_none(), QualityReason::TooSmall);
    note(quality.blur_score < rules.min_blur_score, QualityReason::Blurred);
    note(largest.score < rules.min_score, QualityReason::Unclear);
    if quality.verdict >= Verdict::Poor && rules.min_score > 0.0 {
        quality.reasons.iter().for_each(|reason| note(true, *reason));
    }
    let face = Box::new(largest.clone());
    if reasons.is_empty() { EnrolmentVerdict::Accepted { face } } else { EnrolmentVerdict::Poor { face, reasons } }
}

/// How far a face's centre lies from the photo's, along the worse axis: 0 in the middle, 0.5 at an edge.
fn offset_from_middle(face: &Face, analysis: &Analysis) -> f32 {
    let [x1, y1, x2, y2] = face.bbox;
    let across = (x1 + x2) / 2.0 / analysis.width.max(1) as f32 - 0.5;
    let down = (y1 + y2) / 2.0 / analysis.height.max(1) as f32 - 0.5;
    across.abs().max(down.abs())
}

/// Offsets up to which a face is in the middle of a photo, and from which it is at its side. Of 400 press photos of one
/// person 39 hold a second face, nearly all of them beyond the second line and under two thirds of the first
/// (`docs/recognition.md`).
const MIDDLE: f32 = 0.2;
const ASIDE: f32 = 0.25;
