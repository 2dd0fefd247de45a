//! One's own account, as its owner sees and changes it.

use super::user_changes::{self, UserChange};
use super::user_details;
use crate::app::error::AppError;
use crate::app::types::{PersonForm, Profile, Role};
use crate::app::words::Locale;
use crate::server::auth::actor::Actor;
use crate::server::auth::devices;
use crate::server::db::{self, entities::users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

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

/// Chooses the language to read, by its tag; kept with the account of whoever is signed in.
///
/// # Errors
/// [`AppError::Invalid`] for a language that there is not, or when the database fails.
pub async fn choose_language(ctx: &Ctx, actor: Option<&Actor>, tag: &str) -> Result<Locale> {
    let locale = Locale::from_tag(tag).ok_or_else(|| AppError::field("language", tr!("language-unknown")))?;
    if let Some(actor) = actor.filter(|actor| actor.language != Some(locale)) {
        let txn = db::begin_write(&ctx.db).await?;
        let language = Set(Some(locale.tag().to_owned()));
        users::ActiveModel { id: Set(actor.user_id.0), language, ..Default::default() }.update(&txn).await?;
        txn.commit().await?;
    }
    Ok(locale)
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
