//! Somebody who is erased leaves the imports too: their rows, and the uploaded files that hold them.

use super::{files, setup_of, state_of, table, to_json};
use crate::app::error::AppError;
use crate::app::types::ImportState;
use crate::server::db::entities::{import_rows, imports};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

/// Rows that are looked at together.
const ROWS_READ: u64 = 2_000;

/// What went.
#[derive(Debug, Default)]
pub struct Forgotten {
    pub rows: u64,
    /// Imports that cannot go on, because their files hold the person: thrown away, files and all.
    pub discarded: Vec<i64>,
    /// Imports whose sample of first rows went.
    pub samples: u64,
}

/// All imports, which nobody takes a step of until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn lock_all(txn: &impl ConnectionTrait) -> Result<Vec<imports::Model>> {
    Ok(imports::Entity::find().order_by_asc(imports::Column::Id).lock_exclusive().all(txn).await?)
}

/// Deletes the rows of one student, and of others that `is_theirs` says are about the same person. Imports that were
/// not applied and whose table holds the person are discarded; their files are to be removed after the commit.
///
/// # Errors
/// [`AppError::Rule`] while such an import is at work and `may_wait`, or internals.
pub async fn forget_person(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    all: &[imports::Model],
    student: i64,
    may_wait: bool,
    is_theirs: &(impl Fn(&[&str]) -> bool + Sync),
) -> Result<Forgotten> {
    let mut gone = Forgotten::default();
    let rows = rows_of(txn, student, is_theirs).await?;
    for some in rows.chunks(500) {
        let ids = some.iter().map(|row| row.0);
        gone.rows += import_rows::Entity::delete_many()
            .filter(import_rows::Column::Id.is_in(ids))
            .exec(txn)
            .await?
            .rows_affected;
    }
    for import in all {
        let state = state_of(import);
        let mut change = imports::ActiveModel { id: Unchanged(import.id), ..Default::default() };
        if !state.is_over() && state != ImportState::Undoing {
            let has_row = rows.iter().any(|(_, of)| *of == import.id);
            if !has_row && !holds(ctx, import.id, is_theirs).await {
                continue;
            }
            if state.is_running() && may_wait {
                return Err(AppError::Rule(tr!("domain-import-at-work")).into());
            }
            import_rows::Entity::delete_many().filter(import_rows::Column::ImportId.eq(import.id)).exec(txn).await?;
            change.state = Set(ImportState::Discarded.as_str().to_owned());
            change.finished_at = Set(Some(ctx.clock.now()));
            change.step = Set(String::new());
            gone.discarded.push(import.id);
        }
        // Nobody looks at the first rows of an import that is over.
        let mut setup = setup_of(import)?;
        if !setup.samples.is_empty() {
            setup.samples.clear();
            change.setup = Set(to_json(&setup)?);
            gone.samples += 1;
        }
        if change.is_changed() {
            change.update(txn).await?;
        }
    }
    Ok(gone)
}

/// Ids of the rows about the person, each with its import's.
async fn rows_of(
    txn: &impl ConnectionTrait,
    student: i64,
    is_theirs: &(impl Fn(&[&str]) -> bool + Sync),
) -> Result<Vec<(i64, i64)>> {
    let (mut found, mut after) = (Vec::new(), 0);
    // A row of somebody else is theirs, even if it has the same name.
    let candidates =
        Condition::any().add(import_rows::Column::StudentId.eq(student)).add(import_rows::Column::StudentId.is_null());
    loop {
        let rows = import_rows::Entity::find()
            .filter(candidates.clone())
            .filter(import_rows::Column::Id.gt(after))
            .order_by_asc(import_rows::Column::Id)
            .limit(ROWS_READ)
            .all(txn)
            .await?;
        let Some(last) = rows.last() else { return Ok(found) };
        after = last.id;
        for row in &rows {
            let cells: Value = serde_json::from_str(&row.cells).context("reading the cells of a row")?;
            let mut texts = Vec::new();
            collect(&cells, &mut texts);
            if row.student_id == Some(student) || is_theirs(&texts) {
                found.push((row.id, row.import_id));
            }
        }
    }
}

/// All texts of a value.
fn collect<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether the uploaded table of an import has a row of the person. One that cannot be read may have.
async fn holds(ctx: &Ctx, import: i64, is_theirs: &(impl Fn(&[&str]) -> bool + Sync)) -> bool {
    let bytes = match tokio::fs::read(files::csv(ctx, import)).await {
        Ok(bytes) => bytes,
        Err(error) => return error.kind() != std::io::ErrorKind::NotFound,
    };
    let Ok(table) = table::read(&bytes) else { return true };
    table.rows.iter().any(|row| is_theirs(&row.cells.iter().map(String::as_str).collect::<Vec<_>>()))
}
