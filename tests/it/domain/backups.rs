//! Backups and their way back, on both databases.

use crate::support::TestApp;
use crate::support::assets;
use crate::support::db::{TestDatabase, test_databases};
use rollcall::app::types::*;
use rollcall::server::backup::{Progress, folder, make, read_manifest, restore, rows, verify};
use rollcall::server::config::Config;
use rollcall::server::db::{self, entities::prelude::*};
use rollcall::server::domain::{audit::AuditFilter, audit::list_audit, backups, sessions};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityName, EntityTrait, Statement};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

/// A server with a class, a marked session and two faces, on this database.
async fn school(database: &TestDatabase) -> TestApp {
    let app = TestApp::with_faces_on(Some(database.url.clone())).await;
    let department = app.department("CS").await;
    app.student_with_face("Ann Ace", department, 1).await;
    app.student_with_face("Bob Best", department, 2).await;
    app.student("Émile Zola", department).await;
    app.account("boss", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    let teacher = app.actor("teacher").await;
    sessions::complete_session(&app.ctx, &teacher, session.id).await.expect("saved");
    app
}

/// Every row of every table of a backup.
async fn all_rows(db: &DatabaseConnection) -> BTreeMap<&'static str, Vec<String>> {
    let mut all = BTreeMap::new();
    macro_rules! read {
        ($($entity:ident)+) => {$(
            let rows = $entity::find().all(db).await.expect("rows");
            let mut said: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            said.sort();
            all.insert($entity.table_name(), said);
        )+};
    }
    read!(Departments Users UserProfiles TeacherDepartments RollCounters Students Consents Photos FaceTemplates);
    read!(AttendanceSessions SessionRosters AttendanceRecords RecordContests AuditLog Settings Outbox);
    read!(Imports ImportRows SentRequests Erasures);
    assert!(rows::tables().iter().all(|table| all.contains_key(table)), "each table is compared");
    all
}

fn photos(data: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(data.join("media/student_faces")).expect("photos").flatten();
    let read = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a photo"))
    };
    entries.map(read).collect()
}

#[tokio::test]
async fn every_table_is_in_a_backup_or_left_out_for_a_reason() {
    let listed: BTreeSet<String> =
        rows::tables().into_iter().chain(rows::LEFT_OUT.iter().map(|(table, _)| *table)).map(str::to_owned).collect();
    let database = TestDatabase::sqlite();
    let db = database.migrated().await;
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
               AND name <> 'seaql_migrations'";
    let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the schema");
    let schema: BTreeSet<String> = found.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect();
    assert_eq!(schema, listed, "each table of the schema is named in server/backup/rows.rs");
}

#[tokio::test]
async fn what_was_backed_up_comes_back_as_it_was() {
    assets::runtime();
    for database in test_databases().await {
        let app = school(&database).await;
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("school.zip");
        let manifest = make(&app.ctx, &file, &Progress::default()).await.expect("a backup");
        assert_eq!((manifest.photos(), manifest.photos_missing.len()), (2, 0), "{}", database.kind);
        assert_eq!(verify(&file).expect("it reads back"), manifest);
        assert!(make(&app.ctx, &file, &Progress::default()).await.is_err(), "a file that is there stays");

        // To an empty machine with the same kind of database.
        let fresh = test_databases().await.into_iter().find(|other| other.kind == database.kind).expect("another");
        let other = place.path().join("other");
        let config = Config { database_url: Some(fresh.url.clone()), ..Config::for_folder(&other) };
        let done = restore(&config, &file, false).await.unwrap_or_else(|error| panic!("{}: {error:#}", database.kind));
        assert_eq!((done.rows, done.kept_aside), (manifest.rows(), None));
        let db = db::connect(&fresh.url).await.expect("the restored database");
        let mut expected = all_rows(&app.ctx.db).await;
        expected.insert("outbox", all_rows(&db).await.remove("outbox").expect("the outbox"));
        assert_eq!(all_rows(&db).await, expected, "{}", database.kind);
        assert_eq!(photos(&other), photos(app.folder()), "{}", database.kind);
        drop(db);

        // The restored school goes on: ids continue, the faces are found.
        let again = TestApp::start_on(&fresh.url).await;
        let department = DepartmentId(1);
        let dora = again.student("Dora Day", department).await;
        assert_eq!(dora.roll_no, "CS-2025-004", "{}", database.kind);
        assert!(dora.id.0 > 3);
    }
}

#[tokio::test]
async fn a_backup_of_one_kind_of_database_goes_to_the_other() {
    assets::runtime();
    let place = tempfile::tempdir().expect("a folder");
    for (from, to) in [(0, 1), (1, 0)] {
        let databases = test_databases().await;
        let (Some(from), Some(to)) = (databases.get(from), databases.get(to)) else { return };
        let app = school(from).await;
        let file = place.path().join(format!("{}.zip", from.kind));
        let manifest = make(&app.ctx, &file, &Progress::default()).await.expect("a backup");
        drop(app);
        let config = Config { database_url: Some(to.url.clone()), ..Config::for_folder(&place.path().join(from.kind)) };
        let done = restore(&config, &file, true).await.unwrap_or_else(|error| panic!("to {}: {error:#}", to.kind));
        assert_eq!(done.rows, manifest.rows(), "to {}", to.kind);
    }
}

#[tokio::test]
async fn data_that_is_there_stays_unless_told() {
    assets::runtime();
    for database in test_databases().await {
        let app = school(&database).await;
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("school.zip");
        make(&app.ctx, &file, &Progress::default()).await.expect("a backup");
        let late = app.student("Late Comer", DepartmentId(1)).await;
        let data = app.folder().to_owned();
        let config = Config { database_url: Some(database.url.clone()), ..Config::for_folder(&data) };
        let before = all_rows(&app.ctx.db).await;
        let refused = restore(&config, &file, false).await.expect_err("there is data");
        let refused = format!("{refused:#}");
        assert!(refused.contains("--force"), "{}: {refused}", database.kind);
        assert_eq!(all_rows(&app.ctx.db).await, before, "{}: nothing was changed", database.kind);
        if database.kind == "SQLite" {
            let refused = restore(&config, &file, true).await.expect_err("the server runs");
            let refused = format!("{refused:#}");
            assert!(refused.contains("stop the server"), "{refused}");
            assert_eq!(all_rows(&app.ctx.db).await, before, "nothing was changed");
        }
        app.ctx.db.clone().close().await.expect("the server stops");
        let done = restore(&config, &file, true).await.unwrap_or_else(|error| panic!("{}: {error:#}", database.kind));
        let aside = done.kept_aside.expect("what was there");
        assert!(aside.join("media/student_faces").is_dir());
        let kept = if database.kind == "SQLite" { "rollcall.db" } else { "rollcall.zip" };
        assert!(aside.join(kept).is_file(), "{}", database.kind);
        let again = TestApp::start_on(&database.url).await;
        let next = again.student("Next One", DepartmentId(1)).await;
        assert_eq!(next.roll_no, late.roll_no, "the counter stands where it stood at the backup");
    }
}

/// The archive as a program wrote it that left these tables out.
async fn without_tables(file: &Path, tables: &[&str], to: &Path) {
    let mut manifest = read_manifest(file).expect("a manifest");
    let place = tempfile::tempdir().expect("a folder");
    let database = place.path().join("rollcall.db");
    let mut zip = zip::ZipArchive::new(fs::File::open(file).expect("the archive")).expect("a zip");
    std::io::copy(
        &mut zip.by_name("rollcall.db").expect("its rows"),
        &mut fs::File::create(&database).expect("a file"),
    )
    .expect("copied");
    let db = rows::open_copy(&database).await.expect("its database");
    for table in tables {
        db.execute_unprepared(&format!("DELETE FROM {table}")).await.expect("emptied");
    }
    rows::seal(db).await.expect("closed");
    let bytes = fs::read(&database).expect("its rows");
    manifest.tables.retain(|(table, _)| !tables.contains(&table.as_str()));
    manifest.files.retain(|fact| fact.path == "rollcall.db");
    let fact = manifest.files.first_mut().expect("the database");
    (fact.bytes, fact.sha256) = (bytes.len() as u64, hex::encode(Sha256::digest(&bytes)));
    let mut zip = zip::ZipWriter::new(fs::File::create(to).expect("a file"));
    let manifest = serde_json::to_vec(&manifest).expect("json");
    for (name, bytes) in [("rollcall.db", bytes), ("manifest.json", manifest)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&bytes).expect("written");
    }
    zip.finish().expect("an archive");
}

#[tokio::test]
async fn backup_of_before_imports_were_kept_is_restored() {
    let app = TestApp::start().await;
    app.department("CS").await;
    app.account("boss", Role::Admin, &[]).await;
    let place = tempfile::tempdir().expect("a folder");
    let (file, older) = (place.path().join("school.zip"), place.path().join("older.zip"));
    make(&app.ctx, &file, &Progress::default()).await.expect("a backup");
    without_tables(&file, &["import_rows", "imports", "sent_requests"], &older).await;
    let target = place.path().join("target");
    fs::create_dir_all(target.join("imports/7")).expect("an upload of before");
    let done = restore(&Config::for_folder(&target), &older, false).await.expect("restored");
    assert_eq!(done.manifest.tables.len(), rows::tables().len() - 3);
    let aside = done.kept_aside.expect("what was there");
    assert!(aside.join("imports/7").is_dir() && !target.join("imports").exists(), "no import finds another's files");
}

#[tokio::test]
async fn torn_and_changed_archives_are_refused() {
    assets::runtime();
    let database = TestDatabase::sqlite();
    let app = school(&database).await;
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("school.zip");
    make(&app.ctx, &file, &Progress::default()).await.expect("a backup");
    let whole = fs::read(&file).expect("the archive");
    let target = place.path().join("target");
    let config = Config::for_folder(&target);
    for (what, bytes) in [
        ("half", whole[..whole.len() / 2].to_vec()),
        ("without its last byte", whole[..whole.len() - 23].to_vec()),
        ("no archive", b"not a zip".to_vec()),
        ("a flipped byte", {
            let mut bytes = whole.clone();
            bytes[whole.len() / 3] ^= 1;
            bytes
        }),
    ] {
        let bad = place.path().join("bad.zip");
        fs::write(&bad, bytes).expect("written");
        assert!(verify(&bad).is_err(), "{what}");
        assert!(restore(&config, &bad, true).await.is_err(), "{what}");
        assert!(!target.join("rollcall.db").exists() && !target.join("media").exists(), "{what}");
    }
}

#[tokio::test]
async fn a_backup_holds_no_key_and_no_way_in_and_names_odd_photos() {
    assets::runtime();
    let database = TestDatabase::sqlite();
    let app = school(&database).await;
    app.browser("boss").await;
    fs::write(app.folder().join("token.key"), "5".repeat(64)).expect("a key");
    let mut names: Vec<String> = photos(app.folder()).into_keys().collect();
    let gone = names.remove(0);
    fs::remove_file(app.folder().join("media/student_faces").join(&gone)).expect("removed");
    fs::write(app.folder().join("media/student_faces/student_00000000deadbeef.jpg"), "stray").expect("a stray");
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("school.zip");
    let manifest = make(&app.ctx, &file, &Progress::default()).await.expect("a backup");
    assert_eq!(manifest.photos_missing, std::slice::from_ref(&gone));
    assert_eq!(manifest.photos_stray, ["student_00000000deadbeef.jpg"]);
    assert!(manifest.files.iter().all(|fact| fact.path == "rollcall.db" || fact.path.starts_with("media/")));
    let target = place.path().join("target");
    let done = restore(&Config::for_folder(&target), &file, false).await.expect("restored");
    assert_eq!(done.photos_missing, [gone]);
    let db = db::connect(&format!("sqlite://{}", target.join("rollcall.db").display())).await.expect("opened");
    for (table, why) in rows::LEFT_OUT {
        let sql = format!("SELECT * FROM {table}");
        let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
        assert!(found.is_empty(), "{table}: {why}");
    }
    assert!(!target.join("token.key").exists());
}

#[tokio::test]
async fn a_backup_from_the_page_runs_in_the_background_and_is_audited() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let boss = app.actor("boss").await;
    assert_eq!(backups::list_backups(&app.ctx).await.expect("a list").list, []);
    backups::start_backup(&app.ctx, &boss).await.expect("begun");
    let name = loop {
        let page = backups::list_backups(&app.ctx).await.expect("a list");
        assert!(!matches!(page.state, BackupState::Failed { .. }), "{:?}", page.state);
        if let (BackupState::Idle, Some(row)) = (&page.state, page.list.first()) {
            assert!(row.holds.as_ref().is_ok_and(|facts| facts.rows > 0));
            assert!(page.restore_command.contains(&row.name));
            break row.name.clone();
        }
        tokio::task::yield_now().await;
    };
    let path = folder(app.folder()).join(&name);
    assert_eq!(read_manifest(&path).expect("a manifest").database, "SQLite");
    backups::check_backup(&app.ctx, &name).await.expect("whole");
    let bytes = fs::read(&path).expect("the archive");
    fs::write(&path, &bytes[..bytes.len() - 30]).expect("torn");
    assert!(backups::check_backup(&app.ctx, &name).await.is_err());
    assert!(backups::list_backups(&app.ctx).await.expect("a list").list[0].holds.is_err());
    for odd in ["../token.key", "rollcall-.zip", "rollcall-1/../../x.zip", "rollcall-123.zip"] {
        assert!(backups::delete_backup(&app.ctx, &boss, odd).await.is_err(), "{odd}");
    }
    backups::delete_backup(&app.ctx, &boss, &name).await.expect("deleted");
    assert!(!path.exists());
    let filter = AuditFilter { area: "backup".into(), ..AuditFilter::default() };
    let log = list_audit(&app.ctx, &filter, 1, 20).await.expect("the log");
    let actions: Vec<&str> = log.results.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["backup.delete", "backup.make"]);
}
