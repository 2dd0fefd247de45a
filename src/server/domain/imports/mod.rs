//! Students out of a file: uploaded, rehearsed, applied, undone.
//!
//! A request only writes down what is wanted. The work is done by one background job, step by step, and each step
//! leaves the database so that the next one, of this program or of the one after a crash, can go on from there.

pub mod apply;
pub mod archive;
pub mod columns;
pub mod files;
pub mod findings;
pub mod forget;
pub mod job;
pub mod judge;
mod kept_words;
pub mod list;
pub mod photos;
pub mod problems;
pub mod rehearse;
pub mod requests;
pub mod single;
pub mod table;
pub mod undo;

pub use list::{get_import, list_imports};
pub use problems::{problems_csv, template_csv};
pub use requests::{apply, discard, proceed, rehearse, undo, upload};

use crate::app::error::AppError;
use crate::app::types::{ImportId, ImportSetup, ImportState};
use crate::server::auth::actor::{self, Actor};
use crate::server::db::entities::{imports, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use anyhow::Context;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

/// Largest table, bytes.
pub const CSV_BYTES_MAX: u64 = 10 * MIB;
/// Largest ZIP of photos as it is uploaded, bytes.
pub const ZIP_BYTES_MAX: u64 = 1024 * MIB;
/// Largest ZIP of photos as it would be unpacked, bytes.
pub const UNPACKED_BYTES_MAX: u64 = 2048 * MIB;
/// Most files in a ZIP.
pub const ENTRIES_MAX: usize = 20_000;
/// Most rows of a table.
pub const ROWS_MAX: usize = 10_000;
/// Most columns of a table.
pub const COLUMNS_MAX: usize = 100;
/// How long an applied import can be undone, hours.
pub const UNDO_HOURS: i64 = 24;
/// How long uploads and rows are kept of imports that nobody goes on with, and rows of those that are over, days.
pub const KEPT_DAYS: i64 = 7;
/// Rows written by one statement: SQLite binds at most 32,766 values.
const ROWS_PER_STATEMENT: usize = 500;
const MIB: u64 = 1024 * 1024;

/// The import, or the refusal that there is none.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn find(db: &impl ConnectionTrait, id: ImportId) -> Result<imports::Model> {
    let row = imports::Entity::find_by_id(id.0).one(db).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Import", id))?)
}

/// The import, which nobody else can take a step of until the transaction ends.
async fn lock(txn: &impl ConnectionTrait, id: ImportId) -> Result<imports::Model> {
    let row = imports::Entity::find_by_id(id.0).lock_exclusive().one(txn).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Import", id))?)
}

fn state_of(import: &imports::Model) -> ImportState {
    ImportState::named(&import.state).unwrap_or_default()
}

fn setup_of(import: &imports::Model) -> Result<ImportSetup> {
    Ok(serde_json::from_str(&import.setup).context("reading how an import is set up")?)
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_string(value).context("writing a part of an import")?)
}

/// Whoever asked for the work that runs now; the system when their account is gone.
async fn acting(ctx: &Ctx, import: &imports::Model) -> Result<Actor> {
    let user = match import.acting_id {
        Some(id) => users::Entity::find_by_id(id).one(&ctx.db).await?,
        None => None,
    };
    match user {
        Some(user) => actor::of_user(ctx, user, "").await,
        None => Ok(Actor::system()),
    }
}
