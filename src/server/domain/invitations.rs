//! Accounts whose owners choose the first password themselves, by a link that is mailed; and links sent by hand.

use super::email_tokens::{self, Purpose};
use super::{audit, users as accounts};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{LinkKind, UserForm, UserId};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::db::entities::users;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::EntityTrait;

/// Creates an active account whose password nobody knows, and mails its owner a link to choose one.
///
/// The admin vouches for the email: a student's account is linked to the student with the same one.
///
/// # Errors
/// [`AppError::Invalid`] with all faults, [`AppError::Busy`], or internals.
pub async fn invite_user(ctx: &Ctx, actor: &Actor, form: UserForm) -> Result<UserId> {
    let form = UserForm { password: String::new(), ..form };
    let account = accounts::check(ctx, FieldErrors::new(), &form, "departments").await?;
    let password_hash = ctx.hasher.hash(&accounts::make_password()).await?;

    let txn = db::begin_write(&ctx.db).await?;
    let user = accounts::insert_account(&txn, ctx, account, password_hash, Some(ctx.clock.now())).await?;
    email_tokens::send_link(&txn, ctx, &user, Purpose::Invite).await?;
    let sentence = format!("{} invited {} as a {}", actor.name, user.username, form.role.as_str());
    audit::record(&txn, ctx, Some(actor), "user.invite", "user", user.id, &sentence).await?;
    txn.commit().await?;
    Ok(UserId(user.id))
}

/// Which link an account can be sent; none while it is switched off.
pub fn link_for(is_active: bool, email_verified: bool, has_signed_in: bool) -> Option<LinkKind> {
    match (email_verified, is_active, has_signed_in) {
        (false, ..) => Some(LinkKind::Verify),
        (true, false, _) => None,
        (true, true, false) => Some(LinkKind::Invite),
        (true, true, true) => Some(LinkKind::Reset),
    }
}

/// Mails an account the link that it needs; an older one of its kind is worthless from now on.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] for an account that is switched off and within a minute of the last
/// link, or internals.
pub async fn send_link(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let user = users::Entity::find_by_id(id.0).one(&txn).await?.ok_or_else(|| AppError::not_found("User", id))?;
    let kind = link_for(user.is_active, user.email_verified_at.is_some(), user.last_login.is_some());
    let kind = kind.ok_or_else(|| AppError::Rule(tr!("domain-account-activate")))?;
    let (purpose, words) = match kind {
        LinkKind::Verify => (Purpose::Verify, "the link that verifies the email address"),
        LinkKind::Invite => (Purpose::Invite, "an invitation"),
        LinkKind::Reset => (Purpose::Reset, "a link for a new password"),
    };
    if !email_tokens::send_link(&txn, ctx, &user, purpose).await? {
        return Err(AppError::Rule(tr!("domain-account-link-fresh")).into());
    }
    let sentence = format!("{} sent {} {words}", actor.name, user.username);
    audit::record(&txn, ctx, Some(actor), "user.send_link", "user", user.id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}
