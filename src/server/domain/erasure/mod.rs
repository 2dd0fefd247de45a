//! People who ask to be forgotten: nothing tells any more who they were, in no row, file or log. Marks stay in the
//! counts, under no name.
//!
//! [`places`] lists every column of the database and what becomes of it; a test compares it with the schema. What is
//! done is counted in a [`receipt`], written with the rows; files and the database's own log follow after the commit
//! ([`cleaning`]). The [`ledger`] outlives restores.

pub mod cleaning;
pub mod ledger;
pub mod mentions;
pub mod person;
pub mod places;
pub mod receipt;
pub mod replay;
mod rows;
mod texts;

use self::cleaning::Leftovers;
use self::ledger::{Entry, Kind, Ledger};
use self::person::Person;
use self::receipt::Receipt;
use super::imports::forget;
use super::{audit, student_photos, students};
use crate::app::error::AppError;
use crate::app::types::ErasedHow::{Deleted, Replaced, Rewritten};
use crate::app::types::{ErasurePlace, ErasureReceipt, StudentId};
use crate::server::auth::actor::Actor;
use crate::server::backup;
use crate::server::db;
use crate::server::db::entities::{erasures, login_sessions};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use anyhow::Context;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::HashSet;

/// The name of everybody who was erased.
pub const ERASED_NAME: &str = "Erased student";

/// The action of the log's row about it.
pub const ERASE: &str = "student.erase";

/// The roll number of somebody who was erased: given out to nobody, and told by nobody.
pub fn erased_roll_no(id: StudentId) -> String {
    format!("ERASED-{id}")
}

/// What became of the student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Id of the receipt.
    pub receipt: String,
    /// Whether there were records: they stay, and nobody can tell whose they were. Without any the row is gone.
    pub is_row_kept: bool,
}

/// Erases a student for good, with the account that stands for them. `confirmed` is the roll number, typed by the
/// person who decides it.
///
/// # Errors
/// A field error when another roll number was typed, [`AppError::NotFound`], [`AppError::Rule`] for who was erased
/// before and while an import that holds the student is at work, or internals.
pub async fn erase_student(ctx: &Ctx, actor: &Actor, id: StudentId, confirmed: &str) -> Result<Erased> {
    let student = students::find(&ctx.db, id).await?;
    if !confirmed.trim().eq_ignore_ascii_case(&student.roll_no) {
        let sentence = tr!("domain-student-confirm", number = student.roll_no);
        return Err(AppError::field("confirmed", sentence).into());
    }
    let ledger = Ledger::open(&ctx.config.data)?;
    let txn = db::begin_write(&ctx.db).await?;
    let all = forget::lock_all(&txn).await?;
    let person = Person::lock(&txn, Some(id), []).await?;
    let entry = entry_of(ctx, &ledger, &person);
    let erased = erase(&txn, ctx, Some(actor), &all, &person, &entry).await?;
    txn.commit().await?;
    finish(ctx, &ledger, id, &entry).await;
    Ok(erased)
}

fn entry_of(ctx: &Ctx, ledger: &Ledger, person: &Person) -> Entry {
    let student = person.student.as_ref().map(|row| ledger.of_student(row.id, row.created_at)).unwrap_or_default();
    let accounts = person.accounts.iter().map(|(user, _)| ledger.of_account(user.id, user.date_joined)).collect();
    ledger.entry(ctx.clock.now(), Kind::Person, student, accounts)
}

/// All rows of one person, with the erasure's own row and that of the log.
async fn erase(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    actor: Option<&Actor>,
    all: &[db::entities::imports::Model],
    person: &Person,
    entry: &Entry,
) -> Result<Erased> {
    let mut receipt = Receipt::default();
    let student = person.student.as_ref();
    let photos = match student {
        Some(row) => student_photos::names_of(txn, StudentId(row.id)).await?,
        None => Vec::new(),
    };
    let logins = login_sessions::Entity::find()
        .select_only()
        .column(login_sessions::Column::Id)
        .filter(login_sessions::Column::UserId.is_in(person.account_ids()));
    let logins: HashSet<String> = logins.into_tuple().all(txn).await?.into_iter().collect();
    let is_theirs = |row: &[&str]| person.is_in_cells(row);
    let number = student.map_or(0, |row| row.id);
    let forgotten = forget::forget_person(txn, ctx, all, number, actor.is_some(), &is_theirs).await?;
    receipt.add("import_rows", Deleted, forgotten.rows);
    receipt.add("imports", Replaced, forgotten.samples);
    texts::delete_messages(txn, &mut receipt, person).await?;
    texts::forget_browsers(txn, &mut receipt, person, &logins).await?;
    let is_row_kept = match student {
        Some(row) => rows::erase_student(txn, &mut receipt, row, ctx.clock.now()).await?,
        None => false,
    };
    for account in &person.accounts {
        rows::erase_account(txn, &mut receipt, account).await?;
    }
    rows::erase_log(txn, &mut receipt, person).await?;
    texts::replace_mentions(txn, &mut receipt, &person.mentions).await?;
    receipt.add("photo_files", Deleted, photos.len() as u64);
    receipt.add("import_files", Deleted, forgotten.discarded.len() as u64);
    receipt.add("search_index", Deleted, ctx.gallery.templates_of(number) as u64);
    receipt.add("statistics", Rewritten, 1);
    receipt.add("write_ahead_log", Rewritten, 1);
    let who = actor.map_or(audit::SYSTEM, |actor| actor.name.as_str());
    let sentence = match student {
        Some(row) => {
            let number = erased_roll_no(StudentId(row.id));
            format!("{who} erased the student {number} with {} photos", photos.len())
        }
        None => format!("{who} erased an account"),
    };
    let change = audit::Change {
        action: ERASE,
        object_type: "student",
        object_id: number.to_string(),
        sentence,
        details: serde_json::json!({ "receipt": entry.id }),
    };
    audit::record_all(txn, ctx, actor, &[change]).await?;
    let leftovers = Leftovers { photos, imports: forgotten.discarded };
    let by = actor.map_or(audit::SYSTEM, |actor| actor.username.as_str());
    write_row(txn, entry, student.map(|row| row.id), by, &receipt.lines(), &leftovers, None).await?;
    Ok(Erased { receipt: entry.id.clone(), is_row_kept })
}

async fn write_row(
    txn: &impl ConnectionTrait,
    entry: &Entry,
    student: Option<i64>,
    by: &str,
    places: &[ErasurePlace],
    leftovers: &Leftovers,
    cleaned_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let row = erasures::ActiveModel {
        id: Set(entry.id.clone()),
        at: Set(entry.at),
        kind: Set(entry.kind.as_str().to_owned()),
        key_id: Set(entry.key_id.clone()),
        student: Set(entry.student.clone()),
        accounts: Set(serde_json::to_string(&entry.accounts).context("writing an erasure")?),
        student_id: Set(student),
        actor_name: Set(by.to_owned()),
        receipt: Set(serde_json::to_string(places).context("writing a receipt")?),
        leftovers: Set(serde_json::to_string(leftovers).context("writing what is left")?),
        cleaned_at: Set(cleaned_at),
    };
    row.insert(txn).await?;
    Ok(())
}

/// What follows the commit: the search forgets the faces, the ledger learns of them, files and log are cleaned. The
/// rows are gone either way: trouble here is logged, and mended by the hourly job and the next start.
async fn finish(ctx: &Ctx, ledger: &Ledger, student: StudentId, entry: &Entry) {
    student_photos::forget_student(ctx, student, &[]).await;
    keep(ledger, entry);
    if let Err(error) = cleaning::clean(ctx).await {
        tracing::error!("cleaning up after an erasure is tried again: {error:#}");
    }
}

fn keep(ledger: &Ledger, entry: &Entry) {
    if let Err(error) = ledger.append(std::slice::from_ref(entry)) {
        tracing::error!("the ledger of erasures is behind the database until the next start: {error:#}");
    }
}

/// A face that is withdrawn in a transaction: a backup of before brings it back no more.
pub struct Withdrawal {
    ledger: Ledger,
    entry: Entry,
}

impl Withdrawal {
    /// Writes it to the database, with the rows that go.
    ///
    /// # Errors
    /// When the database fails or the key cannot be read.
    pub async fn write(txn: &impl ConnectionTrait, ctx: &Ctx, student: &db::entities::students::Model) -> Result<Self> {
        let ledger = Ledger::open(&ctx.config.data)?;
        let hash = ledger.of_student(student.id, student.created_at);
        let entry = ledger.entry(ctx.clock.now(), Kind::Face, hash, Vec::new());
        let now = Some(ctx.clock.now());
        write_row(txn, &entry, Some(student.id), "", &[], &Leftovers::default(), now).await?;
        Ok(Self { ledger, entry })
    }

    /// Writes it to the ledger, after the commit.
    pub fn keep(self) {
        keep(&self.ledger, &self.entry);
    }
}

/// The receipt of one erasure.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn get_receipt(ctx: &Ctx, id: &str) -> Result<ErasureReceipt> {
    let row = erasures::Entity::find_by_id(id).one(&ctx.db).await?;
    let row = row.filter(|row| row.kind == Kind::Person.as_str()).ok_or_else(|| AppError::not_found("Erasure", id))?;
    let timezone = ctx.clock.timezone();
    let wall = |at: DateTime<Utc>| at.with_timezone(&timezone).naive_local();
    let student = match row.student_id {
        Some(id) => students::find(&ctx.db, StudentId(id)).await.is_ok().then_some(StudentId(id)),
        None => None,
    };
    let places = serde_json::from_str(&row.receipt).context("reading a receipt")?;
    let (data, at) = (ctx.config.data.clone(), row.at);
    let copies = tokio::task::spawn_blocking(move || backup::copies_before(&data, at)).await;
    Ok(ErasureReceipt {
        id: row.id,
        at: wall(row.at),
        by: row.actor_name,
        student,
        places,
        cleaned_at: row.cleaned_at.map(wall),
        copies: copies.context("looking for copies")??,
    })
}
