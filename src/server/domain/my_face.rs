//! What is stored of a student's own face, and taking it back.

use super::contest_list::on_wall;
use super::enrolment::{NOTICE_VERSION, PHOTOS_MAX};
use super::register::display_name;
use super::{consents, me, self_enrolment, settings, student_photos, students};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{
    audit_log, consents as consent_rows, face_templates, photos, students as rows, users,
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::server::storage::media_path;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The audit log's word for removing a whole face.
pub const REMOVED: &str = "student.face_remove";

/// The actor's own student, or the refusal that there is none.
///
/// # Errors
/// [`AppError::NotFound`], or database trouble.
pub async fn own(ctx: &Ctx, actor: &Actor) -> Result<rows::Model> {
    Ok(me::own_student(ctx, actor).await?.ok_or_else(|| AppError::not_found("Student", actor.user_id))?)
}

/// Everything on the student's own page about their face.
///
/// # Errors
/// When the database fails.
pub async fn get_my_face(ctx: &Ctx, actor: &Actor) -> Result<MyFace> {
    let allowed = settings::load(&ctx.db).await?.self_enrolment;
    let mut page = MyFace {
        student: None,
        photos: Vec::new(),
        stored: FaceStores::default(),
        consents: Vec::new(),
        receipt: None,
        notice_version: NOTICE_VERSION.to_owned(),
        self_enrolment: allowed,
        no_enrolment: None,
        photos_max: PHOTOS_MAX,
    };
    let Some(student) = me::own_student(ctx, actor).await? else { return Ok(page) };
    let id = StudentId(student.id);
    let ledger = consents::ledger(&ctx.db, id).await?;
    page.photos = photos_of(ctx, actor, id).await?;
    page.stored = stored(ctx, id).await?;
    page.no_enrolment = self_enrolment::obstacle(ctx, &student, allowed, ledger.first(), page.stored.photos);
    if page.stored == FaceStores::default() && ledger.first().is_some_and(|row| row.kind == "withdrawn") {
        page.receipt = receipt(ctx, actor, id).await?;
    }
    page.consents = to_consents(ctx, ledger).await?;
    page.student = Some(StudentRef { id, roll_no: student.roll_no, name: student.name });
    Ok(page)
}

/// How much of a student's face lies in each store, counted now.
///
/// # Errors
/// When the database or the disk fails.
pub async fn stored(ctx: &Ctx, student: StudentId) -> Result<FaceStores> {
    let names = student_photos::names_of(&ctx.db, student).await?;
    let templates = face_templates::Entity::find().filter(face_templates::Column::StudentId.eq(student.0));
    Ok(FaceStores {
        photos: names.len() as u64,
        files: count_files(ctx, &names).await?,
        templates: templates.count(&ctx.db).await?,
        searched: ctx.gallery.templates_of(student.0) as u64,
    })
}

/// How many of these photos lie on the disk.
///
/// # Errors
/// When the disk fails.
pub async fn count_files(ctx: &Ctx, names: &[String]) -> Result<u64> {
    let mut files = 0;
    for name in names {
        files += u64::from(ctx.storage.get(name).await?.is_some());
    }
    Ok(files)
}

async fn photos_of(ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<Vec<MyPhoto>> {
    let rows = photos::Entity::find()
        .filter(photos::Column::StudentId.eq(student.0))
        .order_by_desc(photos::Column::IsCurrent)
        .order_by_desc(photos::Column::Id)
        .all(&ctx.db)
        .await?;
    let qualities: HashMap<PhotoId, Option<QualityVerdict>> =
        students::get_student(ctx, student).await?.photos.into_iter().map(|photo| (photo.id, photo.quality)).collect();
    let mut templates: HashMap<i64, u64> = HashMap::new();
    let of_student = face_templates::Entity::find().filter(face_templates::Column::StudentId.eq(student.0));
    for template in of_student.all(&ctx.db).await? {
        if let Some(photo) = template.photo_id {
            *templates.entry(photo).or_default() += 1;
        }
    }
    let photos = rows.into_iter().map(|row| MyPhoto {
        path: media_path(&row.name),
        is_current: row.is_current,
        quality: qualities.get(&PhotoId(row.id)).copied().flatten(),
        templates: templates.get(&row.id).copied().unwrap_or_default(),
        by_student: row.created_by_id == Some(actor.user_id.0),
        at: on_wall(ctx, row.created_at),
    });
    Ok(photos.collect())
}

async fn to_consents(ctx: &Ctx, ledger: Vec<consent_rows::Model>) -> Result<Vec<MyConsent>> {
    let ids: HashSet<i64> = ledger.iter().filter_map(|row| row.recorded_by_id).collect();
    let people = users::Entity::find().filter(users::Column::Id.is_in(ids)).all(&ctx.db).await?;
    let consents = ledger.into_iter().filter_map(|row| {
        let by = people.iter().find(|user| Some(user.id) == row.recorded_by_id).map(display_name);
        Some(MyConsent {
            kind: row.kind.parse().ok()?,
            by_student: row.channel == consents::BY_STUDENT,
            by: by.unwrap_or_default(),
            notice_version: row.notice_version,
            note: row.note,
            at: on_wall(ctx, row.created_at),
        })
    });
    Ok(consents.collect())
}

/// What the last removal took, out of the audit log: it outlives what it tells of.
async fn receipt(ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<Option<FaceReceipt>> {
    let last = audit_log::Entity::find()
        .filter(audit_log::Column::ObjectType.eq("student"))
        .filter(audit_log::Column::ObjectId.eq(student.to_string()))
        .filter(audit_log::Column::Action.eq(REMOVED))
        .order_by_desc(audit_log::Column::Id)
        .one(&ctx.db)
        .await?;
    Ok(last.map(|row| {
        let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
        let number = |name: &str| details.get(name).and_then(Value::as_u64).unwrap_or_default();
        FaceReceipt {
            at: on_wall(ctx, row.at),
            by_student: row.actor_id == Some(actor.user_id.0),
            removed: FaceStores {
                photos: number("photos"),
                files: number("files"),
                templates: number("templates"),
                searched: number("searched"),
            },
        }
    }))
}

/// The student agrees to the notice.
///
/// # Errors
/// [`AppError::NotFound`] for accounts without a student; database trouble.
pub async fn give_my_consent(ctx: &Ctx, actor: &Actor) -> Result<()> {
    let student = own(ctx, actor).await?;
    consents::give_consent(ctx, actor, StudentId(student.id), "").await?;
    Ok(())
}

/// The student takes everything back by which they are recognised; account and attendance stay.
///
/// # Errors
/// [`AppError::NotFound`] for accounts without a student; database trouble.
pub async fn withdraw_my_consent(ctx: &Ctx, actor: &Actor) -> Result<()> {
    let student = own(ctx, actor).await?;
    student_photos::remove_face(ctx, actor, StudentId(student.id)).await
}
