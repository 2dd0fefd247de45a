//! One's own account: names, password, devices.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// The reader's own account.
#[server(prefix = "/fn", endpoint = "my_profile", output = Postcard)]
pub async fn my_profile() -> Result<Profile, AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| domain::profile::my_profile(&ctx, &actor).await).await
}

/// Changes one's own names and phone number.
#[server(prefix = "/fn", endpoint = "change_profile", output = Postcard)]
pub async fn change_profile(form: PersonForm) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| {
        domain::profile::change_profile(&ctx, &actor, form).await?;
        door::redirect_plain_form("/profile?done=saved");
        Ok(())
    })
    .await
}

/// Changes one's own password; all other devices are signed out.
#[server(prefix = "/fn", endpoint = "change_password", output = Postcard)]
pub async fn change_password(form: PasswordForm) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| {
        domain::passwords::change_password_typed_twice(&ctx, &actor, form).await?;
        door::redirect_plain_form("/profile?done=password");
        Ok(())
    })
    .await
}

/// Signs one device of one's own out.
#[server(prefix = "/fn", endpoint = "sign_out_device", output = Postcard)]
pub async fn sign_out_device(id: String) -> Result<(), AppError> {
    use crate::server::{auth, door};
    door::signed_in(async |ctx, actor| {
        auth::devices::sign_out_device(&ctx, &actor, &id).await?;
        door::redirect_plain_form("/profile?done=device");
        Ok(())
    })
    .await
}

/// Signs all devices of one's own out but this one.
#[server(prefix = "/fn", endpoint = "sign_out_others", output = Postcard)]
pub async fn sign_out_others() -> Result<(), AppError> {
    use crate::server::{auth, door};
    door::signed_in(async |ctx, actor| {
        auth::devices::sign_out_others(&ctx, &actor).await?;
        door::redirect_plain_form("/profile?done=others");
        Ok(())
    })
    .await
}
