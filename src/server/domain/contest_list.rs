//! Objections to records as they are read: by staff in lists, by their students one by one.

use super::contests::reason_words;
use super::records::{RECORD, UNMARKED, audit_key, mark_word};
use super::register::display_name;
use super::{contests, listing, me, records};
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{
    attendance_records, attendance_sessions, audit_log, departments, record_contests, students, users,
};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, NaiveDateTime, Utc};
use record_contests::Column;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Select,
};
use serde_json::Value;
use std::collections::HashMap;

/// An instant on the institution's wall.
pub fn on_wall(ctx: &Ctx, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&ctx.clock.timezone()).naive_local()
}

/// The latest objection to each record of a student, by record.
///
/// # Errors
/// When the database fails.
pub async fn of_student(ctx: &Ctx, student: i64) -> Result<HashMap<i64, MyContest>> {
    let rows = record_contests::Entity::find()
        .filter(Column::StudentId.eq(student))
        .order_by_asc(Column::Id)
        .all(&ctx.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.record_id, my_contest(ctx, row))).collect())
}

fn my_contest(ctx: &Ctx, row: record_contests::Model) -> MyContest {
    MyContest {
        state: row.state.parse().unwrap_or_default(),
        note: row.note,
        answer: row.answer,
        at: on_wall(ctx, row.created_at),
        decided_at: row.decided_at.map(|at| on_wall(ctx, at)),
    }
}

/// One record of the actor's own student, with what was said about it.
///
/// # Errors
/// [`AppError::NotFound`](crate::app::error::AppError::NotFound), also for records of others; database trouble.
pub async fn my_record(ctx: &Ctx, actor: &Actor, id: RecordId) -> Result<MyRecord> {
    let (record, session) = contests::own_record(ctx, actor, id).await?;
    let until = contests::open_until(&session).map(|until| on_wall(ctx, until));
    let session = me::one_session(ctx, session, record).await?;
    Ok(MyRecord { record: id, session, until })
}

/// The objections to records of the departments in which the actor corrects.
fn of_departments(actor: &Actor) -> Select<record_contests::Entity> {
    let joined = record_contests::Entity::find()
        .join(JoinType::InnerJoin, record_contests::Relation::Record.def())
        .join(JoinType::InnerJoin, attendance_records::Relation::Session.def());
    if actor.role == Role::Admin {
        return joined;
    }
    let own = actor.departments.iter().map(|department| department.id.0);
    joined.filter(attendance_sessions::Column::DepartmentId.is_in(own))
}

/// How many objections wait for the actor.
///
/// # Errors
/// When the database fails.
pub async fn count_open(ctx: &Ctx, actor: &Actor) -> Result<u64> {
    let open = Column::State.eq(ContestState::Open.as_str());
    Ok(of_departments(actor).filter(open).count(&ctx.db).await?)
}

/// One page of objections in the actor's departments.
///
/// # Errors
/// When the database fails.
pub async fn list_contests(ctx: &Ctx, actor: &Actor, filter: &ContestFilter) -> Result<Page<ContestRow>> {
    let mut query = of_departments(actor);
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(session) = filter.session {
        query = query.filter(attendance_records::Column::SessionId.eq(session.0));
    }
    let page_size = if filter.page_size == 0 { PAGE_SIZE_DEFAULT } else { filter.page_size.min(PAGE_SIZE_MAX) };
    let page = filter.page.max(1);
    let count = query.clone().count(&ctx.db).await?;
    let order = if filter.goes_oldest_first() { Order::Asc } else { Order::Desc };
    query = query.order_by(Column::Id, order);
    let rows = query.offset(listing::offset_of(page, page_size)).limit(page_size).all(&ctx.db).await?;
    Ok(Page { count, page, page_size, results: to_rows(ctx, actor, rows).await? })
}

async fn to_rows(ctx: &Ctx, actor: &Actor, rows: Vec<record_contests::Model>) -> Result<Vec<ContestRow>> {
    let records = attendance_records::Entity::find()
        .filter(attendance_records::Column::Id.is_in(rows.iter().map(|row| row.record_id)))
        .find_also_related(attendance_sessions::Entity)
        .all(&ctx.db)
        .await?;
    let students = students::Entity::find()
        .filter(students::Column::Id.is_in(rows.iter().map(|row| row.student_id)))
        .all(&ctx.db)
        .await?;
    let sessions = || records.iter().filter_map(|(_, session)| session.as_ref());
    let departments = departments::Entity::find()
        .filter(departments::Column::Id.is_in(sessions().map(|session| session.department_id)))
        .all(&ctx.db)
        .await?;
    let people = sessions().map(|session| session.created_by_id).chain(rows.iter().filter_map(|row| row.decided_by_id));
    let people = users::Entity::find().filter(users::Column::Id.is_in(people)).all(&ctx.db).await?;
    let name = |id: i64| people.iter().find(|user| user.id == id).map(display_name).unwrap_or_default();
    let mut histories = histories(ctx, records.iter().map(|(record, _)| record)).await?;
    let mut results = Vec::new();
    for row in rows {
        let found = records.iter().find(|(record, _)| record.id == row.record_id);
        let (Some((record, Some(session))), Some(student)) =
            (found, students.iter().find(|student| student.id == row.student_id))
        else {
            continue;
        };
        let may_accept = records::correction_open(ctx, actor, session).await?;
        results.push(ContestRow {
            id: ContestId(row.id),
            student: StudentRef {
                id: StudentId(student.id),
                roll_no: student.roll_no.clone(),
                name: student.name.clone(),
            },
            session: SessionId(session.id),
            subject: session.subject.clone(),
            department: departments
                .iter()
                .find(|department| department.id == session.department_id)
                .map(|department| department.code.clone())
                .unwrap_or_default(),
            teacher: name(session.created_by_id),
            date: session.date,
            start_time: session.start_time,
            status: record.status.parse().unwrap_or_default(),
            how: me::how(record),
            note: row.note,
            at: on_wall(ctx, row.created_at),
            state: row.state.parse().unwrap_or_default(),
            answer: row.answer,
            decided: row.decided_by_id.zip(row.decided_at).map(|(who, at)| (name(who), on_wall(ctx, at))),
            may_accept,
            history: histories.remove(&audit_key(session.id, student.id)).unwrap_or_default(),
        });
    }
    Ok(results)
}

/// What happened to these records, by the audit log's key: their own changes, and the closing of their register, by which
/// whoever had no mark became absent.
async fn histories(
    ctx: &Ctx,
    records: impl Iterator<Item = &attendance_records::Model>,
) -> Result<HashMap<String, Vec<ContestChange>>> {
    let keys: Vec<(String, String)> = records
        .map(|record| (audit_key(record.session_id, record.student_id), record.session_id.to_string()))
        .collect();
    let of_records = Condition::all()
        .add(audit_log::Column::ObjectType.eq(RECORD))
        .add(audit_log::Column::ObjectId.is_in(keys.iter().map(|(record, _)| record.as_str())));
    let of_closing = Condition::all()
        .add(audit_log::Column::ObjectType.eq("session"))
        .add(audit_log::Column::Action.is_in(["session.complete", "session.auto_close"]))
        .add(audit_log::Column::ObjectId.is_in(keys.iter().map(|(_, session)| session.as_str())));
    let rows = audit_log::Entity::find()
        .filter(Condition::any().add(of_records).add(of_closing))
        .order_by_asc(audit_log::Column::Id)
        .all(&ctx.db)
        .await?;
    let history = |(record, session): (String, String)| {
        let own = rows
            .iter()
            .filter(|row| if row.object_type == RECORD { row.object_id == record } else { row.object_id == session });
        let changes = own.map(|row| ContestChange { at: on_wall(ctx, row.at), sentence: change_words(row) });
        let changes = changes.collect();
        (record, changes)
    };
    Ok(keys.into_iter().map(history).collect())
}

/// A change of a mark in few words; the log's own sentence for anything else.
fn change_words(row: &audit_log::Model) -> String {
    let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
    let text = |name: &str| details.get(name).and_then(Value::as_str).unwrap_or_default();
    let (from, to, reason) = (text("from"), text("to"), text("reason"));
    if to.is_empty() {
        return row.sentence.clone();
    }
    let from = mark_word(if from.is_empty() { UNMARKED } else { from });
    let (who, to, reason) = (row.actor_name.as_str(), mark_word(to), reason_words(reason));
    if reason.is_empty() {
        tr!("domain-contest-change", who = who, from = from, to = to)
    } else {
        tr!("domain-contest-change-why", who = who, from = from, to = to, reason = reason)
    }
}
