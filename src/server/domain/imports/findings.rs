//! What is known of one row: kept beside it as JSON.

use super::judge::{Cells, Fields, Judgement};
use super::{columns, kept_words, to_json};
use crate::app::types::{
    FieldChange, ImportColumn, ImportLine, RowOutcome, RowPhoto, RowProblem, RowVerdict, StudentId,
};
use crate::server::db::entities::import_rows;
use crate::server::error::Result;
use anyhow::Context;
use sea_orm::ActiveValue::{Set, Unchanged};
use serde::{Deserialize, Serialize};

/// Everything that was found out about a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// Verdict by the fields alone, before its photos are looked at.
    pub by_fields: RowVerdict,
    pub problems: Vec<RowProblem>,
    pub changes: Vec<FieldChange>,
    pub photos: Vec<RowPhoto>,
    /// The fields as the row leaves them.
    pub fields: Fields,
    /// Why it was skipped or kept.
    pub words: String,
}

impl From<Judgement> for Findings {
    fn from(judgement: Judgement) -> Self {
        Self {
            by_fields: judgement.verdict,
            problems: judgement.problems,
            changes: judgement.changes,
            fields: judgement.fields,
            ..Self::default()
        }
    }
}

impl Findings {
    /// # Errors
    /// When the row holds what we did not write.
    pub fn of(row: &import_rows::Model) -> Result<Self> {
        Ok(serde_json::from_str(&row.findings).context("reading the findings of a row")?)
    }
}

/// # Errors
/// When the row holds what we did not write.
pub fn cells_of(row: &import_rows::Model) -> Result<Cells> {
    Ok(serde_json::from_str(&row.cells).context("reading the cells of a row")?)
}

/// A changed row, ready to be saved.
///
/// # Errors
/// When the findings cannot be written.
pub fn changed(row: &import_rows::Model, findings: &Findings) -> Result<import_rows::ActiveModel> {
    Ok(import_rows::ActiveModel { id: Unchanged(row.id), findings: Set(to_json(findings)?), ..Default::default() })
}

/// A row as the page shows it.
///
/// # Errors
/// When the row holds what we did not write.
pub fn to_line(row: import_rows::Model) -> Result<ImportLine> {
    let (cells, findings) = (cells_of(&row)?, Findings::of(&row)?);
    let or_cell = |field: &str, cell: String| if field.is_empty() { cell } else { field.to_owned() };
    Ok(ImportLine {
        line: row.line.unsigned_abs(),
        roll_no: or_cell(&findings.fields.roll_no, cells.roll_no),
        name: or_cell(&findings.fields.name, cells.name),
        email: or_cell(&findings.fields.email, cells.email),
        department: cells.department,
        verdict: RowVerdict::named(&row.verdict).unwrap_or_default(),
        problems: findings.problems.into_iter().map(problem).collect(),
        changes: findings.changes.into_iter().map(change).collect(),
        photos: findings.photos.into_iter().map(photo).collect(),
        waits: row.todo,
        student: row.student_id.map(StudentId),
        outcome: RowOutcome::named(&row.outcome),
        words: kept_words::retell(&findings.words),
    })
}

/// What is wrong with a row, in the reader's language.
pub fn problem(problem: RowProblem) -> RowProblem {
    RowProblem { field: kept_words::field(&problem.field), message: kept_words::retell(&problem.message) }
}

fn change(change: FieldChange) -> FieldChange {
    let is_photo = change.field == columns::kept(ImportColumn::Photo);
    let to = if is_photo { kept_words::retell(&change.to) } else { change.to };
    FieldChange { field: kept_words::field(&change.field), from: change.from, to }
}

fn photo(photo: RowPhoto) -> RowPhoto {
    RowPhoto { words: kept_words::retell(&photo.words), ..photo }
}
