//! Work that runs by itself: registers that the clock closes, messages that wait, rows that expire.

use super::auth::failures;
use super::auth::session_store::DatabaseStore;
use super::db::{
    self,
    entities::{login_sessions, photos},
};
use super::domain::{closing, email_tokens, erasure, exports, imports, outbox, sent_requests};
use super::mail::Mailer;
use super::state::Ctx;
use anyhow::Result;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;
use std::time::Duration;
use tower_sessions::ExpiredDeletion;

/// How often the clock looks for sessions whose time is over.
const CLOSE_EVERY: Duration = Duration::from_secs(30);
/// How often expired rows are removed, and the database looks at how much it holds.
const PURGE_EVERY: Duration = Duration::from_secs(60 * 60);

/// Age of a photo file from which on it is no part of an enrolment that is still going on.
const SWEPT_AFTER: Duration = Duration::from_secs(60 * 60);

/// How often the outbox is looked at.
const SEND_EVERY: Duration = Duration::from_secs(10);
/// How often an import that waits is looked for.
const IMPORT_EVERY: Duration = Duration::from_secs(2);
/// How often callers whose budgets are full again are forgotten, and files whose hour is over.
const SHED_EVERY: Duration = Duration::from_secs(60);

/// Starts the jobs; they end with the runtime. Without a mailer messages stay in the outbox.
pub fn spawn(ctx: Ctx, mailer: Option<Mailer>) {
    let shedding = ctx.clone();
    tokio::spawn(async move {
        loop {
            exports::long::sweep(&shedding).await;
            tokio::time::sleep(SHED_EVERY).await;
            shedding.limits.shed();
        }
    });
    if let Some(mailer) = mailer {
        let sending = ctx.clone();
        tokio::spawn(async move {
            loop {
                if let Err(error) = outbox::send_waiting(&sending, &mailer).await {
                    tracing::error!("sending messages: {error:#}");
                }
                tokio::time::sleep(SEND_EVERY).await;
            }
        });
    }
    let importing = ctx.clone();
    tokio::spawn(async move {
        loop {
            if let Err(error) = imports::job::run_next(&importing).await {
                tracing::error!("working on an import: {:?}", error);
            }
            tokio::time::sleep(IMPORT_EVERY).await;
        }
    });
    let closing = ctx.clone();
    tokio::spawn(async move {
        loop {
            match closing::close_by_clock(&closing).await {
                Ok(0) => {}
                Ok(closed) => tracing::info!(closed, "sessions closed by the clock"),
                Err(error) => tracing::error!("closing sessions by the clock: {error:#}"),
            }
            tokio::time::sleep(CLOSE_EVERY).await;
        }
    });
    tokio::spawn(async move {
        loop {
            if let Err(error) = purge(&ctx).await {
                tracing::error!("removing expired rows: {error:#}");
            }
            if let Err(error) = sweep(&ctx).await {
                tracing::error!("removing photo files without a row: {error:#}");
            }
            tokio::time::sleep(PURGE_EVERY).await;
        }
    });
}

/// Sweeps photos, and says so when there were any.
async fn sweep(ctx: &Ctx) -> Result<()> {
    let swept = sweep_photos(ctx).await?;
    if swept > 0 {
        tracing::info!(swept, "photo files without a row removed");
    }
    Ok(())
}

async fn purge(ctx: &Ctx) -> Result<()> {
    DatabaseStore::new(ctx.db.clone()).delete_expired().await?;
    login_sessions::Entity::delete_many()
        .filter(login_sessions::Column::ExpiresAt.lt(ctx.clock.now()))
        .exec(&ctx.db)
        .await?;
    failures::purge(ctx).await?;
    email_tokens::purge(ctx).await?;
    outbox::purge(ctx).await?;
    imports::job::sweep(ctx).await?;
    sent_requests::purge(ctx).await?;
    db::take_statistics(&ctx.db).await?;
    erasure::cleaning::clean(ctx).await?;
    db::empty_log(&ctx.db).await?;
    Ok(())
}

/// Removes photo files that no row knows, and those that were never written whole: leftovers of a crash between file and
/// commit. Younger ones may belong to somebody who is being enrolled.
///
/// # Errors
/// When the folder or the database cannot be read.
pub async fn sweep_photos(ctx: &Ctx) -> Result<usize> {
    let known: Vec<String> =
        photos::Entity::find().select_only().column(photos::Column::Name).into_tuple().all(&ctx.db).await?;
    let known: HashSet<String> = known.into_iter().collect();
    let mut swept = 0;
    for name in ctx.storage.names_older_than(SWEPT_AFTER)?.iter().filter(|name| !known.contains(*name)) {
        swept += usize::from(ctx.storage.remove_leftover(name).await?);
    }
    Ok(swept)
}
