//! Where somebody is signed in: their login sessions, listed and ended one by one. Nobody touches another's.

use super::actor::{Actor, IDLE_MINUTES};
use super::login;
use crate::app::error::AppError;
use crate::app::types::{DeviceKind, SignedInDevice};
use crate::server::db;
use crate::server::db::entities::{login_sessions, users};
use crate::server::domain::audit;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use chrono::Duration;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

/// Most devices that are listed.
const DEVICES_MAX: usize = 50;

/// The actor's login sessions that still count, this one first, then the last used.
///
/// # Errors
/// When the database fails.
pub async fn list_devices(ctx: &Ctx, actor: &Actor) -> Result<Vec<SignedInDevice>> {
    let user = users::Entity::find_by_id(actor.user_id.0).one(&ctx.db).await?.context("an actor without an account")?;
    let rows = login_sessions::Entity::find()
        .filter(alive(ctx, actor))
        .filter(login_sessions::Column::Epoch.eq(user.session_epoch))
        .order_by_desc(login_sessions::Column::LastSeenAt)
        .all(&ctx.db)
        .await?;
    let mut devices: Vec<SignedInDevice> = rows.into_iter().map(|row| to_device(ctx, actor, row)).collect();
    devices.sort_by_key(|device| !device.is_this);
    devices.truncate(DEVICES_MAX);
    Ok(devices)
}

/// Ends one of the actor's login sessions.
///
/// # Errors
/// [`AppError::NotFound`] for one that is over or somebody else's, or internals.
pub async fn sign_out_device(ctx: &Ctx, actor: &Actor, id: &str) -> Result<()> {
    // PostgreSQL takes no NUL in a text, and no id holds anything but hexadecimal digits.
    let known = !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit());
    let not_there = || AppError::NotFound { what: "Login session".to_owned(), id: String::new() };
    if !known {
        return Err(not_there().into());
    }
    let txn = db::begin_write(&ctx.db).await?;
    let ended = login_sessions::Entity::update_many()
        .col_expr(login_sessions::Column::RevokedAt, Expr::value(ctx.clock.now()))
        .filter(login_sessions::Column::Id.eq(id))
        .filter(alive(ctx, actor))
        .exec(&txn)
        .await?;
    if ended.rows_affected == 0 {
        return Err(not_there().into());
    }
    let sentence = format!("{} signed out one device", actor.name);
    audit::record(&txn, ctx, Some(actor), "user.sign_out_device", "user", actor.user_id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// Ends all login sessions and tokens of the actor but this one.
///
/// # Errors
/// When the database fails.
pub async fn sign_out_others(ctx: &Ctx, actor: &Actor) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    login::end_all(&txn, ctx, actor.user_id.0, Some(&actor.login_session)).await?;
    let sentence = format!("{} signed out all other devices", actor.name);
    audit::record(&txn, ctx, Some(actor), "user.sign_out_others", "user", actor.user_id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// The actor's rows that neither ended nor idled out.
fn alive(ctx: &Ctx, actor: &Actor) -> Condition {
    let now = ctx.clock.now();
    let in_use = Condition::any()
        .add(login_sessions::Column::Kind.ne("cookie"))
        .add(login_sessions::Column::LastSeenAt.gte(now - Duration::minutes(IDLE_MINUTES)));
    Condition::all()
        .add(login_sessions::Column::UserId.eq(actor.user_id.0))
        .add(login_sessions::Column::RevokedAt.is_null())
        .add(login_sessions::Column::ExpiresAt.gt(now))
        .add(in_use)
}

fn to_device(ctx: &Ctx, actor: &Actor, row: login_sessions::Model) -> SignedInDevice {
    let kind = if row.kind == "cookie" { DeviceKind::Browser } else { DeviceKind::Program };
    SignedInDevice {
        name: name_of(&row.user_agent, kind),
        kind,
        since: ctx.clock.wall_at(row.created_at),
        last_used: ctx.clock.wall_at(row.last_seen_at),
        is_this: row.id == actor.login_session,
        id: row.id,
    }
}

/// How the owner knows a device again, from what it calls itself.
fn name_of(user_agent: &str, kind: DeviceKind) -> String {
    // The order matters: most browsers also claim to be those further down.
    const BROWSERS: [(&str, &str); 9] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 8] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
        ("FreeBSD", "FreeBSD"),
    ];
    let found = |names: &[(&str, &'static str)]| {
        names.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, name)| *name)
    };
    match (found(&BROWSERS), found(&SYSTEMS), kind) {
        (Some(browser), Some(system), _) => tr!("domain-device-browser-on", browser = browser, system = system),
        (Some(browser), None, _) => browser.to_owned(),
        (None, Some(system), DeviceKind::Browser) => tr!("domain-device-some-browser-on", system = system),
        (None, None, DeviceKind::Browser) => tr!("domain-device-some-browser"),
        // Programs begin with their own name, such as `curl/8.5.0`.
        (None, _, DeviceKind::Program) => {
            let name = user_agent.split(['/', ' ']).next().filter(|name| !name.is_empty());
            name.map_or_else(|| tr!("domain-device-some-program"), str::to_owned)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_by_browser_and_system() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 Edg/140.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            ("Mozilla/5.0 (Plan 9)", "A browser"),
            ("", "A browser"),
        ];
        for (agent, name) in cases {
            assert_eq!(name_of(agent, DeviceKind::Browser), name, "{agent}");
        }
        assert_eq!(name_of("curl/8.5.0", DeviceKind::Program), "curl");
        assert_eq!(name_of("", DeviceKind::Program), "A program");
    }
}
