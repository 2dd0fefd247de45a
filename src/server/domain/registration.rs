//! Accounts that people make for themselves, and the proof that their email reaches them.

use super::email_tokens::{self, Purpose};
use super::{audit, students, users as accounts};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{DepartmentId, Role, UserForm, UserId};
use crate::server::auth::actor::Actor;
use crate::server::config::Registration;
use crate::server::db;
use crate::server::db::entities::{user_profiles, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::time::Duration;
use tokio::time::sleep;

/// Answers that must not tell whether an account exists take at least this long, with or without one.
pub const EQUAL_ANSWER: Duration = Duration::from_millis(300);

/// Told where a password is typed twice.
pub fn passwords_differ() -> String {
    tr!("domain-account-passwords-differ")
}

/// A new account, as somebody types it. An absent role is a student's.
#[derive(Clone, Debug, Default)]
pub struct RegistrationForm {
    pub username: String,
    pub email: String,
    pub password: String,
    pub first_name: String,
    pub last_name: String,
    pub role: Option<String>,
    pub phone: String,
    pub department: Option<DepartmentId>,
    /// The password once more, where the form asks for it twice.
    pub password_again: Option<String>,
}

/// An account that was just made.
#[derive(Clone, Debug)]
pub struct Registered {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub role: Role,
    /// Whether it can be used now; else its email has to be verified first.
    pub is_active: bool,
}

/// Makes an account: for an admin one of any role that is active, for anybody else a student's that is not yet.
///
/// # Errors
/// [`AppError::Forbidden`] for other roles and while registration is closed, [`AppError::Invalid`] with all faults,
/// [`AppError::Busy`], or internals.
pub async fn register(ctx: &Ctx, actor: Option<&Actor>, form: RegistrationForm) -> Result<Registered> {
    let admin = actor.filter(|actor| actor.role == Role::Admin);
    if admin.is_none() && ctx.config.registration == Registration::Closed {
        return Err(AppError::Forbidden(tr!("domain-account-closed")).into());
    }
    let mut faults = FieldErrors::new();
    let role = form.role.as_deref().map_or(Ok(Role::Student), str::parse);
    if role.is_err() {
        faults.add("role", tr!("domain-account-role"));
    }
    let role = role.unwrap_or_default();
    if admin.is_none() && role != Role::Student {
        return Err(AppError::Forbidden(tr!("domain-account-role-forbidden")).into());
    }
    if form.password.is_empty() {
        faults.add("password", tr!("domain-required"));
    }
    if form.password_again.is_some_and(|again| again != form.password) {
        faults.add("password_again", passwords_differ());
    }
    let form = UserForm {
        username: form.username,
        email: form.email,
        first_name: form.first_name,
        last_name: form.last_name,
        phone: form.phone,
        role,
        departments: form.department.into_iter().collect(),
        password: form.password,
    };
    let account = accounts::check(ctx, faults, &form, "department").await?;
    let password_hash = ctx.hasher.hash(&form.password).await?;

    let txn = db::begin_write(&ctx.db).await?;
    let verified_at = admin.map(|_| ctx.clock.now());
    let user = accounts::insert_account(&txn, ctx, account, password_hash, verified_at).await?;
    let sentence = match admin {
        Some(admin) => format!("{} created the {} account {}", admin.name, role.as_str(), user.username),
        None => format!("{} registered a student's account", user.username),
    };
    if verified_at.is_none() {
        email_tokens::send_link(&txn, ctx, &user, Purpose::Verify).await?;
    }
    audit::record(&txn, ctx, admin, "user.create", "user", user.id, &sentence).await?;
    txn.commit().await?;
    Ok(Registered {
        id: UserId(user.id),
        username: user.username,
        email: user.email,
        first_name: user.first_name,
        last_name: user.last_name,
        role,
        is_active: user.is_active,
    })
}

/// Verifies the email of a link's account, which becomes active.
///
/// # Errors
/// A fault of the field `token`, or internals.
pub async fn verify_email(ctx: &Ctx, secret: &str) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let user = email_tokens::take(&txn, ctx, Purpose::Verify, secret).await?;
    let sentence = format!("{} verified the email address", user.username);
    let id = user.id;
    mark_verified(&txn, ctx, user).await?;
    audit::record(&txn, ctx, None, "user.verify_email", "user", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Makes an account whose email was never verified verified and active; a student's is linked to its student.
///
/// # Errors
/// When the database fails.
pub async fn mark_verified(txn: &impl ConnectionTrait, ctx: &Ctx, user: users::Model) -> Result<()> {
    if user.email_verified_at.is_some() {
        return Ok(());
    }
    let verified = users::ActiveModel {
        id: Set(user.id),
        email_verified_at: Set(Some(ctx.clock.now())),
        is_active: Set(true),
        ..Default::default()
    };
    let user = verified.update(txn).await?;
    let profile = user_profiles::Entity::find().filter(user_profiles::Column::UserId.eq(user.id)).one(txn).await?;
    if profile.is_some_and(|profile| profile.role == Role::Student.as_str()) {
        students::link_account(txn, &user).await?;
    }
    Ok(())
}

/// Sends the link again, if an account with this email waits for it. The answer and its time are the same if not.
///
/// # Errors
/// [`AppError::Invalid`] for what is no email address, or internals.
pub async fn resend_verification(ctx: &Ctx, email: &str) -> Result<()> {
    let answered = sleep(EQUAL_ANSWER);
    let user = find_by_email(ctx, email).await?.filter(|user| user.email_verified_at.is_none());
    if let Some(user) = user {
        let txn = db::begin_write(&ctx.db).await?;
        email_tokens::send_link(&txn, ctx, &user, Purpose::Verify).await?;
        txn.commit().await?;
    }
    answered.await;
    Ok(())
}

/// The account with this email address.
///
/// # Errors
/// [`AppError::Invalid`] for what is no email address, or internals.
pub async fn find_by_email(ctx: &Ctx, email: &str) -> Result<Option<users::Model>> {
    use super::validate;
    let mut faults = FieldErrors::new();
    let email = validate::email(&mut faults, "email", email, validate::ACCOUNT_EMAIL_CHARS_MAX);
    faults.finish()?;
    Ok(users::Entity::find().filter(users::Column::Email.eq(email)).one(&ctx.db).await?)
}
