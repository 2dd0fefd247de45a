//! One-time links sent by mail. The database knows only a hash of their secret.

use super::outbox::{self, NewMessage, SECRET};
use crate::app::error::AppError;
use crate::app::types::{INVITATION_DAYS, RESET_HOURS, VERIFY_DAYS};
use crate::server::db::entities::{email_tokens, users};
use crate::server::error::Result;
use crate::server::secrets::{random_hex, sha256_hex};
use crate::server::state::Ctx;
use crate::tr;
use chrono::Duration;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// A new link comes no sooner than this after the last: nobody's mailbox is filled through us.
const APART: Duration = Duration::minutes(1);
/// Marks that keep a value in another script from pulling the words around it to the other side.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// What a link is for. Each account has at most one of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Proves that the account's email address reaches its owner.
    Verify,
    /// Lets the owner choose a new password.
    Reset,
    /// Lets the owner of a new account choose the first one. It is a link for a new password with a longer life, so
    /// that an account has at most one of the two.
    Invite,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset | Self::Invite => "reset",
        }
    }

    fn lifetime(self) -> Duration {
        match self {
            Self::Verify => Duration::days(VERIFY_DAYS),
            Self::Reset => Duration::hours(RESET_HOURS),
            Self::Invite => Duration::days(INVITATION_DAYS),
        }
    }

    fn subject(self) -> String {
        match self {
            Self::Verify => tr!("domain-mail-verify-subject"),
            Self::Reset => tr!("domain-mail-reset-subject"),
            Self::Invite => tr!("domain-mail-invite-subject"),
        }
    }

    fn body(self, site: &str, username: &str) -> String {
        let text = match self {
            Self::Verify => {
                tr!("domain-mail-verify", username = username, link = format!("{site}/verify?token={SECRET}"))
            }
            Self::Reset => {
                tr!("domain-mail-reset", username = username, link = format!("{site}/reset?token={SECRET}"))
            }
            Self::Invite => tr!(
                "domain-mail-invite",
                username = username,
                days = INVITATION_DAYS,
                link = format!("{site}/reset?invited=1&token={SECRET}"),
                site = format!("{site}/login"),
            ),
        };
        // The invisible marks around values would become part of the links.
        text.replace(ISOLATES, "") + "\n"
    }
}

/// Makes a link, which replaces an older one, and writes the message that brings it. Does nothing within a minute of
/// the last; says whether it did anything.
///
/// # Errors
/// When the database fails.
pub async fn send_link(txn: &impl ConnectionTrait, ctx: &Ctx, user: &users::Model, purpose: Purpose) -> Result<bool> {
    let now = ctx.clock.now();
    let last = email_tokens::Entity::find()
        .filter(email_tokens::Column::UserId.eq(user.id))
        .filter(email_tokens::Column::Kind.eq(purpose.as_str()))
        .one(txn)
        .await?;
    if last.is_some_and(|last| last.email == user.email && now - last.created_at < APART) {
        return Ok(false);
    }
    let secret = random_hex::<32>();
    let expires_at = now + purpose.lifetime();
    let row = email_tokens::ActiveModel {
        user_id: Set(user.id),
        kind: Set(purpose.as_str().to_owned()),
        email: Set(user.email.clone()),
        secret_sha256: Set(sha256_hex(&secret)),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    let replace = OnConflict::columns([email_tokens::Column::UserId, email_tokens::Column::Kind])
        .update_columns([
            email_tokens::Column::Email,
            email_tokens::Column::SecretSha256,
            email_tokens::Column::CreatedAt,
            email_tokens::Column::ExpiresAt,
        ])
        .to_owned();
    email_tokens::Entity::insert(row).on_conflict(replace).exec_without_returning(txn).await?;
    let message = NewMessage {
        user: user.id,
        recipient: &user.email,
        subject: &purpose.subject(),
        body: purpose.body(&ctx.config.site_url(), &user.username),
        secret: &secret,
        expires_at: Some(expires_at),
    };
    outbox::put_message(txn, ctx, message).await?;
    Ok(true)
}

/// The user behind a link that still counts.
///
/// # Errors
/// A fault of the field `token`, or internals.
pub async fn find_user(db: &impl ConnectionTrait, ctx: &Ctx, purpose: Purpose, secret: &str) -> Result<users::Model> {
    let found = email_tokens::Entity::find()
        .filter(email_tokens::Column::SecretSha256.eq(sha256_hex(secret.trim())))
        .filter(email_tokens::Column::Kind.eq(purpose.as_str()))
        .filter(email_tokens::Column::ExpiresAt.gt(ctx.clock.now()))
        .find_also_related(users::Entity)
        .one(db)
        .await?;
    match found {
        // Sent to an address that is the account's no more, it proves nothing.
        Some((token, Some(user))) if token.email == user.email => Ok(user),
        _ => Err(not_valid()),
    }
}

/// Whether a secret of any kind still opens something.
///
/// # Errors
/// When the database fails.
pub async fn counts(db: &impl ConnectionTrait, ctx: &Ctx, secret: &str) -> Result<bool> {
    let found = email_tokens::Entity::find()
        .filter(email_tokens::Column::SecretSha256.eq(sha256_hex(secret)))
        .filter(email_tokens::Column::ExpiresAt.gt(ctx.clock.now()))
        .count(db)
        .await?;
    Ok(found > 0)
}

/// Uses a link up; the user it belonged to.
///
/// # Errors
/// A fault of the field `token`, also for whoever comes second, or internals.
pub async fn take(txn: &impl ConnectionTrait, ctx: &Ctx, purpose: Purpose, secret: &str) -> Result<users::Model> {
    let user = find_user(txn, ctx, purpose, secret).await?;
    let taken = email_tokens::Entity::delete_many()
        .filter(email_tokens::Column::SecretSha256.eq(sha256_hex(secret.trim())))
        .exec(txn)
        .await?;
    if taken.rows_affected == 1 { Ok(user) } else { Err(not_valid()) }
}

/// Makes the link of this kind worthless.
///
/// # Errors
/// When the database fails.
pub async fn forget(txn: &impl ConnectionTrait, user: i64, purpose: Purpose) -> Result<()> {
    email_tokens::Entity::delete_many()
        .filter(email_tokens::Column::UserId.eq(user))
        .filter(email_tokens::Column::Kind.eq(purpose.as_str()))
        .exec(txn)
        .await?;
    Ok(())
}

/// Makes all links of an account worthless.
///
/// # Errors
/// When the database fails.
pub async fn forget_all(txn: &impl ConnectionTrait, user: i64) -> Result<()> {
    email_tokens::Entity::delete_many().filter(email_tokens::Column::UserId.eq(user)).exec(txn).await?;
    Ok(())
}

/// Removes links that have expired.
///
/// # Errors
/// When the database fails.
pub async fn purge(ctx: &Ctx) -> Result<()> {
    email_tokens::Entity::delete_many()
        .filter(email_tokens::Column::ExpiresAt.lt(ctx.clock.now()))
        .exec(&ctx.db)
        .await?;
    Ok(())
}

fn not_valid() -> crate::server::error::Error {
    AppError::field("token", tr!("domain-account-link-over")).into()
}
