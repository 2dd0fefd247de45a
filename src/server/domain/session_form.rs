//! What a teacher types to start a session, checked.

use super::{settings, validate};
use crate::app::error::{AppError, AppResult, FieldErrors};
use crate::app::types::{DepartmentId, Role, SessionForm};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{attendance_sessions, departments};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{Duration, NaiveDate, NaiveTime, Timelike};
use sea_orm::EntityTrait;

/// Longest subject, characters.
pub const SUBJECT_CHARS_MAX: usize = 100;

/// A session that may be created.
#[derive(Debug)]
pub struct PlannedSession {
    pub department: DepartmentId,
    pub subject: String,
    pub date: NaiveDate,
    pub start_time: NaiveTime,
    pub end_time: Option<NaiveTime>,
    pub notes: String,
    pub late_after_minutes: i32,
}

/// Checks all fields and names all faults together.
///
/// # Errors
/// [`AppError::Invalid`], [`AppError::Forbidden`], or database trouble.
pub async fn check(ctx: &Ctx, actor: &Actor, form: &SessionForm) -> Result<PlannedSession> {
    let limits = settings::load(&ctx.db).await?;
    let mut faults = FieldErrors::new();
    let known = departments::Entity::find_by_id(form.department.0).one(&ctx.db).await?.is_some();
    match (form.department.0, known) {
        (0, _) => faults.add("department", tr!("domain-required")),
        (_, false) => faults.add("department", tr!("domain-no-department")),
        _ if !actor.may_mark_in(form.department) => {
            return Err(AppError::Forbidden(tr!("domain-session-own-departments")).into());
        }
        _ => {}
    }
    let subject = validate::required_line(&mut faults, "subject", &form.subject, SUBJECT_CHARS_MAX);
    let notes = validate::free_text(&mut faults, "notes", &form.notes);
    let wall = ctx.clock.wall();
    let date = check_date(&mut faults, actor, form, &limits, wall.date());
    let now = wall.time().with_nanosecond(0);
    let times = check_times(&mut faults, &form.start_time, &form.end_time, now, &limits);
    let late_after_minutes =
        check_late(&mut faults, form.late_after_minutes.map(i64::from)).unwrap_or(limits.late_after_minutes);
    let (Some(date), Some((start_time, end_time)), true) = (date, times, faults.is_empty()) else {
        return Err(AppError::Invalid(faults).into());
    };
    Ok(PlannedSession { department: form.department, subject, date, start_time, end_time, notes, late_after_minutes })
}

/// What may be changed about a session that is still active; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct SessionChange {
    pub subject: Option<String>,
    pub notes: Option<String>,
    /// As in a [`SessionForm`].
    pub start_time: Option<String>,
    /// As in a [`SessionForm`]: empty takes the end away.
    pub end_time: Option<String>,
    pub late_after_minutes: Option<i64>,
}

/// The changed session, under the same rules as a new one.
///
/// # Errors
/// [`AppError::Invalid`] with all faults.
pub fn check_change(
    before: &attendance_sessions::Model,
    change: &SessionChange,
    limits: &settings::Settings,
) -> AppResult<PlannedSession> {
    let mut faults = FieldErrors::new();
    let subject = change.subject.as_deref().unwrap_or(&before.subject);
    let subject = validate::required_line(&mut faults, "subject", subject, SUBJECT_CHARS_MAX);
    let notes = validate::free_text(&mut faults, "notes", change.notes.as_deref().unwrap_or(&before.notes));
    let written = |time: NaiveTime| time.format("%H:%M:%S").to_string();
    let start = change.start_time.clone().unwrap_or_else(|| written(before.start_time));
    let end = change.end_time.clone().unwrap_or_else(|| before.end_time.map(written).unwrap_or_default());
    // Times that stay are not judged again: the limit may have been lowered since.
    let times = match (&change.start_time, &change.end_time) {
        (None, None) => Some((before.start_time, before.end_time)),
        _ => check_times(&mut faults, &start, &end, None, limits),
    };
    let late_after_minutes = check_late(&mut faults, change.late_after_minutes).unwrap_or(before.late_after_minutes);
    let (Some((start_time, end_time)), true) = (times, faults.is_empty()) else {
        return Err(AppError::Invalid(faults));
    };
    Ok(PlannedSession {
        department: DepartmentId(before.department_id),
        date: before.date,
        subject,
        start_time,
        end_time,
        notes,
        late_after_minutes,
    })
}

/// The date that a session may have; today when nothing is written.
fn check_date(
    faults: &mut FieldErrors,
    actor: &Actor,
    form: &SessionForm,
    limits: &settings::Settings,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let date = if form.date.trim().is_empty() { Some(today) } else { validate::read_date(&form.date) };
    match date {
        None => faults.add("date", tr!("domain-session-date-format")),
        Some(date) if date < today && actor.role != Role::Admin => {
            faults.add("date", tr!("domain-session-past"));
        }
        Some(date) if date < today && form.notes.trim().is_empty() => {
            faults.add("notes", tr!("domain-session-past-reason"));
        }
        Some(date) if date > today + Duration::days(limits.session_days_ahead_max) => {
            let days = limits.session_days_ahead_max;
            faults.add("date", tr!("domain-session-ahead", days = days));
        }
        Some(_) => {}
    }
    date
}

/// Start and end; the start is `now` when nothing is written.
fn check_times(
    faults: &mut FieldErrors,
    start: &str,
    end: &str,
    now: Option<NaiveTime>,
    limits: &settings::Settings,
) -> Option<(NaiveTime, Option<NaiveTime>)> {
    let start = read_time(start).map(|time| time.or(now));
    let end = read_time(end);
    match start {
        None => faults.add("start_time", tr!("domain-session-time-format")),
        Some(None) => faults.add("start_time", tr!("domain-required")),
        Some(Some(_)) => {}
    }
    match (start.flatten(), end) {
        (_, None) => faults.add("end_time", tr!("domain-session-time-format")),
        (Some(start), Some(Some(end))) if end <= start => faults.add("end_time", tr!("domain-session-end")),
        (Some(start), Some(Some(end))) if end - start > Duration::hours(limits.session_hours_max) => {
            let hours = limits.session_hours_max;
            faults.add("end_time", tr!("domain-session-long", hours = hours));
        }
        _ => {}
    }
    Some((start.flatten()?, end?))
}

/// Minutes within [`settings::LATE_AFTER_MINUTES`].
fn check_late(faults: &mut FieldErrors, minutes: Option<i64>) -> Option<i32> {
    let minutes = minutes?;
    if !settings::LATE_AFTER_MINUTES.contains(&minutes) {
        faults.add("late_after_minutes", settings::within(&settings::LATE_AFTER_MINUTES));
        return None;
    }
    i32::try_from(minutes).ok()
}

/// Outer nothing: cannot be read. Inner nothing: nothing is written.
fn read_time(text: &str) -> Option<Option<NaiveTime>> {
    match text {
        "" => Some(None),
        _ if ![5, 8].contains(&text.len()) => None,
        text => NaiveTime::parse_from_str(text, "%H:%M:%S")
            .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"))
            .ok()
            // A leap second is a time that no clock on a wall shows and no database keeps.
            .filter(|time| time.nanosecond() == 0)
            .map(Some),
    }
}
