//! One's own account, as its owner sees and changes it.

use super::user_changes::{self, UserChange};
use super::user_details;
use crate::app::types::{PersonForm, Profile, Role};
use crate::server::auth::actor::Actor;
use crate::server::auth::devices;
use crate::server::error::Result;
use crate::server::state::Ctx;

/// The actor's account and where it is signed in.
///
/// # Errors
/// When the database fails.
pub async fn my_profile(ctx: &Ctx, actor: &Actor) -> Result<Profile> {
    let user = user_details::get_own(ctx, actor).await?;
    let departments = match user.role {
        Role::Teacher => user.departments,
        _ => user.department.into_iter().collect(),
    };
    Ok(Profile {
        username: user.username,
        email: user.email,
        first_name: user.first_name,
        last_name: user.last_name,
        phone: user.phone,
        role: user.role,
        departments,
        joined: ctx.clock.wall_at(user.date_joined),
        devices: devices::list_devices(ctx, actor).await?,
    })
}

/// Changes one's own names and phone number; the email stays, whatever the form says.
///
/// # Errors
/// As [`user_changes::change_user`].
pub async fn change_profile(ctx: &Ctx, actor: &Actor, form: PersonForm) -> Result<()> {
    let change = UserChange { email: None, ..change_of(form) };
    user_changes::change_user(ctx, actor, actor.user_id, change).await.map(drop)
}

/// What a form of names and numbers changes.
pub fn change_of(form: PersonForm) -> UserChange {
    UserChange {
        email: form.email,
        first_name: Some(form.first_name),
        last_name: Some(form.last_name),
        phone: Some(form.phone),
        ..UserChange::default()
    }
}
