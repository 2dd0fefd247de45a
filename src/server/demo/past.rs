//! Past sessions of the demo, with records that look like a term.

use crate::app::types::{DepartmentId, Method, RecordStatus, SessionId, SessionStatus};
use crate::server::auth::actor::Actor;
use crate::server::db::{
    self,
    entities::{attendance_records, attendance_sessions, session_rosters, students},
};
use crate::server::domain::{audit, register};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// Days of classes before today.
const CLASS_DAYS: usize = 12;

/// Writes completed sessions of one department, one a class day.
///
/// # Errors
/// When the database fails.
pub async fn write_sessions(ctx: &Ctx, teacher: &Actor, department: DepartmentId, subjects: &[&str]) -> Result<()> {
    let class = students::Entity::find()
        .filter(students::Column::DepartmentId.eq(department.0))
        .order_by_asc(students::Column::RollNo)
        .all(&ctx.db)
        .await?;
    let days = class_days(ctx.clock.wall().date());
    let txn = db::begin_write(&ctx.db).await?;
    for (at, (date, subject)) in days.into_iter().zip(subjects.iter().cycle()).enumerate() {
        write_session(ctx, &txn, teacher, department, subject, date, at, &class).await?;
    }
    let sentence = format!("The demo wrote {CLASS_DAYS} past sessions");
    audit::record(&txn, ctx, Some(teacher), "demo.sessions", "department", department, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// The latest weekdays before today, the oldest first.
fn class_days(today: NaiveDate) -> Vec<NaiveDate> {
    let weekdays = (1..).map(|back| today - Duration::days(back));
    let mut days: Vec<NaiveDate> =
        weekdays.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).take(CLASS_DAYS).collect();
    days.reverse();
    days
}

#[expect(clippy::too_many_arguments, reason = "one flat row of the demo's table of sessions")]
async fn write_session(
    ctx: &Ctx,
    txn: &impl ConnectionTrait,
    teacher: &Actor,
    department: DepartmentId,
    subject: &str,
    date: NaiveDate,
    at: usize,
    class: &[students::Model],
) -> Result<()> {
    let hour = 9 + (at % 3) as u32 * 2;
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let start = ctx.clock.instant(date.and_time(time(hour)));
    let end = start + Duration::hours(1);
    let session = attendance_sessions::ActiveModel {
        department_id: Set(department.0),
        subject: Set(subject.to_owned()),
        date: Set(date),
        start_time: Set(time(hour)),
        end_time: Set(Some(time(hour + 1))),
        created_by_id: Set(teacher.user_id.0),
        status: Set(SessionStatus::Completed.as_str().to_owned()),
        notes: Set(String::new()),
        late_after_minutes: Set(10),
        completed_at: Set(Some(end)),
        completed_by_id: Set(Some(teacher.user_id.0)),
        closed_by: Set(Some("person".to_owned())),
        confirmed_at: Set(Some(end)),
        created_at: Set(start),
        updated_at: Set(end),
        ..Default::default()
    };
    let session = session.insert(txn).await?;
    let roster = class.iter().map(|student| session_rosters::ActiveModel {
        session_id: Set(session.id),
        student_id: Set(student.id),
        ..Default::default()
    });
    session_rosters::Entity::insert_many(roster).exec_without_returning(txn).await?;
    let records = class.iter().map(|student| record(session.id, student.id, start, teacher.user_id.0));
    attendance_records::Entity::insert_many(records).exec_without_returning(txn).await?;
    register::kept_counts(txn, SessionId(session.id)).await?.update(txn).await?;
    Ok(())
}

/// A record that is the same on each run: most are there, some late, few missing.
fn record(session: i64, student: i64, start: DateTime<Utc>, teacher: i64) -> attendance_records::ActiveModel {
    // Knuth's multiplicative hash spreads neighbouring ids.
    let roll = (session * 31 + student).wrapping_mul(2_654_435_761).unsigned_abs() % 100;
    let (status, method) = match roll {
        0..=81 => (RecordStatus::Present, Method::Manual),
        82..=87 => (RecordStatus::Late, Method::Manual),
        88..=96 => (RecordStatus::Absent, Method::Manual),
        _ => (RecordStatus::Excused, Method::Manual),
    };
    let at = start + Duration::minutes(if status == RecordStatus::Late { 14 } else { 4 });
    attendance_records::ActiveModel {
        session_id: Set(session),
        student_id: Set(student),
        timestamp: Set(at),
        status: Set(status.as_str().to_owned()),
        method: Set(method.as_str().to_owned()),
        marked_by_id: Set(Some(teacher)),
        manual_override: Set(true),
        notes: Set(String::new()),
        created_at: Set(at),
        updated_at: Set(at),
        ..Default::default()
    }
}
