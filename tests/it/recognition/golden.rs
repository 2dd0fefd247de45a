//! Real weights against the numbers of the reference pipeline.

use std::path::Path;

use rollcall::recognition::detect::{DetectOptions, Search};
use rollcall::recognition::engine::{Engine, Face};
use rollcall::recognition::geometry::iou;
use rollcall::recognition::index::cosine_distance;
use rollcall::recognition::photo::{PhotoLimits, decode_photo};
use serde::Deserialize;

use crate::support::assets;

#[derive(Deserialize)]
struct Golden {
    images: Vec<GoldenImage>,
}

#[derive(Deserialize)]
struct GoldenImage {
    image: String,
    faces: Vec<GoldenFace>,
}

#[derive(Deserialize)]
struct GoldenFace {
    #[serde(rename = "box")]
    bbox: [f32; 4],
    kps: [[f32; 2]; 5],
    /// File name of the aligned crop, where one was stored.
    aligned: Option<String>,
    embedding: Vec<f32>,
}

#[test]
fn buffalo_sc_w8_agrees_with_the_reference() {
    check_pack("buffalo_sc_w8");
}

#[test]
fn open_pack_agrees_with_the_reference() {
    check_pack("open");
}

/// Boxes and landmarks within 1 px on at least 99 % of faces; every vector at cosine 0.995 from the photo and 0.9999
/// from the stored crop.
fn check_pack(pack: &str) {
    let suite = format!("recognition::golden {pack}");
    let (Some(models), Some(faces)) = (assets::models(&suite), assets::faces(&suite)) else {
        return;
    };
    let Some(engine) = assets::engine(&suite, pack) else {
        return;
    };
    let folder = models.join("golden").join(pack);
    let golden: Golden = serde_json::from_slice(&assets::read(&folder.join("golden.json"))).unwrap();
    let (mut count, mut within) = (0, 0);
    for image in &golden.images {
        let photo = decode_photo(&assets::read(&faces.join(&image.image)), &PhotoLimits::default()).unwrap();
        let options = DetectOptions { search: Search::Reference, ..DetectOptions::default() };
        let found = engine.analyse(&photo, &options).unwrap().faces;
        assert_eq!(found.len(), image.faces.len(), "{}", image.image);
        for expected in &image.faces {
            let overlap = |face: &&Face| iou(&face.bbox, &expected.bbox);
            let face = found.iter().max_by(|a, b| overlap(a).total_cmp(&overlap(b))).unwrap();
            count += 1;
            within += usize::from(worst_offset(face, expected) <= 1.0);
            check_vectors(&engine, &folder, face, expected);
        }
    }
    assert!(count >= 40, "{count} faces");
    assert!(within * 100 >= count * 99, "{within} of {count} faces within 1 px");
}

fn worst_offset(face: &Face, expected: &GoldenFace) -> f32 {
    let found = face.bbox.iter().chain(face.landmarks.iter().flatten());
    let wanted = expected.bbox.iter().chain(expected.kps.iter().flatten());
    found.zip(wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn check_vectors(engine: &Engine, folder: &Path, face: &Face, expected: &GoldenFace) {
    let cosine = |vector: &[f32]| 1.0 - cosine_distance(vector, &expected.embedding);
    let from_photo = cosine(face.embedding.as_deref().expect("every golden face is large enough"));
    assert!(from_photo >= 0.995, "cosine {from_photo} from the photo");
    if let Some(name) = &expected.aligned {
        let crop = decode_photo(&assets::read(&folder.join(name)), &PhotoLimits::default()).unwrap();
        let from_crop = cosine(&engine.embed_aligned(&crop).unwrap().unwrap());
        assert!(from_crop >= 0.9999, "cosine {from_crop} from {name}");
    }
}
