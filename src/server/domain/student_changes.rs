//! Changes to students: each reads the row under its lock, and writes the named fields alone.

use super::{audit, departments, enrolment, students, validate};
use crate::app::error::FieldErrors;
use crate::app::types::{DepartmentId, StudentForm, StudentId, StudentRow};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{face_templates, students as rows},
};
use crate::server::error::Result;
use crate::server::gallery::{NewTemplate, vector_from_bytes};
use crate::server::state::Ctx;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ActiveValue::Unchanged, ColumnTrait, EntityTrait, QueryFilter};

/// What of a student's own fields shall change; absent fields stay. The roll number always does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudentChange {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub department: Option<DepartmentId>,
    /// An inactive student is not recognised, and on no new roster.
    pub is_active: Option<bool>,
}

impl StudentChange {
    /// All fields of a form. The state counts only where it is not the one that the form was filled with: a form that
    /// lay open while somebody switched the student off does not switch them on again.
    pub fn of_form(form: StudentForm, is_active: bool, was_active: Option<bool>) -> Self {
        Self {
            name: Some(form.name),
            email: Some(form.email),
            phone: Some(form.phone),
            department: Some(form.department),
            is_active: Some(is_active).filter(|_| was_active != Some(is_active)),
        }
    }
}

/// Switches a student on or off: on new rosters and recognisable, or neither.
///
/// # Errors
/// As [`change_student`].
pub async fn set_student_active(ctx: &Ctx, actor: &Actor, id: StudentId, is_active: bool) -> Result<StudentRow> {
    change_student(ctx, actor, id, StudentChange { is_active: Some(is_active), ..Default::default() }).await
}

/// Changes some of a student's own fields; the others stay what somebody else has just made of them.
///
/// # Errors
/// [`AppError::Invalid`](crate::app::error::AppError::Invalid) with all faults,
/// [`AppError::NotFound`](crate::app::error::AppError::NotFound),
/// [`AppError::Rule`](crate::app::error::AppError::Rule) for somebody who was erased, or internals.
pub async fn change_student(ctx: &Ctx, actor: &Actor, id: StudentId, change: StudentChange) -> Result<StudentRow> {
    let txn = db::begin_write(&ctx.db).await?;
    let before = students::lock(&txn, id).await?;
    let mut faults = FieldErrors::new();
    let mut row = rows::ActiveModel { id: Unchanged(id.0), updated_at: Set(ctx.clock.now()), ..Default::default() };
    if let Some(name) = &change.name {
        row.name = Set(validate::required_line(&mut faults, "name", name, validate::NAME_CHARS_MAX));
    }
    if let Some(email) = &change.email {
        let email = validate::email(&mut faults, "email", email, validate::NAME_CHARS_MAX);
        students::check_email_is_free(&txn, &mut faults, &email, Some(id)).await?;
        row.email = Set(email);
    }
    if let Some(phone) = &change.phone {
        row.phone = Set(validate::phone(&mut faults, "phone", phone));
    }
    if let Some(department) = change.department {
        students::check_department(&txn, &mut faults, department).await?;
        row.department_id = Set(department.0);
    }
    if let Some(is_active) = change.is_active {
        row.is_active = Set(is_active);
    }
    faults.finish()?;
    let changed = row.update(&txn).await.map_err(students::taken)?;
    let changed = students::link_student(&txn, changed).await?;
    let action = match (before.is_active, changed.is_active) {
        (true, false) => "student.deactivate",
        (false, true) => "student.activate",
        _ => "student.update",
    };
    let sentence = format!("{} changed the student {} ({action})", actor.name, changed.roll_no);
    audit::record(&txn, ctx, Some(actor), action, "student", id, &sentence).await?;
    let department = departments::find(&txn, DepartmentId(changed.department_id)).await?;
    txn.commit().await?;
    if before.is_active != changed.is_active {
        follow_in_gallery(ctx, id.0).await;
    }
    students::to_row(ctx, (changed, Some(department))).await
}

/// Takes a student out of the searchable gallery or puts them back, as the rows say now: a faster change of somebody
/// else's is not undone. Trouble here is logged and mended by the next start, which reads the database.
async fn follow_in_gallery(ctx: &Ctx, student: i64) {
    let followed = async {
        ctx.gallery.remove_student(student)?;
        let templates = face_templates::Entity::find()
            .filter(face_templates::Column::StudentId.eq(student))
            .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()))
            .all(&ctx.db)
            .await?;
        let templates = templates.into_iter().map(|row| NewTemplate {
            template_id: row.id,
            student_id: student,
            vector: vector_from_bytes(&row.vector),
        });
        enrolment::publish(ctx, &templates.collect::<Vec<_>>()).await;
        anyhow::Ok(())
    };
    if let Err(error) = followed.await {
        tracing::error!(student, "the gallery does not follow a student: {error:#}");
    }
}
