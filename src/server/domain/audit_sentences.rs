//! The audit log in sentences that people read: one place for the log's own page and for the history of a session, a
//! student or a user.
//!
//! A row keeps the sentence of its moment, which names things by what the code knew then. Here the names that are known
//! now are put in.

use super::audit::{self, AuditFilter, AuditRow};
pub use super::audit_actions::{ACTIONS, title};
use super::erasure::ERASE;
use super::records::{UNMARKED, mark_word};
use super::{contests, records, settings};
pub use crate::app::types::AUDIT_AREAS as AREAS;
use crate::app::types::{AuditLine, AuditQuery, PAGE_SIZE_MAX, Page, SessionId, StudentId, UserId};
use crate::app::words::Locale;
use crate::app::words::dates::day;
use crate::server::db::entities::{attendance_sessions, audit_log, students, users};
use crate::server::domain::listing;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Ids of one query: far under what SQLite binds.
const IDS_PER_QUERY: usize = 500;
/// How days are written in sentences.
const DAY: &str = "%-d %b %Y";
/// Lines of the log's page when the address does not say.
const LINES_PER_PAGE: u64 = 50;

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
        "record.rest" => told_or(row, names, || format!("{}{}", row.sentence, place(row, names, " in "))),
        "settings.change" => of_setting(row, names),
        "contest.open" | "contest.accept" | "contest.decline" => told_or(row, names, || of_contest(row, names)),
        _ if row.object_type == "student" => of_student(row, names),
        _ => told_or(row, names, || with_readable_dates(&row.sentence)),
    }
}

/// What `english` makes of the sentence of the row's moment, which is English; for readers of other languages who did
/// what to whom and where. They find the sentence of its moment among the details.
pub fn told_or(row: &AuditRow, names: &Names, english: impl FnOnce() -> String) -> String {
    if Locale::current() == Locale::English {
        return english();
    }
    let (who, title) = (actor_name(row, names), title(&row.action));
    let student = student_of(row).and_then(|id| names.students.get(&id));
    let student =
        student.map(|(name, number)| tr!("domain-audit-thing-student", name = name.as_str(), number = number.as_str()));
    let session = session_of(row)
        .and_then(|id| names.sessions.get(&id))
        .map(|(subject, date)| tr!("domain-audit-thing-session", subject = subject.as_str(), date = day(*date, DAY)));
    let thing = match (student, session) {
        (Some(student), Some(session)) => tr!("domain-audit-thing-both", student = student, session = session),
        (Some(thing), None) | (None, Some(thing)) => thing,
        (None, None) => return tr!("domain-audit-told", who = who, title = title),
    };
    tr!("domain-audit-told-of", who = who, title = title, thing = thing)
}

fn of_record(row: &AuditRow, names: &Names) -> String {
    let who = actor_name(row, names);
    let student = student_of(row).map_or_else(
        || tr!("domain-audit-some-student"),
        |id| {
            let known = names.students.get(&id).map(|(name, _)| name.clone());
            known.unwrap_or_else(|| tr!("domain-audit-student-number", id = id))
        },
    );
    let known = session_of(row).and_then(|id| names.sessions.get(&id));
    let (place, subject, date) = match known {
        Some((subject, date)) => ("known", subject.as_str(), day(*date, DAY)),
        None => ("unknown", "", String::new()),
    };
    let word = |name: &str| row.details.get(name).and_then(Value::as_str).unwrap_or_default();
    let (from, to, reason) = (word("from"), word("to"), word("reason"));
    if from.is_empty() || to.is_empty() {
        return told_or(row, names, || with_readable_dates(&row.sentence));
    }
    let (was, is) = (mark_word(from), mark_word(to));
    let said = if from == UNMARKED && row.action == "record.photo" {
        tr!(
            "domain-audit-marked-photo",
            place = place,
            who = who,
            student = student,
            status = is,
            subject = subject,
            date = date,
        )
    } else if from == UNMARKED {
        tr!(
            "domain-audit-marked",
            place = place,
            who = who,
            student = student,
            status = is,
            subject = subject,
            date = date,
        )
    } else if to == UNMARKED {
        tr!(
            "domain-audit-took-back",
            place = place,
            who = who,
            student = student,
            status = was,
            subject = subject,
            date = date,
        )
    } else if from == to {
        tr!(
            "domain-audit-confirmed",
            place = place,
            who = who,
            student = student,
            status = is,
            subject = subject,
            date = date,
        )
    } else {
        tr!(
            "domain-audit-changed",
            place = place,
            who = who,
            student = student,
            from = was,
            to = is,
            subject = subject,
            date = date,
        )
    };
    if reason.is_empty() {
        said
    } else {
        tr!("domain-audit-with-reason", sentence = said, reason = contests::reason_words(reason))
    }
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
        (Some(from), Some(to)) => tr!(
            "domain-audit-setting",
            who = actor_name(row, names),
            setting = settings::title(&row.object_id),
            from = settings::value_words(&row.object_id, from),
            to = settings::value_words(&row.object_id, to),
        ),
        _ => told_or(row, names, || row.sentence.clone()),
    }
}

fn of_student(row: &AuditRow, names: &Names) -> String {
    let known = student_of(row).and_then(|id| names.students.get(&id));
    let who = actor_name(row, names);
    let Some((name, roll_no)) = known else { return told_or(row, names, || row.sentence.clone()) };
    let (name, number) = (name.as_str(), roll_no.as_str());
    match row.action.as_str() {
        "student.update" => tr!("domain-audit-details", who = who, name = name, number = number),
        "student.activate" => tr!("domain-audit-active-again", who = who, name = name, number = number),
        "student.deactivate" => tr!("domain-audit-inactive", who = who, name = name, number = number),
        _ => told_or(row, names, || row.sentence.replace(number, &format!("{name} ({number})"))),
    }
}

fn actor_name(row: &AuditRow, names: &Names) -> String {
    if row.actor == audit::SYSTEM {
        return tr!("domain-audit-system");
    }
    names.users.get(&row.actor).cloned().unwrap_or_else(|| row.actor.clone())
}

/// Subject and day of the row's session, after a word that leads to them.
fn place(row: &AuditRow, names: &Names, before: &str) -> String {
    let known = session_of(row).and_then(|id| names.sessions.get(&id));
    known.map(|(subject, date)| format!("{before}{subject}, {}", day(*date, DAY))).unwrap_or_default()
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
                format!("{}{}", day(date, DAY), word.strip_prefix(bare).unwrap_or_default())
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

/// The receipt of an erasure; those of earlier versions have none.
fn receipt_of(row: &AuditRow) -> Option<&str> {
    row.details.get("receipt").and_then(Value::as_str)
}

fn line_of(ctx: &Ctx, row: AuditRow, names: &Names) -> AuditLine {
    let href = match row.object_type.as_str() {
        "student" if row.action == ERASE => receipt_of(&row).map(|id| format!("/admin/erasures/{id}")),
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
        (tr!("domain-audit-row-action"), row.action.clone()),
        (tr!("domain-audit-row-who"), row.actor.clone()),
        (tr!("domain-audit-row-what"), format!("{} {}", row.object_type, row.object_id)),
    ];
    for (name, value) in row.details.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if !value.is_empty() {
            details.push((name.clone(), value));
        }
    }
    details.push((tr!("domain-audit-row-sentence"), row.sentence.clone()));
    if !row.trace_id.is_empty() {
        details.push((tr!("domain-audit-row-reference"), row.trace_id.clone()));
    }
    if !row.ip.is_empty() {
        details.push((tr!("domain-audit-row-address"), row.ip.clone()));
    }
    AuditLine {
        id: row.id,
        at: row.at.with_timezone(&ctx.clock.timezone()).naive_local(),
        title: title(&row.action),
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
