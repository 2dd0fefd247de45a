//! How good one face is for recognition: sharpness, light, size, pose and the length of its raw vector, and the
//! verdict on it with reasons a person understands.

use image::RgbImage;
use serde::{Deserialize, Serialize};

use super::align::AlignedFace;
use super::geometry::{BBox, Landmarks, pose_angle, shorter_side};

/// What was measured on one face. `blur_score` and `brightness` lie in 0..=1 (1 = sharp, white).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Sharpness of the aligned face: 0 = fully blurred, 1 = crisp. The enrolment line of the specification is 0.5.
    pub blur_score: f32,
    /// Mean luma of the inner face.
    pub brightness: f32,
    /// Shorter side of the detected box in pixels of the photo.
    pub face_size: u32,
    /// Degrees the head is turned away from looking straight into the camera, estimated from the five landmarks.
    pub angle: f32,
    /// Length of the recogniser's vector before normalising; low on blur, occlusion and noise. `None` when the face was
    /// too small to be embedded.
    pub norm: Option<f32>,
    pub verdict: Verdict,
    /// Why the verdict is not `Good`, worst first.
    pub reasons: Vec<QualityReason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Good,
    /// Usable, but a person should look.
    Fair,
    /// Not to be enrolled, not to be accepted by the machine alone.
    Poor,
    /// Too few pixels to be matched at all.
    TooSmall,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QualityReason {
    TooSmall,
    Small,
    Blurred,
    TooDark,
    TooBright,
    TurnedAway,
    CutOff,
    Unclear,
}

/// The lines between verdicts, part of a pack's thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QualityLimits {
    /// Faces with a shorter side below this are shown but never matched.
    pub face_px_usable: u32,
    /// Below this the verdict is at most `Fair`.
    pub face_px_good: u32,
    pub blur_poor: f32,
    pub blur_fair: f32,
    pub brightness_min: f32,
    pub brightness_max: f32,
    pub angle_fair: f32,
    pub angle_poor: f32,
    /// Raw vector lengths below these are `Poor` and `Fair`.
    pub norm_poor: f32,
    pub norm_fair: f32,
}

impl Default for QualityLimits {
    fn default() -> Self {
        Self {
            face_px_usable: 24,
            face_px_good: 48,
            blur_poor: 0.005,
            blur_fair: 0.25,
            brightness_min: 0.08,
            brightness_max: 0.94,
            angle_fair: 28.0,
            angle_poor: 55.0,
            norm_poor: 0.0,
            norm_fair: 0.0,
        }
    }
}

impl QualityLimits {
    /// The verdict on measured values, with reasons. Pure; a better value never gives a worse verdict.
    fn judge(&self, measured: &Measured) -> (Verdict, Vec<QualityReason>) {
        use QualityReason::{Blurred, CutOff, Small, TooBright, TooDark, TooSmall, TurnedAway, Unclear};
        let Measured { blur_score: blur, brightness: light, face_size: size, angle, outside, norm } = *measured;
        let norm_under = |line: f32| norm.is_some_and(|n| n < line);
        let rules = [
            (size < self.face_px_usable, Verdict::TooSmall, TooSmall),
            (blur < self.blur_poor, Verdict::Poor, Blurred),
            (light < self.brightness_min, Verdict::Poor, TooDark),
            (light > self.brightness_max, Verdict::Poor, TooBright),
            (angle > self.angle_poor, Verdict::Poor, TurnedAway),
            (outside > OUTSIDE_POOR, Verdict::Poor, CutOff),
            (norm_under(self.norm_poor), Verdict::Poor, Unclear),
            (size < self.face_px_good, Verdict::Fair, Small),
            (blur < self.blur_fair, Verdict::Fair, Blurred),
            (angle > self.angle_fair, Verdict::Fair, TurnedAway),
            (outside > OUTSIDE_FAIR, Verdict::Fair, CutOff),
            (norm_under(self.norm_fair), Verdict::Fair, Unclear),
        ];
        let mut worst = Verdict::Good;
        let mut reasons = Vec::new();
        for (_, verdict, reason) in rules.into_iter().filter(|(holds, ..)| *holds) {
            worst = worst.max(verdict);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        (worst, reasons)
    }
}

/// Share of the box outside the photo.
const OUTSIDE_FAIR: f32 = 0.05;
const OUTSIDE_POOR: f32 = 0.20;

struct Measured {
    blur_score: f32,
    brightness: f32,
    face_size: u32,
    angle: f32,
    outside: f32,
    norm: Option<f32>,
}

/// Measures and judges one face. `photo` is width and height in pixels, `crop` the aligned face (`None` when the
/// landmarks gave none: then the face counts as turned away), `norm` the raw vector's length if it was embedded.
pub fn assess_face(
    bbox: &BBox,
    landmarks: &Landmarks,
    photo: [u32; 2],
    crop: Option<&AlignedFace>,
    norm: Option<f32>,
    limits: &QualityLimits,
) -> Quality {
    let (blur_score, brightness) = crop.map_or((0.0, 0.0), |crop| measure_crop(&crop.image, crop.scale));
    let angle = if crop.is_some() { pose_angle(landmarks) } else { 90.0 };
    let face_size = shorter_side(bbox);
    let outside = share_outside(bbox, photo);
    let measured = Measured { blur_score, brightness, face_size, angle, outside, norm };
    let (verdict, reasons) = limits.judge(&measured);
    Quality { blur_score, brightness, face_size, angle, norm, verdict, reasons }
}

/// Blur score and brightness (both 0..=1) of the inner face of an aligned crop that was drawn at `scale` crop pixels per
/// photo pixel.
///
/// Sharpness is how little detail grows with its size: in a sharp face there is much detail of two pixels already, in a
/// blurred one nearly all is coarse. Light, contrast and the camera's own sharpening cancel out, so that a soft press
/// photo counts as sharp. A pixel is one of the crop, or one of the photo where the crop was enlarged: a small face is
/// not blurred for being small.
pub fn measure_crop(crop: &RgbImage, scale: f32) -> (f32, f32) {
    let inner = inner_luma(crop);
    let count = inner.values.len().max(1) as f32;
    let brightness = inner.values.iter().sum::<f32>() / count / 255.0;
    let fine_step = FINE_STEP * scale.round().clamp(1.0, 3.0) as usize;
    let energy = |step| (detail_energy(&inner, step) - CODING_NOISE).max(LEAST_ENERGY);
    let (fine, coarse) = (energy(fine_step), energy(fine_step * COARSER));
    // Without any detail (a black or white crop) there is nothing sharp.
    if coarse <= LEAST_ENERGY {
        return (0.0, brightness);
    }
    let growth = (coarse / fine).log2();
    (1.0 / (1.0 + ((growth - BLUR_MIDDLE) / BLUR_WIDTH).exp()), brightness)
}

const FINE_STEP: usize = 2;
const COARSER: usize = 3;
/// Energy (gray levels squared) that JPEG coding leaves in a smooth area; it is no detail.
const CODING_NOISE: f32 = 2.0;
const LEAST_ENERGY: f32 = 1e-3;
/// Doublings of the energy from fine to coarse detail at which the score is 0.5, and how fast it changes. 99 % of 400
/// press photos and all of 67 studio portraits lie below, photos that people call blurred lie above 3.75
/// (`docs/recognition.md`).
const BLUR_MIDDLE: f32 = 3.67;
const BLUR_WIDTH: f32 = 0.2;

struct Plane {
    width: usize,
    values: Vec<f32>,
}

/// Luma of the middle of an aligned crop: from brow to chin, without background and hair.
fn inner_luma(crop: &RgbImage) -> Plane {
    let (width, height) = (crop.width(), crop.height());
    let (left, right) = (width / 5, width - width / 5);
    let (top, bottom) = (height * 3 / 10, height - height / 10);
    let mut values = Vec::with_capacity(((right - left) * (bottom - top)) as usize);
    for y in top..bottom {
        for x in left..right {
            let [r, g, b] = crop.get_pixel(x, y).0.map(f32::from);
            values.push(0.299 * r + 0.587 * g + 0.114 * b);
        }
    }
    Plane { width: (right - left) as usize, values }
}

/// Mean square of the second difference over `step` pixels along both axes.
fn detail_energy(plane: &Plane, step: usize) -> f32 {
    let (width, values) = (plane.width, &plane.values);
    let height = values.len() / width.max(1);
    let at = |x: usize, y: usize| values.get(y * width + x).copied().unwrap_or(0.0);
    let (mut sum, mut count) = (0.0, 0_u32);
    for y in step..height.saturating_sub(step) {
        for x in step..width.saturating_sub(step) {
            let centre = 2.0 * at(x, y);
            let across = centre - at(x - step, y) - at(x + step, y);
            let down = centre - at(x, y - step) - at(x, y + step);
            sum += across * across + down * down;
            count += 1;
        }
    }
    sum / count.max(1) as f32
}

fn share_outside(bbox: &BBox, [width, height]: [u32; 2]) -> f32 {
    let [x1, y1, x2, y2] = *bbox;
    let whole = (x2 - x1) * (y2 - y1);
    let inside = (x2.min(width as f32) - x1.max(0.0)).max(0.0) * (y2.min(height as f32) - y1.max(0.0)).max(0.0);
    if whole > 0.0 { (1.0 - inside / whole).clamp(0.0, 1.0) } else { 1.0 }
}
