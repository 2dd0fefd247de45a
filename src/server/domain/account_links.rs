//! Which student an account stands for: linked and unlinked by an admin.

use super::students::lock;
use super::user_details::get_user;
use super::{audit, validate};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{Role, StudentId, StudentRef, UserId};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::db::entities::students;
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The student that an account stands for.
///
/// # Errors
/// When the database fails.
pub async fn student_of(ctx: &Ctx, id: UserId) -> Result<Option<StudentRef>> {
    let row = students::Entity::find().filter(students::Column::UserId.eq(id.0)).one(&ctx.db).await?;
    Ok(row.map(to_ref))
}

/// The student with this email address, while no account stands for them.
///
/// # Errors
/// When the database fails.
pub async fn free_student(ctx: &Ctx, email: &str) -> Result<Option<StudentRef>> {
    let row = students::Entity::find()
        .filter(students::Column::Email.eq(email))
        .filter(students::Column::UserId.is_null())
        .one(&ctx.db)
        .await?;
    Ok(row.map(to_ref))
}

/// Links a student's account to the student with this roll number, whatever their email addresses: the admin knows.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] for accounts of other roles and those that are linked already, faults of
/// the field `roll_no`, or internals.
pub async fn link_student(ctx: &Ctx, actor: &Actor, id: UserId, roll_no: &str) -> Result<()> {
    let user = get_user(ctx, id).await?;
    if user.role != Role::Student {
        return Err(AppError::Rule(tr!("domain-account-student-role")).into());
    }
    if student_of(ctx, id).await?.is_some() {
        return Err(AppError::Rule(tr!("domain-account-linked")).into());
    }
    let mut faults = FieldErrors::new();
    let roll_no = validate::required_line(&mut faults, "roll_no", roll_no, validate::NAME_CHARS_MAX).to_uppercase();
    faults.finish()?;
    let student = students::Entity::find().filter(students::Column::RollNo.eq(&roll_no)).one(&ctx.db).await?;
    let Some(student) = student else {
        return Err(AppError::field("roll_no", tr!("domain-account-no-student")).into());
    };

    let txn = db::begin_write(&ctx.db).await?;
    lock(&txn, StudentId(student.id)).await?;
    let linked = students::Entity::update_many()
        .col_expr(students::Column::UserId, Expr::value(id.0))
        .filter(students::Column::Id.eq(student.id))
        .filter(students::Column::UserId.is_null())
        .exec(&txn)
        .await;
    let linked = linked.map_err(|error| match db::is_unique(&error, "uq_students_user") {
        true => Error::User(AppError::Rule(tr!("domain-account-just-linked"))),
        false => error.into(),
    })?;
    if linked.rows_affected == 0 {
        return Err(AppError::field("roll_no", tr!("domain-account-student-taken")).into());
    }
    let sentence = format!("{} linked the account {} to the student {roll_no}", actor.name, user.username);
    audit::record(&txn, ctx, Some(actor), "user.link_student", "user", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Unlinks an account from its student; both stay.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] where nothing is linked, or internals.
pub async fn unlink_student(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<()> {
    let user = get_user(ctx, id).await?;
    let student = student_of(ctx, id).await?.ok_or_else(|| AppError::Rule(tr!("domain-account-not-linked")))?;
    let txn = db::begin_write(&ctx.db).await?;
    let unlinked = students::Entity::update_many()
        .col_expr(students::Column::UserId, Expr::value(Option::<i64>::None))
        .filter(students::Column::UserId.eq(id.0))
        .exec(&txn)
        .await?;
    if unlinked.rows_affected == 0 {
        return Err(AppError::Rule(tr!("domain-account-not-linked")).into());
    }
    let sentence = format!("{} unlinked the account {} from {}", actor.name, user.username, student.roll_no);
    audit::record(&txn, ctx, Some(actor), "user.unlink_student", "user", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

fn to_ref(row: students::Model) -> StudentRef {
    StudentRef { id: StudentId(row.id), name: row.name, roll_no: row.roll_no }
}
