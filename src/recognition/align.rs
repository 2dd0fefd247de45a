//! Cuts a face out of a photo so that its five landmarks land on the template the recogniser was trained with.

use image::RgbImage;

use super::geometry::{Affine, Landmarks, similarity};
use super::manifest::Alignment;

/// The ArcFace template on 112 x 112 px (InsightFace): eyes, nose, mouth corners, image-left first.
const ARCFACE: [[f64; 2]; 5] =
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]];

/// The transform from photo to crop; `None` when the landmarks coincide.
pub fn alignment_transform(landmarks: &Landmarks, alignment: Alignment) -> Option<Affine> {
    match alignment {
        Alignment::Arcface => similarity(landmarks, &ARCFACE),
        Alignment::ArcfaceStretched => {
            let narrow = ARCFACE.map(|[x, y]| [x - 8.0, y]);
            Some(similarity(landmarks, &narrow)?.then_scale(128.0 / 96.0, 128.0 / 112.0))
        }
    }
}

/// Crop size in pixels of an alignment.
pub fn crop_side(alignment: Alignment) -> u32 {
    match alignment {
        Alignment::Arcface => 112,
        Alignment::ArcfaceStretched => 128,
    }
}

/// An aligned square crop, black outside the photo.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignedFace {
    pub image: RgbImage,
    /// Crop pixels per photo pixel: above 1 the face was enlarged.
    pub scale: f32,
}

/// Cuts the face out; `None` when the landmarks give no usable transform.
pub fn align_face(image: &RgbImage, landmarks: &Landmarks, alignment: Alignment) -> Option<AlignedFace> {
    let to_crop = alignment_transform(landmarks, alignment)?;
    let to_photo = to_crop.invert()?;
    let [[a, b, _], [d, e, _]] = to_crop.0;
    let scale = (a * e - b * d).abs().sqrt() as f32;
    Some(AlignedFace { image: warp(image, &to_photo, crop_side(alignment)), scale })
}

/// Bilinear sampling at positions rounded to 1/32 px with black outside, as OpenCV's `warpAffine` does: the recogniser's
/// reference numbers were made with it.
pub(super) fn warp(image: &RgbImage, to_photo: &Affine, side: u32) -> RgbImage {
    let (width, height) = (i64::from(image.width()), i64::from(image.height()));
    let pixels = image.as_raw();
    let at = |x: i64, y: i64| -> [i64; 3] {
        if x < 0 || y < 0 || x >= width || y >= height {
            return [0; 3];
        }
        let start = ((y * width + x) * 3) as usize;
        match pixels.get(start..start + 3) {
            Some(&[r, g, b]) => [i64::from(r), i64::from(g), i64::from(b)],
            _ => [0; 3],
        }
    };
    RgbImage::from_fn(side, side, |column, row| {
        let (x, y) = to_photo.apply(f64::from(column), f64::from(row));
        let (x, y) = ((x * 32.0).round() as i64, (y * 32.0).round() as i64);
        let (left, top, fx, fy) = (x >> 5, y >> 5, x & 31, y & 31);
        let (a, b, c, d) = (at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1));
        image::Rgb(std::array::from_fn(|i| {
            let upper = a[i] * (32 - fx) + b[i] * fx;
            let lower = c[i] * (32 - fx) + d[i] * fx;
            ((upper * (32 - fy) + lower * fy + 512) >> 10) as u8
        }))
    })
}
