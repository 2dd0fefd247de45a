//! What a teacher types to start a session, checked.

use super::settings;
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{DepartmentId, Role, SessionForm};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::departments;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{Duration, NaiveDate, NaiveTime, Timelike};
use sea_orm::EntityTrait;

/// Longest subject, characters.
const SUBJECT_CHARS_MAX: usize = 100;
/// Longest note, characters.
const NOTES_CHARS_MAX: usize = 2_000;

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
    let mut fault = |field: &str, message: &str| faults.add(field, message);
    let known = departments::Entity::find_by_id(form.department.0).one(&ctx.db).await?.is_some();
    match (form.department.0, known) {
        (0, _) => fault("department", "This field is required."),
        (_, false) => fault("department", "This department does not exist."),
        _ if !actor.may_mark_in(form.department) => {
            return Err(AppError::Forbidden("You can only start sessions in your own departments.".to_owned()).into());
        }
        _ => {}
    }
    let subject = form.subject.trim();
    match subject.chars().count() {
        0 => fault("subject", "This field is required."),
        1..=SUBJECT_CHARS_MAX if !subject.contains(char::is_control) => {}
        1..=SUBJECT_CHARS_MAX => fault("subject", "This text holds characters that cannot be shown."),
        _ => fault("subject", "Ensure this field has no more than 100 characters."),
    }
    if form.notes.chars().count() > NOTES_CHARS_MAX {
        fault("notes", "Ensure this field has no more than 2000 characters.");
    }
    let wall = ctx.clock.wall();
    let date = read_date(&form.date, wall.date());
    let start = read_time(&form.start_time).map(|time| time.or(wall.time().with_nanosecond(0)));
    let end = read_time(&form.end_time);
    match date {
        None => fault("date", "Date has wrong format. Use YYYY-MM-DD."),
        Some(date) if date < wall.date() && actor.role != Role::Admin => {
            fault("date", "Cannot create session for past date")
        }
        Some(date) if date < wall.date() && form.notes.trim().is_empty() => {
            fault("notes", "A session of the past needs a reason here.");
        }
        Some(date) if date > wall.date() + Duration::days(limits.session_days_ahead_max) => {
            fault("date", "Cannot create session more than 30 days in advance");
        }
        Some(_) => {}
    }
    if start.is_none() {
        fault("start_time", "Time has wrong format. Use HH:MM:SS.");
    }
    match (start.flatten(), end) {
        (_, None) => fault("end_time", "Time has wrong format. Use HH:MM:SS."),
        (Some(start), Some(Some(end))) if end <= start => fault("end_time", "End time must be after start time"),
        (Some(start), Some(Some(end))) if end - start > Duration::hours(limits.session_hours_max) => {
            fault("end_time", "Session duration exceeds maximum (4 hours)");
        }
        _ => {}
    }
    let (Some(date), Some(start_time), true) = (date, start.flatten(), faults.is_empty()) else {
        return Err(AppError::Invalid(faults).into());
    };
    Ok(PlannedSession {
        department: form.department,
        subject: subject.to_owned(),
        date,
        start_time,
        end_time: end.flatten(),
        notes: form.notes.trim().to_owned(),
        late_after_minutes: limits.late_after_minutes,
    })
}

/// The date, today when nothing is written, nothing when it cannot be read.
fn read_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text.trim() {
        "" => Some(today),
        text => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
    }
}

/// Outer nothing: cannot be read. Inner nothing: nothing is written.
fn read_time(text: &str) -> Option<Option<NaiveTime>> {
    match text.trim() {
        "" => Some(None),
        text => NaiveTime::parse_from_str(text, "%H:%M:%S")
            .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"))
            .ok()
            .map(Some),
    }
}
