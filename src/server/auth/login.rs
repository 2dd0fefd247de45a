//! Login sessions: begun with a password, ended by hand, by time or by a change of rights.

use super::actor::{self, Actor};
use super::failures::{self, Try, Tryer};
use super::known_device::{self, KnownDevice};
use super::password::is_outdated;
use super::tokens::TokenType;
use crate::app::error::AppError;
use crate::server::db::entities::{login_sessions, users};
use crate::server::domain::audit;
use crate::server::domain::validate::PASSWORD_CHARS_MAX;
use crate::server::error::Result;
use crate::server::secrets::random_hex;
use crate::server::state::Ctx;
use crate::server::{db, door};
use anyhow::{Context, anyhow};
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::net::IpAddr;

/// Key of the login session's id in the browser's session.
pub const COOKIE_KEY: &str = "login_session";
/// Absolute lifetime of a cookie login session, hours.
pub const COOKIE_HOURS: i64 = 8;

/// What a login session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Cookie,
    Token,
}

/// Longest name of a device that is kept, characters.
const USER_AGENT_CHARS_MAX: usize = 200;

/// Where a sign-in comes from.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub address: Option<IpAddr>,
    /// What the browser or program calls itself.
    pub user_agent: String,
    /// The account that it has signed in to before.
    pub known: Option<KnownDevice>,
}

/// Tokens of a login session.
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

/// A new access token.
pub struct Access {
    pub token: String,
    pub expires: DateTime<Utc>,
}

/// Signs the browser in; returns the path of the role's first page.
///
/// # Errors
/// As [`authenticate`].
pub async fn sign_in(ctx: &Ctx, username: &str, password: &str) -> Result<&'static str> {
    let device = door::device(ctx);
    let actor = authenticate(ctx, username, password, Kind::Cookie, &device).await?;
    if device.known.is_none_or(|known| known.user_id != actor.user_id.0) {
        door::set_cookie(&known_device::cookie(ctx, actor.user_id)?);
    }
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
    end(ctx, actor).await?;
    if let Some(session) = door::browser_session() {
        session.flush().await.map_err(|error| anyhow!(error))?;
    }
    Ok(())
}

/// Ends the actor's login session: its cookie and its tokens are worth nothing from now on.
///
/// # Errors
/// When the database fails.
pub async fn end(ctx: &Ctx, actor: &Actor) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    login_sessions::Entity::update_many()
        .col_expr(login_sessions::Column::RevokedAt, Expr::value(ctx.clock.now()))
        .filter(login_sessions::Column::Id.eq(&actor.login_session))
        .filter(login_sessions::Column::RevokedAt.is_null())
        .exec(&txn)
        .await?;
    let sentence = format!("{} signed out", actor.name);
    audit::record(&txn, ctx, Some(actor), "user.sign_out", "user", actor.user_id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Ends a user's login sessions and tokens, all of them or all but one, also those that are just being begun.
///
/// # Errors
/// When the database fails.
pub async fn end_all(txn: &impl ConnectionTrait, ctx: &Ctx, user: i64, but: Option<&str>) -> Result<()> {
    let next_epoch = Expr::col(users::Column::SessionEpoch).add(1);
    users::Entity::update_many()
        .col_expr(users::Column::SessionEpoch, next_epoch)
        .filter(users::Column::Id.eq(user))
        .exec(txn)
        .await?;
    let mut others = login_sessions::Entity::update_many()
        .col_expr(login_sessions::Column::RevokedAt, Expr::value(ctx.clock.now()))
        .filter(login_sessions::Column::UserId.eq(user))
        .filter(login_sessions::Column::RevokedAt.is_null());
    if let Some(id) = but {
        others = others.filter(login_sessions::Column::Id.ne(id));
        login_sessions::Entity::update_many()
            .col_expr(login_sessions::Column::Epoch, Expr::col(login_sessions::Column::Epoch).add(1))
            .filter(login_sessions::Column::Id.eq(id))
            .exec(txn)
            .await?;
    }
    others.exec(txn).await?;
    Ok(())
}

/// Checks the password and begins a login session.
///
/// Unknown user and wrong password look and take the same, also when they have to wait.
///
/// # Errors
/// [`AppError::InvalidCredentials`], [`AppError::AccountInactive`], [`AppError::EmailUnverified`],
/// [`AppError::TooManyRequests`] after failures, [`AppError::Busy`], or internals.
pub async fn authenticate(ctx: &Ctx, username: &str, password: &str, kind: Kind, device: &Device) -> Result<Actor> {
    // PostgreSQL takes no NUL in a text, and no username holds control characters.
    let key = username.trim().to_lowercase().replace(char::is_control, "\u{fffd}");
    let user = users::Entity::find().filter(users::Column::UsernameKey.eq(&key)).one(&ctx.db).await?;
    let known = device.known.as_ref().filter(|known| user.as_ref().is_some_and(|user| user.id == known.user_id));
    let known = known.map(|known| known.jti.as_str());
    let tryer = Tryer { username_key: &key, address: device.address, device: known };
    let reserved = Try::begin(ctx, &tryer).await?;
    let stored = user.as_ref().map(|user| user.password_hash.as_str());
    let fits = password.chars().count() <= PASSWORD_CHARS_MAX && ctx.hasher.verify(password, stored).await?;
    let user = match user {
        Some(user) if fits => user,
        other => {
            reserved.failed(ctx).await?;
            note_failure(ctx, other.as_ref()).await?;
            return Err(AppError::InvalidCredentials.into());
        }
    };
    if user.email_verified_at.is_none() {
        return Err(AppError::EmailUnverified.into());
    }
    if !user.is_active {
        return Err(AppError::AccountInactive.into());
    }
    let renewed = if is_outdated(&user.password_hash) { Some(ctx.hasher.hash(password).await?) } else { None };
    begin(ctx, user, kind, device, renewed).await
}

/// Writes a failed sign-in down. What was typed for an account that there is not may be a password in the wrong field:
/// it is not kept.
async fn note_failure(ctx: &Ctx, user: Option<&users::Model>) -> Result<()> {
    let (id, sentence) = match user {
        Some(user) => (user.id.to_string(), format!("A sign-in as {} failed", user.username)),
        None => (String::new(), "A sign-in failed: there is no such account".to_owned()),
    };
    let txn = db::begin_write(&ctx.db).await?;
    audit::record(&txn, ctx, None, "user.sign_in_failed", "user", id, &sentence).await?;
    Ok(txn.commit().await?)
}

/// Access and refresh token of a login session that began now.
///
/// # Errors
/// When signing fails.
pub fn issue_tokens(ctx: &Ctx, actor: &Actor) -> Result<Tokens> {
    let now = ctx.clock.now();
    let end = now + token_lifetime(ctx);
    let refresh = ctx.token_key.issue(actor, TokenType::Refresh, now, end)?;
    Ok(Tokens { access: issue_access(ctx, actor, end)?.token, refresh })
}

/// A new access token for a refresh token whose login session still counts.
///
/// # Errors
/// [`AppError::RefreshExpired`], [`AppError::TokenInvalid`], or internals.
pub async fn refresh(ctx: &Ctx, token: &str) -> Result<Access> {
    let claims = ctx.token_key.verify(token, TokenType::Refresh, ctx.clock.now()).map_err(|error| match error {
        AppError::TokenExpired => AppError::RefreshExpired,
        other => other,
    })?;
    let end = DateTime::from_timestamp(claims.exp, 0).filter(|end| *end > ctx.clock.now());
    let end = end.ok_or(AppError::RefreshExpired)?;
    let actor = actor::load(ctx, &claims.sid).await?.filter(|actor| actor.user_id.0 == claims.user_id);
    issue_access(ctx, &actor.ok_or(AppError::TokenInvalid)?, end)
}

/// An access token that ends no later than its login session.
fn issue_access(ctx: &Ctx, actor: &Actor, end: DateTime<Utc>) -> Result<Access> {
    let now = ctx.clock.now();
    let expires = Ord::min(end, now + Duration::hours(ctx.config.access_token_hours.into()));
    Ok(Access { token: ctx.token_key.issue(actor, TokenType::Access, now, expires)?, expires })
}

fn token_lifetime(ctx: &Ctx) -> Duration {
    Duration::days(ctx.config.refresh_token_days.into())
}

/// Writes the login session's row, the last login and the audit row together, and a hash made anew.
async fn begin(ctx: &Ctx, user: users::Model, kind: Kind, device: &Device, renewed: Option<String>) -> Result<Actor> {
    let now = ctx.clock.now();
    let id = random_hex::<32>();
    let (word, lifetime) = match kind {
        Kind::Cookie => ("cookie", Duration::hours(COOKIE_HOURS)),
        Kind::Token => ("token", token_lifetime(ctx)),
    };
    let user_agent = device.user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARS_MAX).collect();
    let actor = actor::of_user(ctx, user.clone(), &id).await?;
    let txn = db::begin_write(&ctx.db).await?;
    match device.known.as_ref().filter(|known| known.user_id == user.id) {
        Some(known) => failures::forget_device(&txn, &known.jti).await?,
        None => failures::forget(&txn, &user.username_key).await?,
    }
    login_sessions::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        epoch: Set(user.session_epoch),
        kind: Set(word.to_owned()),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now + lifetime),
        revoked_at: Set(None),
        user_agent: Set(user_agent),
    }
    .insert(&txn)
    .await?;
    users::ActiveModel { id: Set(user.id), last_login: Set(Some(now)), ..Default::default() }.update(&txn).await?;
    if let Some(password_hash) = renewed {
        // Not over a password that was changed meanwhile.
        users::Entity::update_many()
            .col_expr(users::Column::PasswordHash, Expr::value(password_hash))
            .filter(users::Column::Id.eq(user.id))
            .filter(users::Column::PasswordHash.eq(&user.password_hash))
            .exec(&txn)
            .await?;
    }
    audit::record(&txn, ctx, Some(&actor), "user.sign_in", "user", user.id, &format!("{} signed in", actor.name))
        .await?;
    txn.commit().await?;
    Ok(actor)
}
