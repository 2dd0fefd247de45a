//! The audit log: one row per change, in the change's own transaction.

use crate::server::auth::actor::Actor;
use crate::server::db::entities::audit_log;
use crate::server::error::Result;
use crate::server::middleware::trace_id;
use crate::server::state::Ctx;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Name of whoever acts without signing in: the command line and the clock.
const SYSTEM: &str = "system";

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
    let row = audit_log::ActiveModel {
        at: Set(ctx.clock.now()),
        actor_id: Set(actor.map(|actor| actor.user_id.0)),
        actor_name: Set(actor.map_or(SYSTEM, |actor| actor.username.as_str()).to_owned()),
        action: Set(action.to_owned()),
        object_type: Set(object_type.to_owned()),
        object_id: Set(object_id.to_string()),
        sentence: Set(sentence.to_owned()),
        details: Set("{}".to_owned()),
        trace_id: Set(trace_id()),
        ip: Set(String::new()),
        ..Default::default()
    };
    audit_log::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}
