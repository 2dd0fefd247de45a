//! The first admin: a one-time link, printed at start while there is none.

use super::login;
use crate::app::error::AppError;
use crate::app::types::{Role, UserForm};
use crate::server::db::entities::user_profiles;
use crate::server::domain::users;
use crate::server::error::Result;
use crate::server::secrets::{random_hex, same};
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::sync::{Arc, Mutex, PoisonError};

/// The secret of the link, while one is open.
#[derive(Clone, Default)]
pub struct SetupToken(Arc<Mutex<Option<String>>>);

impl SetupToken {
    /// Opens a link; the secret lives in memory alone and a restart makes a new one.
    pub fn open(&self) -> String {
        let token = random_hex::<16>();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        token
    }

    /// Takes the secret when it fits: it works once.
    fn take(&self, token: &str) -> bool {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = open.as_deref().is_some_and(|secret| same(secret.as_bytes(), token.as_bytes()));
        if fits {
            *open = None;
        }
        fits
    }

    fn put_back(&self, token: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.to_owned());
    }
}

/// Whether there is an admin already.
///
/// # Errors
/// When the database fails.
pub async fn has_admin(ctx: &Ctx) -> Result<bool> {
    let admins = user_profiles::Entity::find()
        .filter(user_profiles::Column::Role.eq(Role::Admin.as_str()))
        .count(&ctx.db)
        .await?;
    Ok(admins > 0)
}

/// Creates the first admin and signs them in.
///
/// # Errors
/// When the link is not open, or the fields are wrong: the link then stays open.
pub async fn set_up(ctx: &Ctx, token: &str, username: &str, email: &str, password: &str) -> Result<()> {
    if has_admin(ctx).await? || !ctx.setup.take(token) {
        return Err(AppError::Rule(tr!("domain-account-setup-over")).into());
    }
    if password.is_empty() {
        ctx.setup.put_back(token);
        return Err(AppError::field("password", tr!("domain-required")).into());
    }
    let form = UserForm {
        username: username.to_owned(),
        email: email.to_owned(),
        password: password.to_owned(),
        role: Role::Admin,
        ..UserForm::default()
    };
    if let Err(error) = users::create_user(ctx, None, form).await {
        ctx.setup.put_back(token);
        return Err(error);
    }
    login::sign_in(ctx, username, password).await.map(|_| ())
}
