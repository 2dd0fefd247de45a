//! Passwords: changed by who knows the old one, or by a link that was mailed.

use super::email_tokens::{self, Purpose};
use super::registration::{EQUAL_ANSWER, find_by_email, passwords_differ};
use super::{audit, user_changes, validate};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::PasswordForm;
use crate::server::auth::actor::Actor;
use crate::server::auth::failures::{self, Try, Tryer};
use crate::server::auth::login;
use crate::server::db;
use crate::server::db::entities::users;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use tokio::time::sleep;

/// Changes one's own password and ends all other login sessions and tokens.
///
/// A wrong current password counts as a failed sign-in: a stolen session must not be a way to guess it.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::TooManyRequests`], [`AppError::Busy`], or internals.
pub async fn change_password(ctx: &Ctx, actor: &Actor, current: &str, new: &str) -> Result<()> {
    change_with(ctx, actor, current, new, FieldErrors::new()).await
}

/// The same from a form that asks for the new password twice.
///
/// # Errors
/// As [`change_password`].
pub async fn change_password_typed_twice(ctx: &Ctx, actor: &Actor, form: PasswordForm) -> Result<()> {
    let mut faults = FieldErrors::new();
    if form.new_password != form.new_password_again {
        faults.add("new_password_again", passwords_differ());
    }
    change_with(ctx, actor, &form.current_password, &form.new_password, faults).await
}

async fn change_with(ctx: &Ctx, actor: &Actor, current: &str, new: &str, mut faults: FieldErrors) -> Result<()> {
    if current.is_empty() {
        faults.add("current_password", tr!("domain-required"));
    }
    validate::password(&mut faults, "new_password", new);
    if !new.is_empty() && current == new {
        faults.add("new_password", tr!("domain-account-same-password"));
    }
    faults.finish()?;
    let user = users::Entity::find_by_id(actor.user_id.0).one(&ctx.db).await?.context("an actor without an account")?;
    let reserved = Try::begin(ctx, &Tryer { username_key: &user.username_key, address: None, device: None }).await?;
    // A text longer than any password is not worth a hash.
    let short = current.chars().count() <= validate::PASSWORD_CHARS_MAX;
    if !short || !ctx.hasher.verify(current, Some(&user.password_hash)).await? {
        reserved.failed(ctx).await?;
        return Err(AppError::field("current_password", tr!("domain-account-wrong-password")).into());
    }
    let password_hash = ctx.hasher.hash(new).await?;

    let txn = db::begin_write(&ctx.db).await?;
    if user_changes::lock(&txn, actor.user_id).await?.0.password_hash != user.password_hash {
        // Somebody has given the account another one since: that one counts.
        return Err(AppError::field("current_password", tr!("domain-account-wrong-password")).into());
    }
    store_password(&txn, ctx, &user, password_hash, Some(&actor.login_session)).await?;
    let sentence = format!("{} changed the password", actor.name);
    audit::record(&txn, ctx, Some(actor), "user.change_password", "user", user.id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Mails a link for a new password to the active account with this email, if there is one. The answer and its time
/// are the same if not.
///
/// # Errors
/// [`AppError::Invalid`] for what is no email address, or internals.
pub async fn request_reset(ctx: &Ctx, email: &str) -> Result<()> {
    let answered = sleep(EQUAL_ANSWER);
    let user = find_by_email(ctx, email).await?.filter(|user| user.is_active && user.email_verified_at.is_some());
    if let Some(user) = user {
        let txn = db::begin_write(&ctx.db).await?;
        email_tokens::send_link(&txn, ctx, &user, Purpose::Reset).await?;
        let sentence = format!("A link for a new password of {} was asked for", user.username);
        audit::record(&txn, ctx, None, "user.request_reset", "user", user.id, &sentence).await?;
        txn.commit().await?;
    }
    answered.await;
    Ok(())
}

/// Sets the password of a link's account, that of an invitation too, and ends all its login sessions and tokens.
///
/// # Errors
/// [`AppError::Invalid`]: a link that is not valid any more, or a weak password, which leaves the link as it is;
/// [`AppError::Busy`], or internals.
pub async fn confirm_reset(ctx: &Ctx, secret: &str, password: &str) -> Result<()> {
    let mut faults = FieldErrors::new();
    if secret.trim().is_empty() {
        faults.add("token", tr!("domain-required"));
    }
    validate::password(&mut faults, "password", password);
    faults.finish()?;
    // Looked at first: a hash is made only for links that count.
    email_tokens::find_user(&ctx.db, ctx, Purpose::Reset, secret).await?;
    let password_hash = ctx.hasher.hash(password).await?;

    let txn = db::begin_write(&ctx.db).await?;
    let user = email_tokens::take(&txn, ctx, Purpose::Reset, secret).await?;
    store_password(&txn, ctx, &user, password_hash, None).await?;
    let sentence = format!("{} chose a new password with a mailed link", user.username);
    audit::record(&txn, ctx, None, "user.reset_password", "user", user.id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Writes a new password; old sessions but this one, links for another password, and counted failures end with the
/// old one.
///
/// # Errors
/// When the database fails.
pub async fn store_password(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    user: &users::Model,
    password_hash: String,
    but: Option<&str>,
) -> Result<()> {
    let row = users::ActiveModel { id: Set(user.id), password_hash: Set(password_hash), ..Default::default() };
    row.update(txn).await?;
    login::end_all(txn, ctx, user.id, but).await?;
    email_tokens::forget(txn, user.id, Purpose::Reset).await?;
    failures::forget(txn, &user.username_key).await
}
