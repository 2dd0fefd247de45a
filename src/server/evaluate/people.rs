//! People as folders: `DIR/<person>/<n>.jpg`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::RgbImage;

use crate::recognition::detect::DetectOptions;
use crate::recognition::engine::{Engine, Face};
use crate::recognition::index::Gallery;
use crate::recognition::photo::{PhotoLimits, decode_photo};

/// One person and their photos, in order of file name (numbers by value).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub photos: Vec<PathBuf>,
}

/// People whose faces are in a gallery; a person's number is the place in `names`.
pub struct Enrolment {
    pub gallery: Gallery,
    pub names: Vec<String>,
    /// Stored faces.
    pub faces: usize,
    /// Photos in which no face could be used.
    pub without_face: Vec<PathBuf>,
}

impl Enrolment {
    /// The number of a person by name.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.names.iter().position(|n| n == name).map(|at| at as u64)
    }

    pub fn name(&self, number: u64) -> Option<&str> {
        self.names.get(usize::try_from(number).ok()?).map(String::as_str)
    }
}

/// The people of a folder, sorted by name; folders without photos are left out.
pub fn read_people(dir: &Path) -> Result<Vec<Person>> {
    let mut people = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read the folder {}", dir.display()))? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        let photos = read_photos(&path)?;
        if let (Some(name), false) = (path.file_name().and_then(|n| n.to_str()), photos.is_empty()) {
            people.push(Person { name: name.to_owned(), photos });
        }
    }
    people.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(people)
}

/// Enrols the first `per_person` photos of each person, whatever their quality.
pub fn enrol_people(engine: &Engine, people: &[Person], per_person: usize) -> Result<Enrolment> {
    let gallery = Gallery::new(engine.embedding_size())?;
    let mut enrolment = Enrolment { gallery, names: Vec::new(), faces: 0, without_face: Vec::new() };
    for person in people {
        let number = enrolment.names.len() as u64;
        enrolment.names.push(person.name.clone());
        for photo in person.photos.iter().take(per_person) {
            match embed_photo(engine, photo)? {
                Some(vector) => {
                    enrolment.gallery.add(enrolment.faces as u64, number, &vector)?;
                    enrolment.faces += 1;
                }
                None => enrolment.without_face.push(photo.clone()),
            }
        }
    }
    Ok(enrolment)
}

/// The vector of the person a portrait shows; `None` when no face can be used or the file is no photo.
pub(super) fn embed_photo(engine: &Engine, path: &Path) -> Result<Option<Vec<f32>>> {
    let Ok(image) = read_photo(path)? else {
        return Ok(None);
    };
    Ok(subject_of(engine, &image)?.and_then(|face| face.embedding))
}

/// The face of the person a portrait shows.
pub(super) fn subject_of(engine: &Engine, image: &RgbImage) -> Result<Option<Face>> {
    let analysis = engine.analyse(image, &DetectOptions::default())?;
    Ok(analysis.faces.into_iter().max_by(|a, b| prominence(a, image).total_cmp(&prominence(b, image))))
}

/// Reads and decodes; the inner error is for files that are no usable photo.
pub(super) fn read_photo(path: &Path) -> Result<Result<RgbImage, crate::recognition::photo::PhotoError>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(decode_photo(&bytes, &PhotoLimits::default()))
}

/// Size, less for faces off the middle: the subject of a portrait is large and central.
fn prominence(face: &Face, image: &RgbImage) -> f32 {
    let [x1, y1, x2, y2] = face.bbox;
    let (width, height) = (image.width() as f32, image.height() as f32);
    let off = ((x1 + x2 - width) / width).hypot((y1 + y2 - height) / height);
    (x2 - x1).min(y2 - y1) / (1.0 + 2.0 * off)
}

fn read_photos(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut photos = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read the folder {}", dir.display()))? {
        let path = entry?.path();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        if matches!(extension.as_str(), "jpg" | "jpeg" | "png") {
            photos.push(path);
        }
    }
    let order = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        (stem.parse::<u64>().unwrap_or(u64::MAX), stem)
    };
    photos.sort_by_key(order);
    Ok(photos)
}
