//! Mentions of a person in what others wrote: found in every column of free text, and replaced.

use super::mentions::Mentions;
use super::person::Person;
use super::places;
use super::receipt::Receipt;
use crate::app::types::ErasedHow::{Deleted, Replaced};
use crate::server::auth::login::COOKIE_KEY;
use crate::server::db::entities::{browser_sessions, outbox, sent_requests};
use crate::server::error::Result;
use crate::server::refused_forms;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::sea_query::{LikeExpr, extension::postgres::PgExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Columns that do not take more, characters.
const BOUNDED: &[(&str, &str, usize)] = &[
    ("attendance_sessions", "subject", 100),
    ("imports", "csv_name", 200),
    ("imports", "zip_name", 200),
    ("audit_log", "object_id", 60),
];
/// Tables without a number of their own, or whose rows go as a whole.
const BY_HAND: &[&str] = &["browser_sessions", "sent_requests"];

/// Replaces every mention in the rows of others.
///
/// # Errors
/// When the database fails.
pub async fn replace_mentions(txn: &impl ConnectionTrait, receipt: &mut Receipt, mentions: &Mentions) -> Result<()> {
    for (table, column) in places::searched().filter(|(table, _)| !BY_HAND.contains(table)) {
        let Some(condition) = like_any(txn.get_database_backend(), column, mentions) else { return Ok(()) };
        let found = Query::select().columns(["id", column]).from(table).cond_where(condition).to_owned();
        let mut replaced = 0;
        for row in txn.query_all(&found).await? {
            let (id, text): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let Some(new) = mentions.replaced(&text) else { continue };
            let most = BOUNDED.iter().find(|(of, name, _)| (*of, *name) == (table, column)).map(|(_, _, most)| *most);
            let new: String = new.chars().take(most.unwrap_or(usize::MAX)).collect();
            let update = Query::update().table(table).value(column, new).and_where(Expr::col("id").eq(id)).to_owned();
            txn.execute(&update).await?;
            replaced += 1;
        }
        receipt.add(table, Replaced, replaced);
    }
    Ok(())
}

/// Any of the forms of a mention; nothing when there is nothing to look for.
fn like_any(backend: DbBackend, column: &'static str, mentions: &Mentions) -> Option<Condition> {
    let any = mentions.likes().iter().fold(Condition::any(), |any, pattern| {
        any.add(match backend {
            // PostgreSQL escapes with the same character without being told.
            DbBackend::Postgres => Expr::col(column).ilike(pattern),
            _ => Expr::col(column).like(LikeExpr::new(pattern).escape('\\')),
        })
    });
    (!any.is_empty()).then_some(any)
}

/// Deletes messages that mention the person, and answers that were kept for devices that ask again: whoever asks again
/// is answered anew.
///
/// # Errors
/// When the database fails.
pub async fn delete_messages(txn: &impl ConnectionTrait, receipt: &mut Receipt, person: &Person) -> Result<()> {
    let mentions = &person.mentions;
    for message in outbox::Entity::find().all(txn).await? {
        let texts = [&message.recipient, &message.subject, &message.body, &message.last_error];
        if texts.into_iter().any(|text| mentions.replaced(text).is_some()) {
            outbox::Entity::delete_by_id(message.id).exec(txn).await?;
            receipt.add("outbox", Deleted, 1);
        }
    }
    for request in sent_requests::Entity::find().all(txn).await? {
        if mentions.is_in(&request.body) || mentions.is_in(request.path.as_bytes()) {
            sent_requests::Entity::delete_by_id((request.user_id, request.request_key)).exec(txn).await?;
            receipt.add("sent_requests", Deleted, 1);
        }
    }
    Ok(())
}

/// Deletes the browser sessions of the login sessions that are gone, and what others typed about the person into forms
/// that were refused.
///
/// # Errors
/// When the database fails.
pub async fn forget_browsers(
    txn: &impl ConnectionTrait,
    receipt: &mut Receipt,
    person: &Person,
    logins: &HashSet<String>,
) -> Result<()> {
    for row in browser_sessions::Entity::find().all(txn).await? {
        let mut data: Map<String, Value> = serde_json::from_str(&row.data).unwrap_or_default();
        let of_person = data.get(COOKIE_KEY).and_then(Value::as_str).is_some_and(|id| logins.contains(id));
        if of_person {
            browser_sessions::Entity::delete_by_id(&row.id).exec(txn).await?;
            receipt.add("browser_sessions", Deleted, 1);
        } else if person.mentions.is_in(row.data.as_bytes()) && data.remove(refused_forms::KEY).is_some() {
            browser_sessions::Entity::update_many()
                .col_expr(browser_sessions::Column::Data, Expr::value(Value::Object(data).to_string()))
                .filter(browser_sessions::Column::Id.eq(&row.id))
                .exec(txn)
                .await?;
            receipt.add("browser_sessions", Replaced, 1);
        }
    }
    Ok(())
}
