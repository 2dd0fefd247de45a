//! Signing in and out.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// The signed-in user, or nothing.
#[server(name = CurrentUserFn, prefix = "/fn", endpoint = "current_user", output = Postcard)]
pub async fn current_user() -> Result<Option<CurrentUser>, AppError> {
    use crate::server::door;
    door::anyone(async |_, actor| Ok(actor.map(|actor| actor.into_current_user()))).await
}

/// Starts a login session and leads to `next` or the role's first page.
#[server(prefix = "/fn", endpoint = "sign_in", output = Postcard)]
pub async fn sign_in(username: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::server::{auth, door};
    door::anyone(async |ctx, _| {
        let home = auth::login::sign_in(&ctx, &username, &password).await?;
        leptos_axum::redirect(&door::local_path(next.as_deref()).unwrap_or_else(|| home.to_owned()));
        Ok(())
    })
    .await
}

/// Ends this login session.
#[server(prefix = "/fn", endpoint = "sign_out", output = Postcard)]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::server::{auth, door};
    door::signed_in(async |ctx, actor| {
        auth::login::sign_out(&ctx, &actor).await?;
        leptos_axum::redirect("/login");
        Ok(())
    })
    .await
}

/// Chooses the language of the pages, for this browser and the reader's account; leads back to the page before.
#[server(prefix = "/fn", endpoint = "choose_language", output = Postcard)]
pub async fn choose_language(language: String) -> Result<(), AppError> {
    use crate::server::{domain, door, language};
    door::anyone(async |ctx, actor| {
        let locale = domain::profile::choose_language(&ctx, actor.as_ref(), &language).await?;
        language::keep_in_browser(&ctx, locale);
        leptos_axum::redirect(&language::page_before());
        Ok(())
    })
    .await
}

/// Makes the first admin with the one-time link printed at first start.
#[server(prefix = "/fn", endpoint = "set_up_first_admin", output = Postcard)]
pub async fn set_up_first_admin(
    token: String,
    username: String,
    email: String,
    password: String,
) -> Result<(), AppError> {
    use crate::server::{auth, door};
    door::anyone(async |ctx, _| {
        auth::first_admin::set_up(&ctx, &token, &username, &email, &password).await?;
        leptos_axum::redirect("/admin");
        Ok(())
    })
    .await
}
