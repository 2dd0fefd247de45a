//! Connecting and writing.

use crate::support::db::{TestDatabase, test_databases};
use chrono::Utc;
use rollcall::server::db;
use rollcall::server::db::entities::settings;
use sea_orm::sqlx::{Row, raw_sql};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseConnection, DbErr, EntityTrait, PaginatorTrait, QuerySelect,
};

async fn write_setting(db: &DatabaseConnection, key: &str, value: &str) {
    let row = settings::ActiveModel { key: Set(key.into()), value: Set(value.into()), updated_at: Set(Utc::now()) };
    row.insert(db).await.expect("a setting");
}

#[tokio::test]
async fn every_pooled_sqlite_connection_has_the_safe_settings() {
    let database = TestDatabase::sqlite();
    let db = database.migrated().await;
    let pool = db.get_sqlite_connection_pool();
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        held.push(pool.acquire().await.expect("a connection"));
    }
    for connection in &mut held {
        let mut told = Vec::new();
        for pragma in ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete"] {
            let sql = sea_orm::sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"));
            let row = raw_sql(sql).fetch_one(&mut **connection).await.expect("the pragma");
            told.push(row.try_get::<String, _>(0).unwrap_or_else(|_| row.get::<i64, _>(0).to_string()));
        }
        // synchronous 2 is FULL.
        assert_eq!(told, ["wal", "2", "1", "5000", "1"]);
    }
}

#[tokio::test]
async fn sqlite_files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let database = TestDatabase::sqlite();
    let db = database.migrated().await;
    write_setting(&db, "a", "b").await;
    let file = database.url.strip_prefix("sqlite://").expect("a file");
    for suffix in ["", "-wal", "-shm"] {
        let mode = std::fs::metadata(format!("{file}{suffix}")).expect("the file is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{suffix}");
    }
}

#[tokio::test]
async fn another_kind_of_address_is_refused() {
    let refused = db::connect("mysql://root@localhost/rollcall").await.expect_err("refused");
    assert_eq!(refused.to_string(), "DATABASE_URL must begin with sqlite: or postgres:");
}

#[tokio::test]
async fn migrations_run_twice_and_side_by_side() {
    for database in test_databases().await {
        let db = database.migrated().await;
        db::migrate(&db).await.expect("the second time nothing is to do");
    }
    for database in test_databases().await {
        let db = db::connect(&database.url).await.expect("the database opens");
        let (first, second) = tokio::join!(db::migrate(&db), db::migrate(&db));
        assert!(first.is_ok() && second.is_ok(), "{}: {first:?} {second:?}", database.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_writers_lose_nothing_and_none_fails() {
    const WRITERS: i64 = 50;
    const TURNS: i64 = 4;
    for database in test_databases().await {
        let db = database.migrated().await;
        write_setting(&db, "sum", "0").await;
        let writers = (0..WRITERS).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..TURNS {
                    add_one(&db).await.expect("every turn succeeds");
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("no writer fails");
        }
        let sum = settings::Entity::find_by_id("sum").one(&db).await.expect("an answer").expect("the row").value;
        assert_eq!(sum, (WRITERS * TURNS).to_string(), "{}", database.kind);
    }
}

/// Reads, then writes what it read plus one: wrong if anybody writes in between.
async fn add_one(db: &DatabaseConnection) -> Result<(), DbErr> {
    let txn = db::begin_write(db).await?;
    let row = settings::Entity::find_by_id("sum").lock_exclusive().one(&txn).await?.expect("the row");
    let next = row.value.parse::<i64>().expect("a number") + 1;
    settings::ActiveModel { key: Set(row.key), value: Set(next.to_string()), updated_at: Set(Utc::now()) }
        .update(&txn)
        .await?;
    txn.commit().await
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_and_blocks_nobody() {
    for database in test_databases().await {
        let db = database.migrated().await;
        let txn = db::begin_write(&db).await.expect("a transaction");
        let row = settings::ActiveModel { key: Set("a".into()), value: Set("b".into()), updated_at: Set(Utc::now()) };
        row.insert(&txn).await.expect("written inside");
        drop(txn);
        let txn = db::begin_write(&db).await.expect("the next writer gets its turn");
        txn.commit().await.expect("committed");
        assert_eq!(settings::Entity::find().count(&db).await.expect("a count"), 0, "{}", database.kind);
    }
}

#[tokio::test]
async fn statistics_are_taken_of_what_is_there() {
    for database in test_databases().await {
        let db = database.migrated().await;
        for number in 0..3 {
            write_setting(&db, &format!("key{number}"), "value").await;
        }
        db::take_statistics(&db).await.expect("taken");
        db::take_statistics(&db).await.expect("taken again");
        if database.kind == "SQLite" {
            let sql = "SELECT stat FROM sqlite_stat1 WHERE tbl = 'settings'";
            let row = raw_sql(sql).fetch_one(db.get_sqlite_connection_pool()).await.expect("a row");
            assert_eq!(row.get::<String, _>(0), "3 1", "three rows, one for each key");
        }
    }
}
