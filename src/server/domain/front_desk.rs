//! What somebody who has no account yet may know of the institution.

use super::settings;
use crate::app::types::FrontDesk;
use crate::server::auth::actor::Actor;
use crate::server::config::{Config, Registration};
use crate::server::error::Result;
use crate::server::state::Ctx;

/// The institution's name, and which ways in are open.
///
/// # Errors
/// When the database fails.
pub async fn front_desk(ctx: &Ctx, actor: Option<&Actor>) -> Result<FrontDesk> {
    Ok(FrontDesk {
        institution: settings::load(&ctx.db).await?.institution,
        registration_open: ctx.config.registration == Registration::Open,
        sends_mail: sends_mail(&ctx.config),
        signed_in_as: actor.map(|actor| actor.name.clone()),
    })
}

/// Whether messages leave by themselves.
pub fn sends_mail(config: &Config) -> bool {
    config.smtp_url.as_deref().is_some_and(|url| !url.is_empty())
}
