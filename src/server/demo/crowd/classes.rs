//! A year of classes of the crowd: sessions, rosters and records by the million, written by the database itself.

use crate::app::types::{DepartmentId, SessionStatus};
use crate::server::auth::actor::Actor;
use crate::server::db::{self, entities::attendance_sessions};
use crate::server::domain::audit;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Weekday};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait};

/// Students of one class.
const CLASS_SIZE: u32 = 40;
/// Sessions of one statement; both databases limit its parameters.
const SESSIONS_AT_ONCE: usize = 500;
/// What the classes learn in turn.
const SUBJECTS: [&str; 12] = [
    "Algebra",
    "Analysis",
    "Biology",
    "Chemistry",
    "Drawing",
    "English",
    "Geography",
    "History",
    "Logic",
    "Mechanics",
    "Optics",
    "Statistics",
];

/// Gives every class of the crowd one saved session on each of the latest `days` weekdays before today.
///
/// # Errors
/// When the database fails.
pub async fn write(ctx: &Ctx, actor: &Actor, department: DepartmentId, count: u32, days: u32) -> Result<()> {
    let classes = count.div_ceil(CLASS_SIZE).max(1);
    let dates = weekdays(ctx.clock.wall().date(), days);
    let txn = db::begin_write(&ctx.db).await?;
    let sessions: Vec<_> = dates
        .iter()
        .enumerate()
        .flat_map(|(at, date)| (0..classes).map(move |class| (at, *date, class)))
        .map(|(at, date, class)| session(ctx, actor, department, date, class, at))
        .collect();
    for some in sessions.chunks(SESSIONS_AT_ONCE) {
        attendance_sessions::Entity::insert_many(some.to_vec()).exec_without_returning(&txn).await?;
    }
    for sql in statements(txn.get_database_backend(), department, classes) {
        txn.execute_unprepared(&sql).await?;
    }
    let sentence = format!("The demo wrote {} sessions of the made-up students", sessions.len());
    audit::record(&txn, ctx, Some(actor), "demo.crowd", "department", department, &sentence).await?;
    Ok(txn.commit().await?)
}

/// Rosters from the classes, records from the rosters, counts from the records. The same on every run.
fn statements(backend: DbBackend, department: DepartmentId, classes: u32) -> [String; 3] {
    let of_crowd = format!("s.department_id = {department}");
    let rosters = format!(
        "INSERT INTO session_rosters (session_id, student_id) SELECT s.id, t.id FROM attendance_sessions AS s \
         JOIN students AS t ON t.department_id = s.department_id AND t.id % {classes} = s.id % {classes} \
         WHERE {of_crowd}"
    );
    // Knuth's multiplicative hash spreads neighbouring ids; every fortieth student is often away.
    let roll =
        "((r.session_id * 31 + r.student_id) * 2654435761) % 100 + CASE WHEN r.student_id % 40 = 0 THEN 40 ELSE 0 END";
    let records = format!(
        "INSERT INTO attendance_records (session_id, student_id, timestamp, status, method, marked_by_id, \
         manual_override, notes, created_at, updated_at) SELECT r.session_id, r.student_id, s.created_at, \
         CASE WHEN {roll} < 84 THEN 'present' WHEN {roll} < 89 THEN 'late' WHEN {roll} < 97 THEN 'absent' \
         WHEN {roll} < 100 THEN 'excused' ELSE 'absent' END, 'manual', s.created_by_id, TRUE, '', s.created_at, \
         s.created_at FROM session_rosters AS r JOIN attendance_sessions AS s ON s.id = r.session_id WHERE {of_crowd}"
    );
    let count = |status: &str| {
        format!(
            "{status} = (SELECT COUNT(*) FROM attendance_records AS r WHERE r.session_id = s.id AND r.status = '{status}')"
        )
    };
    let counts = ["present", "late", "absent", "excused"].map(count).join(", ");
    let joined = match backend {
        DbBackend::Sqlite => "group_concat(r.student_id || substr(r.status, 1, 1), '')",
        _ => "string_agg(r.student_id || left(r.status, 1), '')",
    };
    let tally = format!("COALESCE((SELECT {joined} FROM attendance_records AS r WHERE r.session_id = s.id), '')");
    let kept = format!("UPDATE attendance_sessions AS s SET {counts}, tally = {tally} WHERE {of_crowd}");
    [rosters, records, kept]
}

fn session(
    ctx: &Ctx,
    actor: &Actor,
    department: DepartmentId,
    date: NaiveDate,
    class: u32,
    at: usize,
) -> attendance_sessions::ActiveModel {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let hour = 8 + class % 8;
    let start = ctx.clock.instant(date.and_time(time(hour)));
    let end = start + Duration::hours(1);
    let subject = SUBJECTS.iter().cycle().nth(class as usize % SUBJECTS.len() + at % SUBJECTS.len());
    attendance_sessions::ActiveModel {
        department_id: Set(department.0),
        subject: Set(subject.copied().unwrap_or_default().to_owned()),
        date: Set(date),
        start_time: Set(time(hour)),
        end_time: Set(Some(time(hour + 1))),
        created_by_id: Set(actor.user_id.0),
        status: Set(SessionStatus::Completed.as_str().to_owned()),
        notes: Set(String::new()),
        late_after_minutes: Set(10),
        completed_at: Set(Some(end)),
        completed_by_id: Set(Some(actor.user_id.0)),
        closed_by: Set(Some("person".to_owned())),
        confirmed_at: Set(Some(end)),
        created_at: Set(start),
        updated_at: Set(end),
        ..Default::default()
    }
}

/// So many weekdays before this day, the oldest first.
fn weekdays(today: NaiveDate, days: u32) -> Vec<NaiveDate> {
    let before = (1..).map(|back| today - Duration::days(back));
    let mut days: Vec<_> =
        before.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).take(days as usize).collect();
    days.reverse();
    days
}
