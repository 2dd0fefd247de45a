//! Failed sign-ins, counted per account and per address, and the waits that follow them.
//!
//! A try is reserved before the password is looked at, so that guesses sent all at once are no more than those sent one
//! after the other. The counts are rows, so that a restart forgets none. An account that does not exist is counted like one that does:
//! the waits tell nobody which names are taken.

use crate::app::error::AppError;
use crate::server::db;
use crate::server::db::entities::login_failures;
use crate::server::error::Result;
use crate::server::limits::{FailureLimit, Principal};
use crate::server::secrets::sha256_hex;
use crate::server::state::Ctx;
use anyhow::anyhow;
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

/// Longest wait for one's turn among tries at the same account or from the same address.
const TURN_MAX: std::time::Duration = std::time::Duration::from_secs(2);
/// How often somebody who waits looks whether it is their turn.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(50);

/// Tries that are being carried out now: together with the failures that are written down, never more than are allowed.
#[derive(Clone, Default)]
pub struct Tries(Arc<Mutex<HashMap<String, Weak<Places>>>>);

struct Places {
    free: Arc<Semaphore>,
    max: usize,
    freed: Notify,
}

impl Tries {
    fn of(&self, subject: &Subject) -> Arc<Places> {
        // Nothing can panic while it is locked.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, places| places.strong_count() > 0);
        if let Some(places) = known.get(&subject.name).and_then(Weak::upgrade) {
            return places;
        }
        let max = usize::try_from(subject.limit.failures_max).unwrap_or_default().max(1);
        let places = Arc::new(Places { free: Arc::new(Semaphore::new(max)), max, freed: Notify::new() });
        known.insert(subject.name.clone(), Arc::downgrade(&places));
        places
    }
}

/// What failures are counted for.
struct Subject {
    name: String,
    limit: FailureLimit,
}

/// Whose tries these are.
pub struct Tryer<'a> {
    pub username_key: &'a str,
    pub address: Option<IpAddr>,
    /// The device's own name, when it has signed in to this account before: it has tries of its own, so that strangers
    /// cannot lock its owner out.
    pub device: Option<&'a str>,
}

impl Tryer<'_> {
    fn subjects(&self, ctx: &Ctx) -> Vec<Subject> {
        let limits = ctx.limits.limits();
        let subject = |name: String, limit| Subject { name, limit };
        if let Some(device) = self.device {
            return vec![subject(of_device(device), limits.account_failures)];
        }
        let account = subject(of_account(self.username_key), limits.account_failures);
        let address = self.address.map(|address| subject(of_address(address), limits.address_failures));
        std::iter::once(account).chain(address).collect()
    }
}

/// One try at a password, reserved before the password is looked at. Dropping it gives the place back.
pub struct Try {
    subjects: Vec<Subject>,
    held: Vec<(Arc<Places>, OwnedSemaphorePermit)>,
}

impl Try {
    /// Reserves a try.
    ///
    /// # Errors
    /// [`AppError::TooManyRequests`] while the account, the address or the device has to wait, [`AppError::Busy`] when
    /// too many try at once, or internals.
    pub async fn begin(ctx: &Ctx, tryer: &Tryer<'_>) -> Result<Self> {
        let deadline = Instant::now() + TURN_MAX;
        let busy = || AppError::Busy { retry_after_s: 2 };
        loop {
            let mut reserved = Self { subjects: tryer.subjects(ctx), held: Vec::new() };
            for subject in &reserved.subjects {
                let places = ctx.tries.of(subject);
                let place = timeout_at(deadline, Arc::clone(&places.free).acquire_owned()).await;
                let place = place.map_err(|_| busy())?.map_err(|error| anyhow!(error))?;
                reserved.held.push((places, place));
            }
            // Counted before the rows are read: whoever ends meanwhile is counted twice, and nobody not at all.
            let running: Vec<usize> =
                reserved.held.iter().map(|(places, _)| places.max - places.free.available_permits()).collect();
            let rows = read(ctx, &reserved.subjects).await?;
            refuse_if_locked(ctx, &rows, &reserved.subjects).await?;
            let now = ctx.clock.now();
            let fits = reserved.subjects.iter().zip(&running).all(|(subject, running)| {
                let row = rows.iter().find(|row| row.subject == subject.name);
                let failures = row.map_or(0, |row| counting(row, &subject.limit, now));
                // After a wait there is one try.
                let left = subject.limit.failures_max.saturating_sub(failures).max(1);
                *running <= usize::try_from(left).unwrap_or_default()
            });
            if fits {
                return Ok(reserved);
            }
            let places: Vec<_> = reserved.held.iter().map(|(places, _)| Arc::clone(places)).collect();
            drop(reserved);
            if Instant::now() >= deadline {
                return Err(busy().into());
            }
            if let Some(places) = places.first() {
                // What ended just now is seen at the next look.
                let _ = timeout(LOOK_EVERY, places.freed.notified()).await;
            }
        }
    }

    /// Counts it as failed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed(self, ctx: &Ctx) -> Result<()> {
        let now = ctx.clock.now();
        let txn = db::begin_write(&ctx.db).await?;
        for subject in &self.subjects {
            add(&txn, subject.name.clone(), &subject.limit, now).await?;
        }
        txn.commit().await?;
        Ok(())
    }
}

impl Drop for Try {
    fn drop(&mut self) {
        for (places, place) in self.held.drain(..) {
            drop(place);
            places.freed.notify_waiters();
        }
    }
}

async fn read(ctx: &Ctx, subjects: &[Subject]) -> Result<Vec<login_failures::Model>> {
    let names = subjects.iter().map(|subject| subject.name.as_str());
    let rows = login_failures::Entity::find().filter(login_failures::Column::Subject.is_in(names));
    Ok(rows.all(&ctx.db).await?)
}

/// Refuses while one of them has to wait. A wait that is longer than any that this clock could have given was given by
/// a clock that has been put back since: it is cut to the longest.
async fn refuse_if_locked(ctx: &Ctx, rows: &[login_failures::Model], subjects: &[Subject]) -> Result<()> {
    let now = ctx.clock.now();
    let mut longest = None;
    for row in rows {
        let Some(subject) = subjects.iter().find(|subject| subject.name == row.subject) else { continue };
        let Some(until) = row.locked_until.filter(|until| *until > now) else { continue };
        let most = now + subject.limit.wait_max;
        if until > most {
            login_failures::Entity::update_many()
                .col_expr(login_failures::Column::LockedUntil, Expr::value(most))
                .col_expr(login_failures::Column::ForgetAt, Expr::value(most + subject.limit.window))
                .filter(login_failures::Column::Subject.eq(&row.subject))
                .exec(&ctx.db)
                .await?;
        }
        longest = longest.max(Some(until.min(most)));
    }
    match longest {
        Some(until) => Err(AppError::TooManyRequests { retry_after_s: seconds_until(until, now) }.into()),
        None => Ok(()),
    }
}

/// The failures of a row that still count.
fn counting(row: &login_failures::Model, limit: &FailureLimit, now: DateTime<Utc>) -> i32 {
    if now <= row.locked_until.unwrap_or(row.counted_from) + limit.window { row.failures } else { 0 }
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

/// Forgets a known device's failures, after it signed in. Those that strangers made at the account stay.
///
/// # Errors
/// When the database fails.
pub async fn forget_device(txn: &impl ConnectionTrait, device: &str) -> Result<()> {
    login_failures::Entity::delete_by_id(of_device(device)).exec(txn).await?;
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

/// Forgets the count of an account that is erased; says how many rows it had.
///
/// # Errors
/// When the database fails.
pub async fn forget_account(txn: &impl ConnectionTrait, username_key: &str) -> Result<u64> {
    Ok(login_failures::Entity::delete_by_id(of_account(username_key)).exec(txn).await?.rows_affected)
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
    let (failures, counted_from) = match row.map(|row| (counting(&row, limit, now), row.counted_from)) {
        // A beginning in the future is one of a clock that was put back.
        Some((failures @ 1.., counted_from)) => (failures.saturating_add(1), counted_from.min(now)),
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

fn of_device(name: &str) -> String {
    sha256_hex(&format!("device {name}"))
}

fn of_address(address: IpAddr) -> String {
    sha256_hex(&format!("{:?}", Principal::address(address)))
}
