//! The register of a session: its frozen roster with what was recorded, and the counts.

use super::me::Sight;
use super::tally;
use crate::app::types::{Counters, LiveEvent, Method, RecordStatus, RosterEntry, SessionId, StudentId, StudentRef};
use crate::server::db::entities::{
    attendance_records, attendance_sessions, face_templates, photos, session_rosters, students, users,
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::server::storage::media_path;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use std::collections::{HashMap, HashSet};

/// Ids of the students of a frozen roster.
///
/// # Errors
/// When the database fails.
pub async fn roster_ids(db: &impl ConnectionTrait, session: SessionId) -> Result<Vec<i64>> {
    Ok(session_rosters::Entity::find()
        .select_only()
        .column(session_rosters::Column::StudentId)
        .filter(session_rosters::Column::SessionId.eq(session.0))
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether this student stands on the frozen roster.
///
/// # Errors
/// When the database fails.
pub async fn is_on_roster(db: &impl ConnectionTrait, session: SessionId, student: StudentId) -> Result<bool> {
    let listed = session_rosters::Entity::find()
        .filter(session_rosters::Column::SessionId.eq(session.0))
        .filter(session_rosters::Column::StudentId.eq(student.0))
        .one(db)
        .await?;
    Ok(listed.is_some())
}

/// Counts of several sessions over those whom the reader may see; a session without a roster has zeros.
///
/// # Errors
/// When the database fails.
pub async fn counters_of(db: &impl ConnectionTrait, sessions: &[i64], sight: Sight) -> Result<HashMap<i64, Counters>> {
    let (mut rosters, mut records) = (session_rosters::Entity::find(), attendance_records::Entity::find());
    match sight {
        Sight::All => {}
        Sight::Own(student) => {
            rosters = rosters.filter(session_rosters::Column::StudentId.eq(student.0));
            records = records.filter(attendance_records::Column::StudentId.eq(student.0));
        }
        Sight::Nothing => return Ok(HashMap::new()),
    }
    let totals: Vec<(i64, i64)> = rosters
        .select_only()
        .column(session_rosters::Column::SessionId)
        .column_as(session_rosters::Column::Id.count(), "total")
        .filter(session_rosters::Column::SessionId.is_in(sessions.iter().copied()))
        .group_by(session_rosters::Column::SessionId)
        .into_tuple()
        .all(db)
        .await?;
    let marked: Vec<(i64, String, i64)> = records
        .select_only()
        .columns([attendance_records::Column::SessionId, attendance_records::Column::Status])
        .column_as(attendance_records::Column::Id.count(), "marked")
        .filter(attendance_records::Column::SessionId.is_in(sessions.iter().copied()))
        .group_by(attendance_records::Column::SessionId)
        .group_by(attendance_records::Column::Status)
        .into_tuple()
        .all(db)
        .await?;
    let mut counters: HashMap<i64, Counters> = HashMap::new();
    for (session, total) in totals {
        let entry = counters.entry(session).or_default();
        entry.total = total.unsigned_abs();
        entry.unmarked = total.unsigned_abs();
    }
    for (session, status, count) in marked {
        let entry = counters.entry(session).or_default();
        let count = count.unsigned_abs();
        match status.parse() {
            Ok(RecordStatus::Present) => entry.present = count,
            Ok(RecordStatus::Late) => entry.late = count,
            Ok(RecordStatus::Absent) => entry.absent = count,
            Ok(RecordStatus::Excused) => entry.excused = count,
            Err(()) => continue,
        }
        entry.unmarked = entry.unmarked.saturating_sub(count);
    }
    Ok(counters)
}

/// Counts of one session.
///
/// # Errors
/// When the database fails.
pub async fn counters(db: &impl ConnectionTrait, session: SessionId) -> Result<Counters> {
    Ok(counters_of(db, &[session.0], Sight::All).await?.remove(&session.0).unwrap_or_default())
}

/// What the session of a closed register keeps for statistics to add up: the counts of its records, and the line of
/// them. To be written in the transaction that closes or corrects it.
///
/// # Errors
/// When the database fails.
pub async fn kept_counts(db: &impl ConnectionTrait, session: SessionId) -> Result<attendance_sessions::ActiveModel> {
    let rows: Vec<(i64, String)> = attendance_records::Entity::find()
        .select_only()
        .columns([attendance_records::Column::StudentId, attendance_records::Column::Status])
        .filter(attendance_records::Column::SessionId.eq(session.0))
        .order_by_asc(attendance_records::Column::StudentId)
        .into_tuple()
        .all(db)
        .await?;
    let records: Vec<(i64, RecordStatus)> =
        rows.into_iter().filter_map(|(student, status)| Some((student, status.parse().ok()?))).collect();
    let kept = |wanted: RecordStatus| {
        let count = records.iter().filter(|(_, status)| *status == wanted).count();
        Set(i32::try_from(count).unwrap_or(i32::MAX))
    };
    Ok(attendance_sessions::ActiveModel {
        id: Unchanged(session.0),
        present: kept(RecordStatus::Present),
        late: kept(RecordStatus::Late),
        absent: kept(RecordStatus::Absent),
        excused: kept(RecordStatus::Excused),
        tally: Set(tally::write(records)),
        ..Default::default()
    })
}

/// The register in roll-number order: the whole, or only these students.
///
/// # Errors
/// When the database fails.
pub async fn entries(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    session: SessionId,
    only: Option<&[StudentId]>,
) -> Result<Vec<RosterEntry>> {
    let mut roster = students::Entity::find()
        .join_rev(JoinType::InnerJoin, session_rosters::Relation::Student.def())
        .filter(session_rosters::Column::SessionId.eq(session.0))
        .order_by_asc(students::Column::RollNo);
    if let Some(only) = only {
        roster = roster.filter(students::Column::Id.is_in(only.iter().map(|id| id.0)));
    }
    let roster = roster.all(db).await?;
    let ids: Vec<i64> = roster.iter().map(|student| student.id).collect();
    let mut records: HashMap<i64, attendance_records::Model> = attendance_records::Entity::find()
        .filter(attendance_records::Column::SessionId.eq(session.0))
        .all(db)
        .await?
        .into_iter()
        .map(|record| (record.student_id, record))
        .collect();
    let names = marker_names(db, records.values()).await?;
    let photos = current_photos(db, &ids).await?;
    let faces = with_face(ctx, db, &ids).await?;
    let rows = roster.into_iter().map(|student| {
        let id = student.id;
        let mut entry = blank_entry(student);
        entry.photo = photos.get(&id).map(|name| media_path(name));
        entry.has_face = faces.contains(&id);
        if let Some(record) = records.remove(&id) {
            entry.marked_by = record.marked_by_id.and_then(|user| names.get(&user).cloned());
            fill(&mut entry, record);
        }
        entry
    });
    Ok(rows.collect())
}

/// Tells every open page of the session what changed; trouble is logged, the change itself stands.
pub async fn publish(ctx: &Ctx, session: SessionId, status: crate::app::types::SessionStatus, students: &[StudentId]) {
    let event = async {
        Result::Ok(LiveEvent {
            session,
            status,
            counters: counters(&ctx.db, session).await?,
            entries: entries(ctx, &ctx.db, session, Some(students)).await?,
        })
    };
    match event.await {
        Ok(event) => ctx.live.publish(event),
        Err(error) => tracing::error!(session = session.0, "live event lost: {error:#}"),
    }
}

/// Names of the current photos of these students.
///
/// # Errors
/// When the database fails.
pub async fn current_photos(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> = photos::Entity::find()
        .select_only()
        .columns([photos::Column::StudentId, photos::Column::Name])
        .filter(photos::Column::StudentId.is_in(ids.iter().copied()))
        .filter(photos::Column::IsCurrent.eq(true))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Which of these students the loaded model can recognise.
async fn with_face(ctx: &Ctx, db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashSet<i64>> {
    let rows: Vec<i64> = face_templates::Entity::find()
        .select_only()
        .distinct()
        .column(face_templates::Column::StudentId)
        .filter(face_templates::Column::StudentId.is_in(ids.iter().copied()))
        .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn marker_names(
    db: &impl ConnectionTrait,
    records: impl Iterator<Item = &attendance_records::Model>,
) -> Result<HashMap<i64, String>> {
    let ids: HashSet<i64> = records.filter_map(|record| record.marked_by_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = users::Entity::find().filter(users::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|user| (user.id, display_name(&user))).collect())
}

/// First and last name, or the username when both are empty.
pub fn display_name(user: &users::Model) -> String {
    let full = format!("{} {}", user.first_name, user.last_name).trim().to_owned();
    if full.is_empty() { user.username.clone() } else { full }
}

fn blank_entry(student: students::Model) -> RosterEntry {
    RosterEntry {
        student: StudentRef { id: StudentId(student.id), roll_no: student.roll_no, name: student.name },
        photo: None,
        has_face: false,
        status: None,
        method: None,
        manual_override: false,
        marked_by: None,
        notes: String::new(),
        timestamp: None,
        confidence: None,
    }
}

fn fill(entry: &mut RosterEntry, record: attendance_records::Model) {
    let method: Method = record.method.parse().unwrap_or_default();
    entry.status = record.status.parse().ok();
    entry.method = Some(method);
    entry.manual_override = record.manual_override;
    if method != Method::Manual {
        entry.marked_by = None;
    }
    entry.notes = record.notes;
    entry.timestamp = Some(record.timestamp);
    entry.confidence = record.confidence.map(|value| value as f32);
}
