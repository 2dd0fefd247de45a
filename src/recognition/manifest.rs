//! The list of model files and packs (`models/manifest.toml`): what each file is, where it comes from, how to feed it,
//! and the thresholds that were measured for each pack. Downloading is somebody else's work.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::decide::Thresholds;

/// Everything the manifest says; packs in order of preference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    #[serde(rename = "file")]
    pub files: Vec<ModelFile>,
    #[serde(rename = "pack")]
    pub packs: Vec<Pack>,
}

/// One model file: identity, origin, licence and how it is fed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelFile {
    /// File name inside the models folder and in a mirror.
    pub name: String,
    /// Lower-case hex SHA-256 of the file.
    pub sha256: String,
    pub bytes: u64,
    /// What the file is, in a few words.
    pub title: String,
    pub licence: String,
    pub commercial_use: bool,
    /// Official place; `None` when the file exists only in mirrors.
    pub source: Option<Source>,
    #[serde(flatten)]
    pub task: Task,
    /// Width and height of the network's picture in pixels; for detectors the size of the reference pass.
    pub input: [u32; 2],
    pub channels: ChannelOrder,
    /// A value `v` of 0..255 is fed as `(v - mean) / scale`.
    pub mean: f32,
    pub scale: f32,
}

/// An official download: the file itself, or a zip that holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub url: String,
    /// Set when `url` is a zip: which member is the model, and the zip's own identity where it is known.
    pub archive: Option<Archive>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    pub member: String,
    pub sha256: Option<String>,
    pub bytes: Option<u64>,
}

/// What a network does and which family's outputs it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Finds faces with five landmarks.
    Detect { family: DetectorFamily },
    /// Turns an aligned face into a vector of `embedding_size` values.
    Embed { alignment: Alignment, embedding_size: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetectorFamily {
    Scrfd,
    Yunet,
}

/// Where the five landmarks are moved before embedding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// The ArcFace template on 112 x 112.
    Arcface,
    /// The ArcFace template shifted by -8 px onto 96 x 112, then stretched to 128 x 128.
    ArcfaceStretched,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelOrder {
    Rgb,
    Bgr,
}

/// A set of model files with the thresholds that hold for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub name: String,
    pub title: String,
    /// One sentence for the operator about what the weights may be used for.
    pub licence: String,
    pub commercial_use: bool,
    /// File name of the detector.
    pub detector: String,
    /// File name of the recogniser.
    pub recogniser: String,
    /// How the thresholds were found.
    pub measured: String,
    #[serde(default)]
    pub thresholds: Thresholds,
    /// What was measured at these thresholds, where it was.
    pub figures: Option<Figures>,
}

/// Measured shares from 0 to 1; how they came about stands in `docs/recognition.md`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Photos and comparisons behind the figures.
    pub measured_on: String,
    /// Of comparisons of different people, at most this share lies within the accept line.
    pub false_match: f64,
    /// Of comparisons of one person, at most this share lies beyond the accept line.
    pub false_non_match: f64,
    /// On rosters of thirty: people on it whom the machine alone marked right.
    pub roster_right: f64,
    /// People on it whom it took for somebody else.
    pub roster_wrong: f64,
    /// People on it whom it showed to a person.
    pub roster_review: f64,
    /// Strangers whom it took for somebody on it.
    pub stranger_accepted: f64,
}

/// Why a manifest or a file in it is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    #[error("the model manifest cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("the model manifest is inconsistent: {0}")]
    Inconsistent(String),
    #[error("there is no model pack named {name}; the manifest has {known}")]
    UnknownPack { name: String, known: String },
    #[error("model file {path} cannot be read: {error}")]
    Unreadable { path: PathBuf, error: io::Error },
    #[error(
        "model file {path} is not the expected one: its SHA-256 is {found} ({found_bytes} bytes), expected {expected} \
         ({expected_bytes} bytes)"
    )]
    WrongHash { path: PathBuf, found: String, expected: String, found_bytes: u64, expected_bytes: u64 },
}

impl Manifest {
    /// Parses and checks a manifest: every file a pack names exists with the right task, names are unique plain file
    /// names, hashes are 64 hex digits, thresholds are in order.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text)?;
        manifest.check().map_err(ManifestError::Inconsistent)?;
        Ok(manifest)
    }

    /// The pack called `name`, or an error that lists the known ones.
    pub fn pack(&self, name: &str) -> Result<&Pack, ManifestError> {
        self.packs.iter().find(|p| p.name == name).ok_or_else(|| ManifestError::UnknownPack {
            name: name.to_owned(),
            known: self.packs.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    pub fn file(&self, name: &str) -> Option<&ModelFile> {
        self.files.iter().find(|f| f.name == name)
    }

    /// The files a pack needs: detector first, recogniser second.
    pub fn files_of<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = &'a ModelFile> {
        [&pack.detector, &pack.recogniser].into_iter().filter_map(|name| self.file(name))
    }

    /// The first pack whose files all lie in one of `folders` with the right sizes (hashes are checked at loading).
    pub fn first_present(&self, folders: &[&Path]) -> Option<&Pack> {
        let is_there = |file: &ModelFile| {
            folders.iter().any(|f| std::fs::metadata(f.join(&file.name)).is_ok_and(|m| m.len() == file.bytes))
        };
        self.packs.iter().find(|pack| self.files_of(pack).all(is_there))
    }

    fn check(&self) -> Result<(), String> {
        for (i, file) in self.files.iter().enumerate() {
            if self.files.iter().take(i).any(|other| other.name == file.name) {
                return Err(format!("file {} is listed twice", file.name));
            }
            file.check()?;
        }
        for (i, pack) in self.packs.iter().enumerate() {
            if self.packs.iter().take(i).any(|other| other.name == pack.name) {
                return Err(format!("pack {} is listed twice", pack.name));
            }
            self.check_pack(pack)?;
        }
        Ok(())
    }

    fn check_pack(&self, pack: &Pack) -> Result<(), String> {
        if !matches!(self.file(&pack.detector), Some(ModelFile { task: Task::Detect { .. }, .. })) {
            return Err(format!("detector {} of pack {} is not a listed detector", pack.detector, pack.name));
        }
        if !matches!(self.file(&pack.recogniser), Some(ModelFile { task: Task::Embed { .. }, .. })) {
            return Err(format!("recogniser {} of pack {} is not a listed recogniser", pack.recogniser, pack.name));
        }
        pack.thresholds.check().map_err(|why| format!("thresholds of pack {}: {why}", pack.name))
    }
}

impl ModelFile {
    fn check(&self) -> Result<(), String> {
        if self.name.is_empty() || self.name.contains(['/', '\\']) || self.name.starts_with('.') {
            return Err(format!("{:?} is not a plain file name", self.name));
        }
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(format!("the SHA-256 of {} is not 64 lower-case hex digits", self.name));
        }
        if self.scale.is_nan() || self.scale <= 0.0 || self.input.contains(&0) {
            return Err(format!("input of {} is not usable", self.name));
        }
        Ok(())
    }
}

/// Checks that the file at `path` is exactly `file`; the error names the file and both hashes.
pub fn verify_file(path: &Path, file: &ModelFile) -> Result<(), ManifestError> {
    let unreadable = |error| ManifestError::Unreadable { path: path.to_owned(), error };
    let mut reader = File::open(path).map_err(unreadable)?;
    let mut hasher = Sha256::new();
    let mut bytes = 0_u64;
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let read = reader.read(&mut buffer).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
    compare(path, file, &hex(&hasher.finalize()), bytes)
}

/// Reads the whole file and checks it, so that the bytes that are used are the bytes that were checked.
pub fn read_verified(path: &Path, file: &ModelFile) -> Result<Vec<u8>, ManifestError> {
    let bytes = std::fs::read(path).map_err(|error| ManifestError::Unreadable { path: path.to_owned(), error })?;
    compare(path, file, &sha256_hex(&bytes), bytes.len() as u64)?;
    Ok(bytes)
}

/// Lower-case hex SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn compare(path: &Path, file: &ModelFile, found: &str, found_bytes: u64) -> Result<(), ManifestError> {
    if found == file.sha256 {
        return Ok(());
    }
    Err(ManifestError::WrongHash {
        path: path.to_owned(),
        found: found.to_owned(),
        expected: file.sha256.clone(),
        found_bytes,
        expected_bytes: file.bytes,
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
