//! Students who ask to be forgotten: their marks stay in the counts, under no name.

use super::{audit, student_photos, student_removal, students};
use crate::app::error::AppError;
use crate::app::types::{StudentId, StudentRow};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_records, consents, face_templates, import_rows, photos, record_contests, students as rows},
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

/// The name of everybody who was erased.
pub const ERASED_NAME: &str = "Erased student";

/// The action of the log's row about it.
pub const ERASE: &str = "student.erase";

/// The roll number of somebody who was erased: given out to nobody, and told by nobody.
pub fn erased_roll_no(id: StudentId) -> String {
    format!("ERASED-{id}")
}

/// What became of the student.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// There were no records: nothing is left.
    Deleted,
    /// There were records: they stay, and nobody can tell whose they were.
    Nameless,
}

/// Switches a student on or off: on new rosters and recognisable, or neither.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn set_student_active(ctx: &Ctx, actor: &Actor, id: StudentId, is_active: bool) -> Result<StudentRow> {
    let change = students::StudentChange { is_active: Some(is_active), ..Default::default() };
    students::change_student(ctx, actor, id, change).await
}

/// Erases a student for good: photos, templates, consents, name, roll number, addresses, notes and measurements.
/// Without records the row goes too. `confirmed` is the roll number, typed by the person who decides it.
///
/// # Errors
/// A field error when another roll number was typed, [`AppError::NotFound`], or internals.
pub async fn erase_student(ctx: &Ctx, actor: &Actor, id: StudentId, confirmed: &str) -> Result<Erased> {
    let student = students::find(&ctx.db, id).await?;
    if !confirmed.trim().eq_ignore_ascii_case(&student.roll_no) {
        let sentence = tr!("domain-student-confirm", number = student.roll_no);
        return Err(AppError::field("confirmed", sentence).into());
    }
    let of_student = attendance_records::Column::StudentId.eq(id.0);
    if attendance_records::Entity::find().filter(of_student).count(&ctx.db).await? == 0 {
        student_removal::delete_student(ctx, actor, id).await?;
        return Ok(Erased::Deleted);
    }
    let txn = db::begin_write(&ctx.db).await?;
    let student = students::lock(&txn, id).await?;
    let files = student_photos::names_of(&txn, id).await?;
    delete_face(&txn, id).await?;
    forget_details_of_records(&txn, id).await?;
    let nobody = rows::ActiveModel {
        id: Set(student.id),
        name: Set(ERASED_NAME.to_owned()),
        roll_no: Set(erased_roll_no(id)),
        email: Set(format!("erased-{id}@erased.invalid")),
        phone: Set(String::new()),
        user_id: Set(None),
        is_active: Set(false),
        updated_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    nobody.update(&txn).await?;
    // The log names whom it was about no more than the row does.
    let sentence = format!("{} erased the student {} with {} photos", actor.name, erased_roll_no(id), files.len());
    audit::record(&txn, ctx, Some(actor), ERASE, "student", id, &sentence).await?;
    txn.commit().await?;
    student_photos::forget_student(ctx, id, &files).await;
    Ok(Erased::Nameless)
}

async fn delete_face(txn: &impl ConnectionTrait, id: StudentId) -> Result<()> {
    face_templates::Entity::delete_many().filter(face_templates::Column::StudentId.eq(id.0)).exec(txn).await?;
    photos::Entity::delete_many().filter(photos::Column::StudentId.eq(id.0)).exec(txn).await?;
    consents::Entity::delete_many().filter(consents::Column::StudentId.eq(id.0)).exec(txn).await?;
    Ok(())
}

/// Notes may tell who somebody is, objections too, what a file said tells it, and measurements of a face are biometric.
async fn forget_details_of_records(txn: &impl ConnectionTrait, id: StudentId) -> Result<()> {
    attendance_records::Entity::update_many()
        .col_expr(attendance_records::Column::Notes, Expr::value(""))
        .col_expr(attendance_records::Column::Confidence, Expr::value(None::<f64>))
        .col_expr(attendance_records::Column::Distance, Expr::value(None::<f64>))
        .filter(attendance_records::Column::StudentId.eq(id.0))
        .exec(txn)
        .await?;
    record_contests::Entity::delete_many().filter(record_contests::Column::StudentId.eq(id.0)).exec(txn).await?;
    import_rows::Entity::delete_many().filter(import_rows::Column::StudentId.eq(id.0)).exec(txn).await?;
    Ok(())
}
