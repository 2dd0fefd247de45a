//! What mailed links do.

use crate::app::{error::AppError, wire::Postcard};
use leptos::prelude::*;

/// Verifies the email address that the link was sent to and leads to sign in.
#[server(prefix = "/fn", endpoint = "verify_email", output = Postcard)]
pub async fn verify_email(token: String) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::anyone(async |ctx, _| {
        domain::registration::verify_email(&ctx, &token).await?;
        leptos_axum::redirect("/login");
        Ok(())
    })
    .await
}

/// Sets the new password of a link's account and leads to sign in.
#[server(prefix = "/fn", endpoint = "confirm_password_reset", output = Postcard)]
pub async fn confirm_password_reset(token: String, password: String) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::anyone(async |ctx, _| {
        domain::passwords::confirm_reset(&ctx, &token, &password).await?;
        leptos_axum::redirect("/login");
        Ok(())
    })
    .await
}
