//! A cookie that says that this browser has signed in to an account before. It opens nothing: it only gives its holder
//! tries of their own, so that strangers who guess at the account cannot lock its owner out.

use super::tokens::ISSUER;
use crate::app::types::UserId;
use crate::server::error::Result;
use crate::server::secrets::random_hex;
use crate::server::state::Ctx;
use axum::http::{HeaderMap, header};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// `aud` of what the cookie holds.
const AUDIENCE: &str = "attendance-device";
/// How long a browser is remembered.
const KEPT: Duration = Duration::days(180);

/// What the cookie holds, signed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KnownDevice {
    pub user_id: i64,
    iss: String,
    aud: String,
    iat: i64,
    exp: i64,
    /// The device's own name.
    pub jti: String,
}

/// The device behind a request, when it has signed in to some account before.
pub fn read(ctx: &Ctx, headers: &HeaderMap) -> Option<KnownDevice> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let (name, now) = (name(ctx), ctx.clock.now());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find_map(|(key, value)| (key == name).then_some(value))?;
    ctx.token_key.open(value, AUDIENCE, now).ok()
}

/// The cookie for a browser that has just signed in.
///
/// # Errors
/// When signing fails.
pub fn cookie(ctx: &Ctx, user: UserId) -> Result<String> {
    let now = ctx.clock.now();
    let device = KnownDevice {
        user_id: user.0,
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        iat: now.timestamp(),
        exp: (now + KEPT).timestamp(),
        jti: random_hex::<16>(),
    };
    let secure = if ctx.config.is_https() { "; Secure" } else { "" };
    let (value, seconds) = (ctx.token_key.sign(&device)?, KEPT.num_seconds());
    Ok(format!("{}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}", name(ctx)))
}

fn name(ctx: &Ctx) -> &'static str {
    if ctx.config.is_https() { "__Host-rollcall-device" } else { "rollcall-device" }
}
