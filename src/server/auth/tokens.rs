//! Bearer tokens of the REST API: HS256, bound to a row of `login_sessions`.

use crate::app::error::AppError;
use crate::server::auth::actor::Actor;
use crate::server::error::Result;
use anyhow::anyhow;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `iss` of every token.
pub const ISSUER: &str = "attendance-system";
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
            iat: now.timestamp(),
            exp: expires.timestamp(),
            jti: crate::server::secrets::random_hex::<16>(),
            token_type,
            sid: actor.login_session.clone(),
        };
        let key = EncodingKey::from_secret(&*self.0);
        Ok(jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|error| anyhow!(error))?)
    }

    /// The claims of a token that we signed, that has not expired by `now` and is of this type.
    ///
    /// # Errors
    /// [`AppError::TokenExpired`] or [`AppError::TokenInvalid`].
    pub fn verify(&self, token: &str, wanted: TokenType, now: DateTime<Utc>) -> std::result::Result<Claims, AppError> {
        let mut validation = Validation::new(Algorithm::HS256);
        // Judged below, by the server's own clock.
        validation.validate_exp = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        let key = DecodingKey::from_secret(&*self.0);
        let claims =
            jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| AppError::TokenInvalid)?.claims;
        if claims.exp + LEEWAY_S < now.timestamp() {
            return Err(AppError::TokenExpired);
        }
        if claims.token_type == wanted { Ok(claims) } else { Err(AppError::TokenInvalid) }
    }
}
