//! One student for staff: attendance with its arithmetic, the sessions one by one, and what was done.

use super::erasure::{ERASE, erased_roll_no};
use super::history::{of_keys, to_lines};
use super::percentage::summarise;
use super::records::{RECORD, audit_key};
use super::register::display_name;
use super::sessions::{counting, stage};
use super::students;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{
    attendance_records, attendance_sessions, audit_log, departments, face_templates, photos, session_rosters, users,
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Select,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Sessions on one page.
const PAGE_SIZE: u64 = 20;
/// Latest changes that are told.
const CHANGES_MAX: u64 = 50;
/// Latest sessions whose changes of this student's mark are looked for.
const SESSIONS_LOOKED_AT: u64 = 300;

/// Everything that staff may know of a student's attendance.
///
/// # Errors
/// [`crate::app::error::AppError::NotFound`], also for students whom the actor may not see; internals.
pub async fn get_student_history(ctx: &Ctx, actor: &Actor, id: StudentId, page: u64) -> Result<StudentHistory> {
    let is_erased = students::find_visible(ctx, actor, id).await?.roll_no == erased_roll_no(id);
    let (summary, subjects) = shares(ctx, id).await?;
    Ok(StudentHistory {
        student: students::get_student(ctx, id).await?,
        summary,
        subjects,
        records: records_page(ctx, id, page.clamp(1, u64::from(u32::MAX))).await?,
        changes: changes(ctx, id, is_erased).await?,
        losses: losses(ctx, id).await?,
    })
}

/// Sessions on whose roster the student stands.
fn sessions_of(id: StudentId) -> Select<attendance_sessions::Entity> {
    attendance_sessions::Entity::find()
        .join_rev(JoinType::InnerJoin, session_rosters::Relation::Session.def())
        .filter(session_rosters::Column::StudentId.eq(id.0))
}

fn latest_first(query: Select<attendance_sessions::Entity>) -> Select<attendance_sessions::Entity> {
    query
        .order_by_desc(attendance_sessions::Column::Date)
        .order_by_desc(attendance_sessions::Column::StartTime)
        .order_by_desc(attendance_sessions::Column::Id)
}

/// The percentage over all saved sessions, and by subject.
async fn shares(ctx: &Ctx, id: StudentId) -> Result<(MySummary, Vec<SubjectShare>)> {
    let sessions: Vec<(i64, String)> = sessions_of(id)
        .select_only()
        .columns([attendance_sessions::Column::Id, attendance_sessions::Column::Subject])
        .filter(counting())
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let statuses: HashMap<i64, String> = attendance_records::Entity::find()
        .select_only()
        .columns([attendance_records::Column::SessionId, attendance_records::Column::Status])
        .filter(attendance_records::Column::StudentId.eq(id.0))
        .into_tuple::<(i64, String)>()
        .all(&ctx.db)
        .await?
        .into_iter()
        .collect();
    let mut by_subject: BTreeMap<String, Vec<RecordStatus>> = BTreeMap::new();
    for (session, subject) in sessions {
        // Whoever stands on a saved register without a record was not there.
        let status = statuses.get(&session).and_then(|word| word.parse().ok()).unwrap_or(RecordStatus::Absent);
        by_subject.entry(subject).or_default().push(status);
    }
    let summary = summarise(by_subject.values().flatten().copied());
    let subjects = by_subject.into_iter().map(|(subject, of)| SubjectShare { subject, summary: summarise(of) });
    Ok((summary, subjects.collect()))
}

async fn records_page(ctx: &Ctx, id: StudentId, page: u64) -> Result<Page<StudentRecord>> {
    let query = sessions_of(id);
    let count = query.clone().count(&ctx.db).await?;
    let sessions = latest_first(query).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE).all(&ctx.db).await?;
    let mut records: HashMap<i64, attendance_records::Model> = attendance_records::Entity::find()
        .filter(attendance_records::Column::StudentId.eq(id.0))
        .filter(attendance_records::Column::SessionId.is_in(sessions.iter().map(|session| session.id)))
        .all(&ctx.db)
        .await?
        .into_iter()
        .map(|record| (record.session_id, record))
        .collect();
    let people: HashSet<i64> = records.values().filter_map(|record| record.marked_by_id).collect();
    let people = users::Entity::find().filter(users::Column::Id.is_in(people)).all(&ctx.db).await?;
    let people: HashMap<i64, String> = people.into_iter().map(|user| (user.id, display_name(&user))).collect();
    let places: HashSet<i64> = sessions.iter().map(|session| session.department_id).collect();
    let places = departments::Entity::find().filter(departments::Column::Id.is_in(places)).all(&ctx.db).await?;
    let places: HashMap<i64, String> = places.into_iter().map(|row| (row.id, row.name)).collect();
    let wall = ctx.clock.wall();
    let results = sessions.into_iter().map(|session| {
        let record = records.remove(&session.id);
        StudentRecord {
            session: SessionId(session.id),
            stage: stage(&session, wall),
            department: places.get(&session.department_id).cloned().unwrap_or_default(),
            status: record.as_ref().and_then(|record| record.status.parse().ok()),
            how: record.as_ref().map(|record| how(record, &people)).unwrap_or_default(),
            notes: record.map(|record| record.notes).unwrap_or_default(),
            subject: session.subject,
            date: session.date,
            start_time: session.start_time,
        }
    });
    Ok(Page { count, page, page_size: PAGE_SIZE, results: results.collect() })
}

/// How a record came to be, in staff's words.
fn how(record: &attendance_records::Model, people: &HashMap<i64, String>) -> String {
    let person = record.marked_by_id.and_then(|user| people.get(&user));
    match record.method.parse() {
        Ok(Method::Face) if !record.manual_override => tr!("domain-how-photo"),
        Ok(Method::AutoClose) if !record.manual_override => tr!("domain-how-clock"),
        Ok(Method::Import) => tr!("domain-how-import"),
        _ => person
            .map_or_else(|| tr!("domain-how-somebody"), |person| tr!("domain-how-person", person = person.as_str())),
    }
}

/// What the audit log tells of the student and of their marks; of somebody who was erased, nothing but that.
async fn changes(ctx: &Ctx, id: StudentId, is_erased: bool) -> Result<Vec<HistoryLine>> {
    let sessions: Vec<i64> = latest_first(sessions_of(id).select_only().column(attendance_sessions::Column::Id))
        .limit(SESSIONS_LOOKED_AT)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let of_marks = of_keys(RECORD, sessions.into_iter().map(|session| audit_key(session, id.0)));
    let of_student = of_keys("student", [id.to_string()]);
    let wanted = if is_erased {
        of_student.add(audit_log::Column::Action.eq(ERASE))
    } else {
        Condition::any().add(of_marks).add(of_student)
    };
    let rows = audit_log::Entity::find()
        .filter(wanted)
        .order_by_desc(audit_log::Column::Id)
        .limit(CHANGES_MAX)
        .all(&ctx.db)
        .await?;
    to_lines(ctx, rows).await
}

async fn losses(ctx: &Ctx, id: StudentId) -> Result<Losses> {
    let templates = face_templates::Entity::find().filter(face_templates::Column::StudentId.eq(id.0));
    let records = attendance_records::Entity::find().filter(attendance_records::Column::StudentId.eq(id.0));
    Ok(Losses {
        photos: photos::Entity::find().filter(photos::Column::StudentId.eq(id.0)).count(&ctx.db).await?,
        templates: templates.count(&ctx.db).await?,
        records: records.count(&ctx.db).await?,
    })
}
