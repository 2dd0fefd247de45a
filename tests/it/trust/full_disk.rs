//! A disk that is full, fails or may only be read, and one that works again.

use crate::support::db::test_databases;
use crate::support::small_disk::SmallDisk;
use crate::support::{Client, TestApp};
use rollcall::app::types::Role;
use rollcall::server::db::{self, Failure};
use sea_orm::sqlx::raw_sql;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement};
use serde_json::{Value, json};

/// Changes that are tried after the disk has room again, as many as the attack tried.
const CHANGES: usize = 40;

/// An application whose data lie on this disk, and an admin of it.
async fn on(disk: &SmallDisk) -> (TestApp, Client) {
    let data = disk.path().to_owned();
    let app = TestApp::start_with(|config, _| config.data = data).await;
    app.account("boss", Role::Admin, &[]).await;
    let admin = app.api("boss").await;
    (app, admin)
}

async fn create_department(admin: &Client, number: usize) -> (u16, Value) {
    let letters = [b'A' + (number / 26) as u8, b'A' + (number % 26) as u8];
    let code = String::from_utf8_lossy(&letters).into_owned();
    let body = json!({ "name": format!("Department {number}"), "code": code, "description": "x".repeat(900) });
    let answer = admin.post_json("/api/departments/", &body).await;
    (answer.status, answer.json())
}

/// The names that somebody finds who opens the database anew, as after a restart.
async fn names_after_restart(app: &TestApp) -> Vec<String> {
    let db = db::connect(&app.ctx.config.database_url()).await.expect("the database opens");
    let rows = db::entities::departments::Entity::find().all(&db).await.expect("the departments");
    rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_acknowledged_after_a_full_disk_is_there_after_a_restart() {
    let Some(disk) = SmallDisk::mount(24) else { return };
    let (app, admin) = on(&disk).await;
    disk.fill();
    let mut refused = 0;
    for number in 0..CHANGES {
        let (status, body) = create_department(&admin, number).await;
        assert!(matches!(status, 201 | 507), "{status} {body}");
        if status == 507 {
            refused += 1;
            assert_eq!(body["error"], "storage_full", "{body}");
        }
    }
    assert!(refused > CHANGES / 2, "the disk was full: {refused} were refused");
    assert_eq!(admin.get("/api/departments/").await.status, 200, "what is there can be read");
    let ready = app.anonymous().get("/readyz").await;
    assert_eq!((ready.status, ready.text().starts_with("storage full")), (503, true), "{}", ready.text());

    disk.free();
    assert_eq!(app.anonymous().get("/readyz").await.status, 200, "room is seen without a restart");
    for number in 100..100 + CHANGES {
        let (status, body) = create_department(&admin, number).await;
        assert_eq!(status, 201, "nothing is left of the full disk: {body}");
    }
    let there = names_after_restart(&app).await;
    for number in 100..100 + CHANGES {
        assert!(there.contains(&format!("Department {number}")), "{number} was acknowledged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_side_by_side_lose_nothing_when_the_disk_fills() {
    let Some(disk) = SmallDisk::mount(24) else { return };
    let (app, admin) = on(&disk).await;
    let write = |numbers: std::ops::Range<usize>| {
        let writers = numbers.map(|number| {
            let admin = admin.clone();
            tokio::spawn(async move { (number, create_department(&admin, number).await) })
        });
        futures::future::join_all(writers.collect::<Vec<_>>())
    };
    disk.fill();
    let mut acknowledged = Vec::new();
    for written in write(0..CHANGES).await {
        let (number, (status, body)) = written.expect("an answer");
        assert!(matches!(status, 201 | 507), "{status} {body}");
        acknowledged.extend((status == 201).then_some(number));
    }
    disk.free();
    for written in write(100..100 + CHANGES).await {
        let (number, (status, body)) = written.expect("an answer");
        assert_eq!(status, 201, "{body}");
        acknowledged.push(number);
    }
    let there = names_after_restart(&app).await;
    let lost: Vec<_> = acknowledged.iter().filter(|number| !there.contains(&format!("Department {number}"))).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_may_only_be_read_says_so_and_works_again() {
    let Some(disk) = SmallDisk::mount(24) else { return };
    let (app, admin) = on(&disk).await;
    // Connections that stay open could write; those that are opened from now on cannot.
    app.ctx.db.clone().close().await.expect("closed");
    let data = disk.path().to_owned();
    let app = TestApp::start_with(|config, _| config.data = data).await;
    let admin = app.anonymous().with_token(admin.token().expect("a token"));
    let pool = app.ctx.db.get_sqlite_connection_pool();
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        held.push(pool.acquire().await.expect("a connection"));
    }
    for connection in &mut held {
        raw_sql("PRAGMA query_only = 1").execute(&mut **connection).await.expect("set");
    }
    drop(held);
    // A connection that failed is thrown away, and its successor may write.
    let mut answers = Vec::new();
    for number in 0..CHANGES {
        answers.push((number, create_department(&admin, number).await));
    }
    let (refused, done): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, (status, _))| *status == 507);
    assert!(!refused.is_empty() && refused.iter().all(|(_, (_, body))| body["error"] == "storage_unwritable"));
    let there = names_after_restart(&app).await;
    assert!(done.iter().all(|(number, (status, _))| *status == 201 && there.contains(&format!("Department {number}"))));
    assert_eq!(app.anonymous().get("/readyz").await.status, 200);
}

/// Writes within a transaction whose first statement meets a full database, and tries to go on.
async fn go_on_after_failure(db: &DatabaseConnection) -> Result<(), sea_orm::DbErr> {
    let txn = db::begin_write(db).await?;
    let big =
        "INSERT INTO settings (key, value, updated_at) VALUES ('big', hex(zeroblob(20000000)), CURRENT_TIMESTAMP)";
    let failed = txn.execute_unprepared(big).await.expect_err("there is no room");
    assert_eq!(db::failure(&failed), Some(Failure::Full));
    // The disk may have room again: on its own this would last.
    let small = "INSERT INTO settings (key, value, updated_at) VALUES ('small', 'x', CURRENT_TIMESTAMP)";
    txn.execute_unprepared(small).await?;
    txn.commit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_committed_after_a_failure_in_the_middle() {
    let Some(disk) = SmallDisk::mount(8) else { return };
    let url = format!("sqlite://{}", disk.path().join("test.db").display());
    let db = db::connect(&url).await.expect("the database opens");
    db::migrate(&db).await.expect("the schema is made");
    go_on_after_failure(&db).await.expect_err("not committed");
    assert_eq!(db::why_unwritable(&db).await, None, "a small write finds room");
    let txn = db::begin_write(&db).await.expect("the next writer is not held up");
    txn.commit().await.expect("committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_replaced() {
    for database in test_databases().await.into_iter().filter(|database| database.kind == "PostgreSQL") {
        let app = TestApp::start_on(&database.url).await;
        app.account("boss", Role::Admin, &[]).await;
        let admin = app.api("boss").await;
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let txn = db::begin_write(&app.ctx.db).await.expect("a transaction");
        let other = db::connect(&database.url).await.expect("another connection");
        other.execute_unprepared(kill).await.expect("killed");
        let lost = txn.execute_unprepared("SELECT 1").await.expect_err("the connection is gone");
        assert_eq!(db::failure(&lost), Some(Failure::Lost), "{lost:?}");
        txn.commit().await.expect_err("nothing is committed");
        for number in 0..CHANGES {
            let (status, body) = create_department(&admin, number).await;
            assert_eq!(status, 201, "{body}");
        }
        assert_eq!(app.anonymous().get("/readyz").await.status, 200);
    }
}

/// Has the commit of a new department take its time.
const SLOW_COMMIT: &str = "CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS \
                           $$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$; \
                           CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON departments DEFERRABLE INITIALLY DEFERRED \
                           FOR EACH ROW EXECUTE FUNCTION take_time()";
/// Ends whoever commits just now; says how many.
const END_COMMITS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                           WHERE datname = current_database() AND state = 'active' AND query ILIKE 'COMMIT%'";

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_lost_while_it_commits_acknowledges_nothing() {
    for database in test_databases().await.into_iter().filter(|database| database.kind == "PostgreSQL") {
        let app = TestApp::start_on(&database.url).await;
        app.account("boss", Role::Admin, &[]).await;
        let admin = app.api("boss").await;
        let other = db::connect(&database.url).await.expect("another connection");
        other.execute_unprepared(SLOW_COMMIT).await.expect("a trigger");
        let asking = {
            let admin = admin.clone();
            tokio::spawn(async move { create_department(&admin, 0).await })
        };
        let end = || other.query_all_raw(Statement::from_string(DbBackend::Postgres, END_COMMITS));
        while end().await.expect("the list").is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let (status, body) = asking.await.expect("an answer");
        assert!(status >= 500 && body["error"].is_string(), "{status} {body}");
        other.execute_unprepared("DROP TRIGGER slow ON departments").await.expect("dropped");
        let there = admin.get("/api/departments/").await.text();
        assert!(!there.contains("Department 0"), "what was not acknowledged is not there either: {there}");
        for number in 1..CHANGES {
            let (status, body) = create_department(&admin, number).await;
            assert_eq!(status, 201, "{body}");
        }
    }
}
