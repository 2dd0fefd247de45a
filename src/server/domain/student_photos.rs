//! A student's enrolment photos: shown, added, replaced, removed, and all of them withdrawn.

use super::audit::{self, Change};
use super::enrolment::{self, Intake, NOTICE_VERSION, PHOTOS_MAX, PreparedPhoto};
use super::erasure::Withdrawal;
use super::{consents as ledger, my_face, students};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::recognition::quality::Quality;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{consents, face_templates, photos},
};
use crate::server::error::Result;
use crate::server::gallery::NewTemplate;
use crate::server::state::Ctx;
use crate::server::upload::UploadedPhoto;
use crate::tr;
use anyhow::Context;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;

/// What a new photo made of a student.
#[derive(Clone, Debug)]
pub struct AddedPhoto {
    pub student: StudentDetail,
    /// The new photo's row; it is the current one.
    pub photo: StudentPhoto,
    /// Its only face, as measured.
    pub quality: Quality,
    /// Somebody else who already has this face: a warning, not a refusal.
    pub lookalike: Option<StudentRef>,
}

/// Photos of a student, the current one first, for staff and for the student's own account.
///
/// # Errors
/// [`AppError::NotFound`], also for students whom the actor may not see; internals.
pub async fn list_photos(ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<Vec<StudentPhoto>> {
    students::find_visible(ctx, actor, student).await?;
    Ok(students::get_student(ctx, student).await?.photos)
}

/// Adds a photo to a student; it becomes the current one.
///
/// # Errors
/// [`AppError::NotFound`], the refusals of [`enrolment::prepare`], a rule for too many photos, or internals.
pub async fn add_photo(ctx: &Ctx, actor: &Actor, student: StudentId, photo: UploadedPhoto) -> Result<AddedPhoto> {
    let detail = students::get_student(ctx, student).await?;
    if detail.photos.len() as u64 >= PHOTOS_MAX {
        return Err(too_many().into());
    }
    take_photo(ctx, actor, detail, photo, Replaced::Nothing).await
}

/// Puts a photo in the place of the current one, which goes with its templates; adds it when there is none.
///
/// # Errors
/// As [`add_photo`]; nothing changes then.
pub async fn replace_photo(ctx: &Ctx, actor: &Actor, student: StudentId, photo: UploadedPhoto) -> Result<AddedPhoto> {
    let detail = students::get_student(ctx, student).await?;
    take_photo(ctx, actor, detail, photo, Replaced::Current).await
}

/// What goes when a photo comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Replaced {
    Nothing,
    Current,
}

async fn take_photo(
    ctx: &Ctx,
    actor: &Actor,
    before: StudentDetail,
    photo: UploadedPhoto,
    replaced: Replaced,
) -> Result<AddedPhoto> {
    let student = before.row.id;
    let intake = Intake::upload();
    let mut prepared = enrolment::prepare(ctx, vec![photo], Some(student), &intake.rules).await?;
    match store_photo(ctx, actor, &before.row, &prepared, replaced).await {
        Ok((templates, gone)) => {
            if before.row.is_active {
                enrolment::publish(ctx, &templates).await;
            }
            forget(ctx, gone).await;
        }
        Err(error) => {
            enrolment::discard(ctx, prepared).await;
            return Err(error);
        }
    }
    let prepared = prepared.pop().context("no photo was prepared")?;
    let detail = students::get_student(ctx, student).await?;
    let photo = detail.photos.first().cloned().ok_or_else(|| AppError::not_found("Student", student))?;
    Ok(AddedPhoto { student: detail, photo, quality: prepared.quality, lookalike: prepared.lookalike })
}

async fn store_photo(
    ctx: &Ctx,
    actor: &Actor,
    student: &StudentRow,
    prepared: &[PreparedPhoto],
    replaced: Replaced,
) -> Result<(Vec<NewTemplate>, Gone)> {
    let id = student.id;
    let txn = db::begin_write(&ctx.db).await?;
    students::lock(&txn, id).await?;
    let mut gone = Gone::default();
    if replaced == Replaced::Current {
        let current = photos::Entity::find()
            .filter(photos::Column::StudentId.eq(id.0))
            .filter(photos::Column::IsCurrent.eq(true));
        if let Some(row) = current.one(&txn).await? {
            gone = delete_photo(&txn, row).await?;
        }
    }
    let count = photos::Entity::find().filter(photos::Column::StudentId.eq(id.0)).count(&txn).await?;
    if count >= PHOTOS_MAX {
        return Err(too_many().into());
    }
    let templates = enrolment::store(&txn, ctx, actor, id, prepared, Intake::upload().source).await?;
    let (action, did) = match replaced {
        Replaced::Nothing => ("student.photo_add", "added a photo of"),
        Replaced::Current => ("student.photo_replace", "replaced the photo of"),
    };
    let sentence = format!("{} {did} {}", actor.name, student.roll_no);
    audit::record(&txn, ctx, Some(actor), action, "student", id, &sentence).await?;
    txn.commit().await?;
    Ok((templates, gone))
}

/// Removes a photo with its templates, rows first, then search and file.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn remove_photo(ctx: &Ctx, actor: &Actor, student: StudentId, photo: PhotoId) -> Result<StudentDetail> {
    let txn = db::begin_write(&ctx.db).await?;
    let roll_no = students::lock(&txn, student).await?.roll_no;
    let row = photos::Entity::find_by_id(photo.0).one(&txn).await?;
    let row = row.filter(|row| row.student_id == student.0).ok_or_else(|| AppError::not_found("Photo", photo))?;
    let gone = delete_photo(&txn, row).await?;
    choose_current(&txn, student).await?;
    let sentence = format!("{} removed a photo of {roll_no}", actor.name);
    audit::record(&txn, ctx, Some(actor), "student.photo_remove", "student", student, &sentence).await?;
    txn.commit().await?;
    forget(ctx, gone).await;
    students::get_student(ctx, student).await
}

/// Makes the newest photo the current one where the current one is gone.
///
/// # Errors
/// When the database fails.
pub async fn choose_current(txn: &impl ConnectionTrait, student: StudentId) -> Result<()> {
    let next = photos::Entity::find()
        .filter(photos::Column::StudentId.eq(student.0))
        .order_by_desc(photos::Column::IsCurrent)
        .order_by_desc(photos::Column::Id)
        .one(txn)
        .await?;
    if let Some(next) = next {
        photos::ActiveModel { id: Set(next.id), is_current: Set(true), ..Default::default() }.update(txn).await?;
    }
    Ok(())
}

/// Removes everything by which a student is recognised and writes down that the consent is withdrawn; the student stays.
/// Doing it again changes nothing.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn remove_face(ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let row = students::lock(&txn, student).await?;
    let files = names_of(&txn, student).await?;
    let removed = face_templates::Entity::delete_many()
        .filter(face_templates::Column::StudentId.eq(student.0))
        .exec(&txn)
        .await?;
    // Counted before anything goes: the receipt tells of each store.
    let (on_disk, searched) = (my_face::count_files(ctx, &files).await?, ctx.gallery.templates_of(student.0));
    photos::Entity::delete_many().filter(photos::Column::StudentId.eq(student.0)).exec(&txn).await?;
    let latest = consents::Entity::find()
        .filter(consents::Column::StudentId.eq(student.0))
        .order_by_desc(consents::Column::Id)
        .one(&txn)
        .await?;
    let withdrawn_before = latest.is_some_and(|row| row.kind == "withdrawn");
    if withdrawn_before && files.is_empty() && removed.rows_affected == 0 {
        return Ok(());
    }
    if !withdrawn_before {
        withdraw(&txn, ctx, actor, student).await?;
    }
    let sentence =
        format!("{} removed all photos and templates of {}; the consent is withdrawn", actor.name, row.roll_no);
    let details = json!({
        "photos": files.len(), "files": on_disk, "templates": removed.rows_affected, "searched": searched,
    });
    let object_id = student.to_string();
    let change = Change { action: my_face::REMOVED, object_type: "student", object_id, sentence, details };
    audit::record_all(&txn, ctx, Some(actor), &[change]).await?;
    let withdrawal = Withdrawal::write(&txn, ctx, &row).await?;
    txn.commit().await?;
    withdrawal.keep();
    forget_student(ctx, student, &files).await;
    Ok(())
}

async fn withdraw(txn: &impl ConnectionTrait, ctx: &Ctx, actor: &Actor, student: StudentId) -> Result<()> {
    let row = consents::ActiveModel {
        student_id: Set(student.0),
        kind: Set("withdrawn".to_owned()),
        channel: Set(ledger::channel_of(actor).to_owned()),
        notice_version: Set(NOTICE_VERSION.to_owned()),
        note: Set(String::new()),
        recorded_by_id: Set((actor.user_id.0 != 0).then_some(actor.user_id.0)),
        created_at: Set(ctx.clock.now()),
        ..Default::default()
    };
    row.insert(txn).await?;
    Ok(())
}

/// What is left to remove once the rows are gone.
#[derive(Default)]
pub struct Gone {
    templates: Vec<i64>,
    files: Vec<String>,
}

/// Deletes a photo's rows, templates first.
///
/// # Errors
/// When the database fails.
pub async fn delete_photo(txn: &impl ConnectionTrait, row: photos::Model) -> Result<Gone> {
    let of_photo = || face_templates::Column::PhotoId.eq(row.id);
    let templates: Vec<i64> = face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::Id)
        .filter(of_photo())
        .into_tuple()
        .all(txn)
        .await?;
    face_templates::Entity::delete_many().filter(of_photo()).exec(txn).await?;
    let files = vec![row.name.clone()];
    row.delete(txn).await?;
    Ok(Gone { templates, files })
}

/// Names of the files of a student's photos.
///
/// # Errors
/// When the database fails.
pub async fn names_of(db: &impl ConnectionTrait, student: StudentId) -> Result<Vec<String>> {
    Ok(photos::Entity::find()
        .select_only()
        .column(photos::Column::Name)
        .filter(photos::Column::StudentId.eq(student.0))
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes removed templates out of the search and removed photos off the disk. The rows are gone either way: trouble
/// here is logged and mended by the next start, which reads the database and sweeps files without a row.
pub async fn forget(ctx: &Ctx, gone: Gone) {
    for template in gone.templates {
        if let Err(error) = ctx.gallery.remove_template(template) {
            tracing::error!(template, "a removed template stays searchable: {error:#}");
        }
    }
    remove_files(ctx, &gone.files).await;
}

/// The same for everything of a student.
pub async fn forget_student(ctx: &Ctx, student: StudentId, files: &[String]) {
    if let Err(error) = ctx.gallery.remove_student(student.0) {
        tracing::error!(student = student.0, "a removed face stays searchable: {error:#}");
    }
    remove_files(ctx, files).await;
}

/// Removes files of photos whose rows are gone, and what the database's own log still says of their faces.
pub async fn remove_files(ctx: &Ctx, files: &[String]) {
    if files.is_empty() {
        return;
    }
    for name in files {
        if let Err(error) = ctx.storage.remove(name).await {
            tracing::error!("a removed photo stays until the next sweep: {error:#}");
        }
    }
    match db::empty_log(&ctx.db).await {
        Ok(true) => {}
        Ok(false) => tracing::warn!("a removed face stays in the database's log until the hourly job empties it"),
        Err(error) => tracing::error!("a removed face stays in the database's log: {error:#}"),
    }
}

fn too_many() -> AppError {
    AppError::Rule(tr!("domain-student-photos-full", most = PHOTOS_MAX))
}
