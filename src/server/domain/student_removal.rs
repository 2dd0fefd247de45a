//! Students who leave no trace: rows first, then search and files.

use super::{audit, student_photos, students};
use crate::app::error::AppError;
use crate::app::types::StudentId;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self, Violation,
    entities::{
        attendance_records, consents, face_templates, import_rows, photos, record_contests, session_rosters,
        students as rows,
    },
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

/// Deletes a student without attendance records, with photos, templates, consents and places on open registers.
///
/// # Errors
/// [`AppError::Deletion`] while there are records, [`AppError::NotFound`], or internals.
pub async fn delete_student(ctx: &Ctx, actor: &Actor, id: StudentId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let student = students::lock_even_erased(&txn, id).await?;
    refuse_if_recorded(&txn, id).await?;
    let files = student_photos::names_of(&txn, id).await?;
    if let Err(error) = delete_rows(&txn, &[id.0]).await {
        drop(txn);
        // Something else points at the student: records would say what.
        if db::violation(&error) == Some(Violation::ForeignKey) {
            refuse_if_recorded(&ctx.db, id).await?;
        }
        return Err(error.into());
    }
    let sentence = format!("{} deleted the student {} with {} photos", actor.name, student.roll_no, files.len());
    audit::record(&txn, ctx, Some(actor), "student.delete", "student", id, &sentence).await?;
    txn.commit().await?;
    student_photos::forget_student(ctx, id, &files).await;
    Ok(())
}

async fn refuse_if_recorded(db: &impl ConnectionTrait, id: StudentId) -> Result<()> {
    let count =
        attendance_records::Entity::find().filter(attendance_records::Column::StudentId.eq(id.0)).count(db).await?;
    if count == 0 {
        return Ok(());
    }
    Err(AppError::Deletion {
        message: tr!("domain-student-recorded"),
        count_name: "attendance_records".to_owned(),
        count,
        suggestion: tr!("domain-student-inactive-instead"),
    }
    .into())
}

/// What points at students goes before the students. Only registers that nobody saved hold a student without a record.
///
/// # Errors
/// When something else points at one of them, or the database fails.
pub async fn delete_rows(txn: &impl ConnectionTrait, ids: &[i64]) -> std::result::Result<(), DbErr> {
    let ids = || ids.iter().copied();
    face_templates::Entity::delete_many().filter(face_templates::Column::StudentId.is_in(ids())).exec(txn).await?;
    photos::Entity::delete_many().filter(photos::Column::StudentId.is_in(ids())).exec(txn).await?;
    record_contests::Entity::delete_many().filter(record_contests::Column::StudentId.is_in(ids())).exec(txn).await?;
    consents::Entity::delete_many().filter(consents::Column::StudentId.is_in(ids())).exec(txn).await?;
    session_rosters::Entity::delete_many().filter(session_rosters::Column::StudentId.is_in(ids())).exec(txn).await?;
    // What a file once said about them.
    import_rows::Entity::delete_many().filter(import_rows::Column::StudentId.is_in(ids())).exec(txn).await?;
    rows::Entity::delete_many().filter(rows::Column::Id.is_in(ids())).exec(txn).await?;
    Ok(())
}
