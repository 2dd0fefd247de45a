//! Photos beside a table: found, judged, stored with consent, and never unpacked to disk.

use super::{School, zip_of};
use crate::support::TestApp;
use crate::support::tiny_models::{tiny_blurred_photo, tiny_class_photo, tiny_face_photo};
use rollcall::app::types::*;
use rollcall::server::config::ConsentMode;
use rollcall::server::db::entities::{consents, face_templates, photos};
use rollcall::server::domain::imports::archive::Photos;
use rollcall::server::domain::imports::{columns, job, judge, single, table};
use sea_orm::EntityTrait;
use std::os::unix::fs::PermissionsExt;

const FILE: &str = "Name,Email,Department,Roll number,Photo\n\
    Ann Ace,ann@x.edu,CS,,ann.jpg\n\
    Bob Best,bob@x.edu,CS,B/7,\n\
    Cid Core,cid@x.edu,CS,,\n\
    Dan Dune,dan@x.edu,CS,,blurred.jpg\n\
    Eve Elm,eve@x.edu,CS,,several.jpg\n\
    Fay Fox,fay@x.edu,CS,,text.jpg\n\
    Gus Gray,gus@x.edu,CS,,../../ann.jpg;gone.jpg\n\
    Hal Hill,hal@x.edu,CS,,\n\
    Ida Iris,ida@x.edu,CS,,known.jpg\n";

fn archive() -> Vec<u8> {
    let (ann, bob, cid, known) = (tiny_face_photo(1), tiny_face_photo(2), tiny_face_photo(3), tiny_face_photo(9));
    zip_of(&[
        ("class/Ann.JPG", &ann),
        ("b-7.jpg", &bob),
        ("CID@x.edu.jpg", &cid),
        ("blurred.jpg", &tiny_blurred_photo()),
        ("several.jpg", &tiny_class_photo(&[4, 5])),
        ("text.jpg", b"not a photo at all"),
        ("known.jpg", &known),
        ("../../../evil.jpg", &ann),
        ("class/extra.jpg", &ann),
        ("__MACOSX/._ann.jpg", b"noise"),
    ])
}

/// File, whether it would be stored, and what is said of it.
async fn told(school: &School, id: ImportId) -> Vec<(String, bool, String)> {
    let rows = school.screen(id).await.rows.results;
    let photos = rows.into_iter().flat_map(|row| row.photos);
    photos.map(|photo| (photo.file, photo.quality.is_some(), photo.words)).collect()
}

async fn count(school: &School) -> (usize, usize, usize) {
    let db = &school.app.ctx.db;
    (
        photos::Entity::find().all(db).await.expect("photos").len(),
        face_templates::Entity::find().all(db).await.expect("templates").len(),
        consents::Entity::find().all(db).await.expect("consents").len(),
    )
}

#[tokio::test]
async fn every_photo_gets_a_verdict_and_nothing_is_stored() {
    let school = School::with_faces().await;
    school.app.student_with_face("Old Friend", school.department, 9).await;
    let before = count(&school).await;
    let id = school.rehearsed(FILE, Some(&archive())).await;
    let expected = [
        ("Ann.JPG", true, ""),
        ("b-7.jpg", true, ""),
        ("CID@x.edu.jpg", true, ""),
        ("blurred.jpg", false, "blurred"),
        ("several.jpg", false, "2 faces"),
        ("text.jpg", false, "Only JPEG and PNG"),
        ("gone.jpg", false, "no such file"),
        ("Ann.JPG", true, ""),
        ("known.jpg", true, "already CS-2025-001 Old Friend"),
    ];
    let told = told(&school, id).await;
    for ((file, stores, words), (name, would, said)) in expected.into_iter().zip(&told) {
        assert_eq!((file, stores), (name.as_str(), *would), "{said}");
        assert!(said.contains(words), "{name}: {said}");
    }
    assert_eq!(told.len(), expected.len());
    let detail = school.screen(id).await.detail;
    assert_eq!(detail.import.counts.created, 9, "students without a usable photo come without one");
    assert_eq!((detail.setup.unused, detail.setup.unused_names), (1, vec!["extra.jpg".to_owned()]));
    assert_eq!(count(&school).await, before);
    assert_eq!(school.app.ctx.storage.names().expect("files").len(), 1, "nothing lies in the store");
    assert!(!school.app.folder().join("evil.jpg").exists());
}

#[tokio::test]
async fn refused_photo_costs_the_row_where_the_admin_wants_it() {
    let school = School::with_faces().await;
    let id = school.upload(FILE.as_bytes(), Some(&archive())).await;
    school.ask(id, "&form[photos_must_fit]=true").await;
    school.work().await;
    let problems: Vec<u32> =
        school.verdicts(id).await.into_iter().filter(|row| row.1 == RowVerdict::Problem).map(|row| row.0).collect();
    assert_eq!(problems, [5, 6, 7, 8]);
}

#[tokio::test]
async fn photos_are_stored_once_with_consent_whatever_crashes() {
    let school = School::with_faces().await;
    let id = school.rehearsed(FILE, Some(&archive())).await;
    school.post("apply_import", id).await;
    assert_eq!(job::step(&school.app.ctx, id.0).await.expect("the rows"), job::Progress::More);
    assert_eq!(count(&school).await, (0, 0, 0), "rows first");
    assert_eq!(job::step(&school.app.ctx, id.0).await.expect("some photos"), job::Progress::More);
    let (stored, ..) = count(&school).await;
    // The program ends here; the next one goes on.
    school.work().await;
    assert_eq!(count(&school).await, (5, 5, 5), "{stored} before the crash");
    assert_eq!(school.app.ctx.gallery.index().len(), 5, "and they are searched");
    assert_eq!(school.app.ctx.storage.names().expect("files").len(), 5);
    // The same file again finds everything there.
    let again = school.rehearsed(FILE, Some(&archive())).await;
    let counts = school.screen(again).await.detail.import.counts;
    assert_eq!((counts.created, counts.changed, counts.unchanged), (0, 0, 9));
    school.post("undo_import", id).await;
    school.work().await;
    assert_eq!(count(&school).await, (0, 0, 0));
    assert_eq!(school.app.ctx.gallery.index().len(), 0, "nobody is found any more");
    assert_eq!(school.app.ctx.storage.names().expect("files").len(), 0);
}

#[tokio::test]
async fn known_student_gets_a_new_photo_and_undo_takes_only_that() {
    let school = School::with_faces().await;
    school.app.student_with_face("Old Friend", school.department, 9).await;
    let zip = zip_of(&[("cs-2025-001.jpg", &tiny_class_photo(&[9])[..])]);
    let id = school.rehearsed("name,email\nOld Friend,old.friend@example.edu\n", Some(&zip)).await;
    assert_eq!(school.verdicts(id).await, [(2, RowVerdict::Changed, "Photo:  -> 1 new photo".to_owned())]);
    school.post("apply_import", id).await;
    school.work().await;
    assert_eq!(count(&school).await, (2, 2, 1));
    school.post("undo_import", id).await;
    school.work().await;
    assert_eq!(count(&school).await, (1, 1, 1));
    let left = photos::Entity::find().one(&school.app.ctx.db).await.expect("photos").expect("the old one");
    assert!(left.is_current, "the old photo is the current one again");
}

#[tokio::test]
async fn strict_consent_stores_no_photo_without_one() {
    let app = TestApp::with_faces_and(|config, _| config.consent_mode = ConsentMode::Strict).await;
    let school = School::of(app, None).await;
    let id = school.rehearsed(FILE, Some(&archive())).await;
    assert!(told(&school, id).await.iter().all(|(_, stores, _)| !stores));
    assert!(school.screen(id).await.detail.strict_consent);
    school.post("apply_import", id).await;
    school.work().await;
    assert_eq!((school.students().await.len(), count(&school).await), (9, (0, 0, 0)));
}

#[tokio::test]
async fn bombs_and_what_is_no_zip_are_refused_and_leave_nothing() {
    let school = School::with_faces().await;
    let long = vec![0_u8; 6 * 1024 * 1024];
    let csv = b"name,email,department,photo\nAnn,ann@x.edu,CS,a.jpg\n";
    for (zip, words) in [(&b"not a zip"[..], "not a ZIP"), (&zip_of(&[])[..], "no files")] {
        let answer = school.try_upload("class.csv", csv, Some(zip)).await;
        assert_eq!(answer.status, 400);
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    let left = std::fs::read_dir(school.imports_folder()).expect("the folder").count();
    assert_eq!(left, 0, "refused uploads are gone");
    // Six megabytes of nothing pack into six kilobytes: read only as far as a photo may be long.
    let id = school.rehearsed(std::str::from_utf8(csv).expect("text"), Some(&zip_of(&[("a.jpg", &long[..])]))).await;
    assert!(told(&school, id).await[0].2.contains("larger than 5 MB"));
    let folder = school.imports_folder().join(id.to_string());
    let mode = |name: &str| std::fs::metadata(folder.join(name)).expect(name).permissions().mode() & 0o777;
    assert_eq!((mode("table.csv"), mode("photos.zip"), mode(".")), (0o600, 0o600, 0o700));
    // An archive that says it would unpack to more than two gigabytes.
    let mut lying = zip_of(&[("a.jpg", &long[..])]);
    let at = lying.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("the directory");
    lying[at + 24..at + 28].copy_from_slice(&0xFFFF_FFF0_u32.to_le_bytes());
    let answer = school.try_upload("class.csv", csv, Some(&lying)).await;
    assert!(answer.status == 400 && answer.text().contains("Unpacked"), "{}", answer.text());
}

#[tokio::test]
async fn command_line_follows_the_same_rules() {
    let school = School::with_faces().await;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("ann.jpg"), tiny_face_photo(1)).expect("a photo");
    std::fs::write(folder.path().join("blurred.jpg"), tiny_blurred_photo()).expect("a photo");
    let boss = school.app.actor("boss").await;
    let mut photos = Photos::folder(folder.path()).expect("the folder");
    let table = table::read(FILE.as_bytes()).expect("a table");
    let columns = columns::guess(&table.headings);
    let known = judge::School::load(&school.app.ctx.db).await.expect("the school");
    let mut seen = judge::Seen::default();
    let mut verdicts = Vec::new();
    for line in table.rows.iter().take(4) {
        let cells = judge::Cells::pick(line, &columns, table.headings.len());
        let judged = judge::judge(&known, &mut seen, line.line, &cells, 0);
        let done = single::write_row(&school.app.ctx, &boss, &mut photos, &cells, &judged).await;
        verdicts.push(done.map(|done| done.roll_no).map_err(|error| error.into_app().sentence()));
    }
    let written = ["CS-2025-001", "B/7", "CS-2025-002"].map(|roll_no| Ok(roll_no.to_owned()));
    assert_eq!(verdicts[..3], written);
    assert!(verdicts[3].as_ref().is_err_and(|why| why.contains("blurred")), "{verdicts:?}");
    assert_eq!((school.students().await.len(), count(&school).await), (3, (1, 1, 1)));
}
