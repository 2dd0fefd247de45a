//! The rehearsal: a verdict for every row, and nothing written to students.

use super::archive::Photos;
use super::findings::{Findings, cells_of, changed};
use super::job::Progress;
use super::judge::{Cells, School, Seen, judge};
use super::photos::{Of, look};
use super::{ROWS_PER_STATEMENT, columns, files, job, lock, setup_of, state_of, table, to_json};
use crate::app::error::AppError;
use crate::app::types::{
    FieldChange, ImportColumn, ImportId, ImportSetup, ImportState, RowPhoto, RowProblem, RowVerdict, StudentId,
};
use crate::server::db::{
    self,
    entities::{import_rows, imports},
};
use crate::server::domain::enrolment;
use crate::server::error::Result;
use crate::server::state::Ctx;
use anyhow::Context;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// Step of a rehearsal whose rows are judged by their fields.
const PHOTOS: &str = "photos";
/// Files that no row names, as far as the page names them.
const UNUSED_NAMES: usize = 20;
/// Rows whose photos are looked at in one step.
pub const PHOTO_ROWS_PER_STEP: u64 = 20;

/// The next step of a rehearsal.
///
/// # Errors
/// What stops it.
pub async fn step(ctx: &Ctx, import: &imports::Model) -> Result<Progress> {
    if import.step.is_empty() {
        judge_fields(ctx, import).await?;
        return Ok(Progress::More);
    }
    let waiting = import_rows::Entity::find()
        .filter(import_rows::Column::ImportId.eq(import.id))
        .filter(import_rows::Column::Todo.eq(true))
        .order_by_asc(import_rows::Column::Line)
        .limit(PHOTO_ROWS_PER_STEP)
        .all(&ctx.db)
        .await?;
    if waiting.is_empty() {
        finish(ctx, import).await?;
        return Ok(Progress::Done);
    }
    let (setup, mut photos) = (setup_of(import)?, open_photos(ctx, import).await?);
    for row in waiting {
        judge_photos(ctx, import, &setup, &mut photos, row).await?;
    }
    Ok(Progress::More)
}

/// The photos that came with an import.
///
/// # Errors
/// When they are not there any more.
pub async fn open_photos(ctx: &Ctx, import: &imports::Model) -> Result<Photos> {
    if import.zip_name.is_empty() {
        return Ok(Photos::None);
    }
    let path = files::zip(ctx, import.id);
    let opened = tokio::task::spawn_blocking(move || Photos::zip(&path)).await.context("opening a ZIP")?;
    Ok(opened.map_err(|_| gone())?)
}

fn gone() -> AppError {
    AppError::Rule(
        "The uploaded files are not on this machine any more. Discard the import and upload again.".to_owned(),
    )
}

/// Reads the table, judges every row by its fields, and writes all verdicts at once.
async fn judge_fields(ctx: &Ctx, import: &imports::Model) -> Result<()> {
    let path = files::csv(ctx, import.id);
    let read = tokio::task::spawn_blocking(move || std::fs::read(path).ok().map(|bytes| table::read(&bytes)));
    let table = read.await.context("reading a table")?.ok_or_else(gone)??;
    let mut setup = setup_of(import)?;
    let mut photos = open_photos(ctx, import).await?;
    let school = School::load(&ctx.db).await?;
    let mut seen = Seen::default();
    let mut rows = Vec::new();
    for line in &table.rows {
        let cells = Cells::pick(line, &setup.columns, table.headings.len());
        let judged = judge(&school, &mut seen, line.line, &cells, setup.department);
        let matched = photos.find(&cells, &judged.fields.roll_no, &judged.fields.email);
        let has_photos = !matched.files.is_empty() || !matched.faults.is_empty();
        let (verdict, student) = (judged.verdict, judged.student);
        rows.push(import_rows::ActiveModel {
            import_id: Set(import.id),
            line: Set(i32::try_from(line.line).unwrap_or(i32::MAX)),
            cells: Set(to_json(&cells)?),
            verdict: Set(verdict.as_str().to_owned()),
            findings: Set(to_json(&Findings::from(judged))?),
            todo: Set(has_photos && verdict != RowVerdict::Problem),
            student_id: Set(student),
            outcome: Set(String::new()),
            ..Default::default()
        });
    }
    (setup.unused, setup.unused_names) = photos.unused(UNUSED_NAMES);
    let total = i32::try_from(rows.len()).unwrap_or(i32::MAX);
    let txn = db::begin_write(&ctx.db).await?;
    if !is_here(&txn, import).await? {
        return Ok(());
    }
    for some in rows.chunks(ROWS_PER_STATEMENT) {
        import_rows::Entity::insert_many(some.to_vec()).exec_without_returning(&txn).await?;
    }
    let change = imports::ActiveModel {
        id: Unchanged(import.id),
        step: Set(PHOTOS.to_owned()),
        setup: Set(to_json(&setup)?),
        rows_total: Set(total),
        ..Default::default()
    };
    change.update(&txn).await?;
    Ok(txn.commit().await?)
}

/// Whether the import still stands where this step began: it may have been discarded meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn is_here(txn: &impl ConnectionTrait, import: &imports::Model) -> Result<bool> {
    let now = lock(txn, ImportId(import.id)).await?;
    Ok(state_of(&now) == state_of(import) && now.step == import.step)
}

/// Looks at the photos of one row and settles its verdict.
async fn judge_photos(
    ctx: &Ctx,
    import: &imports::Model,
    setup: &ImportSetup,
    photos: &mut Photos,
    row: import_rows::Model,
) -> Result<()> {
    let (cells, mut findings) = (cells_of(&row)?, Findings::of(&row)?);
    let of =
        Of { own: row.student_id.map(StudentId), roll_no: &findings.fields.roll_no, email: &findings.fields.email };
    let mut looked = look(ctx, photos, &cells, of).await?;
    enrolment::discard(ctx, std::mem::take(&mut looked.prepared)).await;
    let verdict = settle(setup, &mut findings, looked.told);
    let txn = db::begin_write(&ctx.db).await?;
    if !is_here(&txn, import).await? {
        return Ok(());
    }
    let mut change = changed(&row, &findings)?;
    (change.verdict, change.todo) = (Set(verdict.as_str().to_owned()), Set(false));
    change.update(&txn).await?;
    job::beat(&txn, ctx, import.id).await?;
    Ok(txn.commit().await?)
}

/// The verdict with the photos: one that can be stored is something new, one that is refused may cost the whole row.
fn settle(setup: &ImportSetup, findings: &mut Findings, told: Vec<RowPhoto>) -> RowVerdict {
    let word = columns::kept(ImportColumn::Photo);
    // Nothing of it is stored yet.
    findings.photos = told.into_iter().map(|photo| RowPhoto { stored: String::new(), ..photo }).collect();
    let fresh = findings.photos.iter().filter(|photo| photo.quality.is_some()).count();
    if setup.photos_must_fit {
        let refused = findings.photos.iter().filter(|photo| photo.refused);
        let problems = refused
            .map(|photo| RowProblem { field: word.to_owned(), message: format!("{}: {}", photo.file, photo.words) });
        findings.problems.extend(problems);
    }
    if !findings.problems.is_empty() {
        return RowVerdict::Problem;
    }
    if fresh > 0 && findings.by_fields != RowVerdict::Created {
        let to = if fresh == 1 { "1 new photo".to_owned() } else { format!("{fresh} new photos") };
        findings.changes.push(FieldChange { field: word.to_owned(), from: String::new(), to });
    }
    match findings.by_fields {
        RowVerdict::Unchanged if fresh > 0 => RowVerdict::Changed,
        other => other,
    }
}

/// Counts the verdicts; the file waits for the decision.
async fn finish(ctx: &Ctx, import: &imports::Model) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    if !is_here(&txn, import).await? {
        return Ok(());
    }
    let mut counts = [0; 4];
    for (count, verdict) in counts.iter_mut().zip(RowVerdict::ALL) {
        let rows = import_rows::Entity::find()
            .filter(import_rows::Column::ImportId.eq(import.id))
            .filter(import_rows::Column::Verdict.eq(verdict.as_str()));
        *count = i32::try_from(rows.count(&txn).await?).unwrap_or(i32::MAX);
    }
    let [created, known, unchanged, problems] = counts;
    let change = imports::ActiveModel {
        id: Unchanged(import.id),
        state: Set(ImportState::Rehearsed.as_str().to_owned()),
        step: Set(String::new()),
        created: Set(created),
        changed: Set(known),
        unchanged: Set(unchanged),
        problems: Set(problems),
        ..Default::default()
    };
    change.update(&txn).await?;
    Ok(txn.commit().await?)
}
