//! Everything about a student in one file to take away: what they have a right to, as data and photos.

use super::records::{RECORD, audit_key};
use super::{audit, consents, contest_list, me, my_face, percentage, student_templates, students};
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{
        attendance_records, attendance_sessions, audit_log, departments, photos, record_contests, session_rosters,
    },
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use anyhow::Context;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Keys of the audit log asked for at once: SQLite binds at most 32,766 values a statement.
const KEYS_AT_ONCE: usize = 500;

/// What the file says about itself.
const READ_ME: &str = "This is everything that Rollcall stores about you.\n\n\
    profile.json    your entry in the list of students, and your account\n\
    attendance.json your sessions and what was recorded\n\
    objections.json what you wrote against records, and the answers\n\
    consents.json   when you or your institution agreed to storing your face, or withdrew it\n\
    templates.json  what was made of your photos: when, by which model, of which quality. The numbers themselves are\n\
    \u{20}               left out: whoever has them could be taken for you\n\
    changes.json    who changed what about you\n\
    photos/         the photos of you\n";

/// A file and its name.
#[derive(Clone, Debug)]
pub struct MyData {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The actor's own student as a ZIP file; taking it is written into the audit log.
///
/// # Errors
/// [`AppError::NotFound`](crate::app::error::AppError::NotFound) for accounts without a student; internals.
pub async fn get_my_data(ctx: &Ctx, actor: &Actor) -> Result<MyData> {
    let student = my_face::own(ctx, actor).await?;
    let id = StudentId(student.id);
    let department = departments::Entity::find_by_id(student.department_id).one(&ctx.db).await?;
    let summary = me::my_attendance(ctx, actor).await?.summary;
    let profile = json!({
        "roll_no": student.roll_no, "name": student.name, "email": student.email, "phone": student.phone,
        "department": department.map(|row| row.name), "is_active": student.is_active,
        "created_at": student.created_at, "updated_at": student.updated_at,
        "account": { "username": actor.username, "name": actor.name, "email": actor.email },
        "attendance": {
            "sessions": summary.sessions, "attended": summary.attended, "counted": summary.counted,
            "percentage": percentage::percentage(summary.attended, summary.counted),
        },
    });
    let mut parts = vec![
        ("README.txt".to_owned(), READ_ME.as_bytes().to_vec()),
        ("profile.json".to_owned(), pretty(&profile)?),
        ("attendance.json".to_owned(), pretty(&attendance(ctx, id).await?)?),
        ("objections.json".to_owned(), pretty(&objections(ctx, id).await?)?),
        ("consents.json".to_owned(), pretty(&consents_of(ctx, id).await?)?),
        ("templates.json".to_owned(), pretty(&templates(ctx, id).await?)?),
        ("changes.json".to_owned(), pretty(&changes(ctx, id).await?)?),
    ];
    for photo in photos::Entity::find().filter(photos::Column::StudentId.eq(id.0)).all(&ctx.db).await? {
        if let Some(bytes) = ctx.storage.get(&photo.name).await? {
            parts.push((format!("photos/{}", photo.name), bytes));
        }
    }
    let bytes = tokio::task::spawn_blocking(move || pack(&parts)).await.context("packing a student's data")??;
    let txn = db::begin_write(&ctx.db).await?;
    students::lock(&txn, id).await?;
    let sentence = format!("{} took a copy of all data about {}", actor.name, student.roll_no);
    audit::record(&txn, ctx, Some(actor), "student.data_copy", "student", id, &sentence).await?;
    txn.commit().await?;
    let name = format!("rollcall-{}-{}.zip", student.roll_no, ctx.clock.wall().date());
    Ok(MyData { name, bytes })
}

fn pretty(value: &Value) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec_pretty(value).context("writing a student's data")?)
}

fn pack(parts: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // JPEGs are as small as they get.
        let is_photo = name.starts_with("photos/");
        let method = if is_photo { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

async fn attendance(ctx: &Ctx, id: StudentId) -> Result<Value> {
    let rows = session_rosters::Entity::find()
        .filter(session_rosters::Column::StudentId.eq(id.0))
        .find_also_related(attendance_sessions::Entity)
        .order_by_asc(attendance_sessions::Column::Date)
        .order_by_asc(attendance_sessions::Column::Id)
        .all(&ctx.db)
        .await?;
    let records =
        attendance_records::Entity::find().filter(attendance_records::Column::StudentId.eq(id.0)).all(&ctx.db).await?;
    let sessions = rows.into_iter().filter_map(|(_, session)| session).map(|session| {
        let record = records.iter().find(|record| record.session_id == session.id);
        json!({
            "subject": session.subject, "date": session.date, "start_time": session.start_time,
            "end_time": session.end_time, "session_status": session.status,
            "record": record.map(|record| json!({
                "status": record.status, "how": me::how(record), "marked_at": record.timestamp,
                "changed_by_hand": record.manual_override, "notes": record.notes,
                "confidence": record.confidence, "distance": record.distance,
            })),
        })
    });
    Ok(sessions.collect())
}

async fn objections(ctx: &Ctx, id: StudentId) -> Result<Value> {
    let rows = record_contests::Entity::find()
        .filter(record_contests::Column::StudentId.eq(id.0))
        .order_by_asc(record_contests::Column::Id)
        .find_also_related(attendance_records::Entity)
        .all(&ctx.db)
        .await?;
    let rows = rows.into_iter().map(|(row, record)| {
        json!({
            "session": record.map(|record| record.session_id), "written_at": row.created_at, "note": row.note,
            "state": row.state, "answer": row.answer, "decided_at": row.decided_at,
        })
    });
    Ok(rows.collect())
}

async fn consents_of(ctx: &Ctx, id: StudentId) -> Result<Value> {
    let rows = consents::ledger(&ctx.db, id).await?;
    let rows = rows.into_iter().rev().map(|row| {
        json!({
            "kind": row.kind, "channel": row.channel, "notice_version": row.notice_version, "note": row.note,
            "at": row.created_at,
        })
    });
    Ok(rows.collect())
}

async fn templates(ctx: &Ctx, id: StudentId) -> Result<Value> {
    let rows = student_templates::list_templates(ctx, id).await?;
    let rows = rows.into_iter().map(|row| {
        json!({
            "photo": row.photo, "model_sha256": row.model_sha256, "is_of_loaded_model": row.is_of_loaded_model,
            "quality": row.quality, "source": row.source, "created_at": row.created_at,
        })
    });
    Ok(rows.collect())
}

/// Rows of the audit log about the student and their records; no addresses of others.
async fn changes(ctx: &Ctx, id: StudentId) -> Result<Value> {
    let sessions: Vec<i64> = session_rosters::Entity::find()
        .select_only()
        .column(session_rosters::Column::SessionId)
        .filter(session_rosters::Column::StudentId.eq(id.0))
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let about = |kind: &'static str, keys: Vec<String>| {
        audit_log::Entity::find()
            .filter(audit_log::Column::ObjectType.eq(kind))
            .filter(audit_log::Column::ObjectId.is_in(keys))
            .all(&ctx.db)
    };
    let mut rows = about("student", vec![id.to_string()]).await?;
    for some in sessions.chunks(KEYS_AT_ONCE) {
        rows.extend(about(RECORD, some.iter().map(|session| audit_key(*session, id.0)).collect()).await?);
    }
    rows.sort_by_key(|row| row.id);
    let rows = rows.into_iter().map(|row| {
        let at = contest_list::on_wall(ctx, row.at);
        let row = audit::to_row(row);
        json!({ "at": at, "who": row.actor, "action": row.action, "what": row.sentence, "details": row.details })
    });
    Ok(rows.collect())
}
