//! Imports after a restore: what was applied can be undone, and nothing waits for a file that is gone.

use super::{School, schools, zip_of};
use crate::support::TestApp;
use crate::support::db::{TestDatabase, test_databases};
use crate::support::tiny_models::tiny_face_photo;
use rollcall::app::types::*;
use rollcall::server::backup::{Progress, make, restore};
use rollcall::server::config::Config;
use rollcall::server::db::entities::imports as import_table;
use rollcall::server::domain::imports::job;
use sea_orm::EntityTrait;

/// The school on a machine that got nothing but a backup of this one.
async fn restored(school: &School, to: TestDatabase) -> School {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("school.zip");
    make(&school.app.ctx, &file, &Progress::default()).await.expect("a backup");
    let config = Config { database_url: Some(to.url.clone()), ..Config::for_folder(&place.path().join("other")) };
    restore(&config, &file, false).await.unwrap_or_else(|error| panic!("{}: {error:#}", to.kind));
    let app = TestApp::start_on(&to.url).await;
    let admin = app.browser("boss").await;
    School { app, admin, department: school.department, _database: Some(to) }
}

#[tokio::test]
async fn applied_import_is_undone_after_a_restore() {
    for (school, to) in schools().await.into_iter().zip(test_databases().await) {
        school.app.student("Dora Dale", school.department).await;
        let file = "name,email,phone,department\nDora Dole,dora.dale@example.edu,,CS\nBob,bob@x.edu,,CS\n";
        let id = school.applied(file, None).await;
        let again = restored(&school, to).await;
        assert_eq!(again.students().await, school.students().await);
        let plan = again.screen(id).await.detail.undo.expect("a plan");
        assert_eq!((plan.removed, plan.restored, plan.kept), (1, 1, 0));
        again.post("undo_import", id).await;
        again.work().await;
        assert_eq!(again.screen(id).await.detail.import.state, ImportState::Undone);
        let names: Vec<String> = again.students().await.into_iter().map(|student| student.name).collect();
        assert_eq!(names, ["Dora Dale"]);
        let next = again.upload(b"name,email\nEve,eve@x.edu\n", None).await;
        assert!(next.0 > id.0, "ids continue");
    }
}

#[tokio::test]
async fn import_that_was_not_applied_comes_back_as_discarded() {
    for (school, to) in schools().await.into_iter().zip(test_databases().await) {
        let uploaded = school.upload(b"name,email\nEve,eve@x.edu\n", None).await;
        let rehearsed = school.rehearsed("name,email,department\nAnn,ann@x.edu,CS\n", None).await;
        let again = restored(&school, to).await;
        for id in [uploaded, rehearsed] {
            let screen = again.screen(id).await;
            assert_eq!((screen.detail.import.state, screen.rows.count), (ImportState::Discarded, 0));
        }
        assert_eq!(school.screen(rehearsed).await.detail.import.state, ImportState::Rehearsed, "the original goes on");
    }
}

#[tokio::test]
async fn import_whose_photos_were_still_to_come_ends_without_them() {
    let school = School::with_faces().await;
    let archive = zip_of(&[("ann.jpg", &tiny_face_photo(1))]);
    let id = school.rehearsed("name,email,department,photo\nAnn,ann@x.edu,CS,ann.jpg\n", Some(&archive)).await;
    school.post("apply_import", id).await;
    assert_eq!(job::step(&school.app.ctx, id.0).await.expect("the rows"), job::Progress::More);
    let again = restored(&school, TestDatabase::sqlite()).await;
    again.work().await;
    let screen = again.screen(id).await;
    assert_eq!((screen.detail.import.state, screen.detail.message.as_str()), (ImportState::Applied, ""));
    assert_eq!(again.roll_nos().await, ["CS-2025-001"]);
    assert!(screen.detail.undo.is_some());
    let row = import_table::Entity::find_by_id(id.0).one(&again.app.ctx.db).await.expect("imports").expect("one");
    assert_eq!(row.step, "");
}
