//! What the machine saw in an enrolment photo.

use super::StudentRef;
use serde::{Deserialize, Serialize};

/// Measured quality of one face.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaceQuality {
    /// 0 (blurred) to 1 (sharp).
    pub blur_score: f32,
    /// 0 (black) to 1 (white).
    pub brightness: f32,
    /// Shorter side of the face's box, pixels of the photo.
    pub face_size: u32,
    /// Largest turn of the head away from the camera, degrees.
    pub angle: f32,
    /// `good`, `fair`, `poor`.
    pub verdict: QualityVerdict,
    /// What to mend, in sentences for people; empty when good.
    pub advice: Vec<String>,
}

/// The word for a measured quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QualityVerdict {
    Good,
    Fair,
    Poor,
}

impl QualityVerdict {
    pub fn as_str(self) -> &'static str {
        match self {
            QualityVerdict::Good => "good",
            QualityVerdict::Fair => "fair",
            QualityVerdict::Poor => "poor",
        }
    }
}

/// The verdict shown on the spot, before anything is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoVerdict {
    /// Whether the photo would be stored as it is.
    pub accepted: bool,
    /// One sentence: why not, or what is good.
    pub sentence: String,
    /// Pixels of the photo after its EXIF orientation.
    pub width: u32,
    pub height: u32,
    /// Boxes of all faces found: x1, y1, x2, y2 in pixels of the photo.
    pub faces: Vec<[f32; 4]>,
    /// Quality of the only face, when there is exactly one.
    pub quality: Option<FaceQuality>,
    /// Somebody else who already has this face.
    pub lookalike: Option<StudentRef>,
}
