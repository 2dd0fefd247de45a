//! A second look at faces that lean between two quarters: the detector sees them badly, so their surroundings are
//! turned until they stand upright.

use image::RgbImage;

use super::super::align::warp;
use super::super::geometry::Affine;
use super::DetectedFace;

/// Pixels a side of the picture that is looked at.
pub(super) const SIDE: u32 = 192;
/// Longer sides of the face's box that the picture holds.
const SURROUNDINGS: f64 = 2.5;
/// Degrees from the nearest quarter turn beyond which a second look names more people (`docs/recognition.md`).
const LEANING_FROM: f32 = 15.0;

/// Whether a face stands straight in none of the four quarters.
pub(super) fn leans(face: &DetectedFace) -> bool {
    let [dx, dy] = face.down().map(f32::abs);
    dx.min(dy).atan2(dx.max(dy)).to_degrees() >= LEANING_FROM
}

/// The square around a face, turned so that its chin is below its eyes: from picture to photo. `None` when the
/// landmarks coincide.
pub(super) fn view_of(face: &DetectedFace) -> Option<Affine> {
    let [dx, dy] = face.down().map(f64::from);
    let length = dx.hypot(dy);
    if length < 1e-3 || !length.is_finite() {
        return None;
    }
    let (dx, dy) = (dx / length, dy / length);
    let [x1, y1, x2, y2] = face.bbox.map(f64::from);
    let scale = SURROUNDINGS * (x2 - x1).max(y2 - y1) / f64::from(SIDE);
    let middle = f64::from(SIDE) / 2.0;
    let row =
        |centre: f64, across: f64, down: f64| [scale * across, scale * down, centre - scale * middle * (across + down)];
    Some(Affine([row((x1 + x2) / 2.0, dy, dx), row((y1 + y2) / 2.0, -dx, dy)]))
}

pub(super) fn draw(image: &RgbImage, view: &Affine) -> RgbImage {
    warp(image, view, SIDE)
}

/// `face`, or the one in the middle of the view if that is more certain, with the box of `face`: it is of the photo's
/// axes.
pub(super) fn better_of(face: DetectedFace, seen: &[DetectedFace], view: &Affine) -> DetectedFace {
    let middle = SIDE as f32 / 2.0;
    let offset = |other: &DetectedFace| {
        let [x1, y1, x2, y2] = other.bbox;
        ((x1 + x2) / 2.0 - middle).abs().max(((y1 + y2) / 2.0 - middle).abs())
    };
    let near = seen.iter().filter(|other| offset(other) < SIDE as f32 / 8.0);
    match near.max_by(|a, b| a.score.total_cmp(&b.score)) {
        Some(best) if best.score > face.score => {
            let to_photo = |[x, y]: [f32; 2]| {
                let (x, y) = view.apply(f64::from(x), f64::from(y));
                [x as f32, y as f32]
            };
            DetectedFace { bbox: face.bbox, score: best.score, landmarks: best.landmarks.map(to_photo) }
        }
        _ => face,
    }
}
