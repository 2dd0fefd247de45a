//! One row written at once, with its photos: for the command line, which asks nobody in between.

use super::apply::{insert_students, update_student};
use super::archive::Photos;
use super::judge::{Cells, Judgement};
use super::photos::{Looked, Of, SOURCE, look};
use crate::app::error::AppError;
use crate::app::types::{RowPhoto, RowVerdict, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::domain::{audit, enrolment, students};
use crate::server::error::Result;
use crate::server::gallery::NewTemplate;
use crate::server::state::Ctx;
use anyhow::Context;

/// What became of a row.
#[derive(Clone, Debug)]
pub struct Written {
    pub verdict: RowVerdict,
    pub roll_no: String,
    pub photos: Vec<RowPhoto>,
}

/// Writes a judged row: student, photos, templates and audit row in one transaction. A photo that is refused costs the
/// whole row.
///
/// # Errors
/// [`AppError::Rule`] with everything that is wrong with the row, or internals.
pub async fn write_row(
    ctx: &Ctx,
    actor: &Actor,
    photos: &mut Photos,
    cells: &Cells,
    judged: &Judgement,
) -> Result<Written> {
    let mut faults: Vec<String> =
        judged.problems.iter().map(|problem| format!("{}: {}", problem.field, problem.message)).collect();
    if !faults.is_empty() {
        return Err(AppError::Rule(faults.join(" ")).into());
    }
    let fields = &judged.fields;
    let of = Of { own: judged.student.map(StudentId), roll_no: &fields.roll_no, email: &fields.email };
    let looked = look(ctx, photos, cells, of).await?;
    let refused = looked.told.iter().filter(|photo| photo.refused);
    faults.extend(refused.map(|photo| format!("{}: {}", photo.file, photo.words)));
    if !faults.is_empty() {
        enrolment::discard(ctx, looked.prepared).await;
        return Err(AppError::Rule(faults.join(" ")).into());
    }
    let verdict = match judged.verdict {
        RowVerdict::Unchanged if looked.fresh() > 0 => RowVerdict::Changed,
        other => other,
    };
    if verdict == RowVerdict::Unchanged {
        return Ok(Written { verdict, roll_no: fields.roll_no.clone(), photos: looked.told });
    }
    match store(ctx, actor, judged, &looked).await {
        Ok((roll_no, templates)) => {
            enrolment::publish(ctx, &templates).await;
            Ok(Written { verdict, roll_no, photos: looked.told })
        }
        Err(error) => {
            enrolment::discard(ctx, looked.prepared).await;
            Err(error)
        }
    }
}

async fn store(ctx: &Ctx, actor: &Actor, judged: &Judgement, looked: &Looked) -> Result<(String, Vec<NewTemplate>)> {
    let txn = db::begin_write(&ctx.db).await?;
    let fields = &judged.fields;
    let (id, roll_no, action, did) = match judged.student {
        Some(id) => {
            if !judged.changes.is_empty() {
                update_student(&txn, ctx, id, fields, &judged.changes).await?;
            }
            (id, fields.roll_no.clone(), "student.update", "changed")
        }
        None => {
            let created = insert_students(&txn, ctx, &[fields]).await?;
            let (id, roll_no) = created.into_values().next().context("a new student has no row")?;
            (id, roll_no, "student.create", "created")
        }
    };
    students::link_students(&txn, &[&fields.email]).await?;
    let templates = enrolment::store(&txn, ctx, actor, StudentId(id), &looked.prepared, SOURCE).await?;
    let sentence = format!("{} {did} the student {roll_no} with {} new photos", actor.name, looked.fresh());
    audit::record(&txn, ctx, Some(actor), action, "student", id, &sentence).await?;
    let is_active = students::find(&txn, StudentId(id)).await?.is_active;
    txn.commit().await?;
    Ok((roll_no, if is_active { templates } else { Vec::new() }))
}
