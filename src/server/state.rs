//! What every request can reach.

use super::auth::failures::Tries;
use super::auth::{first_admin::SetupToken, password::Hasher, tokens::TokenKey};
use super::backup::job::BackupJob;
use super::browser_files;
use super::config::Config;
use super::db::Cached;
use super::domain::exports::long::LongExports;
use super::domain::sightings::Sightings;
use super::gallery::FaceGallery;
use super::limits::RateLimits;
use super::live::LiveHub;
use super::recognizer::Recognizer;
use super::stop::Stop;
use super::storage::Storage;
use crate::app::BrowserFiles;
use axum::extract::FromRef;
use chrono::{DateTime, NaiveDateTime, Utc};
use leptos::config::LeptosOptions;
use sea_orm::DatabaseConnection;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The server's parts, cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    pub config: Arc<Config>,
    pub db: DatabaseConnection,
    pub clock: Clock,
    pub storage: Storage,
    pub recognizer: Recognizer,
    pub gallery: FaceGallery,
    pub hasher: Hasher,
    pub token_key: TokenKey,
    pub live: LiveHub,
    pub stop: Stop,
    pub setup: SetupToken,
    pub limits: RateLimits,
    pub tries: Tries,
    pub sightings: Sightings,
    pub student_counts: Cached<Vec<StudentCount>>,
    pub search_counts: Cached<SearchCounts>,
    pub backup_job: BackupJob,
    pub long_exports: LongExports,
}

/// How many students of one department are, or are not, active.
#[derive(Clone, Debug)]
pub struct StudentCount {
    pub department: i64,
    /// The department's.
    pub name: String,
    pub is_active: bool,
    pub students: u64,
}

/// How many students a search finds, by its words, department, state and whether their faces are known.
pub type SearchCounts = Arc<Mutex<HashMap<(Vec<String>, Option<i64>, Option<bool>, Option<bool>), u64>>>;

/// axum's state: ours and Leptos's.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub ctx: Ctx,
    pub leptos: LeptosOptions,
    pub files: BrowserFiles,
}

impl AppState {
    /// Finds the names of the browser's files, which do not change while the program runs.
    pub fn new(ctx: Ctx, leptos: LeptosOptions) -> Self {
        let files = browser_files::find(&leptos);
        Self { ctx, leptos, files }
    }
}

/// The time, in UTC and on the institution's wall. Tests set it by hand.
#[derive(Clone)]
pub struct Clock {
    timezone: chrono_tz::Tz,
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

impl Clock {
    /// The machine's clock.
    pub fn system(timezone: chrono_tz::Tz) -> Self {
        Self { timezone, now: Arc::new(Utc::now) }
    }

    /// A clock that says what the caller wants.
    pub fn from_fn(timezone: chrono_tz::Tz, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { timezone, now: Arc::new(now) }
    }

    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    pub fn timezone(&self) -> chrono_tz::Tz {
        self.timezone
    }

    /// Date and time on the institution's wall.
    pub fn wall(&self) -> NaiveDateTime {
        self.wall_at(self.now())
    }

    /// What the institution's wall says at an instant.
    pub fn wall_at(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.timezone).naive_local()
    }

    /// The instant of a wall-clock time. In a daylight-saving gap the clock has
    /// jumped over it: the time is then read as standard time before the jump.
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        use chrono::TimeZone;
        match self.timezone.from_local_datetime(&wall) {
            chrono::LocalResult::Single(at) | chrono::LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
            chrono::LocalResult::None => {
                let before = wall - chrono::Duration::hours(1);
                self.timezone
                    .from_local_datetime(&before)
                    .earliest()
                    .map_or_else(|| wall.and_utc(), |at| at.with_timezone(&Utc) + chrono::Duration::hours(1))
            }
        }
    }
}
