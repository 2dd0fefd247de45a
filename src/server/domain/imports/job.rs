//! The one job that works on imports, an import at a time and a step at a time.

use super::{apply, files, rehearse, state_of, undo};
use crate::app::error::AppError;
use crate::app::types::ImportState;
use crate::server::db::entities::{import_rows, imports};
use crate::server::error::{Error, Result};
use crate::server::secrets::random_hex;
use crate::server::state::Ctx;
use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashSet;
use std::sync::LazyLock;

/// After this long without a sign another program takes an import over.
const LOST_AFTER_S: i64 = 60;

/// Name of this run of the program: several may share one database.
static OWN_NAME: LazyLock<String> = LazyLock::new(random_hex::<16>);

/// Name of this run of the program.
pub fn own_name() -> &'static str {
    &OWN_NAME
}

/// Whether there is more of an import to do after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    More,
    Done,
}

/// Works on the oldest import that waits, until it is through or stops; says whether there was one.
///
/// # Errors
/// Trouble with the database itself; what stops an import is written to it.
pub async fn run_next(ctx: &Ctx) -> Result<bool> {
    let Some(id) = claim(ctx).await? else { return Ok(false) };
    loop {
        match step(ctx, id).await {
            Ok(Progress::More) => beat(&ctx.db, ctx, id).await?,
            Ok(Progress::Done) => return Ok(true),
            // Too much to do elsewhere: the next turn of the job goes on.
            Err(Error::User(AppError::Busy { .. })) => return Ok(false),
            Err(error) => {
                stop(ctx, id, error).await?;
                return Ok(true);
            }
        }
    }
}

/// One step of an import; between two of them the program may end.
///
/// # Errors
/// What stops the import.
pub async fn step(ctx: &Ctx, id: i64) -> Result<Progress> {
    let import = imports::Entity::find_by_id(id).one(&ctx.db).await?;
    let Some(import) = import else { return Ok(Progress::Done) };
    match state_of(&import) {
        ImportState::Rehearsing => rehearse::step(ctx, &import).await,
        ImportState::Applying => apply::step(ctx, &import).await,
        ImportState::Undoing => undo::step(ctx, &import).await,
        _ => Ok(Progress::Done),
    }
}

/// Takes the oldest import that waits here, or that its program has left.
async fn claim(ctx: &Ctx) -> Result<Option<i64>> {
    let now = ctx.clock.now();
    let running = [ImportState::Rehearsing, ImportState::Applying, ImportState::Undoing].map(ImportState::as_str);
    let free = Condition::any()
        .add(imports::Column::Worker.eq(own_name()))
        .add(imports::Column::Worker.eq(""))
        .add(imports::Column::BeatAt.is_null())
        .add(imports::Column::BeatAt.lt(now - Duration::seconds(LOST_AFTER_S)));
    let waits =
        Condition::all().add(imports::Column::State.is_in(running)).add(imports::Column::Message.eq("")).add(free);
    let next: Option<i64> = imports::Entity::find()
        .select_only()
        .column(imports::Column::Id)
        .filter(waits.clone())
        .order_by_asc(imports::Column::Id)
        .into_tuple()
        .one(&ctx.db)
        .await?;
    let Some(id) = next else { return Ok(None) };
    let taken = imports::Entity::update_many()
        .col_expr(imports::Column::Worker, Expr::value(own_name()))
        .col_expr(imports::Column::BeatAt, Expr::value(now))
        .filter(waits.add(imports::Column::Id.eq(id)))
        .exec(&ctx.db)
        .await?;
    Ok((taken.rows_affected == 1).then_some(id))
}

/// Says that this program is still at it.
///
/// # Errors
/// When the database fails.
pub async fn beat(db: &impl ConnectionTrait, ctx: &Ctx, id: i64) -> Result<()> {
    imports::Entity::update_many()
        .col_expr(imports::Column::BeatAt, Expr::value(ctx.clock.now()))
        .filter(imports::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes down why an import stopped; an admin may have it tried again.
async fn stop(ctx: &Ctx, id: i64, error: Error) -> Result<()> {
    let message = error.into_app().sentence();
    tracing::error!(import = id, "an import stopped: {message}");
    let change = imports::ActiveModel { id: Unchanged(id), message: Set(message), ..Default::default() };
    change.update(&ctx.db).await?;
    Ok(())
}

/// Removes what is no longer needed: rows of imports that are long over, imports that nobody went on with, and files
/// that belong to none.
///
/// # Errors
/// When the database or the folder cannot be read.
pub async fn sweep(ctx: &Ctx) -> Result<()> {
    let old = ctx.clock.now() - Duration::days(super::KEPT_DAYS);
    let over: Vec<i64> = imports::Entity::find()
        .select_only()
        .column(imports::Column::Id)
        .filter(imports::Column::FinishedAt.lt(old))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    import_rows::Entity::delete_many().filter(import_rows::Column::ImportId.is_in(over)).exec(&ctx.db).await?;
    let open = [ImportState::Uploaded, ImportState::Rehearsed].map(ImportState::as_str);
    let left: Vec<i64> = imports::Entity::find()
        .select_only()
        .column(imports::Column::Id)
        .filter(imports::Column::State.is_in(open))
        .filter(imports::Column::CreatedAt.lt(old))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    for id in left {
        import_rows::Entity::delete_many().filter(import_rows::Column::ImportId.eq(id)).exec(&ctx.db).await?;
        let change = imports::ActiveModel {
            id: Unchanged(id),
            state: Set(ImportState::Discarded.as_str().to_owned()),
            finished_at: Set(Some(ctx.clock.now())),
            ..Default::default()
        };
        change.update(&ctx.db).await?;
    }
    sweep_files(ctx).await
}

/// Folders of imports that are over, and uploads that broke off long ago.
async fn sweep_files(ctx: &Ctx) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(files::root(ctx)) else { return Ok(()) };
    let over = [ImportState::Applied, ImportState::Undoing, ImportState::Undone, ImportState::Discarded];
    let needed: Vec<i64> = imports::Entity::find()
        .select_only()
        .column(imports::Column::Id)
        .filter(imports::Column::State.is_not_in(over.map(ImportState::as_str)))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let needed: HashSet<String> = needed.into_iter().map(|id| id.to_string()).collect();
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let age = entry.metadata().and_then(|facts| facts.modified()).map(DateTime::<Utc>::from);
        let is_fresh = age.is_ok_and(|at| Utc::now() - at < Duration::hours(1));
        // An upload under way, or one whose import is about to be committed.
        if needed.contains(&name) || is_fresh {
            continue;
        }
        if let Err(error) = tokio::fs::remove_dir_all(entry.path()).await {
            tracing::error!("an old upload stays: {error}");
        }
    }
    Ok(())
}
