//! After the commit: files, the search, what the database keeps beside its rows. What cannot be done now is tried again
//! every hour and at every start, until it is done.

use crate::server::db;
use crate::server::db::entities::erasures;
use crate::server::domain::imports::files;
use crate::server::error::Result;
use crate::server::state::Ctx;
use anyhow::Context;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

/// Files that go with a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftovers {
    /// Names of photos.
    pub photos: Vec<String>,
    /// Imports whose uploaded files go.
    pub imports: Vec<i64>,
}

/// Cleans up after every erasure that is not through yet.
///
/// # Errors
/// When the database fails; a file or a log that cannot be cleaned now only stays for the next time.
pub async fn clean(ctx: &Ctx) -> Result<()> {
    let waiting = erasures::Entity::find()
        .filter(erasures::Column::CleanedAt.is_null())
        .order_by_asc(erasures::Column::At)
        .all(&ctx.db)
        .await?;
    if waiting.is_empty() {
        return Ok(());
    }
    for erasure in &waiting {
        let left: Leftovers = serde_json::from_str(&erasure.leftovers).context("reading what an erasure left")?;
        for photo in &left.photos {
            ctx.storage.remove(photo).await?;
        }
        for import in left.imports {
            files::remove(ctx, import).await;
        }
    }
    // The names of students stand in the samples of indexes, too.
    db::take_statistics(&ctx.db).await?;
    if !db::empty_log(&ctx.db).await? {
        tracing::warn!("the database's log still holds what was erased: somebody is reading; it is tried again");
        return Ok(());
    }
    erasures::Entity::update_many()
        .col_expr(erasures::Column::CleanedAt, Expr::value(ctx.clock.now()))
        .col_expr(erasures::Column::Leftovers, Expr::value(""))
        .filter(erasures::Column::Id.is_in(waiting.iter().map(|erasure| erasure.id.as_str())))
        .exec(&ctx.db)
        .await?;
    Ok(())
}
