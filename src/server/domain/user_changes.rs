//! Accounts changed, verified by hand, given a new password, deleted.

use super::user_details::{UserDetail, get_user, get_user_from};
use super::users::{self as accounts, check_departments, refuse_taken, taken, without_repeats};
use super::{audit, email_tokens, passwords, registration, students, validate};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{DepartmentId, Role, UserId};
use crate::server::auth::actor::Actor;
use crate::server::auth::login;
use crate::server::db::entities::{
    attendance_records, attendance_sessions, consents, face_templates, photos, record_contests,
    students as student_rows, teacher_departments, user_profiles, users,
};
use crate::server::db::{self, Violation};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// What of an account changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub role: Option<Role>,
    /// A teacher's departments, the first first; of others only the first counts.
    pub departments: Option<Vec<DepartmentId>>,
    pub is_active: Option<bool>,
}

/// Changes an account. Another role or a switch ends its login sessions and tokens at once; an admin who switches an
/// account on vouches for its email.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Invalid`] with all faults, [`AppError::Rule`] for one's own switch-off and for
/// the last admin, or internals.
pub async fn change_user(ctx: &Ctx, actor: &Actor, id: UserId, change: UserChange) -> Result<UserDetail> {
    let txn = db::begin_write(&ctx.db).await?;
    let may_take_an_admin = change.role.is_some_and(|role| role != Role::Admin) || change.is_active == Some(false);
    let admins = if may_take_an_admin { lock_admins(&txn).await? } else { Vec::new() };
    let (user, profile) = lock(&txn, id).await?;
    let before = get_user_from(&txn, id).await?;
    let fields = check(&txn, &before, &change).await?;
    let role = change.role.unwrap_or(before.role);
    let is_active = change.is_active.unwrap_or(before.is_active);
    if actor.user_id == id && before.is_active && !is_active {
        return Err(AppError::Rule(tr!("domain-account-own-switch")).into());
    }
    let was_admin = before.role == Role::Admin && before.is_active;
    if was_admin && !(role == Role::Admin && is_active) {
        keep_an_admin(&admins, id)?;
    }
    let vouched = is_active && !before.is_active && user.email_verified_at.is_none();
    let mut row = user.clone().into_active_model();
    row.email.set_if_not_equals(fields.email.clone());
    row.first_name.set_if_not_equals(fields.first_name);
    row.last_name.set_if_not_equals(fields.last_name);
    row.is_active.set_if_not_equals(is_active);
    row.is_staff.set_if_not_equals(role.is_staff());
    row.is_superuser.set_if_not_equals(role == Role::Admin);
    if vouched {
        row.email_verified_at = Set(Some(ctx.clock.now()));
    }
    let user = if row.is_changed() { row.update(&txn).await.map_err(taken)? } else { user };
    let mut profile = profile.into_active_model();
    profile.phone.set_if_not_equals(fields.phone);
    profile.role.set_if_not_equals(role.as_str().to_owned());
    if change.role.is_some() || change.departments.is_some() {
        profile.department_id.set_if_not_equals(fields.departments.first().map(|id| id.0));
    }
    if profile.is_changed() {
        profile.update(&txn).await?;
    }
    if change.role.is_some() || change.departments.is_some() {
        teacher_departments::Entity::delete_many()
            .filter(teacher_departments::Column::UserId.eq(id.0))
            .exec(&txn)
            .await?;
        accounts::store_departments(&txn, id.0, role, &fields.departments).await?;
    }
    if role != before.role || is_active != before.is_active {
        login::end_all(&txn, ctx, id.0, None).await?;
    }
    if !is_active || user.email != before.email {
        email_tokens::forget_all(&txn, id.0).await?;
    }
    link_or_unlink(&txn, &user, before.role, role, vouched).await?;
    for (action, did) in told(&before, role, is_active, &change) {
        let sentence = format!("{} {did} the account {}", actor.name, user.username);
        audit::record(&txn, ctx, Some(actor), action, "user", id, &sentence).await?;
    }
    txn.commit().await?;
    get_user(ctx, id).await
}

/// The account and its profile, which nobody else changes until the transaction ends: what is read of them now is what
/// a change is judged by, and what it does not name it does not write.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn lock(txn: &impl ConnectionTrait, id: UserId) -> Result<(users::Model, user_profiles::Model)> {
    let user = users::Entity::find_by_id(id.0).lock_exclusive().one(txn).await?;
    let user = user.ok_or_else(|| AppError::not_found("User", id))?;
    let of_user = user_profiles::Column::UserId.eq(id.0);
    let profile = user_profiles::Entity::find().filter(of_user).lock_exclusive().one(txn).await?;
    Ok((user, profile.context("an account without a profile")?))
}

/// The fields of an account after the change.
struct Fields {
    email: String,
    first_name: String,
    last_name: String,
    phone: String,
    departments: Vec<DepartmentId>,
}

async fn check(txn: &impl ConnectionTrait, before: &UserDetail, change: &UserChange) -> Result<Fields> {
    let mut faults = FieldErrors::new();
    let name = |faults: &mut FieldErrors, field: &str, new: &Option<String>, old: &str| match new {
        Some(text) => validate::optional_line(faults, field, text, validate::PERSON_NAME_CHARS_MAX),
        None => old.to_owned(),
    };
    let mut departments: Vec<DepartmentId> = before.departments.iter().map(|department| department.id).collect();
    if departments.is_empty() {
        departments.extend(before.department.as_ref().map(|department| department.id));
    }
    let fields = Fields {
        email: match &change.email {
            Some(email) => validate::email(&mut faults, "email", email, validate::ACCOUNT_EMAIL_CHARS_MAX),
            None => before.email.clone(),
        },
        first_name: name(&mut faults, "first_name", &change.first_name, &before.first_name),
        last_name: name(&mut faults, "last_name", &change.last_name, &before.last_name),
        phone: match &change.phone {
            Some(phone) => validate::phone(&mut faults, "phone", phone),
            None => before.phone.clone(),
        },
        departments: change.departments.as_deref().map_or(departments, without_repeats),
    };
    let role = change.role.unwrap_or(before.role);
    if change.role.is_some() || change.departments.is_some() {
        check_departments(txn, &mut faults, "departments", role, &fields.departments).await?;
    }
    refuse_taken(txn, &mut faults, Some(before.id), None, Some(&fields.email)).await?;
    faults.finish()?;
    Ok(fields)
}

/// What the audit log says, one line per kind of change.
fn told(before: &UserDetail, role: Role, is_active: bool, change: &UserChange) -> Vec<(&'static str, &'static str)> {
    let UserChange { email, first_name, last_name, phone, departments, .. } = change;
    let texts = [email, first_name, last_name, phone].into_iter().any(Option::is_some);
    let mut told = Vec::new();
    if texts || departments.is_some() {
        told.push(("user.update", "changed"));
    }
    if role != before.role {
        told.push((
            "user.change_role",
            match role {
                Role::Student => "gave the role student to",
                Role::Teacher => "gave the role teacher to",
                Role::Admin => "gave the role admin to",
            },
        ));
    }
    match (before.is_active, is_active) {
        (false, true) => told.push(("user.activate", "switched on")),
        (true, false) => told.push(("user.deactivate", "switched off")),
        _ => {}
    }
    told
}

/// Only a student's account, with a verified email, stands for a student.
async fn link_or_unlink(
    txn: &impl ConnectionTrait,
    user: &users::Model,
    before: Role,
    role: Role,
    vouched: bool,
) -> Result<()> {
    if role != Role::Student && before == Role::Student {
        student_rows::Entity::update_many()
            .col_expr(student_rows::Column::UserId, Expr::value(Option::<i64>::None))
            .filter(student_rows::Column::UserId.eq(user.id))
            .exec(txn)
            .await?;
    }
    let newly = before != Role::Student || vouched;
    if role == Role::Student && newly && user.email_verified_at.is_some() {
        students::link_account(txn, user).await?;
    }
    Ok(())
}

/// Whether another admin is active.
///
/// # Errors
/// When the database fails.
pub async fn has_other_admin(ctx: &Ctx, id: UserId) -> Result<bool> {
    let others = users::Entity::find()
        .filter(users::Column::IsActive.eq(true))
        .filter(users::Column::IsSuperuser.eq(true))
        .filter(users::Column::Id.ne(id.0));
    Ok(others.count(&ctx.db).await? > 0)
}

/// The active admins, whose accounts are locked, so that two of them cannot remove each other. Taken before any other
/// account is locked: all who need both take them in this order.
async fn lock_admins(txn: &impl ConnectionTrait) -> Result<Vec<users::Model>> {
    let admins = users::Entity::find()
        .filter(users::Column::IsActive.eq(true))
        .filter(users::Column::IsSuperuser.eq(true))
        .order_by_asc(users::Column::Id)
        .lock_exclusive();
    Ok(admins.all(txn).await?)
}

/// Refuses to take away the last active admin.
fn keep_an_admin(admins: &[users::Model], but: UserId) -> Result<()> {
    if admins.iter().any(|admin| admin.id != but.0) {
        return Ok(());
    }
    Err(AppError::Rule(tr!("domain-account-last-admin-change")).into())
}

/// Verifies an account's email by hand; the account becomes active. Does nothing where it is verified already.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn verify_user(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<UserDetail> {
    let txn = db::begin_write(&ctx.db).await?;
    let (user, _) = lock(&txn, id).await?;
    if user.email_verified_at.is_none() {
        let sentence = format!("{} verified the email address of {}", actor.name, user.username);
        registration::mark_verified(&txn, ctx, user).await?;
        email_tokens::forget(&txn, id.0, email_tokens::Purpose::Verify).await?;
        audit::record(&txn, ctx, Some(actor), "user.verify_email", "user", id, &sentence).await?;
        txn.commit().await?;
    } else {
        drop(txn);
    }
    get_user(ctx, id).await
}

/// Gives an account a made-up password, to be passed on by word of mouth, and ends its login sessions and tokens.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] for one's own account, [`AppError::Busy`], or internals.
pub async fn reset_password(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<String> {
    if actor.user_id == id {
        return Err(AppError::Rule(tr!("domain-account-own-password")).into());
    }
    let user = users::Entity::find_by_id(id.0).one(&ctx.db).await?.ok_or_else(|| AppError::not_found("User", id))?;
    let password = accounts::make_password();
    let password_hash = ctx.hasher.hash(&password).await?;
    let txn = db::begin_write(&ctx.db).await?;
    passwords::store_password(&txn, ctx, &user, password_hash, None).await?;
    let sentence = format!("{} gave the account {} a one-time password", actor.name, user.username);
    audit::record(&txn, ctx, Some(actor), "user.reset_password", "user", id, &sentence).await?;
    txn.commit().await?;
    Ok(password)
}

/// Deletes an account that nothing refers to.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Deletion`] with the offer to deactivate, [`AppError::Rule`] for one's own
/// account and the last admin, or internals.
pub async fn delete_user(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<()> {
    if actor.user_id == id {
        return Err(AppError::Rule(tr!("domain-account-own-delete")).into());
    }
    let txn = db::begin_write(&ctx.db).await?;
    let admins = lock_admins(&txn).await?;
    let (user, _) = lock(&txn, id).await?;
    let records = count_records(&txn, id).await?;
    if records > 0 {
        return Err(still_used(records).into());
    }
    if user.is_active && user.is_superuser {
        keep_an_admin(&admins, id)?;
    }
    if let Err(error) = users::Entity::delete_by_id(id.0).exec(&txn).await {
        drop(txn);
        // Somebody's work came between the count and the deletion: at least one record.
        let used = db::violation(&error) == Some(Violation::ForeignKey);
        return Err(if used { still_used(count_records(&ctx.db, id).await?.max(1)).into() } else { error.into() });
    }
    let sentence = format!("{} deleted the account {}", actor.name, user.username);
    audit::record(&txn, ctx, Some(actor), "user.delete", "user", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

fn still_used(records: u64) -> AppError {
    AppError::Deletion {
        message: tr!("domain-account-used"),
        count_name: "associated_records".to_owned(),
        count: records,
        suggestion: tr!("domain-account-deactivate"),
    }
}

/// Everything that names this account as who did it, or as whose account it is.
///
/// # Errors
/// When the database fails.
pub async fn count_records(db: &impl ConnectionTrait, id: UserId) -> Result<u64> {
    let sessions = Condition::any()
        .add(attendance_sessions::Column::CreatedById.eq(id.0))
        .add(attendance_sessions::Column::CompletedById.eq(id.0));
    let counts = [
        attendance_sessions::Entity::find().filter(sessions).count(db).await?,
        attendance_records::Entity::find().filter(attendance_records::Column::MarkedById.eq(id.0)).count(db).await?,
        consents::Entity::find().filter(consents::Column::RecordedById.eq(id.0)).count(db).await?,
        record_contests::Entity::find().filter(record_contests::Column::DecidedById.eq(id.0)).count(db).await?,
        photos::Entity::find().filter(photos::Column::CreatedById.eq(id.0)).count(db).await?,
        face_templates::Entity::find().filter(face_templates::Column::CreatedById.eq(id.0)).count(db).await?,
        student_rows::Entity::find().filter(student_rows::Column::UserId.eq(id.0)).count(db).await?,
    ];
    Ok(counts.into_iter().sum())
}
