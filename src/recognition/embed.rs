//! Turns an aligned face into a vector of unit length.

use image::RgbImage;

use super::detect::to_planes;
use super::manifest::{Alignment, ChannelOrder, ModelFile, Task};
use super::runtime::{Network, Runtime, RuntimeError};

/// A loaded recogniser.
pub struct Embedder {
    network: Network,
    alignment: Alignment,
    size: usize,
    channels: ChannelOrder,
    mean: f32,
    scale: f32,
}

/// A face as a vector of unit length, and the length it had before: a quality signal of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    pub unit: Vec<f32>,
    pub norm: f32,
}

impl Embedder {
    /// Loads the recogniser `file` from its verified bytes.
    pub fn load(runtime: &Runtime, file: &ModelFile, model: &[u8], sessions: usize) -> Result<Self, RuntimeError> {
        let Task::Embed { alignment, embedding_size } = file.task else {
            return Err(RuntimeError::Model { model: file.name.clone(), message: "it is not a recogniser".to_owned() });
        };
        let network = Network::load(runtime, &file.name, model, sessions)?;
        Ok(Self {
            network,
            alignment,
            size: embedding_size,
            channels: file.channels,
            mean: file.mean,
            scale: file.scale,
        })
    }

    pub fn alignment(&self) -> Alignment {
        self.alignment
    }

    /// Values per vector.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Faces that can be embedded at once.
    pub fn sessions(&self) -> usize {
        self.network.sessions()
    }

    /// Embeds one aligned crop (RGB, the alignment's own size). `None` when the network gives no usable direction.
    pub fn embed(&self, crop: &RgbImage) -> Result<Option<Embedding>, RuntimeError> {
        let values = to_planes(crop, self.channels, self.mean, self.scale);
        let outputs = self.network.run([1, 3, crop.height() as usize, crop.width() as usize], &values)?;
        let found = outputs.into_iter().next().map(|o| o.values).unwrap_or_default();
        if found.len() != self.size {
            return Err(RuntimeError::Run {
                model: "recogniser".to_owned(),
                message: format!("it gave {} values instead of {}", found.len(), self.size),
            });
        }
        if found.iter().any(|value| !value.is_finite()) {
            return Err(RuntimeError::Run {
                model: "recogniser".to_owned(),
                message: "it gave values that are not numbers".to_owned(),
            });
        }
        let norm = found.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt() as f32;
        if !norm.is_finite() || norm < 1e-6 {
            return Ok(None);
        }
        Ok(Some(Embedding { unit: found.into_iter().map(|v| v / norm).collect(), norm }))
    }
}
