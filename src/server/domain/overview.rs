//! The administrator's first screen: today's registers, what is owed, what is missing, what went wrong, how it runs.

use super::outbox::error_words;
use super::student_list::with_face;
use super::{engine_health, sessions, student_counts};
use crate::app::types::*;
use crate::server::auth::failures;
use crate::server::db::entities::{attendance_sessions, departments, outbox, students, user_profiles, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::server::{disk, metrics};
use crate::tr;
use chrono::{DateTime, Days, Duration, NaiveDateTime, Utc};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// Days in which a register that nobody saved is looked for.
const OWED_DAYS: u64 = 14;
/// Most rows of one list on the screen.
const TODAY_MAX: u64 = 200;
const OWED_MAX: u64 = 50;
const STUDENTS_NAMED: u64 = 8;
const PROBLEMS_MAX: usize = 12;
/// Mail that failed longer ago is no news.
const MAIL_DAYS: i64 = 14;

/// Everything on the screen, as it is now.
///
/// # Errors
/// When the database fails.
pub async fn get_overview(ctx: &Ctx) -> Result<Overview> {
    let now = ctx.clock.wall();
    let owed_since = now.date().checked_sub_days(Days::new(OWED_DAYS)).unwrap_or(now.date());
    let counts = student_counts::student_counts(ctx).await?;
    let students = counts.iter().filter(|count| count.is_active).map(|count| count.students).sum();
    let teachers = users::Entity::find()
        .inner_join(user_profiles::Entity)
        .filter(users::Column::IsActive.eq(true))
        .filter(user_profiles::Column::Role.eq(Role::Teacher.as_str()))
        .count(&ctx.db)
        .await?;
    let today = attendance_sessions::Entity::find()
        .filter(attendance_sessions::Column::Date.eq(now.date()))
        .order_by_asc(attendance_sessions::Column::StartTime)
        .order_by_asc(attendance_sessions::Column::Id)
        .limit(TODAY_MAX)
        .all(&ctx.db)
        .await?;
    let unconfirmed = attendance_sessions::Column::Status
        .eq(SessionStatus::Completed.as_str())
        .and(attendance_sessions::Column::ClosedBy.eq("clock"))
        .and(attendance_sessions::Column::ConfirmedAt.is_null());
    let owed = attendance_sessions::Entity::find()
        .filter(attendance_sessions::Column::Date.gte(owed_since))
        .filter(attendance_sessions::Column::Date.lt(now.date()))
        .filter(attendance_sessions::Column::Status.eq(SessionStatus::Active.as_str()).or(unconfirmed))
        .order_by_desc(attendance_sessions::Column::Date)
        .order_by_desc(attendance_sessions::Column::StartTime)
        .order_by_desc(attendance_sessions::Column::Id)
        .limit(OWED_MAX)
        .all(&ctx.db)
        .await?;
    Ok(Overview {
        now,
        students,
        departments: departments::Entity::find().count(&ctx.db).await?,
        teachers,
        today: sessions::to_rows(ctx, today).await?,
        owed: sessions::to_rows(ctx, owed).await?,
        owed_since,
        without_face: without_face(ctx).await?,
        problems: problems(ctx).await?,
        health: engine_health::system_health(ctx),
    })
}

/// Active students whom the loaded model cannot know; nothing where no model is loaded.
async fn without_face(ctx: &Ctx) -> Result<Option<WithoutFace>> {
    if ctx.recognizer.engine().is_err() {
        return Ok(None);
    }
    let unknown = students::Entity::find()
        .filter(students::Column::IsActive.eq(true))
        .filter(students::Column::Id.not_in_subquery(with_face(ctx)));
    let count = unknown.clone().count(&ctx.db).await?;
    let some: Vec<(i64, String, String)> = unknown
        .select_only()
        .columns([students::Column::Id, students::Column::RollNo, students::Column::Name])
        .order_by_asc(students::Column::RollNo)
        .limit(STUDENTS_NAMED)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let some = some.into_iter().map(|(id, roll_no, name)| StudentRef { id: StudentId(id), roll_no, name });
    Ok(Some(WithoutFace { count, some: some.collect() }))
}

/// Mail that was refused, sign-ins that failed, and what failed inside, the newest first.
async fn problems(ctx: &Ctx) -> Result<Vec<Problem>> {
    let timezone = ctx.clock.timezone();
    let wall = |at: DateTime<Utc>| -> NaiveDateTime { at.with_timezone(&timezone).naive_local() };
    let mut found = Vec::new();
    let mail = outbox::Entity::find()
        .filter(outbox::Column::LastError.ne(""))
        .filter(outbox::Column::CreatedAt.gt(ctx.clock.now() - Duration::days(MAIL_DAYS)))
        .order_by_desc(outbox::Column::Id)
        .limit(PROBLEMS_MAX as u64)
        .all(&ctx.db)
        .await?;
    found.extend(mail.into_iter().map(|message| Problem {
        at: wall(message.created_at),
        kind: tr!("domain-problem-mail"),
        sentence: tr!(
            "domain-problem-mail-sentence",
            subject = message.subject,
            error = error_words(&message.last_error)
        ),
        href: Some("/admin/outbox".to_owned()),
    }));
    let failures = failures::recent(ctx).await?;
    if let Some(latest) = failures.counted_from {
        let mut sentence = tr!("domain-problem-failures", count = failures.failures);
        if failures.locked > 0 {
            sentence = format!("{sentence} {}", tr!("domain-problem-waiting", count = failures.locked));
        }
        found.push(Problem { at: wall(latest), kind: tr!("domain-problem-sign-in"), sentence, href: None });
    }
    found.extend(metrics::faults().into_iter().map(|fault| Problem {
        at: wall(fault.at),
        kind: tr!("domain-problem-server"),
        sentence: tr!("domain-problem-log", what = fault_words(fault.what), reference = fault.trace_id),
        href: None,
    }));
    if let Some(reason) = ctx.recognizer.unavailable_reason() {
        found.push(Problem {
            at: ctx.clock.wall(),
            kind: tr!("domain-problem-recognition"),
            sentence: reason,
            href: Some("/admin/models".to_owned()),
        });
    }
    found.extend(little_room(disk::free_bytes(&ctx.config.data), ctx.clock.wall()));
    found.sort_by_key(|problem| std::cmp::Reverse(problem.at));
    found.truncate(PROBLEMS_MAX);
    Ok(found)
}

/// That the disk is soon full, or as good as full.
fn little_room(free: Option<u64>, now: NaiveDateTime) -> Option<Problem> {
    let free = free.filter(|free| *free < disk::LOW_BYTES)?;
    let megabytes = free / 1_000_000;
    let sentence = match free {
        ..disk::FULL_BYTES => tr!("domain-problem-disk-full", megabytes = megabytes),
        _ => tr!("domain-problem-disk-low", megabytes = megabytes),
    };
    Some(Problem { at: now, kind: tr!("domain-problem-disk"), sentence, href: Some("/admin/backup".to_owned()) })
}

/// What failed, in the reader's language: it was noted when nobody was reading.
fn fault_words(what: &str) -> String {
    match what {
        "Searching a photo for faces failed." => tr!("domain-fault-search"),
        "Measuring a face failed." => tr!("domain-fault-measure"),
        "Searching the enrolled faces failed." => tr!("domain-fault-gallery"),
        "A request failed inside the server." => tr!("domain-fault-request"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_told_before_it_is_too_late() {
        let told = |free: u64| little_room(Some(free), NaiveDateTime::default()).map(|problem| problem.sentence);
        assert_eq!(told(disk::LOW_BYTES), None);
        assert!(told(disk::LOW_BYTES - 1).is_some_and(|sentence| sentence.starts_with("Only 1999 MB")));
        assert!(told(5_000_000).is_some_and(|sentence| sentence.starts_with("The disk is full but for 5 MB")));
        assert_eq!(little_room(None, NaiveDateTime::default()), None, "a system that does not tell is no problem");
    }
}
