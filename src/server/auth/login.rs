//! Login sessions: begun with a password, ended by hand, by time or by a change of rights.

use super::actor::{self, Actor};
use super::tokens::REFRESH_DAYS;
use crate::app::error::AppError;
use crate::server::db::entities::{login_sessions, users};
use crate::server::domain::audit;
use crate::server::error::Result;
use crate::server::secrets::random_hex;
use crate::server::state::Ctx;
use crate::server::{db, door};
use anyhow::{Context, anyhow};
use chrono::Duration;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Key of the login session's id in the browser's session.
pub const COOKIE_KEY: &str = "login_session";
/// Absolute lifetime of a cookie login session, hours.
pub const COOKIE_HOURS: i64 = 8;
/// Longest password that is looked at.
const PASSWORD_CHARS_MAX: usize = 128;

/// What a login session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Cookie,
    Token,
}

/// Signs the browser in; returns the path of the role's first page.
///
/// # Errors
/// [`AppError::InvalidCredentials`], [`AppError::AccountInactive`], or internals.
pub async fn sign_in(ctx: &Ctx, username: &str, password: &str) -> Result<&'static str> {
    let actor = authenticate(ctx, username, password, Kind::Cookie).await?;
    let session = door::browser_session().context("no browser session in this request")?;
    session.cycle_id().await.map_err(|error| anyhow!(error))?;
    session.insert(COOKIE_KEY, &actor.login_session).await.map_err(|error| anyhow!(error))?;
    Ok(actor.role.home())
}

/// Ends the actor's login session and forgets the cookie.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(ctx: &Ctx, actor: &Actor) -> Result<()> {
    login_sessions::Entity::update_many()
        .col_expr(login_sessions::Column::RevokedAt, Expr::value(ctx.clock.now()))
        .filter(login_sessions::Column::Id.eq(&actor.login_session))
        .exec(&ctx.db)
        .await?;
    if let Some(session) = door::browser_session() {
        session.flush().await.map_err(|error| anyhow!(error))?;
    }
    Ok(())
}

/// Checks the password and begins a login session.
///
/// Unknown user and wrong password look and take the same.
///
/// # Errors
/// [`AppError::InvalidCredentials`], [`AppError::AccountInactive`], [`AppError::Busy`], or internals.
pub async fn authenticate(ctx: &Ctx, username: &str, password: &str, kind: Kind) -> Result<Actor> {
    // PostgreSQL takes no NUL in a text, and no username holds control characters.
    let key = username.trim().to_lowercase().replace(char::is_control, "\u{fffd}");
    let user = users::Entity::find().filter(users::Column::UsernameKey.eq(key)).one(&ctx.db).await?;
    if password.chars().count() > PASSWORD_CHARS_MAX {
        return Err(AppError::InvalidCredentials.into());
    }
    let fits = ctx.hasher.verify(password, user.as_ref().map(|user| user.password_hash.as_str())).await?;
    let Some(user) = user.filter(|_| fits) else { return Err(AppError::InvalidCredentials.into()) };
    if !user.is_active || user.email_verified_at.is_none() {
        return Err(AppError::AccountInactive.into());
    }
    begin(ctx, user, kind).await
}

/// Writes the login session's row, the last login and the audit row together.
async fn begin(ctx: &Ctx, user: users::Model, kind: Kind) -> Result<Actor> {
    let now = ctx.clock.now();
    let id = random_hex::<32>();
    let (word, lifetime) = match kind {
        Kind::Cookie => ("cookie", Duration::hours(COOKIE_HOURS)),
        Kind::Token => ("token", Duration::days(REFRESH_DAYS)),
    };
    let actor = actor::of_user(ctx, user.clone(), &id).await?;
    let txn = db::begin_write(&ctx.db).await?;
    login_sessions::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        epoch: Set(user.session_epoch),
        kind: Set(word.to_owned()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + lifetime),
        revoked_at: Set(None),
        user_agent: Set(String::new()),
    }
    .insert(&txn)
    .await?;
    users::ActiveModel { id: Set(user.id), last_login: Set(Some(now)), ..Default::default() }.update(&txn).await?;
    audit::record(&txn, ctx, Some(&actor), "user.sign_in", "user", user.id, &format!("{} signed in", actor.name))
        .await?;
    txn.commit().await?;
    Ok(actor)
}
