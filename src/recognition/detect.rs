//! Finds faces with five landmarks: plans the passes over a photo, runs the detector network on them in parallel, and
//! merges what they found.

use image::RgbImage;

use super::geometry::{BBox, Landmarks, containment, iou};
use super::manifest::{ChannelOrder, DetectorFamily, ModelFile, Task};
use super::runtime::{Network, Output, Runtime, RuntimeError, parallel};

mod passes;
mod scrfd;
mod yunet;

pub use passes::{Pass, Search, plan_passes};

/// What counts as a face and where it is searched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DetectOptions {
    /// Detections below this score (0..1) are dropped.
    pub min_score: f32,
    /// Of two boxes that overlap by more than this (intersection over union) the better scored stays.
    pub nms_iou: f32,
    pub search: Search,
    /// At most this many faces, best scores first.
    pub faces_max: usize,
}

impl Default for DetectOptions {
    /// The score and overlap the reference numbers were made with, a search at every scale, 200 faces.
    fn default() -> Self {
        Self { min_score: 0.5, nms_iou: 0.4, search: Search::EveryScale, faces_max: 200 }
    }
}

/// One face in pixels of the photo; the box may reach beyond its edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DetectedFace {
    pub bbox: BBox,
    pub score: f32,
    pub landmarks: Landmarks,
}

/// A loaded detector.
pub struct Detector {
    network: Network,
    family: DetectorFamily,
    channels: ChannelOrder,
    mean: f32,
    scale: f32,
}

impl Detector {
    /// Loads the detector `file` from its verified bytes.
    pub fn load(runtime: &Runtime, file: &ModelFile, model: &[u8], sessions: usize) -> Result<Self, RuntimeError> {
        let Task::Detect { family } = file.task else {
            return Err(RuntimeError::Model { model: file.name.clone(), message: "it is not a detector".to_owned() });
        };
        let network = Network::load(runtime, &file.name, model, sessions)?;
        Ok(Self { network, family, channels: file.channels, mean: file.mean, scale: file.scale })
    }

    /// Faces of an upright photo, best score first.
    pub fn detect(&self, image: &RgbImage, options: &DetectOptions) -> Result<Vec<DetectedFace>, RuntimeError> {
        let passes = plan_passes(image.width(), image.height(), options.search);
        let found = parallel::map(&passes, self.network.sessions(), |pass| self.run_pass(image, pass, options));
        let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(merge(found, options))
    }

    fn run_pass(
        &self,
        image: &RgbImage,
        pass: &Pass,
        options: &DetectOptions,
    ) -> Result<Vec<DetectedFace>, RuntimeError> {
        let Some(canvas) = passes::draw(image, pass) else {
            return Ok(Vec::new());
        };
        let [width, height] = pass.canvas.map(|px| px as usize);
        let values = to_planes(&canvas, self.channels, self.mean, self.scale);
        let outputs = self.network.run([1, 3, height, width], &values)?;
        let mut faces = match self.family {
            DetectorFamily::Scrfd => scrfd::decode(&outputs, width, height, options.min_score),
            DetectorFamily::Yunet => yunet::decode(&outputs, width, height, options.min_score),
        }
        .ok_or_else(|| self.unexpected(&outputs))?;
        faces.retain(|face| !pass.cuts(&face.bbox));
        faces.iter_mut().for_each(|face| pass.to_photo(face));
        Ok(suppress(faces, |kept, face| iou(&kept.bbox, &face.bbox) > options.nms_iou))
    }

    fn unexpected(&self, outputs: &[Output]) -> RuntimeError {
        let shapes: Vec<_> = outputs.iter().map(|o| (&o.name, &o.shape)).collect();
        RuntimeError::Run { model: "detector".to_owned(), message: format!("unexpected outputs {shapes:?}") }
    }
}

/// Faces of all passes, without the copies of one face that several passes saw. Across passes a box that lies inside
/// another is a copy too: a part of a face, seen at a scale that was too fine for it.
fn merge(found: Vec<Vec<DetectedFace>>, options: &DetectOptions) -> Vec<DetectedFace> {
    let several = found.len() > 1;
    let mut faces = suppress(found.into_iter().flatten().collect(), |kept, face| {
        iou(&kept.bbox, &face.bbox) > options.nms_iou || (several && containment(&kept.bbox, &face.bbox) > INSIDE)
    });
    faces.truncate(options.faces_max);
    faces
}

const INSIDE: f32 = 0.7;

/// Greedy suppression: walks from the best score down and keeps a face unless `is_copy_of` a kept one.
fn suppress(
    mut faces: Vec<DetectedFace>,
    is_copy_of: impl Fn(&DetectedFace, &DetectedFace) -> bool,
) -> Vec<DetectedFace> {
    faces.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<DetectedFace> = Vec::new();
    for face in faces {
        if !kept.iter().any(|other| is_copy_of(other, &face)) {
            kept.push(face);
        }
    }
    kept
}

/// Interleaved bytes to three planes of `(v - mean) / scale` in the network's channel order.
pub(super) fn to_planes(image: &RgbImage, channels: ChannelOrder, mean: f32, scale: f32) -> Vec<f32> {
    let size = image.width() as usize * image.height() as usize;
    let table: [f32; 256] = std::array::from_fn(|v| (v as f32 - mean) / scale);
    let mut values = vec![0.0; size * 3];
    let (first, rest) = values.split_at_mut(size);
    let (second, third) = rest.split_at_mut(size);
    let (red, blue) = match channels {
        ChannelOrder::Rgb => (first, third),
        ChannelOrder::Bgr => (third, first),
    };
    let planes = red.iter_mut().zip(second).zip(blue);
    for (((r, g), b), pixel) in planes.zip(image.as_raw().as_chunks::<3>().0) {
        *r = table[pixel[0] as usize];
        *g = table[pixel[1] as usize];
        *b = table[pixel[2] as usize];
    }
    values
}
