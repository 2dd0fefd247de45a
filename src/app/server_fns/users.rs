//! Accounts.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// One page of accounts under the filter.
#[server(prefix = "/fn", endpoint = "list_users", output = Postcard)]
pub async fn list_users(filter: AccountFilter) -> Result<Page<UserRow>, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::users::list_users(&ctx, &filter).await).await
}

/// Creates an active account.
#[server(prefix = "/fn", endpoint = "create_user", output = Postcard)]
pub async fn create_user(form: UserForm) -> Result<CreatedUser, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| domain::users::create_user(&ctx, Some(&actor), form).await).await
}

/// Switches an account on or off; its login sessions end at once.
#[server(prefix = "/fn", endpoint = "set_user_active", output = Postcard)]
pub async fn set_user_active(id: UserId, is_active: bool) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::users::set_user_active(&ctx, &actor, id, is_active).await?;
        let word = if is_active { "activated" } else { "deactivated" };
        door::redirect_plain_form(&format!("/admin/users/{id}?done={word}"));
        Ok(())
    })
    .await
}
