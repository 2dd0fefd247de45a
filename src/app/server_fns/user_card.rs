//! One account, as admins look after it.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// One account with everything around it.
#[server(prefix = "/fn", endpoint = "get_user_card", output = Postcard)]
pub async fn get_user_card(id: UserId) -> Result<UserCard, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| domain::user_card::get_user_card(&ctx, &actor, id).await).await
}

/// All departments, for a choice.
#[server(prefix = "/fn", endpoint = "all_departments", output = Postcard)]
pub async fn all_departments() -> Result<Vec<DepartmentRef>, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::user_card::all_departments(&ctx).await).await
}

/// Creates an account whose owner chooses the password by a mailed link.
#[server(prefix = "/fn", endpoint = "invite_user", output = Postcard)]
pub async fn invite_user(form: UserForm) -> Result<UserId, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        let id = domain::invitations::invite_user(&ctx, &actor, form).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=invited"));
        Ok(id)
    })
    .await
}

/// Changes names, phone number and email of an account.
#[server(prefix = "/fn", endpoint = "change_user", output = Postcard)]
pub async fn change_user(id: UserId, form: PersonForm) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::user_changes::change_user(&ctx, &actor, id, domain::profile::change_of(form)).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=saved"));
        Ok(())
    })
    .await
}

/// Changes role and departments of an account.
#[server(prefix = "/fn", endpoint = "change_user_role", output = Postcard)]
pub async fn change_user_role(id: UserId, form: RoleForm) -> Result<(), AppError> {
    use crate::server::{domain::user_changes, door};
    door::admin(async |ctx, actor| {
        let (role, departments) = (Some(form.role), Some(form.departments));
        let change = user_changes::UserChange { role, departments, ..Default::default() };
        user_changes::change_user(&ctx, &actor, id, change).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=role"));
        Ok(())
    })
    .await
}

/// Verifies the email of an account by hand.
#[server(prefix = "/fn", endpoint = "verify_user", output = Postcard)]
pub async fn verify_user(id: UserId) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::user_changes::verify_user(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=verified"));
        Ok(())
    })
    .await
}

/// Mails an account the link that it needs.
#[server(prefix = "/fn", endpoint = "send_user_link", output = Postcard)]
pub async fn send_user_link(id: UserId) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::invitations::send_link(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=link"));
        Ok(())
    })
    .await
}

/// Links an account to the student with this roll number.
#[server(prefix = "/fn", endpoint = "link_user_student", output = Postcard)]
pub async fn link_user_student(id: UserId, roll_no: String) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::account_links::link_student(&ctx, &actor, id, &roll_no).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=linked"));
        Ok(())
    })
    .await
}

/// Unlinks an account from its student.
#[server(prefix = "/fn", endpoint = "unlink_user_student", output = Postcard)]
pub async fn unlink_user_student(id: UserId) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::account_links::unlink_student(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/users/{id}?done=unlinked"));
        Ok(())
    })
    .await
}

/// Deletes an account that nothing refers to.
#[server(prefix = "/fn", endpoint = "delete_user", output = Postcard)]
pub async fn delete_user(id: UserId) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::user_changes::delete_user(&ctx, &actor, id).await?;
        door::redirect_plain_form("/admin/users?done=deleted");
        Ok(())
    })
    .await
}
