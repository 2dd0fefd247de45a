//! Backups of before: what they bring back goes again, and nothing else does.

use crate::support::db::test_databases;
use crate::support::{TestApp, assets};
use rollcall::server::backup;
use rollcall::server::config::{Config, Switch};
use rollcall::server::db::entities::{erasures, students, users};
use rollcall::server::domain::erasure::{ledger, replay};
use rollcall::server::domain::student_photos;
use rollcall::server::domain::students::get_student;
use rollcall::server::start;
use sea_orm::EntityTrait;
use std::fs;
use std::path::Path;

use super::{NAME, School};

/// Puts a backup back into a folder of its own, with the ledger of the school or without.
async fn restored(from: &Path, archive: &Path, with_ledger: bool) -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().expect("a folder");
    if with_ledger {
        for name in [ledger::FILE, ledger::KEY_FILE] {
            fs::copy(from.join(name), folder.path().join(name)).expect("the ledger");
        }
    }
    let config = Config::for_folder(folder.path());
    backup::restore(&config, archive, false).await.expect("restored");
    (folder, config)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_after_a_backup_is_erased_again_after_its_restore() {
    assets::runtime();
    for database in test_databases().await {
        let school = School::on(&database.url, database.kind).await;
        let (_place, archive) = school.backed_up().await;
        school.erase().await;

        let (folder, config) = restored(school.app.folder(), &archive, true).await;
        let path = folder.path().join("rollcall.db").display().to_string();
        assert!(!school.files_with_traces(folder.path()).is_empty(), "the backup holds them");
        let app = TestApp::with_faces_and(|test, _| *test = config).await;
        assert_eq!(replay::settle(&app.ctx).await.expect("settled"), 1, "{}", school.kind);
        assert_eq!(school.rows_with_traces(&app.ctx.db).await, Vec::<String>::new(), "{}", school.kind);
        assert_eq!(school.files_with_traces(folder.path()), Vec::<String>::new(), "{} {path}", school.kind);
        assert_eq!(app.ctx.gallery.templates_of(school.student.0), 0);
        assert_eq!(app.ctx.storage.names().expect("photos").len(), 1, "Bob's");
        assert_eq!(replay::settle(&app.ctx).await.expect("settled"), 0, "once");
        let kept = erasures::Entity::find().all(&app.ctx.db).await.expect("rows");
        assert_eq!((kept.len(), kept[0].actor_name.as_str()), (1, "system"));

        // Without the ledger nobody knows: that is what it is for.
        let (folder, config) = restored(school.app.folder(), &archive, false).await;
        let app = TestApp::with_faces_and(|test, _| *test = config).await;
        assert_eq!(replay::settle(&app.ctx).await.expect("settled"), 0);
        assert!(!school.files_with_traces(folder.path()).is_empty());
    }
}

#[tokio::test]
async fn a_ledger_that_is_behind_learns_from_the_database_and_one_of_others_erases_nobody() {
    assets::runtime();
    let database = test_databases().await.remove(0);
    let school = School::on(&database.url, database.kind).await;
    let file = school.app.folder().join(ledger::FILE);
    school.erase().await;
    let written = fs::read_to_string(&file).expect("the ledger");
    assert_eq!(written.lines().count(), 1);
    assert_eq!(school.files_with_traces(school.app.folder()), Vec::<String>::new());
    // A crash between the commit and the ledger.
    fs::write(&file, &written[..written.len() / 2]).expect("torn");
    assert_eq!(replay::settle(&school.app.ctx).await.expect("settled"), 0);
    assert_eq!(fs::read_to_string(&file).expect("the ledger"), written);

    // The same numbers in the database of another institution, with another key or another moment.
    let other = School::on(&test_databases().await.remove(0).url, database.kind).await;
    for name in [ledger::FILE, ledger::KEY_FILE] {
        fs::copy(school.app.folder().join(name), other.app.folder().join(name)).expect("the ledger");
    }
    let moved = students::Entity::update_many()
        .col_expr(students::Column::CreatedAt, sea_orm::sea_query::Expr::value(chrono::Utc::now()))
        .exec(&other.app.ctx.db);
    moved.await.expect("another moment");
    let moved = users::Entity::update_many()
        .col_expr(users::Column::DateJoined, sea_orm::sea_query::Expr::value(chrono::Utc::now()))
        .exec(&other.app.ctx.db);
    moved.await.expect("another moment");
    assert_eq!(replay::settle(&other.app.ctx).await.expect("settled"), 0);
    let row = students::Entity::find_by_id(other.student.0).one(&other.app.ctx.db).await.expect("rows");
    assert_eq!(row.expect("the student").name, NAME);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_face_that_was_taken_back_after_a_backup_does_not_come_back_with_it() {
    assets::runtime();
    for database in test_databases().await {
        let school = School::on(&database.url, database.kind).await;
        let (_place, archive) = school.backed_up().await;
        let boss = school.app.actor("boss").await;
        student_photos::remove_face(&school.app.ctx, &boss, school.student).await.expect("taken back");
        let (_folder, config) = restored(school.app.folder(), &archive, true).await;
        let app = TestApp::with_faces_and(|test, _| *test = config).await;
        let found = || async { get_student(&app.ctx, school.student).await.expect("the student") };
        assert_eq!(found().await.row.templates, 1, "the backup has it");
        assert_eq!(replay::settle(&app.ctx).await.expect("settled"), 1, "{}", school.kind);
        let now = found().await;
        assert_eq!((now.row.templates, now.photos.len(), now.row.name.as_str()), (0, 0, NAME), "{}", school.kind);
        assert_eq!(app.ctx.gallery.templates_of(school.student.0), 0, "{}", school.kind);
        assert_eq!(replay::settle(&app.ctx).await.expect("settled"), 0, "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_erases_again_before_anybody_is_served_and_refuses_a_spoilt_ledger() {
    assets::runtime();
    let database = test_databases().await.remove(0);
    let school = School::on(&database.url, database.kind).await;
    let (_place, archive) = school.backed_up().await;
    school.erase().await;
    let (folder, config) = restored(school.app.folder(), &archive, true).await;
    let config = Config { face_features: Switch::Off, ..config };
    let file = folder.path().join(ledger::FILE);
    let written = fs::read_to_string(&file).expect("the ledger");
    fs::write(&file, format!("spoilt\n{written}")).expect("spoilt");
    let refused = start::open_alone(config.clone()).await.err().expect("nobody may be served then");
    assert!(format!("{refused:#}").contains("erase again whoever it was about"), "{refused:#}");
    fs::write(&file, written).expect("put back");
    let (ctx, lease) = start::open_alone(config).await.expect("started");
    assert_eq!(school.rows_with_traces(&ctx.db).await, Vec::<String>::new());
    assert_eq!(school.files_with_traces(folder.path()), Vec::<String>::new());
    lease.give_back().await;
}
