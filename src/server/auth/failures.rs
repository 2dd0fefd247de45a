//! Failed sign-ins, counted per account and per address, and the waits that follow them.
//!
//! The counts are rows, so that a restart forgets none. An account that does not exist is counted like one that does:
//! the waits tell nobody which names are taken.

use crate::app::error::AppError;
use crate::server::db;
use crate::server::db::entities::login_failures;
use crate::server::error::Result;
use crate::server::limits::{FailureLimit, Principal};
use crate::server::secrets::sha256_hex;
use crate::server::state::Ctx;
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::net::IpAddr;

/// Refuses while the account or the address has to wait.
///
/// # Errors
/// [`AppError::TooManyRequests`], or internals.
pub async fn refuse_if_waiting(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    username_key: &str,
    address: Option<IpAddr>,
) -> Result<()> {
    let now = ctx.clock.now();
    let subjects = std::iter::once(of_account(username_key)).chain(address.map(of_address));
    let rows = login_failures::Entity::find()
        .filter(login_failures::Column::Subject.is_in(subjects))
        .filter(login_failures::Column::LockedUntil.gt(now))
        .all(db)
        .await?;
    match rows.into_iter().filter_map(|row| row.locked_until).max() {
        Some(until) => Err(AppError::TooManyRequests { retry_after_s: seconds_until(until, now) }.into()),
        None => Ok(()),
    }
}

/// Counts one failure of the account and of the address.
///
/// # Errors
/// When the database fails.
pub async fn count(ctx: &Ctx, username_key: &str, address: Option<IpAddr>) -> Result<()> {
    let limits = ctx.limits.limits();
    let account = (of_account(username_key), limits.account_failures);
    let address = address.map(|address| (of_address(address), limits.address_failures));
    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    for (subject, limit) in std::iter::once(account).chain(address) {
        add(&txn, subject, &limit, now).await?;
    }
    txn.commit().await?;
    Ok(())
}

/// Forgets the account's failures, after a sign-in or a new password. Those of the address stay: owning one account
/// must not give free tries at others.
///
/// # Errors
/// When the database fails.
pub async fn forget(txn: &impl ConnectionTrait, username_key: &str) -> Result<()> {
    login_failures::Entity::delete_by_id(of_account(username_key)).exec(txn).await?;
    Ok(())
}

/// Failed sign-ins that still count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecentFailures {
    /// Sums over accounts: a failure also counts against its address, but not here twice.
    pub failures: u64,
    /// Accounts and addresses that have to wait now.
    pub locked: u64,
    /// When the first of the latest count happened; nothing when there is none.
    pub counted_from: Option<DateTime<Utc>>,
}

/// What is counted now. The rows are hashes: whose failures they are is not told.
///
/// # Errors
/// When the database fails.
pub async fn recent(ctx: &Ctx) -> Result<RecentFailures> {
    let now = ctx.clock.now();
    let rows = login_failures::Entity::find().filter(login_failures::Column::ForgetAt.gt(now)).all(&ctx.db).await?;
    let all: u64 = rows.iter().map(|row| u64::from(row.failures.unsigned_abs())).sum();
    Ok(RecentFailures {
        // Each failure stands in two rows, its account's and its address's; without an address in one.
        failures: all.div_ceil(2),
        locked: rows.iter().filter(|row| row.locked_until.is_some_and(|until| until > now)).count() as u64,
        counted_from: rows.iter().map(|row| row.counted_from).max(),
    })
}

/// Removes counts that no longer matter.
///
/// # Errors
/// When the database fails.
pub async fn purge(ctx: &Ctx) -> Result<()> {
    login_failures::Entity::delete_many()
        .filter(login_failures::Column::ForgetAt.lt(ctx.clock.now()))
        .exec(&ctx.db)
        .await?;
    Ok(())
}

async fn add(txn: &impl ConnectionTrait, subject: String, limit: &FailureLimit, now: DateTime<Utc>) -> Result<()> {
    let empty = login_failures::ActiveModel {
        subject: Set(subject.clone()),
        failures: Set(0),
        counted_from: Set(now),
        locked_until: Set(None),
        forget_at: Set(now + limit.window),
    };
    // The row is there before it is locked: two first failures at once are two.
    login_failures::Entity::insert(empty)
        .on_conflict(OnConflict::column(login_failures::Column::Subject).do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    let row = login_failures::Entity::find_by_id(&subject).lock_exclusive().one(txn).await?;
    let (failures, counted_from) = match row {
        Some(row) if now <= row.locked_until.unwrap_or(row.counted_from) + limit.window => {
            (row.failures.saturating_add(1), row.counted_from)
        }
        _ => (1, now),
    };
    let locked_until = (failures >= limit.failures_max).then(|| now + wait(limit, failures - limit.failures_max));
    login_failures::ActiveModel {
        subject: Set(subject),
        failures: Set(failures),
        counted_from: Set(counted_from),
        locked_until: Set(locked_until),
        forget_at: Set(locked_until.unwrap_or(counted_from) + limit.window),
    }
    .update(txn)
    .await?;
    Ok(())
}

/// The wait after this many failures beyond the limit: doubling, up to the longest.
fn wait(limit: &FailureLimit, beyond: i32) -> Duration {
    let factor = 1_i32.checked_shl(beyond.unsigned_abs()).filter(|factor| *factor > 0).unwrap_or(i32::MAX);
    limit.wait_first.checked_mul(factor).map_or(limit.wait_max, |wait| wait.min(limit.wait_max))
}

/// Whole seconds, rounded up.
fn seconds_until(until: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    ((until - now).num_milliseconds().unsigned_abs()).div_ceil(1000).max(1)
}

fn of_account(username_key: &str) -> String {
    sha256_hex(&format!("account {username_key}"))
}

fn of_address(address: IpAddr) -> String {
    sha256_hex(&format!("{:?}", Principal::address(address)))
}
