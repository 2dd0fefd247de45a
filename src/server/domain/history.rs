//! What the audit log tells of registers and students, in sentences for people.

use super::audit::{self, AuditRow};
use super::contests::reason_words;
use super::records::{RECORD, audit_key};
use super::register::roster_ids;
use super::{audit_sentences, sessions};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::audit_log;
use crate::server::error::Result;
use crate::server::state::Ctx;
use audit_log::Column;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

/// Changes on one page.
const PAGE_SIZE: u64 = 50;
/// The action of changes after a register was saved.
const CORRECTION: &str = "record.correct";

/// The history of a register that the actor may see, the latest change first; of corrections alone when asked.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn get_register_history(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    corrections_only: bool,
    page: u64,
) -> Result<RegisterHistory> {
    let (session, sight) = sessions::load_for_reading(ctx, actor, id).await?;
    let roster = roster_ids(&ctx.db, id).await?;
    let of_records = of_keys(RECORD, roster.iter().map(|student| audit_key(id.0, *student)));
    let corrections = of_records.clone().add(Column::Action.eq(CORRECTION));
    let everything = Condition::any().add(of_records).add(of_keys("session", [id.to_string()]));
    let count_corrections = audit_log::Entity::find().filter(corrections.clone()).count(&ctx.db).await?;
    let wanted = audit_log::Entity::find().filter(if corrections_only { corrections } else { everything });
    let (page, count) = (page.clamp(1, u64::from(u32::MAX)), wanted.clone().count(&ctx.db).await?);
    let rows = wanted.order_by_desc(Column::Id).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE).all(&ctx.db).await?;
    let results = to_lines(ctx, rows).await?;
    let row = sessions::to_rows_for(ctx, vec![session], sight).await?.pop();
    Ok(RegisterHistory {
        session: row.ok_or_else(|| AppError::not_found("Attendance session", id))?,
        lines: Page { count, page, page_size: PAGE_SIZE, results },
        corrections: count_corrections,
    })
}

/// Rows about these objects, found by the log's index.
pub fn of_keys(kind: &str, keys: impl IntoIterator<Item = String>) -> Condition {
    Condition::all().add(Column::ObjectType.eq(kind)).add(Column::ObjectId.is_in(keys))
}

/// Rows as sentences, each with the mark it changed and the reason apart.
///
/// # Errors
/// When the database fails.
pub async fn to_lines(ctx: &Ctx, rows: Vec<audit_log::Model>) -> Result<Vec<HistoryLine>> {
    let rows: Vec<AuditRow> = rows.into_iter().map(audit::to_row).collect();
    let names = audit_sentences::names_of(&ctx.db, &rows).await?;
    let zone = ctx.clock.timezone();
    let lines = rows.into_iter().map(|mut row| {
        let text = |name: &str| row.details.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (from, to, reason) = (text("from"), text("to"), text("reason"));
        let is_mark = row.object_type == RECORD && !to.is_empty();
        // The reason stands by itself, not in the sentence once more.
        if let Some(told) = row.details.get_mut("reason") {
            *told = Value::from("");
        }
        HistoryLine {
            at: row.at.with_timezone(&zone).naive_local(),
            sentence: whole(audit_sentences::sentence(&row, &names)),
            mark: is_mark.then(|| MarkChange { from: from.parse().ok(), to: to.parse().ok() }),
            reason: reason_words(&reason),
        }
    });
    Ok(lines.collect())
}

/// A sentence with its full stop.
fn whole(sentence: String) -> String {
    if sentence.ends_with(['.', '!', '?']) { sentence } else { sentence + "." }
}
