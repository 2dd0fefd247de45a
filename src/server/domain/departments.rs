//! Departments: listed, saved, and deleted only while nothing hangs on them.

use super::audit;
use super::student_counts::student_counts;
use super::validate;
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{Department, DepartmentForm, DepartmentId, DepartmentRef, Page};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_sessions, departments, students, teacher_departments};
use crate::server::db::{self, Violation};
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ActiveValue::Unchanged, ColumnTrait, Condition,
    ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

fn code_taken() -> String {
    tr!("domain-department-code-taken")
}

fn name_taken() -> String {
    tr!("domain-department-name-taken")
}

impl From<departments::Model> for DepartmentRef {
    fn from(row: departments::Model) -> Self {
        Self { id: DepartmentId(row.id), name: row.name, code: row.code }
    }
}

/// All departments by code, with their counts.
///
/// # Errors
/// When the database fails.
pub async fn list_departments(ctx: &Ctx) -> Result<Vec<Department>> {
    let rows = departments::Entity::find().order_by_asc(departments::Column::Code).all(&ctx.db).await?;
    let students = student_counts(ctx).await?;
    let active = |id: i64| {
        let of_department = students.iter().filter(|row| row.is_active && row.department == id);
        of_department.map(|row| row.students).sum()
    };
    let sessions: HashMap<i64, i64> = attendance_sessions::Entity::find()
        .select_only()
        .column(attendance_sessions::Column::DepartmentId)
        .column_as(attendance_sessions::Column::Id.count(), "sessions")
        .group_by(attendance_sessions::Column::DepartmentId)
        .into_tuple::<(i64, i64)>()
        .all(&ctx.db)
        .await?
        .into_iter()
        .collect();
    let rows = rows.into_iter().map(|row| Department {
        students: active(row.id),
        sessions: sessions.get(&row.id).map_or(0, |count| count.unsigned_abs()),
        id: DepartmentId(row.id),
        name: row.name,
        code: row.code,
        description: row.description,
        created_at: row.created_at,
        updated_at: row.updated_at,
    });
    Ok(rows.collect())
}

/// By what a list of departments is ordered; equals are told apart by code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DepartmentSort {
    Name,
    #[default]
    Code,
    CreatedAt,
}

/// Which departments are wanted, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentFilter {
    /// Part of the name or code, whatever the case; empty means all.
    pub search: String,
    pub by: DepartmentSort,
    pub descending: bool,
    /// Counted from 1.
    pub page: u64,
    pub page_size: u64,
}

/// One page of departments. There are dozens, not thousands: they are read whole and chosen here, because neither
/// database folds every script. A page past the end is empty.
///
/// # Errors
/// When the database fails.
pub async fn page_departments(ctx: &Ctx, filter: &DepartmentFilter) -> Result<Page<Department>> {
    let wanted = filter.search.trim().to_lowercase();
    let mut rows = list_departments(ctx).await?;
    rows.retain(|row| row.name.to_lowercase().contains(&wanted) || row.code.to_lowercase().contains(&wanted));
    match filter.by {
        DepartmentSort::Name => rows.sort_by_key(|row| row.name.to_lowercase()),
        DepartmentSort::Code => {}
        DepartmentSort::CreatedAt => rows.sort_by_key(|row| row.created_at),
    }
    if filter.descending {
        rows.reverse();
    }
    let count = rows.len() as u64;
    let skipped = filter.page.saturating_sub(1).saturating_mul(filter.page_size);
    let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
    let taken = usize::try_from(filter.page_size).unwrap_or(usize::MAX);
    let results = rows.into_iter().skip(skipped).take(taken).collect();
    Ok(Page { count, page: filter.page, page_size: filter.page_size, results })
}

/// One department with its counts.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn get_department(ctx: &Ctx, id: DepartmentId) -> Result<Department> {
    let listed = list_departments(ctx).await?.into_iter().find(|department| department.id == id);
    Ok(listed.ok_or_else(|| AppError::not_found("Department", id))?)
}

/// What of a department shall change; absent fields stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentChange {
    pub name: Option<String>,
    pub code: Option<String>,
    pub description: Option<String>,
}

/// Changes some of a department's fields; the others stay what somebody else has just made of them.
///
/// # Errors
/// [`AppError::Invalid`] with all faults, [`AppError::NotFound`], or internals.
pub async fn change_department(
    ctx: &Ctx,
    actor: &Actor,
    id: DepartmentId,
    change: DepartmentChange,
) -> Result<Department> {
    let txn = db::begin_write(&ctx.db).await?;
    lock(&txn, id).await?;
    let mut faults = FieldErrors::new();
    let (name, code) = (change.name.as_deref(), change.code.as_deref());
    let name = name.map(|name| validate::required_line(&mut faults, "name", name, validate::NAME_CHARS_MAX));
    let code = code.map(|code| validate::department_code(&mut faults, "code", code));
    let description = change.description.map(|text| validate::free_text(&mut faults, "description", &text));
    refuse_taken(&txn, &mut faults, Some(id), name.as_deref(), code.as_deref()).await?;
    faults.finish()?;
    let row = departments::ActiveModel {
        id: Unchanged(id.0),
        name: name.map_or(NotSet, Set),
        code: code.map_or(NotSet, Set),
        description: description.map_or(NotSet, Set),
        updated_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    let saved = row.update(&txn).await.map_err(taken)?;
    let sentence = format!("{} changed the department {} ({})", actor.name, saved.code, saved.name);
    audit::record(&txn, ctx, Some(actor), "department.update", "department", saved.id, &sentence).await?;
    txn.commit().await?;
    get_department(ctx, id).await
}

/// Creates a department, or changes all fields of the one whose id the form carries.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::NotFound`], or internals.
pub async fn save_department(ctx: &Ctx, actor: &Actor, form: DepartmentForm) -> Result<Department> {
    if let Some(id) = form.id {
        let DepartmentForm { name, code, description, .. } = form;
        let change = DepartmentChange { name: Some(name), code: Some(code), description: Some(description) };
        return change_department(ctx, actor, id, change).await;
    }
    let mut faults = FieldErrors::new();
    let name = validate::required_line(&mut faults, "name", &form.name, validate::NAME_CHARS_MAX);
    let code = validate::department_code(&mut faults, "code", &form.code);
    let description = validate::free_text(&mut faults, "description", &form.description);
    refuse_taken(&ctx.db, &mut faults, None, Some(&name), Some(&code)).await?;
    faults.finish()?;
    let now = ctx.clock.now();
    let row = departments::ActiveModel {
        id: NotSet,
        name: Set(name),
        code: Set(code),
        description: Set(description),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let txn = db::begin_write(&ctx.db).await?;
    let saved = row.insert(&txn).await.map_err(taken)?;
    let sentence = format!("{} created the department {} ({})", actor.name, saved.code, saved.name);
    audit::record(&txn, ctx, Some(actor), "department.create", "department", saved.id, &sentence).await?;
    txn.commit().await?;
    get_department(ctx, DepartmentId(saved.id)).await
}

/// Deletes a department that has neither students nor sessions nor teachers.
///
/// # Errors
/// [`AppError::Deletion`], [`AppError::NotFound`], or internals.
pub async fn delete_department(ctx: &Ctx, actor: &Actor, id: DepartmentId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let row = lock(&txn, id).await?;
    refuse_if_used(&txn, id).await?;
    if let Err(error) = departments::Entity::delete_by_id(id.0).exec(&txn).await {
        drop(txn);
        // Somebody used it between the count and the deletion: count again to say how.
        if db::violation(&error) == Some(Violation::ForeignKey) {
            refuse_if_used(&ctx.db, id).await?;
        }
        return Err(error.into());
    }
    let sentence = format!("{} deleted the department {} ({})", actor.name, row.code, row.name);
    audit::record(&txn, ctx, Some(actor), "department.delete", "department", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// The department, or the refusal that it is not there.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn find(db: &impl ConnectionTrait, id: DepartmentId) -> Result<departments::Model> {
    let row = departments::Entity::find_by_id(id.0).one(db).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Department", id))?)
}

/// The department, which nobody else changes or deletes until the transaction ends.
async fn lock(txn: &impl ConnectionTrait, id: DepartmentId) -> Result<departments::Model> {
    let row = departments::Entity::find_by_id(id.0).lock_exclusive().one(txn).await?;
    Ok(row.ok_or_else(|| AppError::not_found("Department", id))?)
}

async fn refuse_if_used(db: &impl ConnectionTrait, id: DepartmentId) -> Result<()> {
    let students = students::Entity::find().filter(students::Column::DepartmentId.eq(id.0)).count(db).await?;
    let sessions = attendance_sessions::Entity::find()
        .filter(attendance_sessions::Column::DepartmentId.eq(id.0))
        .count(db)
        .await?;
    let teachers = teacher_departments::Entity::find()
        .filter(teacher_departments::Column::DepartmentId.eq(id.0))
        .count(db)
        .await?;
    let refuse = |message: String, count_name: &str, count: u64, suggestion: String| {
        Err(AppError::Deletion { message, count_name: count_name.to_owned(), count, suggestion }.into())
    };
    match (students, sessions, teachers) {
        (1.., _, _) => {
            let (message, move_them) = (tr!("domain-department-has-students"), tr!("domain-department-move-students"));
            refuse(message, "students", students, move_them)
        }
        (_, 1.., _) => {
            let (message, keep) = (tr!("domain-department-has-sessions"), tr!("domain-department-keep"));
            refuse(message, "attendance_sessions", sessions, keep)
        }
        (_, _, 1..) => {
            let (message, move_them) = (tr!("domain-department-has-teachers"), tr!("domain-department-move-teachers"));
            refuse(message, "teachers", teachers, move_them)
        }
        _ => Ok(()),
    }
}

/// Names all duplicates together; the constraints still decide when two people save at once.
async fn refuse_taken(
    db: &impl ConnectionTrait,
    faults: &mut FieldErrors,
    own: Option<DepartmentId>,
    name: Option<&str>,
    code: Option<&str>,
) -> Result<()> {
    // A faulty text may hold what a database does not take, and is refused anyway.
    let (name, code) = (name.filter(|_| !faults.has("name")), code.filter(|_| !faults.has("code")));
    let taken = Condition::any()
        .add_option(name.map(|name| departments::Column::Name.eq(name)))
        .add_option(code.map(|code| departments::Column::Code.eq(code)));
    if taken.is_empty() {
        return Ok(());
    }
    let not_own = departments::Column::Id.ne(own.unwrap_or_default().0);
    let others = departments::Entity::find().filter(taken).filter(not_own).all(db).await?;
    if name.is_some_and(|name| others.iter().any(|other| other.name == name)) {
        faults.add("name", name_taken());
    }
    if code.is_some_and(|code| others.iter().any(|other| other.code == code)) {
        faults.add("code", code_taken());
    }
    Ok(())
}

fn taken(error: DbErr) -> Error {
    if db::is_unique(&error, "uq_departments_code") {
        AppError::field("code", code_taken()).into()
    } else if db::is_unique(&error, "uq_departments_name") {
        AppError::field("name", name_taken()).into()
    } else {
        error.into()
    }
}
