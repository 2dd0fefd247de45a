//! What people without a login session do: make an account, prove an address, replace a lost password.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// Which ways in are open.
#[server(name = FrontDeskFn, prefix = "/fn", endpoint = "front_desk", output = Postcard)]
pub async fn front_desk() -> Result<FrontDesk, AppError> {
    use crate::server::{domain, door};
    door::anyone(async |ctx, actor| domain::front_desk::front_desk(&ctx, actor.as_ref()).await).await
}

/// Makes a student's account, which waits for its email to be verified.
#[server(prefix = "/fn", endpoint = "register_account", output = Postcard)]
pub async fn register_account(form: RegisterForm) -> Result<(), AppError> {
    use crate::server::domain::registration::{RegistrationForm, register};
    use crate::server::{door, limits::Budget};
    door::anyone(async |ctx, _| {
        door::spend(&ctx, Budget::Register)?;
        let form = RegistrationForm {
            username: form.username,
            email: form.email,
            password: form.password,
            first_name: form.first_name,
            last_name: form.last_name,
            phone: form.phone,
            password_again: Some(form.password_again),
            ..RegistrationForm::default()
        };
        register(&ctx, None, form).await?;
        door::redirect_plain_form("/register?done=registered");
        Ok(())
    })
    .await
}

/// Mails the link for verifying an address again, if an account waits for it; leads on either way.
#[server(prefix = "/fn", endpoint = "resend_verification", output = Postcard)]
pub async fn resend_verification(email: String) -> Result<(), AppError> {
    use crate::server::{domain, door, limits::Budget};
    door::anyone(async |ctx, _| {
        door::spend(&ctx, Budget::Other)?;
        domain::registration::resend_verification(&ctx, &email).await?;
        door::redirect_plain_form("/register?done=again");
        Ok(())
    })
    .await
}

/// Mails a link for a new password, if an account has this address; leads on either way.
#[server(prefix = "/fn", endpoint = "request_password_reset", output = Postcard)]
pub async fn request_password_reset(email: String) -> Result<(), AppError> {
    use crate::server::{domain, door, limits::Budget};
    door::anyone(async |ctx, _| {
        door::spend(&ctx, Budget::Other)?;
        domain::passwords::request_reset(&ctx, &email).await?;
        door::redirect_plain_form("/forgot?done=asked");
        Ok(())
    })
    .await
}

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
