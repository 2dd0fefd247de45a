//! Stored photos and who may see them.

use super::sightings;
use crate::app::error::AppError;
use crate::app::types::StudentId;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{photos, students};
use crate::server::error::Result;
use crate::server::state::Ctx;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A stored JPEG, for staff and for the student on it.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else, as if it were not there; internals.
pub async fn read_photo(ctx: &Ctx, actor: &Actor, name: &str) -> Result<Vec<u8>> {
    let missing = || AppError::not_found("Photo", name);
    let row = photos::Entity::find()
        .filter(photos::Column::Name.eq(name))
        .find_also_related(students::Entity)
        .one(&ctx.db)
        .await?;
    let Some((_, Some(student))) = row else { return Err(missing().into()) };
    if !actor.role.is_staff() && student.user_id != Some(actor.user_id.0) {
        return Err(missing().into());
    }
    let bytes = ctx.storage.get(name).await?.ok_or_else(missing)?;
    sightings::note_look(ctx, actor, StudentId(student.id), &student.roll_no).await;
    Ok(bytes)
}
