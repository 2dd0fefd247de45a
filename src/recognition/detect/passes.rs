//! Where the detector looks: the whole photo at one or two small scales, and a grid of overlapping tiles at native
//! scale (or as near to it as the work budget allows) for the small faces of a class photo.

use fast_image_resize as fir;
use image::{GenericImage, RgbImage};

use super::super::geometry::BBox;
use super::DetectedFace;
use super::turn::Turn;

/// How thoroughly a photo is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// One pass over the whole photo fitted into 640 x 640, exactly as the reference pipeline does it.
    Reference,
    /// The fitted pass, a small one for close-ups, and tiles where the photo has more detail than the fitted pass.
    EveryScale,
}

/// One run of the detector: a part of the photo, scaled, turned, and drawn top-left onto a black canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pass {
    /// Left, top, width, height of the part in pixels of the photo.
    pub part: [f64; 4],
    /// Size to which the part is scaled, before it is turned.
    pub drawn: [u32; 2],
    pub turn: Turn,
    pub canvas: [u32; 2],
    /// Canvas pixels per photo pixel along x and y.
    pub scale: [f64; 2],
    /// Which edges (left, top, right, bottom) are cuts through the photo rather than its own edges.
    pub cut: [bool; 4],
}

const FITTED_SIDE: u32 = 640;
const SMALL_SIDE: u32 = 320;
/// Large enough for the faces of a dozen people, and half the work of the fitted pass.
const TURNED_SIDE: u32 = 480;
/// Tiles pay when the photo is this much larger than the fitted pass.
const TILES_FROM: f64 = 1.25;
const TILE_SIDE_MAX: f64 = 960.0;
/// On the canvas; a face up to this size lies whole in at least one tile, larger ones are found by the fitted pass.
const TILE_OVERLAP: f64 = 96.0;
/// Canvas pixels of all tiles together: a quarter of the photo's, within these bounds, so that the smallest usable
/// faces (24 px) keep 12 canvas pixels in photos of up to 32 megapixels. A third cost 30 ms more on a photo of
/// 6 megapixels and named nobody more (`docs/recognition.md`).
const TILE_PIXELS: std::ops::RangeInclusive<f64> = 1.5e6..=8.0e6;

/// The passes over a photo of `width` x `height` pixels.
pub fn plan_passes(width: u32, height: u32, search: Search) -> Vec<Pass> {
    if width == 0 || height == 0 {
        return Vec::new();
    }
    match search {
        Search::Reference => vec![Pass { canvas: [FITTED_SIDE; 2], ..fit(width, height, FITTED_SIDE) }],
        Search::EveryScale => {
            let mut passes = tiles(width, height);
            passes.push(fit(width, height, FITTED_SIDE));
            passes.push(fit(width, height, SMALL_SIDE));
            passes
        }
    }
}

/// The whole photo once in each of the other three quarters, for faces that lie sideways or upside down.
pub fn plan_turned(width: u32, height: u32) -> Vec<Pass> {
    if width == 0 || height == 0 {
        return Vec::new();
    }
    let fitted = fit(width, height, TURNED_SIDE);
    Turn::OTHERS.map(|turn| Pass { turn, canvas: turn.of_size(fitted.canvas), ..fitted }).to_vec()
}

/// Whether a photo has more detail than the fitted pass shows.
pub fn is_large(width: u32, height: u32) -> bool {
    f64::from(width.max(height)) >= f64::from(FITTED_SIDE) * TILES_FROM
}

impl Pass {
    /// Whether a box (on the canvas) touches an edge at which the photo goes on: the face is cut, and another pass sees
    /// it whole.
    pub fn cuts(&self, bbox: &BBox) -> bool {
        const NEAR: f32 = 2.0;
        let [width, height] = self.turn.of_size(self.drawn).map(|px| px as f32);
        let touches = [bbox[0] < NEAR, bbox[1] < NEAR, bbox[2] > width - NEAR, bbox[3] > height - NEAR];
        touches.iter().zip(self.cut).any(|(touches, cut)| *touches && cut)
    }

    /// Carries a face from canvas pixels to photo pixels.
    pub fn to_photo(&self, face: &mut DetectedFace) {
        self.turn.face_back(face, self.drawn.map(|px| px as f32));
        let x = |v: f32| (f64::from(v) / self.scale[0] + self.part[0]) as f32;
        let y = |v: f32| (f64::from(v) / self.scale[1] + self.part[1]) as f32;
        let [x1, y1, x2, y2] = face.bbox;
        face.bbox = [x(x1), y(y1), x(x2), y(y2)];
        face.landmarks = face.landmarks.map(|[px, py]| [x(px), y(py)]);
    }
}

/// The canvas of a pass; `None` only for parts that hold no pixels.
pub(super) fn draw(image: &RgbImage, pass: &Pass) -> Option<RgbImage> {
    let [width, height] = pass.drawn;
    let [left, top, part_width, part_height] = pass.part;
    // Plain bilinear sampling without smoothing, as the reference pipeline does it (OpenCV's INTER_LINEAR).
    let options = fir::ResizeOptions::new().resize_alg(fir::ResizeAlg::Interpolation(fir::FilterType::Bilinear)).crop(
        left,
        top,
        part_width,
        part_height,
    );
    let mut drawn = RgbImage::new(width, height);
    fir::Resizer::new().resize(image, &mut drawn, &options).ok()?;
    if pass.turn != Turn::None {
        drawn = pass.turn.of_picture(&drawn);
    }
    if pass.turn.of_size(pass.drawn) == pass.canvas {
        return Some(drawn);
    }
    let mut canvas = RgbImage::new(pass.canvas[0], pass.canvas[1]);
    canvas.copy_from(&drawn, 0, 0).ok()?;
    Some(canvas)
}

/// The whole photo with its long side at `side`; small photos are enlarged, as the reference pipeline does.
fn fit(width: u32, height: u32, side: u32) -> Pass {
    let ratio = f64::from(height) / f64::from(width);
    let drawn = if ratio > 1.0 {
        [((f64::from(side) / ratio) as u32).max(1), side]
    } else {
        [side, ((f64::from(side) * ratio) as u32).max(1)]
    };
    // One scale for both axes, from the height: the reference pipeline's convention, within a pixel of the truth.
    let scale = f64::from(drawn[1]) / f64::from(height);
    Pass {
        part: [0.0, 0.0, f64::from(width), f64::from(height)],
        drawn,
        turn: Turn::None,
        canvas: drawn.map(round_up),
        scale: [scale; 2],
        cut: [false; 4],
    }
}

fn tiles(width: u32, height: u32) -> Vec<Pass> {
    if !is_large(width, height) {
        return Vec::new();
    }
    let (width, height) = (f64::from(width), f64::from(height));
    let pixels = width * height;
    let budget = (pixels / 4.0).clamp(*TILE_PIXELS.start(), *TILE_PIXELS.end());
    let scale = (budget / pixels).sqrt().min(1.0);
    let columns = split(width * scale);
    let rows = split(height * scale);
    let mut passes = Vec::with_capacity(columns.len() * rows.len());
    for &(top, tall) in &rows {
        for &(left, wide) in &columns {
            let drawn = [(wide.round() as u32).max(1), (tall.round() as u32).max(1)];
            let part = [left / scale, top / scale, wide / scale, tall / scale];
            passes.push(Pass {
                part,
                drawn,
                turn: Turn::None,
                canvas: drawn.map(round_up),
                scale: [f64::from(drawn[0]) / part[2], f64::from(drawn[1]) / part[3]],
                cut: [part[0] > 0.5, part[1] > 0.5, part[0] + part[2] < width - 0.5, part[1] + part[3] < height - 0.5],
            });
        }
    }
    passes
}

/// Start and length of equal, overlapping stretches that cover `length`.
fn split(length: f64) -> Vec<(f64, f64)> {
    let count = ((length - TILE_OVERLAP) / (TILE_SIDE_MAX - TILE_OVERLAP)).ceil().max(1.0);
    if count <= 1.0 {
        return vec![(0.0, length)];
    }
    let stretch = (length + (count - 1.0) * TILE_OVERLAP) / count;
    (0..count as u32).map(|i| (f64::from(i) * (stretch - TILE_OVERLAP), stretch)).collect()
}

/// The detectors want sides that are multiples of 32.
fn round_up(px: u32) -> u32 {
    px.max(1).div_ceil(32) * 32
}
