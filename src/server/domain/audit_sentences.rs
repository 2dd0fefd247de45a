//! The audit log in sentences that people read: one place for the log's own page and for the history of a session, a
//! student or a user.
//!
//! A row keeps the sentence of its moment, which names things by what the code knew then. Here the names that are known
//! now are put in.

use super::audit::{self, AuditFilter, AuditRow};
use super::{records, settings};
pub use crate::app::types::AUDIT_AREAS as AREAS;
use crate::app::types::{AuditLine, AuditQuery, PAGE_SIZE_MAX, Page, SessionId, StudentId, UserId};
use crate::server::db::entities::{attendance_sessions, audit_log, students, users};
use crate::server::domain::listing;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Ids of one query: far under what SQLite binds.
const IDS_PER_QUERY: usize = 500;
/// Lines of the log's page when the address does not say.
const LINES_PER_PAGE: u64 = 50;

/// Every action that is ever written, and what it is called in a few words.
pub const ACTIONS: &[(&str, &str)] = &[
    ("backup.delete", "Backup deleted"),
    ("backup.download", "Backup downloaded"),
    ("backup.make", "Backup made"),
    ("contest.accept", "Objection accepted"),
    ("contest.decline", "Objection declined"),
    ("contest.open", "Record objected to"),
    ("demo.crowd", "Demo students written"),
    ("demo.sessions", "Demo sessions written"),
    ("department.create", "Department created"),
    ("department.delete", "Department deleted"),
    ("department.update", "Department changed"),
    ("import.applied", "Students of a file written"),
    ("import.apply", "Import started"),
    ("import.discard", "Import discarded"),
    ("import.rehearse", "Import checked"),
    ("import.undo", "Import taken back"),
    ("import.undone", "Students of a file removed again"),
    ("import.upload", "File of students brought in"),
    ("outbox.delete", "Message deleted"),
    ("outbox.retry", "Message sent again"),
    ("record.correct", "Saved register corrected"),
    ("record.photo", "Marked by photo"),
    ("record.rest", "Unmarked students marked"),
    ("record.set", "Marked by hand"),
    ("session.auto_close", "Session closed by the clock"),
    ("session.cancel", "Session cancelled"),
    ("session.change", "Session changed"),
    ("session.complete", "Register saved"),
    ("session.create", "Session started"),
    ("settings.change", "Setting changed"),
    ("student.activate", "Student activated"),
    ("student.consent", "Consent given"),
    ("student.create", "Student added"),
    ("student.data_copy", "Copy of the own data taken"),
    ("student.deactivate", "Student deactivated"),
    ("student.delete", "Student deleted"),
    ("student.erase", "Student erased"),
    ("student.face_remove", "Face removed, consent withdrawn"),
    ("student.photo_add", "Photo added"),
    ("student.photo_remove", "Photo removed"),
    ("student.photo_replace", "Photo replaced"),
    ("student.re_enrol", "Photos embedded anew"),
    ("student.self_enrol", "Photos of oneself added"),
    ("student.update", "Student changed"),
    ("user.activate", "Account switched on"),
    ("user.change_password", "Password changed"),
    ("user.change_role", "Role changed"),
    ("user.create", "Account created"),
    ("user.deactivate", "Account switched off"),
    ("user.delete", "Account deleted"),
    ("user.invite", "Account invited"),
    ("user.link_student", "Account joined to a student"),
    ("user.request_reset", "New password asked for"),
    ("user.reset_password", "Password reset"),
    ("user.send_link", "Link sent"),
    ("user.sign_in", "Signed in"),
    ("user.sign_out", "Signed out"),
    ("user.sign_out_device", "Device signed out"),
    ("user.sign_out_others", "Other devices signed out"),
    ("user.unlink_student", "Account parted from its student"),
    ("user.update", "Account changed"),
    ("user.verify_email", "Email address verified"),
];

/// An action in a few words; its own name when nobody has written any.
pub fn title(action: &str) -> &str {
    ACTIONS.iter().find(|(name, _)| *name == action).map_or(action, |(_, words)| words)
}

/// What is known now of the things that some rows name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Name and roll number.
    pub students: HashMap<i64, (String, String)>,
    /// Subject and date.
    pub sessions: HashMap<i64, (String, NaiveDate)>,
    /// Full name by username.
    pub users: HashMap<String, String>,
}

/// Looks up what these rows name, in three queries.
///
/// # Errors
/// When the database fails.
pub async fn names_of(db: &impl ConnectionTrait, rows: &[AuditRow]) -> Result<Names> {
    let mut names = Names::default();
    let ids = |pick: fn(&AuditRow) -> Option<i64>| -> Vec<i64> {
        rows.iter().filter_map(pick).collect::<BTreeSet<i64>>().into_iter().collect()
    };
    for some in ids(student_of).chunks(IDS_PER_QUERY) {
        let found = students::Entity::find()
            .select_only()
            .columns([students::Column::Id, students::Column::Name, students::Column::RollNo])
            .filter(students::Column::Id.is_in(some.iter().copied()));
        let found: Vec<(i64, String, String)> = found.into_tuple().all(db).await?;
        names.students.extend(found.into_iter().map(|(id, name, roll_no)| (id, (name, roll_no))));
    }
    for some in ids(session_of).chunks(IDS_PER_QUERY) {
        let found = attendance_sessions::Entity::find()
            .select_only()
            .columns([
                attendance_sessions::Column::Id,
                attendance_sessions::Column::Subject,
                attendance_sessions::Column::Date,
            ])
            .filter(attendance_sessions::Column::Id.is_in(some.iter().copied()));
        let found: Vec<(i64, String, NaiveDate)> = found.into_tuple().all(db).await?;
        names.sessions.extend(found.into_iter().map(|(id, subject, date)| (id, (subject, date))));
    }
    let actors: BTreeSet<&str> = rows.iter().map(|row| row.actor.as_str()).collect();
    let actors: Vec<&str> = actors.into_iter().collect();
    for some in actors.chunks(IDS_PER_QUERY) {
        let found = users::Entity::find()
            .select_only()
            .columns([users::Column::Username, users::Column::FirstName, users::Column::LastName])
            .filter(users::Column::Username.is_in(some.iter().copied()));
        let found: Vec<(String, String, String)> = found.into_tuple().all(db).await?;
        let full = |first: &str, last: &str| format!("{first} {last}").trim().to_owned();
        let named = found.into_iter().map(|(username, first, last)| (username, full(&first, &last)));
        names.users.extend(named.filter(|(_, name)| !name.is_empty()));
    }
    Ok(names)
}

/// The row in one sentence, with the names that are known.
pub fn sentence(row: &AuditRow, names: &Names) -> String {
    match row.action.as_str() {
        "record.set" | "record.correct" | "record.photo" if row.object_type == records::RECORD => of_record(row, names),
        "record.rest" => format!("{}{}", row.sentence, place(row, names, " in ")),
        "settings.change" => of_setting(row, names),
        "contest.open" | "contest.accept" | "contest.decline" => of_contest(row, names),
        _ if row.object_type == "student" => of_student(row, names),
        _ => with_readable_dates(&row.sentence),
    }
}

fn of_record(row: &AuditRow, names: &Names) -> String {
    let who = actor_name(row, names);
    let student = student_of(row).map_or_else(
        || "a student".to_owned(),
        |id| names.students.get(&id).map_or_else(|| format!("student {id}"), |(name, _)| name.clone()),
    );
    let word = |name: &str| row.details.get(name).and_then(Value::as_str).unwrap_or_default();
    let (from, to, reason) = (word("from"), word("to"), word("reason"));
    let by_photo = if row.action == "record.photo" { " by photo" } else { "" };
    let said = match (from, to) {
        ("", _) | (_, "") => return with_readable_dates(&row.sentence),
        ("unmarked", to) => format!("{who} marked {student} {to}{by_photo}{}", place(row, names, " in ")),
        (from, "unmarked") => {
            format!("{who} took back the mark of {student}{}: it was {from}", place(row, names, " in "))
        }
        (from, to) if from == to => format!("{who} confirmed {student} as {to}{}", place(row, names, " in ")),
        (from, to) => format!("{who} changed {student}’s record{}: {from} → {to}", place(row, names, " in ")),
    };
    if reason.is_empty() { said } else { format!("{said} — {reason}") }
}

fn of_contest(row: &AuditRow, names: &Names) -> String {
    let known = student_of(row).and_then(|id| Some((id, names.students.get(&id)?)));
    let said = known
        .map_or_else(|| row.sentence.clone(), |(id, (name, _))| row.sentence.replace(&format!("student {id}"), name));
    format!("{said}{}", place(row, names, " in "))
}

fn of_setting(row: &AuditRow, names: &Names) -> String {
    let value = |name: &str| row.details.get(name).and_then(Value::as_str);
    match (value("from"), value("to")) {
        (Some(from), Some(to)) => format!(
            "{} changed the setting “{}”: {} → {}",
            actor_name(row, names),
            settings::title(&row.object_id),
            settings::value_words(&row.object_id, from),
            settings::value_words(&row.object_id, to)
        ),
        _ => row.sentence.clone(),
    }
}

fn of_student(row: &AuditRow, names: &Names) -> String {
    let known = student_of(row).and_then(|id| names.students.get(&id));
    let who = actor_name(row, names);
    let Some((name, roll_no)) = known else { return row.sentence.clone() };
    match row.action.as_str() {
        "student.update" => format!("{who} changed the details of {name} ({roll_no})"),
        "student.activate" => format!("{who} made {name} ({roll_no}) an active student again"),
        "student.deactivate" => format!("{who} made {name} ({roll_no}) inactive"),
        _ => row.sentence.replace(roll_no.as_str(), &format!("{name} ({roll_no})")),
    }
}

fn actor_name(row: &AuditRow, names: &Names) -> String {
    if row.actor == audit::SYSTEM {
        return "The system".to_owned();
    }
    names.users.get(&row.actor).cloned().unwrap_or_else(|| row.actor.clone())
}

/// Subject and day of the row's session, after a word that leads to them.
fn place(row: &AuditRow, names: &Names, before: &str) -> String {
    let known = session_of(row).and_then(|id| names.sessions.get(&id));
    known.map(|(subject, date)| format!("{before}{subject}, {}", date.format("%-d %b %Y"))).unwrap_or_default()
}

/// The student that a row is about.
fn student_of(row: &AuditRow) -> Option<i64> {
    match row.object_type.as_str() {
        "student" => row.object_id.parse().ok(),
        records::RECORD => row.object_id.split_once('/').and_then(|(_, student)| student.parse().ok()),
        _ => row.details.get("student").and_then(Value::as_i64),
    }
}

/// The session that a row is about.
fn session_of(row: &AuditRow) -> Option<i64> {
    match row.object_type.as_str() {
        "session" => row.object_id.parse().ok(),
        records::RECORD => row.object_id.split_once('/').and_then(|(session, _)| session.parse().ok()),
        _ => row.details.get("session").and_then(Value::as_i64),
    }
}

/// `2025-11-03` becomes `3 Nov 2025`.
fn with_readable_dates(sentence: &str) -> String {
    let words = sentence.split(' ').map(|word| {
        let bare = word.trim_end_matches([';', ',', '.', ':']);
        match bare.parse::<NaiveDate>() {
            Ok(date) if bare.len() == "2025-11-03".len() => {
                format!("{}{}", date.format("%-d %b %Y"), word.strip_prefix(bare).unwrap_or_default())
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Rows as people read them.
///
/// # Errors
/// When the database fails.
pub async fn lines_of(ctx: &Ctx, rows: Vec<AuditRow>) -> Result<Vec<AuditLine>> {
    let names = names_of(&ctx.db, &rows).await?;
    Ok(rows.into_iter().map(|row| line_of(ctx, row, &names)).collect())
}

fn line_of(ctx: &Ctx, row: AuditRow, names: &Names) -> AuditLine {
    let href = match row.object_type.as_str() {
        "student" => student_of(&row).filter(|id| names.students.contains_key(id)).map(|id| format!("/students/{id}")),
        "session" | records::RECORD => {
            session_of(&row).filter(|id| names.sessions.contains_key(id)).map(|id| format!("/sessions/{id}"))
        }
        "department" => Some("/admin/departments".to_owned()),
        "setting" => Some("/admin/settings".to_owned()),
        "backup" => Some("/admin/backup".to_owned()),
        "import" => Some("/admin/import".to_owned()),
        "message" => Some("/admin/outbox".to_owned()),
        _ => None,
    };
    let mut details = vec![
        ("Action".to_owned(), row.action.clone()),
        ("Who".to_owned(), row.actor.clone()),
        ("What".to_owned(), format!("{} {}", row.object_type, row.object_id)),
    ];
    for (name, value) in row.details.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if !value.is_empty() {
            details.push((name.clone(), value));
        }
    }
    details.push(("Written then".to_owned(), row.sentence.clone()));
    if !row.trace_id.is_empty() {
        details.push(("Reference of the request".to_owned(), row.trace_id.clone()));
    }
    AuditLine {
        id: row.id,
        at: row.at.with_timezone(&ctx.clock.timezone()).naive_local(),
        title: title(&row.action).to_owned(),
        sentence: sentence(&row, names),
        href,
        details,
        actor: row.actor,
        action: row.action,
    }
}

/// One page of the log under the filters of its page.
///
/// # Errors
/// As [`audit::list_audit`].
pub async fn list_lines(ctx: &Ctx, query: &AuditQuery) -> Result<Page<AuditLine>> {
    let filter = AuditFilter {
        area: query.area.clone(),
        actor_part: query.who.clone(),
        search: query.search.clone(),
        date_from: query.from,
        date_to: query.to,
        ..AuditFilter::default()
    };
    let page_size = if query.page_size == 0 { LINES_PER_PAGE } else { Ord::min(query.page_size, PAGE_SIZE_MAX) };
    let found = audit::list_audit(ctx, &filter, Ord::max(query.page, 1), page_size).await?;
    let Page { count, page, page_size, results } = found;
    Ok(Page { count, page, page_size, results: lines_of(ctx, results).await? })
}

/// Whose history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The session itself and every record in it.
    Session(SessionId),
    /// The student and every record of theirs.
    Student(StudentId),
    /// What was done to the account, and what it did itself.
    User(UserId),
}

/// What the log tells of one thing, the newest first. Whether the reader may see it is the caller's question.
///
/// # Errors
/// When the database fails.
pub async fn history(ctx: &Ctx, object: Object, page: u64, page_size: u64) -> Result<Page<AuditLine>> {
    let is = |kind: &str, id: i64| {
        Condition::all().add(audit_log::Column::ObjectType.eq(kind)).add(audit_log::Column::ObjectId.eq(id.to_string()))
    };
    let record = |pattern: String| {
        Condition::all()
            .add(audit_log::Column::ObjectType.eq(records::RECORD))
            .add(audit_log::Column::ObjectId.like(pattern))
    };
    let wanted = match object {
        Object::Session(id) => Condition::any().add(is("session", id.0)).add(record(format!("{id}/%"))),
        Object::Student(id) => Condition::any().add(is("student", id.0)).add(record(format!("%/{id}"))),
        Object::User(id) => Condition::any().add(is("user", id.0)).add(audit_log::Column::ActorId.eq(id.0)),
    };
    let query = audit_log::Entity::find().filter(wanted);
    let page = Ord::max(page, 1);
    let count = query.clone().count(&ctx.db).await?;
    let rows = query
        .order_by_desc(audit_log::Column::Id)
        .offset(listing::offset_of(page, page_size))
        .limit(page_size)
        .all(&ctx.db)
        .await?;
    let results = lines_of(ctx, rows.into_iter().map(audit::to_row).collect()).await?;
    Ok(Page { count, page, page_size, results })
}
