//! Real weights on labelled group photos, through the same code as `rollcall evaluate`.

use image::{GenericImage, RgbImage, imageops};
use rollcall::recognition::detect::DetectOptions;
use rollcall::recognition::engine::Face;
use rollcall::recognition::index::cosine_distance;
use rollcall::recognition::photo::{PhotoLimits, decode_photo};
use rollcall::server::evaluate::{EvaluateOptions, Evaluation, RosterMode, evaluate, recognize_photos};

use crate::support::assets;

fn run(pack: &str, identities: &str, groups: &str) -> Option<Evaluation> {
    let suite = format!("recognition::group_photos {groups} {pack}");
    let faces = assets::faces(&suite)?;
    let engine = assets::engine(&suite, pack)?;
    let options = EvaluateOptions {
        identities: faces.join("identities").join(identities),
        groups: faces.join("groups").join(groups),
        enroll: 1,
        roster: RosterMode::All,
    };
    let result = evaluate(&engine, &options).unwrap();
    println!("{result}");
    Some(result)
}

#[test]
fn all_astronauts_are_named_right() {
    let Some(result) = run("buffalo_sc_w8", "nasa_portraits", "nasa") else {
        return;
    };
    assert_eq!((result.people, result.enrolled_faces), (67, 67));
    assert_eq!((result.total.named_right, result.total.known), (30, 30), "{result}");
    assert_eq!((result.total.named_wrong, result.total.strangers_named), (0, 0), "{result}");
}

#[test]
fn solvay_conference_names_ten_and_no_stranger() {
    let Some(result) = run("buffalo_sc_w8", "solvay_portraits", "solvay") else {
        return;
    };
    assert_eq!(result.enrolled_faces, 11);
    assert!(result.total.named_right >= 10, "{result}");
    assert_eq!((result.total.named_wrong, result.total.strangers_named), (0, 0), "{result}");
}

#[test]
fn synthetic_classes_name_nobody_wrong() {
    let Some(result) = run("buffalo_sc_w8", "lfw", "class_lfw") else {
        return;
    };
    assert_eq!((result.total.detected, result.total.labelled), (162, 162), "{result}");
    assert!(result.total.named_right >= 120, "{result}");
    assert_eq!((result.total.named_wrong, result.total.strangers_named), (0, 0), "{result}");
}

#[test]
fn open_pack_names_no_astronaut_wrong() {
    let Some(result) = run("open", "nasa_portraits", "nasa") else {
        return;
    };
    assert!(result.total.named_right >= 26, "{result}");
    assert_eq!((result.total.named_wrong, result.total.strangers_named), (0, 0), "{result}");
}

#[test]
fn small_faces_of_a_standing_crowd_are_found() {
    let suite = "recognition::group_photos crowd";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let bytes = assets::read(&faces.join("groups/detect_only/nasa_iss_partners.jpg"));
    let photo = decode_photo(&bytes, &PhotoLimits::default()).unwrap();
    let found = engine.detect(&photo, &DetectOptions::default()).unwrap().len();
    assert!((30..=36).contains(&found), "{found} faces of about 32");
}

/// Whether every one of `faces` was found again in `others`, by its vector.
fn all_found_again(faces: &[Face], others: &[Face]) -> bool {
    let vectors =
        |faces: &[Face]| -> Vec<Vec<f32>> { faces.iter().filter_map(|face| face.embedding.clone()).collect() };
    let others = vectors(others);
    vectors(faces).iter().all(|vector| others.iter().any(|other| cosine_distance(vector, other) < 0.35))
}

#[test]
fn faces_are_found_whichever_way_up_they_are() {
    let suite = "recognition::group_photos turned";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let bytes = assets::read(&faces.join("groups/nasa/Prime_and_backup_crew_for_ISS_Expedition_13.jpg"));
    let photo = decode_photo(&bytes, &PhotoLimits::default()).unwrap();
    let analyse = |photo: &RgbImage| engine.analyse(photo, &DetectOptions::default()).unwrap().faces;
    let upright = analyse(&photo);
    assert_eq!(upright.len(), 6);
    for turned in [imageops::rotate90(&photo), imageops::rotate180(&photo), imageops::rotate270(&photo)] {
        let found = analyse(&turned);
        assert!(found.len() == 6 && all_found_again(&upright, &found));
    }
    // One of them, the lowest, stands on the head while the others stand upright.
    let lowest = upright.iter().max_by(|a, b| a.bbox[1].total_cmp(&b.bbox[1])).unwrap();
    let [x1, y1, x2, y2] = lowest.bbox;
    let side = ((x2 - x1).max(y2 - y1) * 1.6) as u32;
    let (left, top) = ((x1 + x2) as u32 / 2 - side / 2, (y1 + y2) as u32 / 2 - side / 2);
    let on_the_head = imageops::rotate180(&imageops::crop_imm(&photo, left, top, side, side).to_image());
    let mut mixed = photo.clone();
    mixed.copy_from(&on_the_head, left, top).unwrap();
    assert!(all_found_again(&upright, &analyse(&mixed)));
}

#[test]
fn recognize_says_who_is_in_a_photo() {
    let suite = "recognition::group_photos recognize";
    let (Some(faces), Some(engine)) = (assets::faces(suite), assets::engine(suite, "buffalo_sc_w8")) else {
        return;
    };
    let photos = [faces.join("groups/nasa/Expedition_12_holiday_photo.jpg"), faces.join("bad/text.jpg")];
    let result = recognize_photos(&engine, &photos, Some(&faces.join("identities/nasa_portraits"))).unwrap();
    let mut names: Vec<_> = result[0].faces.iter().filter_map(|f| f.name.as_deref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["valery_tokarev", "william_mcarthur"]);
    assert!(result[1].error.as_deref().is_some_and(|e| e.contains("not a photo")));
    assert!(result[0].to_string().contains("valery_tokarev"));
}
