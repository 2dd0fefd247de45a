//! One class photo: who is on it, and what that writes.

use super::audit::{self, Change};
use super::records::{RECORD, audit_key};
use super::{closing, late_marks, register, sessions};
use crate::app::types::*;
use crate::recognition::decide::{Outcome, ReviewReason, UnknownReason};
use crate::recognition::engine::{Identification, IdentifiedFace};
use crate::recognition::photo::crop_jpeg;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_records, attendance_sessions},
};
use crate::server::error::Result;
use crate::server::recognizer::Picture;
use crate::server::state::Ctx;
use crate::server::upload::{MARK, UploadedPhoto};
use crate::tr;
use base64::Engine as _;
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::collections::HashMap;
use std::time::Instant;

/// Side of a crop shown to a person, pixels.
const CROP_PX: u32 = 112;
/// Room around the face in a crop, share of its box.
const CROP_MARGIN: f32 = 0.35;
/// Crops made for one photo: more questions than these nobody answers from one picture.
const CROPS_MAX: usize = 60;

/// Marks everybody the photo shows for certain; the rest is told, not written.
///
/// # Errors
/// `SessionClosed`, `Forbidden`, a field error for the photo, `FacesUnavailable`, `Busy`, or internals.
pub async fn mark_photo(ctx: &Ctx, actor: &Actor, id: SessionId, photo: UploadedPhoto) -> Result<MarkOutcome> {
    mark_photo_taken(ctx, actor, id, photo, None).await
}

/// The same for a photo that waited on a device since `taken_at`: who is on it was there then.
///
/// # Errors
/// As [`mark_photo`].
pub async fn mark_photo_taken(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    photo: UploadedPhoto,
    taken_at: Option<DateTime<Utc>>,
) -> Result<MarkOutcome> {
    identify(ctx, actor, id, photo, Some(taken_at)).await
}

/// Recognises and proposes; nothing is written.
///
/// # Errors
/// As [`mark_photo`].
pub async fn propose(ctx: &Ctx, actor: &Actor, id: SessionId, photo: UploadedPhoto) -> Result<MarkOutcome> {
    identify(ctx, actor, id, photo, None).await
}

/// `write`: whether to write, and when the photo was taken if not now.
async fn identify(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    photo: UploadedPhoto,
    write: Option<Option<DateTime<Utc>>>,
) -> Result<MarkOutcome> {
    let started = Instant::now();
    let session = sessions::load_for_marking(ctx, actor, id).await?;
    sessions::require_active(ctx, &session)?;
    let roster = register::roster_ids(&ctx.db, id).await?.into_iter().map(i64::cast_unsigned).collect();
    let index = ctx.gallery.index().clone();
    let (image, found) = ctx.recognizer.identify(photo.bytes, &photo.field, MARK.file_bytes_max, index, roster).await?;
    let written = match write {
        Some(taken_at) => write_marks(ctx, actor, id, &found, taken_at).await?,
        None => read_marks(ctx, id).await?,
    };
    let crops = cut_crops(image, &found).await?;
    let people = people_of(ctx, id, &found).await?;
    let faces: Vec<MarkedFace> =
        found.faces.iter().zip(crops).map(|(face, crop)| tell(face, crop, &people, &written)).collect();
    let suggestions = if faces.is_empty() { suggestions() } else { Vec::new() };
    Ok(MarkOutcome {
        session_id: id,
        width: found.width,
        height: found.height,
        processing_time_ms: started.elapsed().as_millis() as u64,
        faces,
        new_marks: written.values().filter(|mark| mark.new).count() as u64,
        counters: register::counters(&ctx.db, id).await?,
        suggestions,
    })
}

/// What to try when the photo shows nobody.
pub fn suggestions() -> Vec<String> {
    vec![tr!("domain-face-try-visible"), tr!("domain-face-try-light"), tr!("domain-face-try-size")]
}

/// What the register holds for a recognised student after this photo.
struct Mark {
    new: bool,
    status: RecordStatus,
    timestamp: DateTime<Utc>,
}

/// Students the machine may mark alone, with their confidence and distance.
fn certain(found: &Identification) -> impl Iterator<Item = (i64, f32, f32)> + '_ {
    found.faces.iter().filter_map(|face| match (&face.outcome, face.assigned) {
        (Outcome::Accept, Some(given)) => Some((given.person.cast_signed(), given.confidence, given.distance)),
        _ => None,
    })
}

/// Writes the certain ones in one transaction; races are decided by the unique key.
async fn write_marks(
    ctx: &Ctx,
    actor: &Actor,
    id: SessionId,
    found: &Identification,
    taken_at: Option<DateTime<Utc>>,
) -> Result<HashMap<i64, Mark>> {
    let certain: Vec<_> = certain(found).collect();
    if certain.is_empty() {
        return Ok(HashMap::new());
    }
    let txn = db::begin_write(&ctx.db).await?;
    let session = closing::lock(&txn, id).await?;
    sessions::require_active(ctx, &session)?;
    let seen_at = late_marks::counted_from(ctx, &session, taken_at);
    let mut marks = HashMap::new();
    for certain in &certain {
        let mark = write_mark(ctx, &txn, &session, actor, *certain, seen_at).await?;
        marks.insert(certain.0, mark);
    }
    let fresh: Vec<StudentId> = marks.iter().filter(|(_, mark)| mark.new).map(|(id, _)| StudentId(*id)).collect();
    if !fresh.is_empty() {
        let sentence = format!("{} marked {} by photo in {}", actor.name, fresh.len(), session.subject);
        audit::record(&txn, ctx, Some(actor), "record.photo", "session", id, &sentence).await?;
        audit::record_all(&txn, ctx, Some(actor), &told(actor, id, &fresh, &marks)).await?;
    }
    txn.commit().await?;
    if !fresh.is_empty() {
        register::publish(ctx, id, SessionStatus::Active, &fresh).await;
    }
    Ok(marks)
}

/// Each new mark in the audit log's words.
fn told<'a>(actor: &Actor, id: SessionId, fresh: &[StudentId], marks: &HashMap<i64, Mark>) -> Vec<Change<'a>> {
    let of = |student: &StudentId| {
        let status = marks.get(&student.0).map_or(RecordStatus::Present, |mark| mark.status).as_str();
        Change {
            action: "record.photo",
            object_type: RECORD,
            object_id: audit_key(id.0, student.0),
            sentence: format!("{} marked student {student} as {status} by photo", actor.name),
            details: json!({ "session": id, "student": student, "from": "unmarked", "to": status, "reason": "" }),
        }
    };
    fresh.iter().map(of).collect()
}

/// One student: inserts, or keeps what is there. A person's decision stays; the
/// machine's own keeps the higher confidence.
async fn write_mark(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    session: &attendance_sessions::Model,
    actor: &Actor,
    (student, confidence, distance): (i64, f32, f32),
    seen_at: DateTime<Utc>,
) -> Result<Mark> {
    let now = ctx.clock.now();
    let start = ctx.clock.instant(session.date.and_time(session.start_time));
    let late = seen_at > start + Duration::minutes(session.late_after_minutes.into());
    let status = if late { RecordStatus::Late } else { RecordStatus::Present };
    let row = attendance_records::ActiveModel {
        session_id: Set(session.id),
        student_id: Set(student),
        timestamp: Set(seen_at),
        status: Set(status.as_str().to_owned()),
        confidence: Set(Some(confidence.into())),
        distance: Set(Some(distance.into())),
        method: Set(Method::Face.as_str().to_owned()),
        marked_by_id: Set(Some(actor.user_id.0)),
        manual_override: Set(false),
        notes: Set(String::new()),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let key = [attendance_records::Column::SessionId, attendance_records::Column::StudentId];
    let inserted = attendance_records::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(txn)
        .await;
    let new = match inserted {
        Ok(rows) => rows > 0,
        Err(sea_orm::DbErr::RecordNotInserted) => false,
        Err(error) => return Err(error.into()),
    };
    if new {
        return Ok(Mark { new, status, timestamp: seen_at });
    }
    raise_confidence(txn, session.id, student, confidence, distance).await?;
    let kept = attendance_records::Entity::find()
        .filter(attendance_records::Column::SessionId.eq(session.id))
        .filter(attendance_records::Column::StudentId.eq(student))
        .one(txn)
        .await?;
    Ok(kept.map_or(Mark { new, status, timestamp: seen_at }, |record| mark_of(&record)))
}

async fn raise_confidence(
    txn: &impl ConnectionTrait,
    session: i64,
    student: i64,
    confidence: f32,
    distance: f32,
) -> Result<()> {
    attendance_records::Entity::update_many()
        .col_expr(attendance_records::Column::Confidence, Expr::value(f64::from(confidence)))
        .col_expr(attendance_records::Column::Distance, Expr::value(f64::from(distance)))
        .filter(attendance_records::Column::SessionId.eq(session))
        .filter(attendance_records::Column::StudentId.eq(student))
        .filter(attendance_records::Column::ManualOverride.eq(false))
        .filter(attendance_records::Column::Method.eq(Method::Face.as_str()))
        .filter(Expr::col(attendance_records::Column::Confidence).lt(f64::from(confidence)))
        .exec(txn)
        .await?;
    Ok(())
}

fn mark_of(record: &attendance_records::Model) -> Mark {
    Mark { new: false, status: record.status.parse().unwrap_or_default(), timestamp: record.timestamp }
}

/// What is written already, for a proposal.
async fn read_marks(ctx: &Ctx, id: SessionId) -> Result<HashMap<i64, Mark>> {
    let records =
        attendance_records::Entity::find().filter(attendance_records::Column::SessionId.eq(id.0)).all(&ctx.db).await?;
    Ok(records.into_iter().map(|record| (record.student_id, mark_of(&record))).collect())
}

/// Crops of the faces that a person has to look at; JPEG work stays off the async threads.
async fn cut_crops(image: Picture, found: &Identification) -> Result<Vec<Option<String>>> {
    let boxes: Vec<Option<[f32; 4]>> = found
        .faces
        .iter()
        .map(|face| (verdict_of(&face.outcome) != FaceVerdict::Certain).then_some(face.face.bbox))
        .collect();
    let cut = tokio::task::spawn_blocking(move || {
        let mut left = CROPS_MAX;
        let cut = boxes.into_iter().map(|bbox| {
            let bbox = bbox.filter(|_| left > 0)?;
            left -= 1;
            let jpeg = crop_jpeg(&image, bbox, CROP_MARGIN, CROP_PX).ok()?;
            Some(format!("data:image/jpeg;base64,{}", base64::engine::general_purpose::STANDARD.encode(jpeg)))
        });
        cut.collect()
    });
    Ok(cut.await.map_err(anyhow::Error::new)?)
}

/// Names and enrolment photos of all candidates.
async fn people_of(ctx: &Ctx, id: SessionId, found: &Identification) -> Result<HashMap<u64, RosterEntry>> {
    let wanted = found.faces.iter().flat_map(|face| &face.candidates).map(|candidate| candidate.person);
    let wanted: Vec<StudentId> = wanted.map(|person| StudentId(person.cast_signed())).collect();
    let entries = register::entries(ctx, &ctx.db, id, Some(&wanted)).await?;
    Ok(entries.into_iter().map(|entry| (entry.student.id.0.cast_unsigned(), entry)).collect())
}

/// One face in the words of the page.
fn tell(
    face: &IdentifiedFace,
    crop: Option<String>,
    people: &HashMap<u64, RosterEntry>,
    marks: &HashMap<i64, Mark>,
) -> MarkedFace {
    let verdict = verdict_of(&face.outcome);
    let given = face.assigned.into_iter().chain(
        face.candidates
            .iter()
            .copied()
            .filter(|candidate| face.assigned.is_none_or(|given| given.person != candidate.person)),
    );
    let candidates = given.take(2).filter_map(|candidate| {
        let person = people.get(&candidate.person)?;
        Some(Candidate {
            student: person.student.clone(),
            photo: person.photo.clone(),
            distance: candidate.distance,
            confidence: candidate.confidence,
        })
    });
    let mark = face
        .assigned
        .filter(|_| verdict == FaceVerdict::Certain)
        .and_then(|given| marks.get(&given.person.cast_signed()));
    MarkedFace {
        bbox: face.face.bbox,
        verdict,
        candidates: candidates.collect(),
        reasons: reasons_of(&face.outcome),
        status: mark.map(|mark| mark.status),
        timestamp: mark.map(|mark| mark.timestamp),
        already_marked: mark.is_some_and(|mark| !mark.new),
        crop,
    }
}

fn verdict_of(outcome: &Outcome) -> FaceVerdict {
    match outcome {
        Outcome::Accept => FaceVerdict::Certain,
        Outcome::Review(_) => FaceVerdict::Check,
        Outcome::Unknown(UnknownReason::TooSmall) => FaceVerdict::TooSmall,
        Outcome::Unknown(_) => FaceVerdict::Unknown,
    }
}

fn reasons_of(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Accept => Vec::new(),
        Outcome::Unknown(UnknownReason::TooSmall) => vec![tr!("domain-face-too-small-to-compare")],
        Outcome::Unknown(UnknownReason::NoCandidate) => vec![tr!("domain-face-nobody")],
        Outcome::Unknown(UnknownReason::TooFar) => vec![tr!("domain-face-no-match")],
        Outcome::Review(reasons) => reasons.iter().map(|reason| review_sentence(*reason)).collect(),
    }
}

fn review_sentence(reason: ReviewReason) -> String {
    match reason {
        ReviewReason::Distant => tr!("domain-face-uncertain"),
        ReviewReason::RunnerUpClose => tr!("domain-face-alike"),
        ReviewReason::PoorQuality => tr!("domain-face-poor"),
    }
}
