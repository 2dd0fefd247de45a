//! Students: shown, created with a roll number, locked and linked to their accounts.

use super::enrolment::{self, Intake, PreparedPhoto};
use super::erasure::erased_roll_no;
use super::student_rows::{to_detail, to_rows};
use super::validate;
use super::{audit, departments, roll_numbers};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{departments as department_rows, students, user_profiles, users},
};
use crate::server::error::{Error, Result};
use crate::server::gallery::NewTemplate;
use crate::server::state::Ctx;
use crate::server::upload::UploadedPhoto;
use crate::tr;
use anyhow::Context;
use chrono::Datelike;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
};

pub use super::student_changes::{StudentChange, change_student};
pub use super::student_list::list_students;

/// Emails looked up by one statement.
const EMAILS_PER_STATEMENT: usize = 500;

fn email_taken() -> String {
    tr!("domain-student-email-taken")
}

/// One student with photos and account.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn get_student(ctx: &Ctx, id: StudentId) -> Result<StudentDetail> {
    let found = students::Entity::find_by_id(id.0).find_also_related(department_rows::Entity).one(&ctx.db).await?;
    let found = found.ok_or_else(|| AppError::not_found("Student", id))?;
    let user = found.0.user_id;
    to_detail(ctx, to_row(ctx, found).await?, user).await
}

/// The roll number that the department's next student would get now.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn next_roll_no(ctx: &Ctx, department: DepartmentId) -> Result<String> {
    let department = departments::find(&ctx.db, department).await?;
    roll_numbers::peek(&ctx.db, &department, ctx.clock.wall().year()).await
}

/// The faults of a new student's fields alone, for callers that found faults of their own already.
///
/// # Errors
/// When the database fails.
pub async fn check_fields(ctx: &Ctx, form: &StudentForm) -> Result<FieldErrors> {
    let mut faults = FieldErrors::new();
    check(ctx, &mut faults, form).await?;
    Ok(faults)
}

/// Creates a student with any number of photos, all of it or nothing.
///
/// # Errors
/// [`AppError::Invalid`] with the faults of fields and photos together,
/// [`AppError::FaceQuality`], `ConsentRequired`, `FacesUnavailable`, `Busy`, or internals.
pub async fn create_student(
    ctx: &Ctx,
    actor: &Actor,
    form: StudentForm,
    photos: Vec<UploadedPhoto>,
) -> Result<CreatedStudent> {
    create_student_from(ctx, actor, form, photos, Intake::upload()).await
}

/// The same, for photos that came another way.
///
/// # Errors
/// As [`create_student`].
pub async fn create_student_from(
    ctx: &Ctx,
    actor: &Actor,
    form: StudentForm,
    photos: Vec<UploadedPhoto>,
    intake: Intake,
) -> Result<CreatedStudent> {
    let mut faults = FieldErrors::new();
    let fields = check(ctx, &mut faults, &form).await?;
    let prepared = match enrolment::prepare(ctx, photos, None, &intake.rules).await {
        Ok(prepared) => prepared,
        Err(Error::User(AppError::Invalid(of_photos))) => {
            faults.merge(of_photos);
            Vec::new()
        }
        Err(Error::User(refusal)) if !faults.is_empty() => {
            faults.add("photo", refusal.sentence());
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    if let Err(invalid) = faults.finish() {
        enrolment::discard(ctx, prepared).await;
        return Err(invalid.into());
    }
    match store(ctx, actor, fields, &prepared, intake.source).await {
        Ok((student, templates)) => {
            enrolment::publish(ctx, &templates).await;
            let face_quality = prepared.first().map(|photo| photo.verdict);
            let lookalike = prepared.into_iter().find_map(|photo| photo.lookalike);
            Ok(CreatedStudent { student: to_row(ctx, student).await?, face_quality, lookalike })
        }
        Err(error) => {
            enrolment::discard(ctx, prepared).await;
            Err(error)
        }
    }
}

/// The student, or the refusal that there is none.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn find(db: &impl ConnectionTrait, id: StudentId) -> Result<students::Model> {
    let row = students::Entity::find_by_id(id.0).one(db).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Student", id))?)
}

/// The student, whom nobody else can change, photograph or mark until the transaction ends. Somebody who was erased is
/// not changed any more.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] for who was erased, or internals.
pub async fn lock(txn: &impl ConnectionTrait, id: StudentId) -> Result<students::Model> {
    let row = lock_even_erased(txn, id).await?;
    if row.roll_no == erased_roll_no(id) {
        return Err(AppError::Rule(tr!("domain-student-erased")).into());
    }
    Ok(row)
}

/// The same for what also becomes of those who were erased.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn lock_even_erased(txn: &impl ConnectionTrait, id: StudentId) -> Result<students::Model> {
    let row = students::Entity::find_by_id(id.0).lock_exclusive().one(txn).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Student", id))?)
}

/// The student, for staff and for the student's own account; for others there is none.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn find_visible(ctx: &Ctx, actor: &Actor, id: StudentId) -> Result<students::Model> {
    let row = find(&ctx.db, id).await?;
    if !actor.role.is_staff() && row.user_id != Some(actor.user_id.0) {
        return Err(AppError::not_found("Student", id).into());
    }
    Ok(row)
}

/// Links a new account to the student with the same email, if there is one without an account.
///
/// # Errors
/// When the database fails.
pub async fn link_account(txn: &impl ConnectionTrait, user: &users::Model) -> Result<()> {
    students::Entity::update_many()
        .col_expr(students::Column::UserId, Expr::value(user.id))
        .filter(students::Column::Email.eq(&user.email))
        .filter(students::Column::UserId.is_null())
        .exec(txn)
        .await?;
    Ok(())
}

/// Links a student to the student's account with the same, verified email, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn link_student(txn: &impl ConnectionTrait, student: students::Model) -> Result<students::Model> {
    if student.user_id.is_some() {
        return Ok(student);
    }
    let account = users::Entity::find()
        .filter(users::Column::Email.eq(&student.email))
        .filter(users::Column::EmailVerifiedAt.is_not_null())
        .find_also_related(user_profiles::Entity)
        .one(txn)
        .await?;
    let Some((account, Some(profile))) = account else { return Ok(student) };
    let taken = students::Entity::find().filter(students::Column::UserId.eq(account.id)).count(txn).await? > 0;
    if taken || profile.role != Role::Student.as_str() {
        return Ok(student);
    }
    let link = students::ActiveModel { id: Set(student.id), user_id: Set(Some(account.id)), ..Default::default() };
    Ok(link.update(txn).await?)
}

/// Links the students of these emails as [`link_account`] would link each account.
///
/// # Errors
/// When the database fails.
pub async fn link_students(txn: &impl ConnectionTrait, emails: &[&str]) -> Result<()> {
    for some in emails.chunks(EMAILS_PER_STATEMENT) {
        let accounts = users::Entity::find()
            .filter(users::Column::Email.is_in(some.iter().copied()))
            .filter(users::Column::EmailVerifiedAt.is_not_null());
        for account in accounts.all(txn).await? {
            let student = students::Entity::find().filter(students::Column::Email.eq(&account.email)).one(txn).await?;
            if let Some(student) = student {
                link_student(txn, student).await?;
            }
        }
    }
    Ok(())
}

/// A student's fields in order.
struct Fields {
    name: String,
    email: String,
    phone: String,
    department: DepartmentId,
}

/// Checks all fields of a new student and adds all faults.
async fn check(ctx: &Ctx, faults: &mut FieldErrors, form: &StudentForm) -> Result<Fields> {
    let fields = Fields {
        name: validate::required_line(faults, "name", &form.name, validate::NAME_CHARS_MAX),
        email: validate::email(faults, "email", &form.email, validate::NAME_CHARS_MAX),
        phone: validate::phone(faults, "phone", &form.phone),
        department: form.department,
    };
    check_department(&ctx.db, faults, form.department).await?;
    check_email_is_free(&ctx.db, faults, &fields.email, None).await?;
    Ok(fields)
}

/// Adds a fault unless the department is there.
///
/// # Errors
/// When the database fails.
pub async fn check_department(db: &impl ConnectionTrait, faults: &mut FieldErrors, id: DepartmentId) -> Result<()> {
    if id == DepartmentId::default() {
        faults.add("department", tr!("domain-required"));
    } else if department_rows::Entity::find_by_id(id.0).one(db).await?.is_none() {
        faults.add("department", tr!("domain-no-department"));
    }
    Ok(())
}

/// Adds a fault when the email is somebody else's than this student's. It is told together with the other faults; the
/// constraint still decides when two people save at once.
///
/// # Errors
/// When the database fails.
pub async fn check_email_is_free(
    db: &impl ConnectionTrait,
    faults: &mut FieldErrors,
    email: &str,
    own: Option<StudentId>,
) -> Result<()> {
    let others = students::Entity::find()
        .filter(students::Column::Email.eq(email))
        .filter(students::Column::Id.ne(own.unwrap_or_default().0));
    if !faults.has("email") && others.count(db).await? > 0 {
        faults.add("email", email_taken());
    }
    Ok(())
}

/// Writes roll number, student, account link, photos, templates and audit row in one transaction.
async fn store(
    ctx: &Ctx,
    actor: &Actor,
    fields: Fields,
    prepared: &[PreparedPhoto],
    source: &str,
) -> Result<(StudentAndDepartment, Vec<NewTemplate>)> {
    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    let department = departments::find(&txn, fields.department).await?;
    let student = students::ActiveModel {
        roll_no: Set(roll_numbers::take(&txn, &department, ctx.clock.wall().year()).await?),
        name: Set(fields.name),
        email: Set(fields.email),
        phone: Set(fields.phone),
        department_id: Set(department.id),
        is_active: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let student = student.insert(&txn).await.map_err(taken)?;
    let student = link_student(&txn, student).await?;
    let id = StudentId(student.id);
    let templates = enrolment::store(&txn, ctx, actor, id, prepared, source).await?;
    let sentence = format!("{} created the student {} with {} photos", actor.name, student.roll_no, prepared.len());
    audit::record(&txn, ctx, Some(actor), "student.create", "student", id, &sentence).await?;
    txn.commit().await?;
    Ok(((student, Some(department)), templates))
}

/// A student's row and the department's.
pub type StudentAndDepartment = (students::Model, Option<department_rows::Model>);

/// The student as lists show them.
///
/// # Errors
/// When the database fails.
pub async fn to_row(ctx: &Ctx, found: StudentAndDepartment) -> Result<StudentRow> {
    Ok(to_rows(ctx, vec![found]).await?.pop().context("a student has no row")?)
}

/// The refusal of an email that somebody else has.
pub fn taken(error: DbErr) -> Error {
    if db::is_unique(&error, "uq_students_email") {
        AppError::field("email", email_taken()).into()
    } else {
        error.into()
    }
}
