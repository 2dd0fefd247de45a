//! Fresh databases for tests: a SQLite file each time, and a PostgreSQL database when a server is given.
//!
//! `ROLLCALL_TEST_POSTGRES_URL` is the address of a superuser on a running server.
//! Without it the PostgreSQL half is named as not run, and fails where `CI=true`.

use rollcall::server::db;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const SERVER: &str = "ROLLCALL_TEST_POSTGRES_URL";

/// An empty database that goes when this value goes.
pub struct TestDatabase {
    /// For messages: "SQLite" or "PostgreSQL".
    pub kind: &'static str,
    pub url: String,
    _place: Place,
}

/// What has to be removed at the end.
enum Place {
    Folder { _dir: TempDir },
    Server { url: String, name: String },
}

impl TestDatabase {
    /// An empty SQLite file in a folder of its own.
    pub fn sqlite() -> Self {
        let dir = tempfile::tempdir().expect("a folder for the database");
        let url = format!("sqlite://{}", dir.path().join("test.db").display());
        Self { kind: "SQLite", url, _place: Place::Folder { _dir: dir } }
    }

    /// An empty database on the server at this address.
    async fn postgres(server: String) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("rollcall_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        execute(&server, format!("CREATE DATABASE {name}")).await;
        Self { kind: "PostgreSQL", url: with_database(&server, &name), _place: Place::Server { url: server, name } }
    }

    /// Opens it and brings its schema up to date.
    pub async fn migrated(&self) -> DatabaseConnection {
        let db = db::connect(&self.url).await.expect("the database opens");
        db::migrate(&db).await.expect("the schema is made");
        db
    }
}

/// One empty database of each kind that this run has.
pub async fn test_databases() -> Vec<TestDatabase> {
    let mut databases = vec![TestDatabase::sqlite()];
    match std::env::var(SERVER) {
        Ok(server) => databases.push(TestDatabase::postgres(server).await),
        Err(_) => {
            // Written past the test harness, which swallows what passing tests print.
            let test = std::thread::current().name().unwrap_or("a test").to_owned();
            let _ = writeln!(std::io::stderr(), "NOT RUN: {test} on PostgreSQL ({SERVER} is not set)");
            assert!(std::env::var("CI").as_deref() != Ok("true"), "with CI=true a test that is not run is a failure");
        }
    }
    databases
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Place::Server { url, name } = self {
            let (url, sql) = (url.clone(), format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            // A destructor cannot wait inside the test's runtime, so it brings its own.
            let dropped = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
                runtime.block_on(execute(&url, sql));
            });
            let _ = dropped.join();
        }
    }
}

async fn execute(url: &str, sql: String) {
    let db = Database::connect(url).await.expect("the PostgreSQL server answers");
    db.execute_unprepared(&sql).await.expect("the PostgreSQL server obeys");
    db.close().await.expect("the connection closes");
}

/// The same server and options, another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = match server.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server, String::new()),
    };
    let (scheme, rest) = address.split_once("://").expect("a PostgreSQL address");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    format!("{scheme}://{host}/{name}{options}")
}
