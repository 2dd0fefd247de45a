//! `rollcall calibrate --variants`: would other ways of making and using vectors tell people apart better? Each row is
//! one way, measured on the same photos; a row that is no better than the first is not worth its time.

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};
use image::RgbImage;
use image::imageops::{self, FilterType};
use serde::Serialize;

use super::calibrate::share_up_to;
use super::people::{read_people, read_photo, subject_of};
use crate::recognition::align::align_face;
use crate::recognition::engine::{Engine, Face};
use crate::recognition::index::cosine_distance;

/// All rows, in groups that may be compared with their first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variants {
    pub pack: String,
    pub accept: f32,
    pub rows: Vec<Row>,
}

/// One way. Rates are of comparisons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    pub way: String,
    pub genuine: usize,
    pub impostor: usize,
    pub genuine_mean: f64,
    pub impostor_mean: f64,
    /// At the pack's accept line.
    pub fmr: f64,
    pub fnmr: f64,
    /// Share of genuine comparisons farther than the nearest 1 in 10,000 of different people.
    pub fnmr_at_1e4: f64,
    /// The distance of that one.
    pub line_at_1e4: f32,
}

/// Vectors of one photo, made in each way; `None` where no face could be used.
struct Photo {
    person: usize,
    ways: Vec<Option<Vec<f32>>>,
}

/// Ways of making a vector from a photo.
const WAYS: [&str; 6] = [
    "as in use",
    "mean of the crop and its mirror image",
    "photo resampled by Lanczos to the crop's scale first",
    "face of 60 px",
    "face of 40 px",
    "face of 28 px",
];
const PLAIN: usize = 0;
/// Face sizes of the last ways, pixels.
const SIZES: [f32; 3] = [60.0, 40.0, 28.0];

/// Measures every way on the photos of `identities`.
///
/// # Errors
/// When the folder cannot be read, holds fewer than two people with three photos each, or the engine fails.
pub fn compare_variants(engine: &Engine, identities: &Path) -> Result<Variants> {
    let mut photos = Vec::new();
    for (person, found) in read_people(identities)?.iter().enumerate() {
        for path in &found.photos {
            let Ok(image) = read_photo(path)? else { continue };
            photos.push(Photo { person, ways: make(engine, &image)? });
        }
    }
    let accept = engine.thresholds().distance_accept;
    let mut rows = Vec::new();
    for (way, name) in WAYS.iter().enumerate() {
        // Small faces are met in class photos; the photo a person is enrolled with is as large as ever.
        let enrolled = if way >= WAYS.len() - SIZES.len() { PLAIN } else { way };
        let (genuine, impostor) = pairs(&photos, enrolled, way);
        rows.push(row(name, genuine, impostor, accept)?);
    }
    for (name, rule) in TEMPLATES {
        let (genuine, impostor) = with_templates(&photos, rule);
        rows.push(row(name, genuine, impostor, accept)?);
    }
    Ok(Variants { pack: engine.pack().name.clone(), accept, rows })
}

fn make(engine: &Engine, image: &RgbImage) -> Result<Vec<Option<Vec<f32>>>> {
    let Some(face) = subject_of(engine, image)? else { return Ok(vec![None; WAYS.len()]) };
    let mut ways = vec![face.embedding.clone(), mirrored(engine, image, &face)?, resampled(engine, image, &face)?];
    for size in SIZES {
        let small = shrink(image, size / face.quality.face_size.max(1) as f32);
        ways.push(match small {
            Some(small) => subject_of(engine, &small)?.and_then(|face| face.embedding),
            None => face.embedding.clone(),
        });
    }
    Ok(ways)
}

fn mirrored(engine: &Engine, image: &RgbImage, face: &Face) -> Result<Option<Vec<f32>>> {
    let Some(crop) = align_face(image, &face.landmarks, engine.alignment()) else { return Ok(None) };
    let (straight, mirror) =
        (engine.embed_aligned(&crop.image)?, engine.embed_aligned(&imageops::flip_horizontal(&crop.image))?);
    Ok(straight.zip(mirror).map(|(a, b)| mean_direction(&[&a, &b])))
}

fn resampled(engine: &Engine, image: &RgbImage, face: &Face) -> Result<Option<Vec<f32>>> {
    let Some(crop) = align_face(image, &face.landmarks, engine.alignment()) else { return Ok(None) };
    let size = |side: u32| (side as f32 * crop.scale).round().max(1.0) as u32;
    let scaled = imageops::resize(image, size(image.width()), size(image.height()), FilterType::Lanczos3);
    let landmarks = face.landmarks.map(|[x, y]| [x * crop.scale, y * crop.scale]);
    let Some(crop) = align_face(&scaled, &landmarks, engine.alignment()) else { return Ok(None) };
    Ok(engine.embed_aligned(&crop.image)?)
}

/// `None` when it would have to be enlarged.
fn shrink(image: &RgbImage, scale: f32) -> Option<RgbImage> {
    let size = |side: u32| (side as f32 * scale).round().max(1.0) as u32;
    (scale < 1.0).then(|| imageops::resize(image, size(image.width()), size(image.height()), FilterType::Triangle))
}

/// Distances of all pairs of photos: one made in one way, one in the other.
fn pairs(photos: &[Photo], one: usize, other: usize) -> (Vec<f32>, Vec<f32>) {
    let (mut genuine, mut impostor) = (Vec::new(), Vec::new());
    for (i, a) in photos.iter().enumerate() {
        for (j, b) in photos.iter().enumerate() {
            // With two different ways a pair counts in both directions.
            if i == j || (one == other && j < i) {
                continue;
            }
            if let (Some(Some(x)), Some(Some(y))) = (a.ways.get(one), b.ways.get(other)) {
                let list = if a.person == b.person { &mut genuine } else { &mut impostor };
                list.push(cosine_distance(x, y));
            }
        }
    }
    (genuine, impostor)
}

/// How several templates of one person are compared with a probe.
type Rule = fn(&[&Vec<f32>], &[f32]) -> f32;
const TEMPLATES: [(&str, Rule); 4] = [
    ("one template, every photo in turn the probe", |templates, probe| {
        templates.first().map_or(2.0, |first| cosine_distance(first, probe))
    }),
    ("three templates, the nearest counts", |templates, probe| {
        templates.iter().map(|t| cosine_distance(t, probe)).fold(2.0, f32::min)
    }),
    ("three templates, their mean distance", |templates, probe| {
        templates.iter().map(|t| cosine_distance(t, probe)).sum::<f32>() / templates.len().max(1) as f32
    }),
    ("three templates, their mean vector", |templates, probe| cosine_distance(&mean_direction(templates), probe)),
];

/// Every photo is the probe once; the first three others of each person are the templates.
fn with_templates(photos: &[Photo], rule: Rule) -> (Vec<f32>, Vec<f32>) {
    let people = photos.iter().map(|photo| photo.person + 1).max().unwrap_or(0);
    let (mut genuine, mut impostor) = (Vec::new(), Vec::new());
    for (at, probe) in photos.iter().enumerate() {
        let Some(Some(vector)) = probe.ways.get(PLAIN) else { continue };
        for person in 0..people {
            let others = photos.iter().enumerate().filter(|(i, photo)| *i != at && photo.person == person);
            let templates: Vec<&Vec<f32>> =
                others.filter_map(|(_, photo)| photo.ways.first()?.as_ref()).take(3).collect();
            if templates.len() == 3 {
                let list = if person == probe.person { &mut genuine } else { &mut impostor };
                list.push(rule(&templates, vector));
            }
        }
    }
    (genuine, impostor)
}

fn mean_direction(vectors: &[&Vec<f32>]) -> Vec<f32> {
    let size = vectors.first().map_or(0, |v| v.len());
    let sum = |at: usize| vectors.iter().filter_map(|v| v.get(at)).sum::<f32>();
    let mean: Vec<f32> = (0..size).map(sum).collect();
    let length = mean.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    mean.into_iter().map(|v| v / length).collect()
}

fn row(way: &str, mut genuine: Vec<f32>, mut impostor: Vec<f32>, accept: f32) -> Result<Row> {
    if genuine.is_empty() || impostor.is_empty() {
        bail!("too few photos: at least two people with four photos each are needed");
    }
    genuine.sort_by(f32::total_cmp);
    impostor.sort_by(f32::total_cmp);
    let mean = |list: &[f32]| list.iter().map(|d| f64::from(*d)).sum::<f64>() / list.len() as f64;
    let line = impostor.get(impostor.len() / 10_000).copied().unwrap_or(2.0);
    Ok(Row {
        way: way.to_owned(),
        genuine: genuine.len(),
        impostor: impostor.len(),
        genuine_mean: mean(&genuine),
        impostor_mean: mean(&impostor),
        fmr: share_up_to(&impostor, accept),
        fnmr: 1.0 - share_up_to(&genuine, accept),
        fnmr_at_1e4: 1.0 - share_up_to(&genuine, line),
        line_at_1e4: line,
    })
}

impl fmt::Display for Variants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Pack {}, accept line {:.2}", self.pack, self.accept)?;
        writeln!(
            f,
            "{:54} {:>8} {:>8} {:>8} {:>8} {:>9} {:>8} {:>12} {:>6}",
            "way", "genuine", "mean", "impostor", "mean", "FMR", "FNMR", "FNMR at 1e-4", "line"
        )?;
        self.rows.iter().try_for_each(|r| {
            writeln!(
                f,
                "{:54} {:>8} {:>8.3} {:>8} {:>8.3} {:>9.1e} {:>7.2}% {:>11.2}% {:>6.3}",
                r.way,
                r.genuine,
                r.genuine_mean,
                r.impostor,
                r.impostor_mean,
                r.fmr,
                100.0 * r.fnmr,
                100.0 * r.fnmr_at_1e4,
                r.line_at_1e4
            )
        })
    }
}
