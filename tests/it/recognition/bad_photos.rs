//! Hostile and poor photographs: every file of the folder ends as its list says.

use std::collections::BTreeMap;
use std::path::Path;

use rollcall::recognition::decide::Outcome;
use rollcall::recognition::detect::DetectOptions;
use rollcall::recognition::engine::{Engine, EnrolmentRules, EnrolmentVerdict, Face, assess_enrolment};
use rollcall::recognition::index::{Gallery, cosine_distance};
use rollcall::recognition::photo::{PhotoError, PhotoLimits, decode_photo};
use rollcall::recognition::quality::QualityReason;
use serde::Deserialize;

use crate::support::assets;

#[derive(Deserialize)]
struct Listing {
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    file: String,
    expect: String,
}

/// What may become of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Refused,
    NoFace,
    Faces(usize),
    /// A face that must not be enrolled without a word: refused or warned about.
    PoorFace,
    /// Decodes, with a face or without.
    Anything,
}

/// The list's words as rules. Every phrase must be known, so that a new file cannot pass unread.
fn ends_for(expect: &str) -> Vec<End> {
    match expect {
        "no face" | "no face; no crash" => vec![End::NoFace],
        "no human face" => vec![End::NoFace, End::PoorFace],
        "2 faces" => vec![End::Faces(2)],
        "7 faces" => vec![End::Faces(7)],
        "one upright face, same person" | "must decode; same person" => vec![End::Faces(1)],
        "poor enrolment photo: warn or refuse" => vec![End::PoorFace],
        "must decode"
        | "decode by content"
        | "metadata must not survive storage"
        | "re-encode: the tail must not be stored" => vec![End::Faces(1), End::PoorFace],
        "partial" | "hard" | "quality check" | "quality check: worse with radius" | "below 24 px may be lost" => {
            vec![End::Anything]
        }
        "refuse"
        | "refuse by dimensions"
        | "refuse by dimensions before decoding"
        | "refuse; never crash"
        | "refuse; never serve as html" => vec![End::Refused],
        "decode or refuse with a clear message"
        | "decode or refuse cleanly"
        | "first frame or refuse"
        | "refuse or partial; never crash"
        | "refuse or decode; never crash"
        | "must decode with right colours, or be refused cleanly" => {
            vec![End::Refused, End::Anything]
        }
        unknown => panic!("the list has a new expectation: {unknown:?}"),
    }
}

fn listing(folder: &Path) -> Vec<Listed> {
    let listing: Listing = serde_json::from_slice(&assets::read(&folder.join("manifest.json"))).unwrap();
    assert!(listing.files.len() >= 60);
    listing.files
}

fn decode(folder: &Path, file: &str) -> Result<image::RgbImage, PhotoError> {
    decode_photo(&assets::read(&folder.join(file)), &PhotoLimits::default())
}

fn faces_of(engine: &Engine, folder: &Path, file: &str) -> Vec<Face> {
    let photo = decode(folder, file).unwrap();
    engine.analyse(&photo, &DetectOptions::default()).unwrap().faces
}

fn fits(end: End, engine: &Engine, photo: Option<&image::RgbImage>) -> bool {
    let Some(photo) = photo else {
        return end == End::Refused;
    };
    if end == End::Refused {
        return false;
    }
    let analysis = engine.analyse(photo, &DetectOptions::default()).unwrap();
    match end {
        End::NoFace => analysis.faces.is_empty(),
        End::Faces(count) => analysis.faces.len() == count,
        End::PoorFace => match assess_enrolment(&analysis, &EnrolmentRules::default()) {
            EnrolmentVerdict::Poor { .. } => true,
            EnrolmentVerdict::Accepted { face } => !face.quality.reasons.is_empty(),
            EnrolmentVerdict::NoFace | EnrolmentVerdict::SeveralFaces(_) => false,
        },
        End::Refused | End::Anything => true,
    }
}

/// Closed eyes are not judged: no measure of the engine tells them from open ones.
const NOT_JUDGED: [&str; 1] = ["eyes_closed.jpeg"];

#[test]
fn every_file_ends_as_listed() {
    let suite = "recognition::bad_photos every_file_ends_as_listed";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let folder = faces.join("bad");
    let mut failed = Vec::new();
    for listed in listing(&folder).iter().filter(|l| !NOT_JUDGED.contains(&l.file.as_str())) {
        let photo = decode(&folder, &listed.file).ok();
        if !ends_for(&listed.expect).into_iter().any(|end| fits(end, &engine, photo.as_ref())) {
            failed.push(format!("{} should be: {}", listed.file, listed.expect));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn refusals_have_their_own_reason() {
    let Some(faces) = assets::faces("recognition::bad_photos refusals_have_their_own_reason") else {
        return;
    };
    let folder = faces.join("bad");
    let error = |file: &str| decode(&folder, file).expect_err(file);
    for (file, format) in [
        ("format.webp", "WebP"),
        ("format.gif", "GIF"),
        ("format.bmp", "BMP"),
        ("format.tiff", "TIFF"),
        ("script.svg", "SVG"),
    ] {
        assert_eq!(error(file), PhotoError::UnsupportedFormat { format });
    }
    for file in ["text.jpg", "html.jpg"] {
        assert_eq!(error(file), PhotoError::NotAPhoto);
    }
    for file in ["bomb_30000x30000_gray1.png", "bomb_16000x16000_rgb8.png", "jpeg_65500_header.jpg"] {
        assert!(matches!(error(file), PhotoError::TooManyPixels { .. }), "{file}: {}", error(file));
    }
    for file in ["truncated.jpg", "truncated_header.jpg", "png_bad_crc.png"] {
        assert_eq!(error(file), PhotoError::Corrupt, "{file}");
    }
    assert_eq!(error("empty.jpg"), PhotoError::Empty);
}

#[test]
fn every_orientation_and_coding_shows_the_same_person() {
    let suite = "recognition::bad_photos every_orientation";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let folder = faces.join("bad");
    let vector = |file: &str| faces_of(&engine, &folder, file).remove(0).embedding.expect(file);
    let upright = vector("exif_orientation_1.jpg");
    for orientation in 2..=8 {
        let distance = cosine_distance(&upright, &vector(&format!("exif_orientation_{orientation}.jpg")));
        assert!(distance < 0.05, "orientation {orientation}: {distance}");
    }
    for file in ["progressive.jpg", "gray.jpg", "q5.jpg", "cmyk.jpg", "exif_gps.jpg", "png16.png", "format.png"] {
        let distance = cosine_distance(&upright, &vector(file));
        assert!(distance < 0.25, "{file}: {distance}");
    }
}

#[test]
fn blur_score_falls_with_the_radius_and_parts_sharp_from_blurred() {
    let suite = "recognition::bad_photos blur";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let folder = faces.join("bad");
    let score = |file: &str| faces_of(&engine, &folder, file)[0].quality.blur_score;
    let scores = ["exif_gps.jpg", "blur4.jpg", "blur10.jpg", "blur20.jpg"].map(score);
    assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    assert!(scores[0] > 0.9 && scores[1] < 0.5, "{scores:?}");
    assert!(score("blur_real.jpg") < 0.5);
}

#[test]
fn ordinary_press_photos_can_be_enrolled() {
    let suite = "recognition::bad_photos press";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let people = std::fs::read_dir(faces.join("identities/lfw")).unwrap();
    let verdicts = people.map(|person| {
        let analysis =
            engine.analyse(&decode(&person.unwrap().path(), "1.jpg").unwrap(), &DetectOptions::default()).unwrap();
        matches!(assess_enrolment(&analysis, &EnrolmentRules::default()), EnrolmentVerdict::Accepted { .. })
    });
    let verdicts: Vec<bool> = verdicts.collect();
    let accepted = verdicts.iter().filter(|accepted| **accepted).count();
    assert!(accepted >= 90, "{accepted} of {}", verdicts.len());
}

#[test]
fn light_and_pose_are_named_as_reasons() {
    let suite = "recognition::bad_photos reasons";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let folder = faces.join("bad");
    let expected = BTreeMap::from([
        ("dark05.jpg", QualityReason::TooDark),
        ("overexposed.jpg", QualityReason::TooBright),
        ("profile_left.jpeg", QualityReason::TurnedAway),
        ("profile_right.png", QualityReason::TurnedAway),
        ("pose_down.jpeg", QualityReason::TurnedAway),
        ("mask.jpg", QualityReason::Unclear),
        ("tiny_face_12px.jpg", QualityReason::TooSmall),
    ]);
    for (file, reason) in expected {
        let found = faces_of(&engine, &folder, file).remove(0).quality.reasons;
        assert!(found.contains(&reason), "{file}: {found:?}");
    }
}

#[test]
fn faces_too_small_are_shown_and_never_matched() {
    let suite = "recognition::bad_photos too_small";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let folder = faces.join("bad");
    let gallery = Gallery::new(engine.embedding_size()).unwrap();
    let known = faces_of(&engine, &folder, "exif_orientation_1.jpg").remove(0);
    gallery.add(1, 1, known.embedding.as_deref().unwrap()).unwrap();
    let outcome = |file: &str| {
        let found = engine.identify(&decode(&folder, file).unwrap(), &gallery, &[1]).unwrap();
        assert_eq!(found.faces.len(), 1, "{file}");
        found.faces[0].outcome.clone()
    };
    for file in ["tiny_face_12px.jpg", "tiny_face_24px.jpg"] {
        assert!(matches!(outcome(file), Outcome::Unknown(_)), "{file}");
    }
    for file in ["tiny_face_40px.jpg", "tiny_face_64px.jpg"] {
        assert_eq!(outcome(file), Outcome::Accept, "{file}");
    }
}
