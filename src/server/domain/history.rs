//! What the audit log tells of registers and students, in sentences for people.

use super::records::{RECORD, audit_key};
use super::register::{display_name, roster_ids};
use super::sessions;
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{audit_log, students, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use audit_log::Column;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Changes on one page.
const PAGE_SIZE: u64 = 50;
/// The action of changes after a register was saved.
const CORRECTION: &str = "record.correct";
/// The audit log's name for the clock and the command line.
const SYSTEM: &str = "system";

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
    let about = names_of_students(ctx, &rows).await?;
    let results = to_lines(ctx, rows, &about).await?;
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

/// Rows as sentences. `about`: what a change of a mark is called, by the row's object.
///
/// # Errors
/// When the database fails.
pub async fn to_lines(
    ctx: &Ctx,
    rows: Vec<audit_log::Model>,
    about: &HashMap<String, String>,
) -> Result<Vec<HistoryLine>> {
    let who = names_of_actors(ctx, &rows).await?;
    let zone = ctx.clock.timezone();
    let lines = rows.into_iter().map(|row| {
        let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
        let text = |name: &str| details.get(name).and_then(Value::as_str).unwrap_or_default();
        let (from, to) = (text("from").parse().ok(), text("to").parse().ok());
        let is_mark = row.object_type == RECORD && !text("to").is_empty();
        let actor = match (row.actor_id.and_then(|id| who.get(&id)), row.actor_name.as_str()) {
            (Some(name), _) => name.as_str(),
            (None, SYSTEM) => "The clock",
            (None, name) => name,
        };
        let thing = about.get(&row.object_id).map_or("a student", String::as_str);
        let sentence = if is_mark { mark_sentence(actor, thing, &row.action, from, to) } else { whole(&row.sentence) };
        HistoryLine {
            at: row.at.with_timezone(&zone).naive_local(),
            sentence,
            mark: is_mark.then_some(MarkChange { from, to }),
            reason: text("reason").to_owned(),
        }
    });
    Ok(lines.collect())
}

/// One change of one mark.
fn mark_sentence(who: &str, thing: &str, action: &str, from: Option<RecordStatus>, to: Option<RecordStatus>) -> String {
    match (from.map(RecordStatus::as_str), to.map(RecordStatus::as_str)) {
        (_, Some(to)) if action == "record.photo" => format!("A photo of {who} marked {thing} {to}."),
        (Some(from), None) => format!("{who} took back the mark of {thing}, which was {from}."),
        (None, None) => format!("{who} left {thing} unmarked."),
        (None, Some(to)) => format!("{who} marked {thing} {to}."),
        (Some(from), Some(to)) if from == to => format!("{who} kept {thing} {to} and took the decision over."),
        (Some(from), Some(to)) if action == CORRECTION => {
            format!("{who} corrected {thing} from {from} to {to}, after the register was saved.")
        }
        (Some(from), Some(to)) => format!("{who} changed {thing} from {from} to {to}."),
    }
}

/// A sentence of the log with its full stop.
fn whole(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}

async fn names_of_actors(ctx: &Ctx, rows: &[audit_log::Model]) -> Result<HashMap<i64, String>> {
    let ids: HashSet<i64> = rows.iter().filter_map(|row| row.actor_id).collect();
    let users = users::Entity::find().filter(users::Column::Id.is_in(ids)).all(&ctx.db).await?;
    Ok(users.into_iter().map(|user| (user.id, display_name(&user))).collect())
}

/// Name and roll number of the students whose marks were changed, by the log's key of the mark.
async fn names_of_students(ctx: &Ctx, rows: &[audit_log::Model]) -> Result<HashMap<String, String>> {
    let keys: HashMap<i64, &str> = rows
        .iter()
        .filter(|row| row.object_type == RECORD)
        .filter_map(|row| Some((row.object_id.split_once('/')?.1.parse().ok()?, row.object_id.as_str())))
        .collect();
    let ids = students::Column::Id.is_in(keys.keys().copied());
    let rows = students::Entity::find().filter(ids).all(&ctx.db).await?;
    let named = rows.into_iter().filter_map(|row| {
        let key = (*keys.get(&row.id)?).to_owned();
        Some((key, format!("{} ({})", row.name, row.roll_no)))
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_sentences() {
        use RecordStatus::{Absent, Excused, Present};
        let told = |action, from, to| mark_sentence("Asha Rao", "Ann Ace (CS-1)", action, from, to);
        assert_eq!(told("record.photo", None, Some(Present)), "A photo of Asha Rao marked Ann Ace (CS-1) present.");
        assert_eq!(told("record.set", None, Some(Absent)), "Asha Rao marked Ann Ace (CS-1) absent.");
        assert_eq!(
            told("record.set", Some(Present), None),
            "Asha Rao took back the mark of Ann Ace (CS-1), which was present."
        );
        assert_eq!(
            told(CORRECTION, Some(Absent), Some(Excused)),
            "Asha Rao corrected Ann Ace (CS-1) from absent to excused, after the register was saved."
        );
        assert_eq!(whole("The clock closed it"), "The clock closed it.");
    }
}
