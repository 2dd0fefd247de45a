//! Finds faces with five landmarks: plans the passes over a photo, runs the detector network on them in parallel, and
//! merges what they found.

use image::RgbImage;

use super::cancel::Cancel;
use super::geometry::{BBox, Landmarks, containment, iou};
use super::manifest::{ChannelOrder, DetectorFamily, ModelFile, Task};
use super::runtime::{Network, Output, Runtime, RuntimeError, parallel};

mod passes;
mod scrfd;
mod straighten;
mod turn;
mod yunet;

pub use passes::{Pass, Search, plan_passes};
use passes::{is_large, plan_turned};
use turn::Turn;

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

impl DetectedFace {
    /// From the eyes to the mouth, in twice the pixels.
    fn down(&self) -> [f32; 2] {
        let [left_eye, right_eye, _, left_mouth, right_mouth] = self.landmarks;
        std::array::from_fn(|axis| left_mouth[axis] + right_mouth[axis] - left_eye[axis] - right_eye[axis])
    }
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

    /// Faces of a photo, best score first, whichever way up they are.
    ///
    /// A large photo is also searched turned, a small one only when no certain face was found in it: the frames of a
    /// camera are small, and held upright. A photo most of whose faces are turned is taken for a turned photo and searched once
    /// more, whole.
    ///
    /// Between two pictures it looks at `cancel`, and ends with [`RuntimeError::Cancelled`] once that is raised.
    pub fn detect(
        &self,
        image: &RgbImage,
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<Vec<DetectedFace>, RuntimeError> {
        let (width, height) = (image.width(), image.height());
        let mut passes = plan_passes(width, height, options.search);
        if options.search == Search::Reference {
            return Ok(merge(self.run_passes(image, &passes, options, cancel)?, options));
        }
        let searched_turned = is_large(width, height);
        if searched_turned {
            passes.extend(plan_turned(width, height));
        }
        let mut found = self.run_passes(image, &passes, options, cancel)?;
        let is_certain = found.iter().flatten().any(|face| face.score >= CERTAIN_SCORE);
        if !searched_turned && !is_certain {
            found.extend(self.run_passes(image, &plan_turned(width, height), options, cancel)?);
        }
        let turn = turn_of_most(&merge(found.clone(), options));
        if turn != Turn::None {
            found.extend(self.search_turned(image, turn, options, cancel)?);
        }
        let sightings = merge_sightings(found, options);
        let look = |sighting: &Sighting| self.look_again(image, sighting, options, cancel);
        let mut faces =
            parallel::map(&sightings, self.network.sessions(), look).into_iter().collect::<Result<Vec<_>, _>>()?;
        faces.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(faces)
    }

    /// The same face, seen upright if it leans or if it is not clear which way up it is.
    fn look_again(
        &self,
        image: &RgbImage,
        sighting: &Sighting,
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<DetectedFace, RuntimeError> {
        let mut best = sighting.face;
        let is_unclear = !sighting.rivals.is_empty();
        for face in std::iter::once(&sighting.face).chain(&sighting.rivals) {
            let Some(view) = straighten::view_of(face).filter(|_| is_unclear || straighten::leans(face)) else {
                continue;
            };
            cancel.check()?;
            let seen = self.run_canvas(&straighten::draw(image, &view), options)?;
            best = straighten::better_of(best, &seen, &view);
        }
        Ok(best)
    }

    /// The passes of a whole search over the photo as `turn` sets it up, faces in the photo as it is.
    fn search_turned(
        &self,
        image: &RgbImage,
        turn: Turn,
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<Vec<Vec<DetectedFace>>, RuntimeError> {
        let turned = turn.of_picture(image);
        let passes = plan_passes(turned.width(), turned.height(), options.search);
        let mut found = self.run_passes(&turned, &passes, options, cancel)?;
        let size = [image.width() as f32, image.height() as f32];
        found.iter_mut().flatten().for_each(|face| turn.face_back(face, size));
        Ok(found)
    }

    fn run_passes(
        &self,
        image: &RgbImage,
        passes: &[Pass],
        options: &DetectOptions,
        cancel: &Cancel,
    ) -> Result<Vec<Vec<DetectedFace>>, RuntimeError> {
        let found = parallel::map(passes, self.network.sessions(), |pass| {
            cancel.check()?;
            self.run_pass(image, pass, options)
        });
        found.into_iter().collect()
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
        let mut faces = self.run_canvas(&canvas, options)?;
        faces.retain(|face| !pass.cuts(&face.bbox) && (pass.turn == Turn::None || face.score >= TURNED_SCORE_MIN));
        faces.iter_mut().for_each(|face| pass.to_photo(face));
        let sightings = suppress(faces, |kept, face| iou(&kept.bbox, &face.bbox) > options.nms_iou);
        Ok(sightings.into_iter().map(|sighting| sighting.face).collect())
    }

    /// Faces of a picture as large as the network may get it, in its own pixels.
    fn run_canvas(&self, canvas: &RgbImage, options: &DetectOptions) -> Result<Vec<DetectedFace>, RuntimeError> {
        let [width, height] = [canvas.width() as usize, canvas.height() as usize];
        let values = to_planes(canvas, self.channels, self.mean, self.scale);
        let outputs = self.network.run([1, 3, height, width], &values)?;
        match self.family {
            DetectorFamily::Scrfd => scrfd::decode(&outputs, width, height, options.min_score),
            DetectorFamily::Yunet => yunet::decode(&outputs, width, height, options.min_score),
        }
        .ok_or_else(|| self.unexpected(&outputs))
    }

    fn unexpected(&self, outputs: &[Output]) -> RuntimeError {
        let shapes: Vec<_> = outputs.iter().map(|o| (&o.name, &o.shape)).collect();
        RuntimeError::Run { model: "detector".to_owned(), message: format!("unexpected outputs {shapes:?}") }
    }
}

/// Upright faces that look into the camera score higher.
const CERTAIN_SCORE: f32 = 0.7;
/// Upright hands, badges and folds look like turned faces more often than like faces.
const TURNED_SCORE_MIN: f32 = 0.6;

/// The turn that sets more than half of these faces upright, if they agree on one.
fn turn_of_most(faces: &[DetectedFace]) -> Turn {
    let turns: Vec<Turn> = faces.iter().map(Turn::that_rights).collect();
    let most = |turn: &Turn| turns.iter().filter(|other| *other == turn).count() * 2 > turns.len();
    Turn::OTHERS.into_iter().find(|turn| most(turn)).unwrap_or(Turn::None)
}

/// One face, and what else was taken for a face at its place that was another way up.
struct Sighting {
    face: DetectedFace,
    rivals: Vec<DetectedFace>,
}

/// Faces of all passes, without the copies of one face that several passes saw. Across passes a box that lies inside
/// another is a copy too: a part of a face, seen at a scale that was too fine for it.
fn merge(found: Vec<Vec<DetectedFace>>, options: &DetectOptions) -> Vec<DetectedFace> {
    merge_sightings(found, options).into_iter().map(|sighting| sighting.face).collect()
}

fn merge_sightings(found: Vec<Vec<DetectedFace>>, options: &DetectOptions) -> Vec<Sighting> {
    let several = found.len() > 1;
    let mut sightings = suppress(found.into_iter().flatten().collect(), |kept, face| {
        iou(&kept.bbox, &face.bbox) > options.nms_iou || (several && containment(&kept.bbox, &face.bbox) > INSIDE)
    });
    sightings.truncate(options.faces_max);
    sightings
}

const INSIDE: f32 = 0.7;

/// Greedy suppression: walks from the best score down and keeps a face unless `is_copy_of` a kept one.
fn suppress(mut faces: Vec<DetectedFace>, is_copy_of: impl Fn(&DetectedFace, &DetectedFace) -> bool) -> Vec<Sighting> {
    faces.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Sighting> = Vec::new();
    for face in faces {
        let Some(original) = kept.iter_mut().find(|other| is_copy_of(&other.face, &face)) else {
            kept.push(Sighting { face, rivals: Vec::new() });
            continue;
        };
        let turn = Turn::that_rights(&face);
        let known = std::iter::once(&original.face).chain(&original.rivals);
        if known.map(Turn::that_rights).all(|other| other != turn) {
            original.rivals.push(face);
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
