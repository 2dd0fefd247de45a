//! Somebody else who already has this face.

use crate::app::types::{StudentId, StudentRef};
use crate::server::db::entities::students;
use crate::server::error::Result;
use crate::server::state::Ctx;
use sea_orm::EntityTrait;

/// The nearest student other than `own` within the accept line, if any.
///
/// # Errors
/// `FacesUnavailable`, or internals.
pub async fn find(ctx: &Ctx, vector: &[f32], own: Option<StudentId>) -> Result<Option<StudentRef>> {
    let limit = ctx.recognizer.engine()?.thresholds().distance_accept;
    let hits = ctx.gallery.search(vector, 2)?;
    let other = hits.iter().find(|hit| own.is_none_or(|own| own.0.cast_unsigned() != hit.person));
    let Some(other) = other.filter(|hit| hit.distance <= limit) else { return Ok(None) };
    let row = students::Entity::find_by_id(other.person.cast_signed()).one(&ctx.db).await?;
    Ok(row.map(|row| StudentRef { id: StudentId(row.id), roll_no: row.roll_no, name: row.name }))
}
