//! Labelled group photographs: `labels.json` beside the pictures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// One photo with the faces people marked in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LabelledPhoto {
    /// Set and file name, for reports.
    pub title: String,
    pub path: PathBuf,
    pub faces: Vec<LabelledFace>,
    /// Names said to be present besides those of `faces`.
    pub present: Vec<String>,
}

/// `name` is `None` for a stranger.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct LabelledFace {
    pub name: Option<String>,
    pub bbox: [f32; 4],
}

#[derive(Deserialize)]
struct LabelFile {
    images: Vec<LabelImage>,
}

#[derive(Deserialize)]
struct LabelImage {
    image: String,
    #[serde(default)]
    faces: Vec<LabelledFace>,
    #[serde(default)]
    present: Vec<String>,
}

/// The labelled photos of `dir`: of the set that `dir` is, or of all sets below it. Photos without labelled faces are
/// left out.
pub(super) fn read_labels(dir: &Path) -> Result<Vec<LabelledPhoto>> {
    if dir.join("labels.json").is_file() {
        return read_set(dir);
    }
    let mut sets = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read the folder {}", dir.display()))? {
        let path = entry?.path();
        if path.join("labels.json").is_file() {
            sets.push(path);
        }
    }
    if sets.is_empty() {
        bail!("there is no labels.json in {} or in a folder below it", dir.display());
    }
    sets.sort();
    let photos = sets.iter().map(|set| read_set(set)).collect::<Result<Vec<_>>>()?;
    Ok(photos.into_iter().flatten().collect())
}

fn read_set(dir: &Path) -> Result<Vec<LabelledPhoto>> {
    let path = dir.join("labels.json");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: LabelFile =
        serde_json::from_str(&text).with_context(|| format!("{} is not a list of labelled photos", path.display()))?;
    let set = dir.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let labelled = file.images.into_iter().filter(|image| !image.faces.is_empty());
    Ok(labelled
        .map(|image| LabelledPhoto {
            title: format!("{set}/{}", image.image),
            path: dir.join(&image.image),
            faces: image.faces,
            present: image.present,
        })
        .collect())
}
