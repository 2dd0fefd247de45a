//! `rollcall calibrate` on generated people: the figures, the picture, and other ways of making vectors.

use std::path::Path;

use rollcall::recognition::engine::{Engine, EngineOptions};
use rollcall::server::evaluate::{calibrate, compare_variants, det_plot};

use crate::support::assets;
use crate::support::tiny_models::*;

/// Nobody's two photos differ, and everybody is equally far from all others.
fn write_people(dir: &Path, people: u8, photos: usize) {
    for person in 0..people {
        let folder = dir.join(format!("person_{person}"));
        std::fs::create_dir(&folder).unwrap();
        for photo in 1..=photos {
            std::fs::write(folder.join(format!("{photo}.jpg")), tiny_face_photo(person)).unwrap();
        }
    }
}

fn engine() -> Engine {
    let models = tempfile::tempdir().unwrap();
    let (manifest, pack) = write_tiny_pack(models.path());
    Engine::load(&assets::runtime(), &manifest, &pack, models.path(), &EngineOptions { threads: 2 }).unwrap()
}

#[test]
fn pairs_are_counted_and_drawn_with_the_lines_of_the_pack() {
    let dir = tempfile::tempdir().unwrap();
    write_people(dir.path(), 12, 3);
    let engine = engine();
    let found = calibrate(&engine, dir.path()).unwrap();
    assert_eq!((found.people, found.faces, found.genuine.pairs, found.impostor.pairs), (12, 36, 36, 594));
    assert!(found.genuine.max < 0.01 && found.impostor.min > 0.5, "{found}");
    let at = |distance: f32| found.curve.iter().find(|rates| (rates.distance - distance).abs() < 1e-4).unwrap();
    assert_eq!((at(0.3).fmr, at(0.3).fnmr, at(2.0).fmr), (0.0, 0.0, 1.0));
    let thresholds = engine.thresholds();
    let svg = det_plot(&found, thresholds);
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
    for name in
        [format!("accept {:.2}", thresholds.distance_accept), format!("review {:.2}", thresholds.distance_review)]
    {
        assert!(svg.contains(&name), "{name}: {svg}");
    }
    assert!(svg.contains("0.35, the specification") && !svg.contains("NaN"), "{svg}");
}

#[test]
fn every_way_is_compared_on_the_same_photos() {
    let dir = tempfile::tempdir().unwrap();
    write_people(dir.path(), 5, 4);
    let found = compare_variants(&engine(), dir.path()).unwrap();
    let pairs: Vec<(usize, usize)> = found.rows.iter().map(|row| (row.genuine, row.impostor)).collect();
    // Photos against photos, in both directions where only one of them is made small; then 20 probes against people.
    assert_eq!(pairs[..3], [(30, 160); 3]);
    assert_eq!(pairs[3..6], [(60, 320); 3]);
    assert_eq!(pairs[6..], [(20, 80); 4]);
    let plain = &found.rows[0];
    assert_eq!((plain.fmr, plain.fnmr, plain.fnmr_at_1e4), (0.0, 0.0, 0.0), "{found}");
    assert!(plain.genuine_mean < 0.01 && plain.impostor_mean > 0.5, "{found}");
}

#[test]
fn too_few_photos_are_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    write_people(dir.path(), 2, 1);
    let engine = engine();
    assert!(calibrate(&engine, dir.path()).unwrap_err().to_string().contains("too few photos"));
    assert!(compare_variants(&engine, dir.path()).unwrap_err().to_string().contains("too few photos"));
}
