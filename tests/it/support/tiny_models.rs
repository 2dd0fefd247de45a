//! Generated networks that see generated people: the whole pipeline runs on a machine without weights.
//!
//! A "face" is a square of 96 px with a full red channel on a dark ground; a 4 x 4 pattern in its green and blue
//! channels tells one person from another. The detector averages red over 96 px (so it knows one size only), the
//! recogniser averages green and blue over the pattern's cells. Both have the outputs of the real families.

use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use rollcall::recognition::decide::Thresholds;
use rollcall::recognition::geometry::BBox;
use rollcall::recognition::manifest::{
    Alignment, ChannelOrder, DetectorFamily, Manifest, ModelFile, Pack, Task, sha256_hex,
};

use super::tiny_onnx::{Graph, fussy_scrfd, scrfd_like, yunet_like};

/// Pack with an SCRFD-like detector.
pub const TINY_PACK: &str = "tiny";
/// Pack with a YuNet-like detector; the same recogniser.
pub const TINY_YUNET_PACK: &str = "tiny_yunet";
/// Values per vector of the tiny recogniser.
pub const TINY_EMBEDDING_SIZE: usize = 32;
/// Side of a generated face in pixels.
pub const TINY_FACE_SIDE: u32 = 96;

/// Writes the networks into `dir`; returns the manifest that describes them and the pack to load.
pub fn write_tiny_pack(dir: &Path) -> (Manifest, String) {
    let detect = |family| Task::Detect { family };
    let embed = Task::Embed { alignment: Alignment::Arcface, embedding_size: TINY_EMBEDDING_SIZE };
    let files = vec![
        write_model(dir, "tiny_scrfd.onnx", detect(DetectorFamily::Scrfd), [640, 640], &scrfd_like()),
        write_model(dir, "tiny_yunet.onnx", detect(DetectorFamily::Yunet), [640, 640], &yunet_like()),
        write_model(dir, "tiny_embedder.onnx", embed, [112, 112], &embedder()),
    ];
    let pack = |name: &str, detector: &str| Pack {
        name: name.to_owned(),
        title: "Generated networks for tests".to_owned(),
        licence: "Made by the tests.".to_owned(),
        commercial_use: true,
        detector: detector.to_owned(),
        recogniser: "tiny_embedder.onnx".to_owned(),
        measured: "the specification's default lines".to_owned(),
        thresholds: Thresholds::default(),
        figures: None,
    };
    let packs = vec![pack(TINY_PACK, "tiny_scrfd.onnx"), pack(TINY_YUNET_PACK, "tiny_yunet.onnx")];
    (Manifest { files, packs }, TINY_PACK.to_owned())
}

/// A 640 x 480 JPEG with one face in the middle. People 0 to 14 are equally far from each other (distance about 1);
/// higher numbers share half their pattern with some (distance about 0.5).
pub fn tiny_face_photo(person: u8) -> Vec<u8> {
    let mut picture = ground(640, 480);
    draw_face(&mut picture, person, 320, 240);
    encode(&picture)
}

/// A face without any detail: the detector finds it, enrolment refuses it as blurred.
pub fn tiny_blurred_photo() -> Vec<u8> {
    let mut picture = ground(640, 480);
    let half = TINY_FACE_SIDE / 2;
    for y in 240 - half..240 + half {
        for x in 320 - half..320 + half {
            picture.put_pixel(x, y, Rgb([250, 60, 60]));
        }
    }
    encode(&picture)
}

/// One face in a photo twice as wide as high.
pub fn tiny_wide_photo(person: u8) -> Vec<u8> {
    let mut picture = ground(640, 320);
    draw_face(&mut picture, person, 320, 160);
    encode(&picture)
}

/// A JPEG with one face for each of `people`, in rows from the top left: 640 x 480 px for up to twelve, else 960 x 960
/// px for up to thirty-six.
pub fn tiny_class_photo(people: &[u8]) -> Vec<u8> {
    let (width, height) = if people.len() <= 12 { (640, 480) } else { (960, 960) };
    let columns = width / SPACING;
    assert!(people.len() <= (columns * (height / SPACING)) as usize, "too many people for one generated photo");
    let mut picture = ground(width, height);
    for (i, person) in (0_u32..).zip(people) {
        let (x, y) = (i % columns * SPACING + SPACING / 2, i / columns * SPACING + SPACING / 2);
        draw_face(&mut picture, *person, x, y);
    }
    encode(&picture)
}

/// Where `tiny_class_photo` puts the face number `i` of up to twelve: `[x1, y1, x2, y2]`.
pub fn tiny_face_box(i: u32) -> BBox {
    let (x, y) = (i % 4 * SPACING + SPACING / 2, i / 4 * SPACING + SPACING / 2);
    let half = TINY_FACE_SIDE / 2;
    [x - half, y - half, x + half, y + half].map(|v| v as f32)
}

/// Faces stand on multiples of 16 px, where the detector's cells are.
const SPACING: u32 = 160;

fn ground(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([8, 40 + (x / 8 % 16) as u8, 40 + (y / 8 % 16) as u8]))
}

fn draw_face(picture: &mut RgbImage, person: u8, centre_x: u32, centre_y: u32) {
    let (green, blue) = pattern_rows(person);
    let half = TINY_FACE_SIDE / 2;
    let cell = TINY_FACE_SIDE / 4;
    for y in 0..TINY_FACE_SIDE {
        for x in 0..TINY_FACE_SIDE {
            let at = y / cell * 4 + x / cell;
            let level = |row: u32| {
                if (row & at).count_ones().is_multiple_of(2) { 230 } else { 25 }
            };
            picture.put_pixel(centre_x - half + x, centre_y - half + y, Rgb([250, level(green), level(blue)]));
        }
    }
}

/// Rows 1 to 15 of a 16 x 16 Hadamard matrix are orthogonal, and each sums to zero.
fn pattern_rows(person: u8) -> (u32, u32) {
    let person = u32::from(person);
    (person % 15 + 1, (person / 15 + person) % 15 + 1)
}

fn encode(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92).encode_image(picture).expect("a picture in memory can be encoded");
    bytes
}

fn write_model(dir: &Path, name: &str, task: Task, input: [u32; 2], bytes: &[u8]) -> ModelFile {
    std::fs::write(dir.join(name), bytes).expect("the folder for generated networks is writable");
    ModelFile {
        name: name.to_owned(),
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
        title: "generated for tests".to_owned(),
        licence: "made by the tests".to_owned(),
        commercial_use: true,
        source: None,
        task,
        input,
        channels: ChannelOrder::Rgb,
        mean: 127.5,
        scale: 127.5,
    }
}

/// The same pack with one network broken in a way that its self-test does not see.
pub fn write_broken_pack(dir: &Path, broken: Broken) -> (Manifest, String) {
    let (mut manifest, pack) = write_tiny_pack(dir);
    let (name, bytes) = match broken {
        Broken::Detector => ("tiny_scrfd.onnx", fussy_scrfd()),
        Broken::Embedder => ("tiny_embedder.onnx", embedder_without_red()),
    };
    std::fs::write(dir.join(name), &bytes).expect("the folder for generated networks is writable");
    for file in manifest.files.iter_mut().filter(|file| file.name == name) {
        file.sha256 = sha256_hex(&bytes);
        file.bytes = bytes.len() as u64;
    }
    (manifest, pack)
}

/// Which network of a pack fails.
#[derive(Clone, Copy, Debug)]
pub enum Broken {
    /// It stops at pictures twice as wide as high.
    Detector,
    /// It gives values that are not numbers for faces.
    Embedder,
}

/// Green and blue of the 4 x 4 cells of an aligned crop, through a `PRelu` so that its rewriting is exercised too.
fn embedder() -> Vec<u8> {
    embedder_ending(|_| "embedding_of_cells")
}

/// Faces are full of red, the self-test's pattern is not: the root of what is missing to some red is no number.
fn embedder_without_red() -> Vec<u8> {
    embedder_ending(|g| {
        g.weights("minus_red", &[1, 3, 1, 1], &[-1.0, 0.0, 0.0]);
        g.weights("some_red", &[1], &[0.5]);
        g.node("Conv", &["input", "minus_red", "some_red"], "lack_of_red", &[]);
        g.node("GlobalAveragePool", &["lack_of_red"], "mean_lack", &[]);
        g.node("Sqrt", &["mean_lack"], "root", &[]);
        g.node("Flatten", &["root"], "root_flat", &[]);
        g.node("Mul", &["embedding_of_cells", "root_flat"], "embedding_or_none", &[]);
        "embedding_or_none"
    })
}

/// The embedder with more behind its vector; the closure names what it ends in.
fn embedder_ending(more: impl FnOnce(&mut Graph) -> &'static str) -> Vec<u8> {
    let mut g = Graph::new("input", [-1, 3, 112, 112]);
    g.weights("pick", &[2, 3, 1, 1], &[0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    g.node("Conv", &["input", "pick"], "picked", &[]);
    g.weights("slopes", &[2, 1, 1], &[0.95, 0.9]);
    g.node("PRelu", &["picked", "slopes"], "bent", &[]);
    g.node("AveragePool", &["bent"], "cells", &[("kernel_shape", &[28, 28]), ("strides", &[28, 28])]);
    g.node("Flatten", &["cells"], "embedding_of_cells", &[]);
    let end = more(&mut g);
    g.node("Identity", &[end], "embedding", &[]);
    g.output("embedding", &[-1, TINY_EMBEDDING_SIZE as i64]);
    g.finish()
}
