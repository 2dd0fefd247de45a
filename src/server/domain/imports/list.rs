//! Imports as their pages show them.

use super::findings::to_line;
use super::{UNDO_HOURS, find, kept_words, setup_of, state_of, undo};
use crate::app::types::{
    ImportCounts, ImportDetail, ImportFilter, ImportId, ImportRow, ImportScreen, ImportState, Page, RowOutcome,
    RowVerdict,
};
use crate::server::config::ConsentMode;
use crate::server::db::entities::{import_rows, imports};
use crate::server::domain::listing::offset_of;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// Imports and rows on one page of a list.
const PAGE_SIZE: u64 = 50;

/// One page of all imports, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_imports(ctx: &Ctx, page: u64) -> Result<Page<ImportRow>> {
    let page = page.max(1);
    let count = imports::Entity::find().count(&ctx.db).await?;
    let rows = imports::Entity::find()
        .order_by_desc(imports::Column::Id)
        .offset(offset_of(page, PAGE_SIZE))
        .limit(PAGE_SIZE)
        .all(&ctx.db)
        .await?;
    let results = rows.iter().map(|row| to_row(ctx, row)).collect();
    Ok(Page { count, page, page_size: PAGE_SIZE, results })
}

/// One import with a page of its rows.
///
/// # Errors
/// [`crate::app::error::AppError::NotFound`], or internals.
pub async fn get_import(ctx: &Ctx, id: ImportId, filter: &ImportFilter) -> Result<ImportScreen> {
    let import = find(&ctx.db, id).await?;
    let page = filter.page.max(1);
    let mut query = import_rows::Entity::find().filter(import_rows::Column::ImportId.eq(import.id));
    let verdict = RowVerdict::named(&filter.verdict);
    if let Some(verdict) = verdict {
        query = query.filter(import_rows::Column::Verdict.eq(verdict.as_str()));
    } else if filter.verdict == LEFT_OUT {
        query = query.filter(import_rows::Column::Outcome.is_in(left_out()));
    }
    let count = query.clone().count(&ctx.db).await?;
    let rows = query
        .order_by_asc(import_rows::Column::Line)
        .offset(offset_of(page, PAGE_SIZE))
        .limit(PAGE_SIZE)
        .all(&ctx.db)
        .await?;
    let results = rows.into_iter().map(to_line).collect::<Result<Vec<_>>>()?;
    let rows = Page { count, page, page_size: PAGE_SIZE, results };
    Ok(ImportScreen { detail: detail(ctx, &import).await?, rows })
}

/// The filter's word for rows that were skipped or kept.
const LEFT_OUT: &str = "left";

fn left_out() -> [&'static str; 2] {
    [RowOutcome::Skipped, RowOutcome::Kept].map(RowOutcome::as_str)
}

async fn detail(ctx: &Ctx, import: &imports::Model) -> Result<ImportDetail> {
    let state = state_of(import);
    let of_import = || import_rows::Entity::find().filter(import_rows::Column::ImportId.eq(import.id));
    let waiting = of_import().filter(import_rows::Column::Todo.eq(true)).count(&ctx.db).await?;
    let left_out = of_import().filter(import_rows::Column::Outcome.is_in(left_out())).count(&ctx.db).await?;
    let total = u64::try_from(import.rows_total).unwrap_or_default();
    let begun = !import.step.is_empty();
    let open = state == ImportState::Applied && undo::is_open(ctx, import);
    let until = import.applied_at.map(|at| wall(ctx, at + Duration::hours(UNDO_HOURS)));
    Ok(ImportDetail {
        import: to_row(ctx, import),
        setup: setup_of(import)?,
        done: if begun { total.saturating_sub(waiting) } else { 0 },
        total,
        message: kept_words::retell(&import.message),
        left_out,
        undo_until: until.filter(|_| open),
        undo: if open { Some(undo::plan(ctx, import).await?) } else { None },
        strict_consent: ctx.config.consent_mode == ConsentMode::Strict,
        no_faces: ctx.recognizer.unavailable_reason(),
    })
}

fn to_row(ctx: &Ctx, import: &imports::Model) -> ImportRow {
    let count = |count: i32| u64::from(count.unsigned_abs());
    ImportRow {
        id: ImportId(import.id),
        state: state_of(import),
        csv_name: import.csv_name.clone(),
        zip_name: import.zip_name.clone(),
        by: import.created_by_name.clone(),
        at: wall(ctx, import.created_at),
        counts: ImportCounts {
            created: count(import.created),
            changed: count(import.changed),
            unchanged: count(import.unchanged),
            problems: count(import.problems),
        },
        is_stopped: !import.message.is_empty(),
    }
}

/// A moment on the institution's wall.
fn wall(ctx: &Ctx, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&ctx.clock.timezone()).naive_local()
}
