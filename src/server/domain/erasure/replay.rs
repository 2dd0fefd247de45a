//! A restored database is older than the ledger: who was erased meanwhile is in it again, and is erased again before
//! the first request is answered.

use super::cleaning::{self, Leftovers};
use super::ledger::{Entry, Kind, Ledger};
use super::person::Person;
use super::{erase, erased_roll_no, write_row};
use crate::app::types::{StudentId, UserId};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::db::entities::{erasures, students, users};
use crate::server::domain::imports::forget;
use crate::server::domain::{audit, student_photos};
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

/// Brings ledger and database to the same state: what only one of them knows the other learns. Returns how many
/// people were erased again.
///
/// # Errors
/// When the ledger cannot be read or written, or the database fails: nobody may be served then.
pub async fn settle(ctx: &Ctx) -> anyhow::Result<usize> {
    let ledger = Ledger::open(&ctx.config.data)?;
    let written = ledger.read()?;
    let rows = erasures::Entity::find().order_by_asc(erasures::Column::At).all(&ctx.db).await?;
    let mut in_database = Vec::new();
    for row in rows {
        let accounts = serde_json::from_str(&row.accounts).context("reading an erasure")?;
        let kind = if row.kind == Kind::Face.as_str() { Kind::Face } else { Kind::Person };
        in_database.push(Entry { id: row.id, at: row.at, kind, key_id: row.key_id, student: row.student, accounts });
    }
    let known: HashSet<&str> = written.iter().map(|entry| entry.id.as_str()).collect();
    let unwritten: Vec<Entry> =
        in_database.iter().filter(|entry| !known.contains(entry.id.as_str())).cloned().collect();
    if !unwritten.is_empty() {
        ledger.append(&unwritten)?;
    }
    let known: HashSet<&str> = in_database.iter().map(|entry| entry.id.as_str()).collect();
    let missing: Vec<Entry> = written.iter().filter(|entry| !known.contains(entry.id.as_str())).cloned().collect();
    let again = if missing.is_empty() { 0 } else { replay(ctx, &ledger, missing).await.map_err(into_anyhow)? };
    cleaning::clean(ctx).await.map_err(into_anyhow)?;
    Ok(again)
}

fn into_anyhow(error: Error) -> anyhow::Error {
    match error {
        Error::User(error) => anyhow::anyhow!(error.sentence()),
        Error::Internal(error) => error,
    }
    .context("erasing again who was erased before this database was restored")
}

async fn replay(ctx: &Ctx, ledger: &Ledger, missing: Vec<Entry>) -> Result<usize> {
    let foreign = missing.iter().filter(|entry| entry.key_id != ledger.key_id()).count();
    if foreign > 0 {
        tracing::warn!(
            foreign,
            "entries of the ledger of erasures were written under another key and mean nobody here: if this database \
             was restored, put the old erasures.key beside erasures.jsonl and start again"
        );
    }
    let (students, accounts) = hashes(ctx, ledger).await?;
    let mut again = 0;
    for entry in missing.into_iter().filter(|entry| entry.key_id == ledger.key_id()) {
        let student = students.get(&entry.student).copied();
        let accounts: Vec<UserId> = entry.accounts.iter().filter_map(|hash| accounts.get(hash).copied()).collect();
        if let (Kind::Face, Some(id)) = (entry.kind, student) {
            student_photos::remove_face(ctx, &Actor::system(), id).await?;
        }
        let txn = db::begin_write(&ctx.db).await?;
        let all = forget::lock_all(&txn).await?;
        if entry.kind == Kind::Face || student.is_none() && accounts.is_empty() {
            // Done, or nobody of this database; written down, so that it is not asked again.
            again += usize::from(student.is_some());
            let student = student.map(|id| id.0);
            write_row(&txn, &entry, student, audit::SYSTEM, &[], &Leftovers::default(), Some(ctx.clock.now())).await?;
        } else {
            let person = Person::lock(&txn, student, accounts).await?;
            erase(&txn, ctx, None, &all, &person, &entry).await?;
            again += 1;
        }
        txn.commit().await?;
        if let Some(id) = student {
            student_photos::forget_student(ctx, id, &[]).await;
        }
    }
    Ok(again)
}

/// Students who are not erased, and accounts, by their hashes.
async fn hashes(ctx: &Ctx, ledger: &Ledger) -> Result<(HashMap<String, StudentId>, HashMap<String, UserId>)> {
    let rows: Vec<(i64, DateTime<Utc>, String)> = students::Entity::find()
        .select_only()
        .columns([students::Column::Id, students::Column::CreatedAt, students::Column::RollNo])
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let known = rows.into_iter().filter(|(id, _, roll_no)| *roll_no != erased_roll_no(StudentId(*id)));
    let students = known.map(|(id, at, _)| (ledger.of_student(id, at), StudentId(id))).collect();
    let rows: Vec<(i64, DateTime<Utc>)> = users::Entity::find()
        .select_only()
        .columns([users::Column::Id, users::Column::DateJoined])
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let accounts = rows.into_iter().map(|(id, at)| (ledger.of_account(id, at), UserId(id))).collect();
    Ok((students, accounts))
}
