//! Students as lists and pages show them: rows of the database turned into shared types.

use super::gallery_health;
use super::register::current_photos;
use crate::app::types::{
    DepartmentRef, PhotoId, QualityVerdict, SetAsideReason, StudentDetail, StudentId, StudentPhoto, StudentRow,
};
use crate::server::db::entities::{departments, face_templates, photos, students, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::server::storage::media_path;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Rows with department, photo and template count, in the given order, by two more queries.
///
/// # Errors
/// When the database fails.
pub async fn to_rows(ctx: &Ctx, rows: Vec<(students::Model, Option<departments::Model>)>) -> Result<Vec<StudentRow>> {
    let ids: Vec<i64> = rows.iter().map(|(student, _)| student.id).collect();
    let photos = current_photos(&ctx.db, &ids).await?;
    let templates = count_templates(ctx, &ids).await?;
    let rows = rows.into_iter().map(|(student, department)| StudentRow {
        photo: photos.get(&student.id).map(|name| media_path(name)),
        templates: templates.get(&student.id).map_or(0, |count| count.unsigned_abs()),
        department: department.map(DepartmentRef::from).unwrap_or_default(),
        id: StudentId(student.id),
        roll_no: student.roll_no,
        name: student.name,
        email: student.email,
        phone: student.phone,
        is_active: student.is_active,
        created_at: student.created_at,
        updated_at: student.updated_at,
    });
    Ok(rows.collect())
}

/// Adds photos and account to a row.
///
/// # Errors
/// When the database fails.
pub async fn to_detail(ctx: &Ctx, row: StudentRow, user: Option<i64>) -> Result<StudentDetail> {
    let id = row.id.0;
    let stored = photos::Entity::find()
        .filter(photos::Column::StudentId.eq(id))
        .order_by_desc(photos::Column::IsCurrent)
        .order_by_desc(photos::Column::Id)
        .all(&ctx.db)
        .await?;
    let (verdicts, mut aside) = verdicts_of(ctx, id).await?;
    let photos = stored.into_iter().map(|photo| StudentPhoto {
        id: PhotoId(photo.id),
        path: media_path(&photo.name),
        is_current: photo.is_current,
        quality: verdicts.get(&photo.id).copied(),
        created_at: photo.created_at,
        set_aside: aside.remove(&photo.id),
    });
    let photos = photos.collect();
    let account = match user {
        Some(user) => users::Entity::find_by_id(user).one(&ctx.db).await?.map(|user| user.username),
        None => None,
    };
    Ok(StudentDetail { row, photos, account })
}

/// How many templates of the loaded model each of these students has.
async fn count_templates(ctx: &Ctx, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let counts: Vec<(i64, i64)> = face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::StudentId)
        .column_as(face_templates::Column::Id.count(), "templates")
        .filter(face_templates::Column::StudentId.is_in(ids.iter().copied()))
        .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()))
        .group_by(face_templates::Column::StudentId)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    Ok(counts.into_iter().collect())
}

/// The verdict on each photo that the loaded model has a template of, and why that template is not searched.
async fn verdicts_of(ctx: &Ctx, student: i64) -> Result<(HashMap<i64, QualityVerdict>, HashMap<i64, String>)> {
    let rows: Vec<(Option<i64>, String, Option<String>)> = face_templates::Entity::find()
        .select_only()
        .columns([
            face_templates::Column::PhotoId,
            face_templates::Column::Verdict,
            face_templates::Column::SetAsideReason,
        ])
        .filter(face_templates::Column::StudentId.eq(student))
        .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let known = [QualityVerdict::Good, QualityVerdict::Fair, QualityVerdict::Poor];
    let word = |text: &str| known.into_iter().find(|verdict| verdict.as_str() == text);
    let verdicts = rows.iter().filter_map(|(photo, verdict, _)| Some(((*photo)?, word(verdict)?))).collect();
    let why = |word: &str| SetAsideReason::from_word(word).map(gallery_health::reason_sentence);
    let aside = rows.iter().filter_map(|(photo, _, reason)| Some(((*photo)?, why(reason.as_deref()?)?))).collect();
    Ok((verdicts, aside))
}
