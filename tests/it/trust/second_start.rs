//! A second server on the same data folder or the same database, and what the first leaves behind.

use crate::support::TestApp;
use crate::support::db::{TestDatabase, test_databases};
use rollcall::app::types::Role;
use rollcall::server::config::Config;
use rollcall::server::db::entities::server_leases;
use rollcall::server::lease::{FolderLock, Lease};
use rollcall::server::stop::Stop;
use rollcall::server::{backup, db, jobs, start};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, PaginatorTrait, Statement, TransactionTrait,
};
use std::fs::{self, File, FileTimes};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A data folder of its own, and how to reach this database from it.
fn school(database: &TestDatabase) -> (TempDir, Config) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config { database_url: Some(database.url.clone()), ..Config::for_folder(folder.path()) };
    (folder, config)
}

/// Takes folder and database, as a server that starts.
async fn take(config: &Config) -> anyhow::Result<(Lease, DatabaseConnection)> {
    let folder = FolderLock::take(config)?;
    let db = db::connect(&config.database_url()).await?;
    let lease = Lease::take(folder, &db).await?;
    db::migrate(&db).await?;
    lease.write().await?;
    Ok((lease, db))
}

async fn refused(config: &Config) -> String {
    match take(config).await {
        Err(error) => format!("{error:#}"),
        Ok(_) => panic!("a second server was let in"),
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_second_start_on_the_same_folder_says_who_is_there_and_touches_nothing() {
    let database = TestDatabase::sqlite();
    let (folder, config) = school(&database);
    let first = take(&config).await.expect("the first");
    let before = files(folder.path());
    let words = refused(&config).await;
    let process = format!("process {}", std::process::id());
    assert!(words.contains(&process) && words.contains(", since 20") && words.contains("Stop that server"), "{words}");
    assert_eq!(files(folder.path()), before);
    let demo = start::open_alone(config.clone()).await.err().expect("no program that enrols either");
    assert!(format!("{demo:#}").contains(&process));
    let restore = backup::restore(&config, Path::new("/nowhere.zip"), true).await.expect_err("nor one that restores");
    assert!(format!("{restore:#}").contains(&process), "{restore:#}");
    first.0.give_back().await;
    take(&config).await.expect("the next one, once the first has gone");
}

#[tokio::test]
async fn a_second_server_on_the_same_database_is_refused_wherever_its_folder_is() {
    for database in test_databases().await {
        let (_first_folder, first) = school(&database);
        let (second_folder, second) = school(&database);
        let (lease, db) = take(&first).await.expect("the first");
        let words = refused(&second).await;
        assert!(words.contains("process") && words.contains("since 20"), "{}: {words}", database.kind);
        assert!(!second_folder.path().join("media").exists(), "nothing was made");
        lease.give_back().await;
        let left = server_leases::Entity::find().count(&db).await.expect("a count");
        assert_eq!(left, 0, "{}", database.kind);
        take(&second).await.expect("once the first has gone");
    }
}

#[tokio::test]
async fn whoever_was_ended_by_force_holds_nobody_up_for_long() {
    for database in test_databases().await {
        let (_first_folder, first) = school(&database);
        let (_second_folder, second) = school(&database);
        // Dropped without giving back: its row stays, as after kill -9.
        drop(take(&first).await.expect("the first"));
        let (again, db) = take(&first).await.expect("the same folder may start again at once");
        drop(again);
        let words = refused(&second).await;
        assert!(words.contains("try again 60 s after"), "another folder waits: {}: {words}", database.kind);
        age_lease(&db).await;
        take(&second).await.expect("once there was no sign of life for a minute");
    }
}

/// The holder's last sign of life was long ago.
async fn age_lease(db: &DatabaseConnection) {
    let long_ago = chrono::Utc::now() - chrono::TimeDelta::seconds(61);
    server_leases::Entity::update_many()
        .col_expr(server_leases::Column::BeatAt, Expr::value(long_ago))
        .exec(db)
        .await
        .expect("aged");
}

#[tokio::test]
async fn a_lease_is_given_back_at_a_stop() {
    for database in test_databases().await {
        let (_folder, config) = school(&database);
        let (lease, db) = take(&config).await.expect("taken");
        let stop = Stop::default();
        let keeping = tokio::spawn(lease.keep(stop.clone()));
        stop.tell();
        keeping.await.expect("no panic").expect("given back");
        assert_eq!(server_leases::Entity::find().count(&db).await.expect("a count"), 0, "{}", database.kind);
    }
}

#[tokio::test]
async fn a_server_whose_place_was_taken_stops() {
    for database in test_databases().await {
        let (_folder, config) = school(&database);
        let (lease, db) = take(&config).await.expect("taken");
        db.execute_unprepared("UPDATE server_leases SET run = 'another'").await.expect("taken over");
        let stop = Stop::default();
        let kept = lease.keep_every(Duration::from_millis(20), stop.clone()).await;
        let error = kept.expect_err("it is not ours any more");
        assert!(format!("{error:#}").contains("This server stops"), "{}: {error:#}", database.kind);
        stop.wait().await;
    }
}

/// The advisory locks of this database: who holds them, and under which number.
const HOLDERS: &str = "SELECT pid, (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory' \
                       AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

async fn holder(db: &DatabaseConnection) -> Option<(i32, i64)> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, HOLDERS)).await.expect("the locks")?;
    Some((row.try_get_by_index(0).expect("a process"), row.try_get_by_index(1).expect("a number")))
}

async fn end(db: &DatabaseConnection, process: i32) {
    db.execute_unprepared(&format!("SELECT pg_terminate_backend({process})")).await.expect("ended");
}

#[tokio::test]
async fn a_lock_whose_connection_is_lost_is_taken_again_and_a_server_without_it_stops() {
    for database in test_databases().await.into_iter().filter(|database| database.kind == "PostgreSQL") {
        let (_folder, config) = school(&database);
        let (lease, db) = take(&config).await.expect("taken");
        let (first, number) = holder(&db).await.expect("the server's lock");
        let stop = Stop::default();
        let keeping = tokio::spawn(lease.keep_every(Duration::from_millis(20), stop.clone()));
        end(&db, first).await;
        let renewed = loop {
            match holder(&db).await.filter(|(process, _)| *process != first) {
                Some((process, _)) => break process,
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        assert!(!keeping.is_finished(), "it goes on with a lock of a new connection");

        // Another server waits for the lock, and has it the moment the connection is lost.
        let other = db::connect(&database.url).await.expect("another server");
        let waiting = tokio::spawn(async move {
            let held = other.begin().await.expect("a connection of its own");
            held.execute_unprepared(&format!("SELECT pg_advisory_lock({number})")).await.expect("the lock");
            held
        });
        let waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        while db.query_one_raw(Statement::from_string(DbBackend::Postgres, waits)).await.expect("the locks").is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        end(&db, renewed).await;
        let error = keeping.await.expect("no panic").expect_err("it is another's now");
        assert!(format!("{error:#}").contains("This server stops"), "{error:#}");
        stop.wait().await;
        drop(waiting.await.expect("the other server"));
    }
}

/// Makes a file look as if it was written so long ago.
fn age(path: &Path, age: Duration) {
    let times = FileTimes::new().set_modified(SystemTime::now() - age);
    File::options().write(true).open(path).expect("the file").set_times(times).expect("its time");
}

#[tokio::test]
async fn sweeping_leaves_what_is_known_and_what_is_young_and_takes_torn_files_too() {
    const HOUR: Duration = Duration::from_secs(60 * 60);
    let app = TestApp::with_faces().await;
    app.account("boss", Role::Admin, &[]).await;
    let department = app.department("CS").await;
    app.student_with_face("Ann Ace", department, 1).await;
    let folder = app.ctx.config.media().join("student_faces");
    let known = files(&folder).pop().expect("her photo");
    age(&folder.join(&known), 3 * HOUR);
    let leftovers = [
        ("student_00000000000000aa.jpg", 2 * HOUR),
        ("student_00000000000000bb.jpg.part", 2 * HOUR),
        ("student_00000000000000cc.jpg", HOUR / 2),
        ("student_00000000000000dd.jpg.part", HOUR / 2),
        ("notes.txt", 2 * HOUR),
    ];
    for (name, old) in leftovers {
        fs::write(folder.join(name), b"x").expect("a leftover");
        age(&folder.join(name), old);
    }
    assert_eq!(jobs::sweep_photos(&app.ctx).await.expect("swept"), 2, "what is counted is gone");
    let mut stays = [known.as_str(), "notes.txt", "student_00000000000000cc.jpg", "student_00000000000000dd.jpg.part"];
    stays.sort_unstable();
    assert_eq!(files(&folder), stays);
}
