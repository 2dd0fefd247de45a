//! The audit log: one row per change, in the change's own transaction.

use super::{listing, records, validate};
use crate::app::error::FieldErrors;
use crate::app::types::Page;
use crate::server::auth::actor::Actor;
use crate::server::caller;
use crate::server::db::entities::{audit_log, students};
use crate::server::error::Result;
use crate::server::middleware::trace_id;
use crate::server::state::Ctx;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::{Value, json};

/// Name of whoever acts without signing in: the command line and the clock.
pub const SYSTEM: &str = "system";

/// Rows of one insert: SQLite binds at most 32,766 values a statement.
const ROWS_PER_INSERT: usize = 500;
/// Longest action, type and id of an object, and name of an actor, characters.
pub const ACTION_CHARS_MAX: usize = 60;
pub const OBJECT_TYPE_CHARS_MAX: usize = 40;
pub const OBJECT_ID_CHARS_MAX: usize = 60;
pub const ACTOR_CHARS_MAX: usize = 150;
/// Longest text that is searched for, characters.
pub const SEARCH_CHARS_MAX: usize = 100;
/// Students of a searched name whose rows are looked at; a longer name finds fewer.
const STUDENTS_SEARCHED_MAX: u64 = 20;

/// One change, before it is written.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    pub action: &'a str,
    pub object_type: &'a str,
    pub object_id: String,
    pub sentence: String,
    /// What programs may read: an object of JSON.
    pub details: Value,
}

/// Writes one sentence about who did what to which thing.
///
/// # Errors
/// When the database fails; the change then fails with it.
pub async fn record(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    actor: Option<&Actor>,
    action: &str,
    object_type: &str,
    object_id: impl ToString,
    sentence: &str,
) -> Result<()> {
    let object_id = object_id.to_string();
    let change = Change { action, object_type, object_id, sentence: sentence.to_owned(), details: json!({}) };
    record_all(txn, ctx, actor, &[change]).await
}

/// Writes several changes of one act.
///
/// # Errors
/// When the database fails; the changes then fail with it.
pub async fn record_all(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    actor: Option<&Actor>,
    changes: &[Change<'_>],
) -> Result<()> {
    let (now, trace_id) = (ctx.clock.now(), trace_id());
    let address = caller::address().map(|address| address.to_string()).unwrap_or_default();
    for some in changes.chunks(ROWS_PER_INSERT) {
        let rows = some.iter().map(|change| audit_log::ActiveModel {
            at: Set(now),
            actor_id: Set(actor.map(|actor| actor.user_id.0)),
            actor_name: Set(actor.map_or(SYSTEM, |actor| actor.username.as_str()).to_owned()),
            action: Set(change.action.to_owned()),
            object_type: Set(change.object_type.to_owned()),
            object_id: Set(change.object_id.clone()),
            sentence: Set(change.sentence.clone()),
            details: Set(change.details.to_string()),
            trace_id: Set(trace_id.clone()),
            ip: Set(address.clone()),
            ..Default::default()
        });
        audit_log::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// Filters of the log; what is empty or absent filters nothing.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub action: String,
    pub object_type: String,
    pub object_id: String,
    /// Username of who acted; `system` for the clock and the command line.
    pub actor: String,
    /// Days of the institution's wall, both included.
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    /// What comes before the dot of an action.
    pub area: String,
    /// Part of the username of who acted.
    pub actor_part: String,
    /// Part of a sentence, or of the name of a student whom a row is about.
    pub search: String,
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    pub id: i64,
    pub at: DateTime<Utc>,
    /// Username of who acted.
    pub actor: String,
    pub action: String,
    pub object_type: String,
    pub object_id: String,
    pub sentence: String,
    /// An object.
    pub details: Value,
    pub trace_id: String,
    /// Address of the request; empty for the clock and the command line.
    pub ip: String,
}

/// One page of the log, the newest first.
///
/// # Errors
/// Field errors for texts that cannot be there and a reversed range; database trouble.
pub async fn list_audit(ctx: &Ctx, filter: &AuditFilter, page: u64, page_size: u64) -> Result<Page<AuditRow>> {
    listing::require_range(filter.date_from, filter.date_to)?;
    let mut faults = FieldErrors::new();
    let texts = [
        ("action", &filter.action, ACTION_CHARS_MAX, audit_log::Column::Action),
        ("object_type", &filter.object_type, OBJECT_TYPE_CHARS_MAX, audit_log::Column::ObjectType),
        ("object_id", &filter.object_id, OBJECT_ID_CHARS_MAX, audit_log::Column::ObjectId),
        ("actor", &filter.actor, ACTOR_CHARS_MAX, audit_log::Column::ActorName),
    ];
    let mut query = audit_log::Entity::find();
    for (name, text, chars_max, column) in texts {
        let text = validate::optional_line(&mut faults, name, text, chars_max);
        if !text.is_empty() {
            query = query.filter(column.eq(text));
        }
    }
    let area = validate::optional_line(&mut faults, "area", &filter.area, ACTION_CHARS_MAX);
    let search = validate::optional_line(&mut faults, "search", &filter.search, SEARCH_CHARS_MAX);
    let actor_part = validate::optional_line(&mut faults, "who", &filter.actor_part, ACTOR_CHARS_MAX);
    faults.finish()?;
    if !area.is_empty() {
        query = query.filter(audit_log::Column::Action.starts_with(format!("{area}.")));
    }
    if let Some(condition) = listing::contains(audit_log::Column::ActorName, &actor_part) {
        query = query.filter(condition);
    }
    if let Some(condition) = listing::contains(audit_log::Column::Sentence, &search) {
        query = query.filter(about_students(ctx, &search, condition).await?);
    }
    if let Some(from) = filter.date_from {
        query = query.filter(audit_log::Column::At.gte(ctx.clock.instant(from.and_time(NaiveTime::MIN))));
    }
    // Nothing is as late as the last day that can be written, so that day is no limit.
    if let Some(after) = filter.date_to.and_then(|to| to.succ_opt()).filter(|after| after.year() <= 9_999) {
        query = query.filter(audit_log::Column::At.lt(ctx.clock.instant(after.and_time(NaiveTime::MIN))));
    }
    let count = query.clone().count(&ctx.db).await?;
    let rows = query
        .order_by_desc(audit_log::Column::Id)
        .offset(listing::offset_of(page, page_size))
        .limit(page_size)
        .all(&ctx.db)
        .await?;
    Ok(Page { count, page, page_size, results: rows.into_iter().map(to_row).collect() })
}

/// Rows whose sentence holds the text, or that are about a student of this name: a sentence of the register names
/// students by number.
async fn about_students(ctx: &Ctx, search: &str, in_sentence: Condition) -> Result<Condition> {
    let named: Vec<i64> = students::Entity::find()
        .select_only()
        .column(students::Column::Id)
        .filter(listing::contains(students::Column::NameKey, search).unwrap_or_else(Condition::all))
        .order_by_asc(students::Column::Id)
        .limit(STUDENTS_SEARCHED_MAX)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let mut wanted = Condition::any().add(in_sentence);
    for id in named {
        let of_student =
            audit_log::Column::ObjectType.eq("student").and(audit_log::Column::ObjectId.eq(id.to_string()));
        let of_record =
            audit_log::Column::ObjectType.eq(records::RECORD).and(audit_log::Column::ObjectId.like(format!("%/{id}")));
        wanted = wanted.add(of_student).add(of_record);
    }
    Ok(wanted)
}

/// A row as its readers get it.
pub fn to_row(row: audit_log::Model) -> AuditRow {
    AuditRow {
        id: row.id,
        at: row.at,
        actor: row.actor_name,
        action: row.action,
        object_type: row.object_type,
        object_id: row.object_id,
        sentence: row.sentence,
        details: serde_json::from_str(&row.details).unwrap_or_else(|_| json!({})),
        trace_id: row.trace_id,
        ip: row.ip,
    }
}
