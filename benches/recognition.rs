//! The engine's times: decode, detect, embed, search, whole photos. Parts that need weights or photographs are named as
//! not run when these are missing.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use image::RgbImage;
use rollcall::recognition::detect::{DetectOptions, Search};
use rollcall::recognition::engine::{Engine, EngineOptions};
use rollcall::recognition::index::Gallery;
use rollcall::recognition::manifest::Manifest;
use rollcall::recognition::photo::{PhotoLimits, decode_photo, encode_jpeg};
use rollcall::recognition::runtime::Runtime;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The folder or file a variable names, else the default relative to the repository.
fn beside(variable: &str, default: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| Path::new(ROOT).join(default), PathBuf::from)
}

/// The pack of `ROLLCALL_PACK`, else the default one; `None` (said aloud) without library or weights.
fn engine() -> Option<Engine> {
    let library = beside("ORT_DYLIB_PATH", ".tools/onnxruntime/libonnxruntime.so");
    let models = beside("ROLLCALL_MODELS_MIRROR", "../shared/models");
    let text = std::fs::read_to_string(Path::new(ROOT).join("models/manifest.toml")).ok()?;
    let manifest = Manifest::parse(&text).ok()?;
    let pack = std::env::var("ROLLCALL_PACK").unwrap_or_else(|_| "buffalo_sc_w8".to_owned());
    let loaded = Runtime::load(&library).map_err(|e| e.to_string()).and_then(|runtime| {
        Engine::load(&runtime, &manifest, &pack, &models, &EngineOptions::default()).map_err(|e| e.to_string())
    });
    loaded.map_err(|why| println!("NOT RUN: benchmarks with weights: {why}")).ok()
}

/// A repeatable unit vector per number.
fn vector(number: u64, size: usize) -> Vec<f32> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    };
    let raw: Vec<f32> = (0..size).map(|_| next()).collect();
    let length = raw.iter().map(|v| v * v).sum::<f32>().sqrt();
    raw.into_iter().map(|v| v / length).collect()
}

fn gallery_of(count: u64, size: usize) -> Gallery {
    let vectors: Vec<Vec<f32>> = (0..count).map(|i| vector(i, size)).collect();
    let templates: Vec<(u64, u64, &[f32])> = vectors.iter().zip(0..).map(|(v, i)| (i, i, v.as_slice())).collect();
    let gallery = Gallery::new(size).expect("a gallery");
    gallery.add_all(&templates, 2).expect("the vectors fit");
    gallery
}

fn search(c: &mut Criterion) {
    const SIZE: usize = 512;
    let gallery = gallery_of(10_000, SIZE);
    let probe = vector(1_000_001, SIZE);
    let roster: Vec<u64> = (0..60).map(|i| i * 97).collect();
    c.bench_function("search_10000_templates", |b| b.iter(|| gallery.search(black_box(&probe), 5)));
    c.bench_function("search_roster_60", |b| b.iter(|| gallery.search_roster(black_box(&probe), &roster, 5)));
    c.bench_function("build_gallery_10000", |b| b.iter(|| gallery_of(10_000, SIZE)));
}

fn photos(c: &mut Criterion) {
    let Some(engine) = engine() else { return };
    let faces = beside("ROLLCALL_FACES", "../shared/faces");
    let Ok(class) = std::fs::read(faces.join("groups/nasa/STS_106.jpg")) else {
        println!("NOT RUN: benchmarks on photographs: {} is missing", faces.display());
        return;
    };
    let limits = PhotoLimits::default();
    let photo = decode_photo(&class, &limits).expect("the class photo decodes");
    let frame = camera_frame(&photo);
    let gallery = gallery_of(60, engine.embedding_size());
    let roster: Vec<u64> = (0..60).collect();
    let options = DetectOptions::default();
    let reference = DetectOptions { search: Search::Reference, ..options };
    let whole = |bytes: &[u8]| {
        let photo = decode_photo(bytes, &limits).expect("it decodes");
        engine.identify(&photo, &gallery, &roster).expect("it is identified")
    };
    let side = if engine.embedding_size() == 512 { 112 } else { 128 };
    let crop = RgbImage::from_fn(side, side, |x, y| image::Rgb([(x * 2) as u8, (y * 2) as u8, (x ^ y) as u8]));

    let mut group = c.benchmark_group("photo");
    group.sample_size(30).measurement_time(Duration::from_secs(8));
    group.bench_function("decode_6mp", |b| b.iter(|| decode_photo(black_box(&class), &limits)));
    group.bench_function("decode_frame", |b| b.iter(|| decode_photo(black_box(&frame), &limits)));
    group.bench_function("detect_640_one_pass", |b| b.iter(|| engine.detect(black_box(&photo), &reference)));
    group.bench_function("detect_6mp_every_scale", |b| b.iter(|| engine.detect(black_box(&photo), &options)));
    group.bench_function("embed_one_face", |b| b.iter(|| engine.embed_aligned(black_box(&crop))));
    group.bench_function("whole_frame_640x480_one_face", |b| b.iter(|| whole(black_box(&frame))));
    group.bench_function("whole_sts_106_7_faces", |b| b.iter(|| whole(black_box(&class))));
    group.finish();
}

/// One face of the class photo in a 640 x 480 JPEG, as a browser sends it.
fn camera_frame(photo: &RgbImage) -> Vec<u8> {
    let cut = image::imageops::crop_imm(photo, 300, 450, 1000, 750).to_image();
    let frame = image::imageops::resize(&cut, 640, 480, image::imageops::FilterType::Triangle);
    encode_jpeg(&frame, 640, 85).expect("a frame in memory can be encoded")
}

criterion_group!(benches, search, photos);
criterion_main!(benches);
