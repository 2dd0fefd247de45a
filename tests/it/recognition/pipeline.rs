//! The whole pipeline on generated networks: no weights, no photographs.

use rollcall::recognition::decide::{Outcome, UnknownReason};
use rollcall::recognition::detect::{DetectOptions, Search, plan_passes};
use rollcall::recognition::engine::{Engine, EngineOptions, EnrolmentRules, EnrolmentVerdict, Face, assess_enrolment};
use rollcall::recognition::index::{Gallery, cosine_distance};
use rollcall::recognition::photo::{PhotoLimits, decode_photo};

use crate::support::assets;
use crate::support::tiny_models::*;

fn tiny_engine(pack: &str) -> Engine {
    let dir = tempfile::tempdir().unwrap();
    let (manifest, _) = write_tiny_pack(dir.path());
    Engine::load(&assets::runtime(), &manifest, pack, dir.path(), &EngineOptions { threads: 2 }).unwrap()
}

fn picture(bytes: &[u8]) -> image::RgbImage {
    decode_photo(bytes, &PhotoLimits::default()).unwrap()
}

fn only_face(engine: &Engine, person: u8) -> Face {
    let analysis = engine.analyse(&picture(&tiny_face_photo(person)), &DetectOptions::default()).unwrap();
    assert_eq!(analysis.faces.len(), 1, "person {person}");
    analysis.faces.into_iter().next().unwrap()
}

fn gallery_of(engine: &Engine, people: &[u8]) -> Gallery {
    let gallery = Gallery::new(engine.embedding_size()).unwrap();
    for person in people {
        let face = only_face(engine, *person);
        let number = u64::from(*person);
        gallery.add(number, number, face.embedding.as_deref().unwrap()).unwrap();
    }
    gallery
}

#[test]
fn both_detector_families_find_generated_faces_to_the_pixel() {
    for pack in [TINY_PACK, TINY_YUNET_PACK] {
        let engine = tiny_engine(pack);
        let photo = picture(&tiny_class_photo(&[0, 1, 2, 3, 4]));
        for search in [Search::Reference, Search::EveryScale] {
            let options = DetectOptions { search, ..DetectOptions::default() };
            let mut faces = engine.detect(&photo, &options).unwrap();
            assert_eq!(faces.len(), 5, "{pack} {search:?}");
            faces.sort_by_key(|f| (f.bbox[1].round() as i64 / 100, f.bbox[0].round() as i64));
            for (i, face) in faces.iter().enumerate() {
                let expected = tiny_face_box(i as u32);
                let off = face.bbox.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(off < 1.0, "{pack} {search:?}: {:?} against {expected:?}", face.bbox);
            }
        }
    }
}

#[test]
fn generated_people_are_told_apart() {
    let engine = tiny_engine(TINY_PACK);
    let vectors: Vec<Vec<f32>> = (0..15).map(|p| only_face(&engine, p).embedding.unwrap()).collect();
    for (i, a) in vectors.iter().enumerate() {
        let length: f32 = a.iter().map(|v| v * v).sum::<f32>().sqrt();
        assert!((length - 1.0).abs() < 1e-4);
        for (j, b) in vectors.iter().enumerate() {
            let distance = cosine_distance(a, b);
            if i == j { assert!(distance < 1e-5) } else { assert!(distance > 0.8, "{i} and {j}: {distance}") }
        }
    }
}

#[test]
fn class_photo_names_the_enrolled_and_leaves_strangers_unknown() {
    let engine = tiny_engine(TINY_PACK);
    let gallery = gallery_of(&engine, &[1, 2, 3, 4, 5]);
    let photo = picture(&tiny_class_photo(&[3, 9, 1, 10]));
    let result = engine.identify(&photo, &gallery, &[1, 2, 3, 4, 5]).unwrap();
    let mut named: Vec<u64> = Vec::new();
    let mut unknown = 0;
    for face in &result.faces {
        match &face.outcome {
            Outcome::Accept => named.push(face.assigned.unwrap().person),
            Outcome::Unknown(why) => {
                assert_eq!(*why, UnknownReason::TooFar);
                assert!(face.assigned.is_none());
                unknown += 1;
            }
            Outcome::Review(why) => panic!("nothing is doubtful here: {why:?}"),
        }
        assert!(face.candidates.len() <= 2);
    }
    named.sort_unstable();
    assert_eq!((named, unknown), (vec![1, 3], 2));
}

#[test]
fn people_off_the_roster_are_never_named() {
    let engine = tiny_engine(TINY_PACK);
    let gallery = gallery_of(&engine, &[1, 2, 3]);
    let photo = picture(&tiny_class_photo(&[1, 2]));
    let result = engine.identify(&photo, &gallery, &[2, 3]).unwrap();
    let named: Vec<u64> = result.faces.iter().filter_map(|f| f.assigned.map(|c| c.person)).collect();
    assert_eq!(named, [2]);
    let nobody = engine.identify(&photo, &gallery, &[]).unwrap();
    let unknown = Outcome::Unknown(UnknownReason::NoCandidate);
    assert!(nobody.faces.iter().all(|f| f.outcome == unknown && f.candidates.is_empty()));
}

#[test]
fn one_person_seen_twice_is_given_to_one_face() {
    let engine = tiny_engine(TINY_PACK);
    let gallery = gallery_of(&engine, &[1, 2]);
    let result = engine.identify(&picture(&tiny_class_photo(&[1, 1])), &gallery, &[1, 2]).unwrap();
    assert_eq!(result.faces.len(), 2);
    assert_eq!(result.faces.iter().filter(|f| f.assigned.is_some()).count(), 1);
    let other = result.faces.iter().find(|f| f.assigned.is_none()).unwrap();
    assert_eq!(other.outcome, Outcome::Unknown(UnknownReason::NoCandidate));
}

#[test]
fn enrolment_wants_exactly_one_good_face() {
    let engine = tiny_engine(TINY_PACK);
    let verdict = |bytes: &[u8], rules: &EnrolmentRules| {
        assess_enrolment(&engine.analyse(&picture(bytes), &DetectOptions::default()).unwrap(), rules)
    };
    let rules = EnrolmentRules::default();
    assert_eq!(verdict(&tiny_class_photo(&[]), &rules), EnrolmentVerdict::NoFace);
    assert_eq!(verdict(&tiny_class_photo(&[1, 2, 3]), &rules), EnrolmentVerdict::SeveralFaces(3));
    assert!(matches!(verdict(&tiny_face_photo(1), &rules), EnrolmentVerdict::Accepted { .. }));
    let strict = EnrolmentRules { min_face_size: 200, ..rules };
    assert!(matches!(verdict(&tiny_face_photo(1), &strict), EnrolmentVerdict::Poor { .. }));
}

#[test]
fn people_behind_and_beside_the_one_in_the_middle_are_background() {
    let engine = tiny_engine(TINY_PACK);
    let alone = engine.analyse(&picture(&tiny_face_photo(1)), &DetectOptions::default()).unwrap();
    let side = alone.faces[0].bbox[2] - alone.faces[0].bbox[0];
    let with_another = |share: f32, x: f32| {
        let mut analysis = alone.clone();
        let mut other = analysis.faces[0].clone();
        let half = side * share / 2.0;
        other.bbox = [x - half, 240.0 - half, x + half, 240.0 + half];
        analysis.faces.push(other);
        assess_enrolment(&analysis, &EnrolmentRules::default())
    };
    let accepted = |verdict: EnrolmentVerdict| matches!(verdict, EnrolmentVerdict::Accepted { .. });
    assert!(accepted(with_another(0.6, 60.0)), "smaller and at the side");
    assert!(accepted(with_another(0.2, 320.0)), "a poster");
    assert_eq!(with_another(0.9, 60.0), EnrolmentVerdict::SeveralFaces(2), "as large, at the side");
    assert_eq!(with_another(0.6, 400.0), EnrolmentVerdict::SeveralFaces(2), "smaller, in the middle");
}

#[test]
fn large_class_photo_is_searched_in_full() {
    let engine = tiny_engine(TINY_PACK);
    let people: Vec<u8> = (0..36).collect();
    let photo = picture(&tiny_class_photo(&people));
    assert_eq!(engine.detect(&photo, &DetectOptions::default()).unwrap().len(), 36);
}

#[test]
fn several_threads_may_use_one_engine() {
    let engine = tiny_engine(TINY_PACK);
    let expected = only_face(&engine, 3);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(only_face(&engine, 3), expected));
        }
    });
}

#[test]
fn passes_cover_every_pixel_within_the_work_budget() {
    for (width, height) in [(1, 1), (8000, 20), (640, 480), (1920, 1440), (2985, 2048), (4912, 7360), (8000, 6000)] {
        let passes = plan_passes(width, height, Search::EveryScale);
        let (width, height) = (f64::from(width), f64::from(height));
        let pixels: f64 = passes.iter().map(|p| f64::from(p.canvas[0]) * f64::from(p.canvas[1])).sum();
        assert!(pixels < 11e6, "{width} x {height}: {pixels} canvas pixels");
        for pass in &passes {
            assert!(pass.canvas.iter().all(|side| side % 32 == 0));
            let [left, top, wide, tall] = pass.part;
            assert!(left >= 0.0 && top >= 0.0 && left + wide <= width + 1e-6 && top + tall <= height + 1e-6);
        }
        let tiles: Vec<_> = passes.iter().filter(|p| p.cut.contains(&true)).collect();
        for step in 0..100 {
            let (x, y) = (width * f64::from(step) / 100.0, height * f64::from(step * 37 % 100) / 100.0);
            let inside = |p: &&&_| {
                let p: &rollcall::recognition::detect::Pass = p;
                x >= p.part[0] && x <= p.part[0] + p.part[2] && y >= p.part[1] && y <= p.part[1] + p.part[3]
            };
            assert!(tiles.is_empty() || tiles.iter().any(|t| inside(&t)), "{width} x {height}: ({x}, {y})");
        }
    }
}
