//! `doctor`: looks at everything that the server needs, changes nothing, and says what to mend.

use super::config::{Config, Switch};
use super::db::entities::{audit_log, photos, user_profiles};
use super::{backup, db, disk, models};
use crate::app::types::Role;
use crate::recognition::manifest::verify_file;
use crate::recognition::runtime::Runtime;
use anyhow::{Result, bail};
use chrono::{DateTime, Datelike, Duration, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

/// How far clocks may be apart.
const CLOCK_APART: Duration = Duration::seconds(30);

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    Fine,
    /// Works, and should be known.
    Mind,
    /// Has to be mended.
    Mend,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub area: &'static str,
    pub grade: Grade,
    /// What was found and, where something is wrong, what mends it.
    pub words: String,
}

fn finding(area: &'static str, grade: Grade, words: impl Into<String>) -> Finding {
    Finding { area, grade, words: words.into() }
}

/// Prints what was found.
///
/// # Errors
/// When something has to be mended.
pub async fn run(config: Config) -> Result<()> {
    let found = examine(&config).await;
    for Finding { area, grade, words } in &found {
        let mark = match grade {
            Grade::Fine => "ok  ",
            Grade::Mind => "mind",
            Grade::Mend => "MEND",
        };
        println!("{mark}  {area}: {words}");
    }
    let faults = found.iter().filter(|finding| finding.grade == Grade::Mend).count();
    if faults > 0 {
        bail!("{faults} of {} have to be mended", found.len());
    }
    println!("Nothing has to be mended.");
    Ok(())
}

/// Looks at settings, models, database, photos, disk, clock and camera.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut found = settings(config);
    found.extend(camera(config));
    found.extend(recognition(config));
    found.push(room(config));
    found.extend(database(config).await);
    found
}

fn settings(config: &Config) -> Vec<Finding> {
    let mut found = vec![match config.timezone() {
        Ok(zone) if config.timezone.is_some() => finding("time zone", Grade::Fine, zone.name()),
        Ok(zone) => finding(
            "time zone",
            Grade::Mind,
            format!("{} is this machine's; set ROLLCALL_TIMEZONE to be sure", zone.name()),
        ),
        Err(error) => finding("time zone", Grade::Mend, error.to_string()),
    }];
    found.push(match (&config.smtp_url, &config.mail_from) {
        (Some(_), Some(from)) => finding("mail", Grade::Fine, format!("sent as {from}")),
        (Some(_), None) => finding("mail", Grade::Mend, "SMTP_URL is set and MAIL_FROM is not; set both"),
        _ => {
            finding("mail", Grade::Mind, "no SMTP_URL: messages wait in the outbox, where an administrator reads them")
        }
    });
    let pkg = config.site.join("pkg");
    let has_files = std::fs::read_dir(&pkg).is_ok_and(|mut entries| entries.next().is_some());
    found.push(match has_files {
        true => finding("browser files", Grade::Fine, pkg.display().to_string()),
        false => finding("browser files", Grade::Mend, format!("{} is empty; run: cargo xtask build", pkg.display())),
    });
    found
}

fn camera(config: &Config) -> Vec<Finding> {
    let Some(url) = config.public_url.as_deref().filter(|url| !url.is_empty()) else {
        let grade = if config.addr.ip().is_loopback() { Grade::Mind } else { Grade::Mend };
        let words = "PUBLIC_URL is not set: browsers give the camera on this machine alone, and links in mails lead here. \
                     Put a proxy with a certificate in front and set PUBLIC_URL=https://…";
        return vec![finding("camera", grade, words)];
    };
    vec![match url::Url::parse(url) {
        Err(error) => finding("camera", Grade::Mend, format!("PUBLIC_URL={url} is no address: {error}")),
        Ok(url) if url.scheme() == "https" => finding("camera", Grade::Fine, format!("{url} is reached by HTTPS")),
        Ok(url) if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) => {
            finding("camera", Grade::Mind, format!("{url} gives the camera on this machine alone; others need HTTPS"))
        }
        Ok(url) => {
            let words = format!(
                "{url} is not reached by HTTPS, so no browser gives it the camera; use a proxy with a certificate"
            );
            finding("camera", Grade::Mend, words)
        }
    }]
}

fn recognition(config: &Config) -> Vec<Finding> {
    if config.face_features == Switch::Off {
        return vec![finding("models", Grade::Mind, "FACE_FEATURES=off: attendance by hand alone")];
    }
    let manifest = match models::manifest() {
        Ok(manifest) => manifest,
        Err(error) => return vec![finding("models", Grade::Mend, format!("{error:#}"))],
    };
    let pack = match models::choose_pack(config, &manifest) {
        Ok(pack) => pack,
        Err(error) => return vec![finding("models", Grade::Mend, format!("{error:#}"))],
    };
    let mut found = Vec::new();
    for file in manifest.files_of(pack) {
        let path = config.models.join(&file.name);
        found.push(if !path.exists() {
            finding(
                "models",
                Grade::Mend,
                format!("{} is not there; run: rollcall models fetch {}", file.name, pack.name),
            )
        } else if let Err(error) = verify_file(&path, file) {
            finding(
                "models",
                Grade::Mend,
                format!("{error}; remove the file and run: rollcall models fetch {}", pack.name),
            )
        } else {
            finding("models", Grade::Fine, format!("{} is there, verified", file.name))
        });
    }
    let grade = if pack.commercial_use { Grade::Fine } else { Grade::Mind };
    found.push(finding("licence", grade, format!("{}: {}", pack.name, pack.licence)));
    let library = config.ort_dylib();
    found.push(match Runtime::load(&library) {
        Ok(_) => finding("ONNX Runtime", Grade::Fine, library.display().to_string()),
        Err(error) => finding("ONNX Runtime", Grade::Mend, format!("{error}; set ORT_DYLIB_PATH")),
    });
    found
}

fn room(config: &Config) -> Finding {
    let folder = if config.data.exists() { config.data.as_path() } else { std::path::Path::new(".") };
    match disk::free_bytes(folder) {
        None => finding("disk", Grade::Mind, "the system does not tell how much room there is"),
        Some(free) if free < disk::FULL_BYTES => {
            finding("disk", Grade::Mend, format!("only {} MB are free; make room", free / 1_000_000))
        }
        Some(free) if free < disk::LOW_BYTES => {
            finding("disk", Grade::Mind, format!("{} MB are free", free / 1_000_000))
        }
        Some(free) => finding("disk", Grade::Fine, format!("{} GB are free", free / 1_000_000_000)),
    }
}

async fn database(config: &Config) -> Vec<Finding> {
    let url = config.database_url();
    match db::sqlite_path(&url) {
        Err(error) => return vec![finding("database", Grade::Mend, format!("{error:#}"))],
        Ok(Some(path)) if !path.exists() => {
            return vec![finding("database", Grade::Mind, format!("{} is made at the first start", path.display()))];
        }
        Ok(_) => {}
    }
    let db = match db::connect(&url).await {
        Ok(db) => db,
        Err(error) => return vec![finding("database", Grade::Mend, format!("{error:#}; check DATABASE_URL"))],
    };
    let mut found = vec![match Migrator::get_pending_migrations(&db).await {
        Ok(pending) if pending.is_empty() => finding(
            "database",
            Grade::Fine,
            format!("{} answers, its schema is up to date", backup::rows::backend_word(db.get_database_backend())),
        ),
        Ok(pending) => {
            let words = format!("{} migrations wait; they run at the next start", pending.len());
            return vec![finding("database", Grade::Mind, words)];
        }
        Err(error) => {
            let words = format!("{error}; was it used by a newer version of the program?");
            return vec![finding("database", Grade::Mend, words)];
        }
    }];
    for part in [content(config, &db).await, clock(&db).await] {
        match part {
            Ok(more) => found.extend(more),
            Err(error) => found.push(finding("database", Grade::Mend, format!("{error:#}"))),
        }
    }
    found
}

/// The file itself, the photos of its rows, and who may sign in.
async fn content(config: &Config, db: &DatabaseConnection) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    if db.get_database_backend() == DbBackend::Sqlite {
        found.push(match backup::rows::check(db).await {
            Ok(()) => finding("database", Grade::Fine, "SQLite finds nothing wrong with the file"),
            Err(error) => {
                finding("database", Grade::Mend, format!("{error}; put a backup back: rollcall restore FILE --force"))
            }
        });
    }
    let names: Vec<String> =
        photos::Entity::find().select_only().column(photos::Column::Name).into_tuple().all(db).await?;
    let folder = config.media().join("student_faces");
    let missing: Vec<&String> = names.iter().filter(|name| !folder.join(name).is_file()).collect();
    found.push(match missing.first() {
        None => finding("photos", Grade::Fine, format!("all {} are there", names.len())),
        Some(first) => {
            let words = format!(
                "{} of {} are not there, {first} among them; put them back from a backup",
                missing.len(),
                names.len()
            );
            finding("photos", Grade::Mend, words)
        }
    });
    let admins =
        user_profiles::Entity::find().filter(user_profiles::Column::Role.eq(Role::Admin.as_str())).count(db).await?;
    found.push(match admins {
        0 => finding(
            "accounts",
            Grade::Mind,
            "there is no administrator yet; the server prints a link for making one at its start",
        ),
        count => finding("accounts", Grade::Fine, format!("{count} can administer")),
    });
    Ok(found)
}

/// Whether this machine's clock goes with what was written, and with the database server's.
async fn clock(db: &DatabaseConnection) -> Result<Vec<Finding>> {
    let now = Utc::now();
    if now.year() < 2025 {
        return Ok(vec![finding("clock", Grade::Mend, format!("it says {now}; set it"))]);
    }
    let latest = audit_log::Entity::find().order_by_desc(audit_log::Column::Id).one(db).await?;
    if let Some(latest) = latest.map(|row| row.at).filter(|latest| *latest > now + CLOCK_APART) {
        let words = format!("it says {now}, but the newest entry of the log was made at {latest}; set it");
        return Ok(vec![finding("clock", Grade::Mend, words)]);
    }
    if db.get_database_backend() == DbBackend::Postgres {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, "SELECT clock_timestamp()")).await?;
        let theirs: Option<DateTime<Utc>> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        if theirs.is_some_and(|theirs| (theirs - now).abs() > CLOCK_APART) {
            let words = "this machine's and the database server's are apart; have both set by the network";
            return Ok(vec![finding("clock", Grade::Mend, words)]);
        }
    }
    Ok(vec![finding("clock", Grade::Fine, format!("{}", now.format("%Y-%m-%d %H:%M UTC")))])
}
