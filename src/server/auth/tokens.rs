//! Bearer tokens of the REST API: HS256, bound to a row of `login_sessions`.

use crate::app::error::AppError;
use crate::server::auth::actor::Actor;
use crate::server::error::Result;
use anyhow::anyhow;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// `iss` of every token.
pub const ISSUER: &str = "attendance-system";
/// `aud` of the API's tokens.
pub const AUDIENCE: &str = "attendance-api";
/// Clocks may differ by this much, seconds.
const LEEWAY_S: i64 = 30;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenType {
    Access,
    Refresh,
}

/// The claims. `username` and `role` are for clients and never decide anything here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    pub user_id: i64,
    pub username: String,
    pub role: String,
    pub iss: String,
    pub aud: String,
    pub iat: i64,
    pub exp: i64,
    pub jti: String,
    pub token_type: TokenType,
    /// Row of `login_sessions`.
    pub sid: String,
}

/// The signing key.
#[derive(Clone)]
pub struct TokenKey(Arc<[u8; 32]>);

impl TokenKey {
    pub fn new(key: [u8; 32]) -> Self {
        Self(Arc::new(key))
    }

    /// A signed token of this type for the actor's login session.
    ///
    /// # Errors
    /// When signing fails.
    pub fn issue(
        &self,
        actor: &Actor,
        token_type: TokenType,
        now: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<String> {
        let claims = Claims {
            user_id: actor.user_id.0,
            username: actor.username.clone(),
            role: actor.role.as_str().to_owned(),
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            iat: now.timestamp(),
            exp: expires.timestamp(),
            jti: crate::server::secrets::random_hex::<16>(),
            token_type,
            sid: actor.login_session.clone(),
        };
        self.sign(&claims)
    }

    /// Signs any claims; they should say for whom they are.
    ///
    /// # Errors
    /// When signing fails.
    pub fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let key = EncodingKey::from_secret(&*self.0);
        Ok(jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).map_err(|error| anyhow!(error))?)
    }

    /// The claims of a token that we signed, that has not expired by `now` and is of this type.
    ///
    /// # Errors
    /// [`AppError::TokenExpired`] or [`AppError::TokenInvalid`].
    pub fn verify(&self, token: &str, wanted: TokenType, now: DateTime<Utc>) -> std::result::Result<Claims, AppError> {
        let claims: Claims = self.open(token, AUDIENCE, now)?;
        if claims.token_type == wanted { Ok(claims) } else { Err(AppError::TokenInvalid) }
    }

    /// The claims of whatever we signed for this audience and is valid by `now`.
    ///
    /// # Errors
    /// [`AppError::TokenExpired`] or [`AppError::TokenInvalid`].
    pub fn open<T: DeserializeOwned>(
        &self,
        token: &str,
        audience: &str,
        now: DateTime<Utc>,
    ) -> std::result::Result<T, AppError> {
        refuse_critical(token)?;
        let mut validation = Validation::new(Algorithm::HS256);
        // Judged below, by the server's own clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["aud", "exp", "iss"]);
        let key = DecodingKey::from_secret(&*self.0);
        let opened = jsonwebtoken::decode::<Value>(token, &key, &validation);
        let claims = opened.map_err(|_| AppError::TokenInvalid)?.claims;
        let time = |name: &str| claims.get(name).and_then(Value::as_i64);
        let latest = now.timestamp().saturating_add(LEEWAY_S);
        let begins = match claims.get("nbf") {
            None => Some(i64::MIN),
            Some(_) => time("nbf"),
        };
        // A token from the future was made by a clock that is not ours, or by somebody who plans ahead.
        let is_of_now = time("iat").is_some_and(|made| made <= latest) && begins.is_some_and(|begins| begins <= latest);
        if !is_of_now {
            return Err(AppError::TokenInvalid);
        }
        if time("exp").ok_or(AppError::TokenInvalid)?.saturating_add(LEEWAY_S) < now.timestamp() {
            return Err(AppError::TokenExpired);
        }
        serde_json::from_value(claims).map_err(|_| AppError::TokenInvalid)
    }
}

/// The token of an `Authorization` header; the scheme's case does not matter (RFC 7235, 2.1).
pub fn bearer_token(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim_start().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Refuses what names extensions that its reader has to understand (RFC 7515, 4.1.11): we understand none.
fn refuse_critical(token: &str) -> std::result::Result<(), AppError> {
    let header = token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| AppError::TokenInvalid)?;
    let header: Value = serde_json::from_slice(&header).map_err(|_| AppError::TokenInvalid)?;
    if header.get("crit").is_some() { Err(AppError::TokenInvalid) } else { Ok(()) }
}
