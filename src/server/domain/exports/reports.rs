//! What stands in each export.

use super::{Cell, Column, Export, Format, PDF_ROWS_MAX, ROWS_MAX, Report, Table, note, turn, write};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{departments, students};
use crate::server::domain::record_list::{self, RecordFilter, RecordRow, marked_by};
use crate::server::domain::statistics::{self, Counts, Group, StatisticsAsked};
use crate::server::domain::{session_facts, sessions, settings};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, NaiveTime, Utc};
use sea_orm::EntityTrait;

/// The register of one session, as it is signed and filed.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn export_session(ctx: &Ctx, actor: &Actor, id: SessionId, format: Format) -> Result<Export> {
    let _turn = turn().await?;
    let facts = session_facts::get_facts(ctx, actor, id).await?;
    let detail = sessions::get_session(ctx, actor, id).await?;
    let institution = settings::load(&ctx.db).await?.institution;
    let row = &facts.row;
    let Counters { total, present, late, absent, excused, unmarked } = row.counters;
    let report = Report {
        title: format!("{institution}: {} on {}", row.subject, row.date),
        facts: vec![
            ("Institution", institution),
            ("Department", format!("{} ({})", row.department.name, row.department.code)),
            ("Subject", row.subject.clone()),
            ("Teacher", facts.created_by.name.clone()),
            ("Date", row.date.to_string()),
            ("Start", clock_time(row.start_time)),
            ("End", row.end_time.map(clock_time).unwrap_or_default()),
            ("State", row.status.as_str().to_owned()),
            ("Completed", facts.completed_at.map(|at| wall_time(ctx, at)).unwrap_or_default()),
            (
                "Counts",
                format!(
                    "{total} students: {present} present, {late} late, {absent} absent, {excused} excused, \
                     {unmarked} unmarked"
                ),
            ),
            ("Notes", facts.notes.clone()),
        ],
        tables: vec![Table {
            name: "Register",
            columns: columns(&[
                ("Roll no", 18),
                ("Name", 30),
                ("Status", 12),
                ("Marked at", 24),
                ("Marked by", 22),
                ("Notes", 22),
            ]),
            rows: detail.roster.into_iter().map(|entry| register_row(ctx, entry)).collect(),
        }],
        signed_by: Some(facts.created_by.name.clone()),
    };
    let name = format!("register-{}-{}-{id}", row.department.code.to_lowercase(), row.date);
    let export = write(report, name, format).await?;
    note(ctx, actor, &export).await?;
    Ok(export)
}

fn register_row(ctx: &Ctx, entry: RosterEntry) -> Vec<Cell> {
    let by = entry.method.and_then(|method| marked_by(method, entry.manual_override, entry.marked_by));
    vec![
        Cell::text(entry.student.roll_no),
        Cell::text(entry.student.name),
        Cell::text(entry.status.map_or("unmarked", RecordStatus::as_str)),
        Cell::text(entry.timestamp.map(|at| wall_time(ctx, at)).unwrap_or_default()),
        Cell::text(by.unwrap_or_default()),
        Cell::text(entry.notes),
    ]
}

/// The records under a filter that the actor may see.
///
/// # Errors
/// [`AppError::Rule`] for more than [`ROWS_MAX`] rows ([`PDF_ROWS_MAX`] as PDF), a field error for a reversed range,
/// or internals.
pub async fn export_records(ctx: &Ctx, actor: &Actor, filter: &RecordFilter, format: Format) -> Result<Export> {
    let _turn = turn().await?;
    let rows_max = if format == Format::Pdf { PDF_ROWS_MAX } else { ROWS_MAX };
    let rows = record_list::all_records(ctx, actor, filter, rows_max).await?;
    let institution = settings::load(&ctx.db).await?.institution;
    let day = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let report = Report {
        title: format!("{institution}: attendance records"),
        facts: vec![
            ("Institution", institution),
            ("From", day(filter.date_from)),
            ("To", day(filter.date_to)),
            ("Records", rows.len().to_string()),
            ("Written", wall_time(ctx, ctx.clock.now())),
        ],
        tables: vec![Table {
            name: "Records",
            columns: columns(&[
                ("Date", 14),
                ("Department", 20),
                ("Subject", 22),
                ("Roll no", 18),
                ("Name", 24),
                ("Status", 11),
                ("Marked at", 24),
                ("Marked by", 18),
                ("Notes", 12),
            ]),
            rows: rows.into_iter().map(|row| record_row(ctx, row)).collect(),
        }],
        signed_by: None,
    };
    let name = format!("records-{}", ctx.clock.wall().date());
    let export = write(report, name, format).await?;
    note(ctx, actor, &export).await?;
    Ok(export)
}

fn record_row(ctx: &Ctx, row: RecordRow) -> Vec<Cell> {
    vec![
        Cell::text(row.date.to_string()),
        Cell::text(row.department),
        Cell::text(row.subject),
        Cell::text(row.student.roll_no),
        Cell::text(row.student.name),
        Cell::text(row.status.as_str()),
        Cell::text(wall_time(ctx, row.timestamp)),
        Cell::text(row.marked_by.unwrap_or_default()),
        Cell::text(row.notes),
    ]
}

/// The statistics of a period, one table per section.
///
/// # Errors
/// As [`statistics::get_statistics`]; [`AppError::Rule`] for more than [`PDF_ROWS_MAX`] rows as PDF.
pub async fn export_statistics(ctx: &Ctx, actor: &Actor, asked: &StatisticsAsked, format: Format) -> Result<Export> {
    let _turn = turn().await?;
    let found = statistics::get_statistics(ctx, actor, asked).await?;
    let institution = settings::load(&ctx.db).await?.institution;
    let mut tables = vec![
        table("Overall", "Period", vec![found.overall], |()| format!("{} to {}", asked.date_from, asked.date_to)),
        table("By department", "Department", found.by_department, |name| name),
    ];
    tables.extend(found.by_student.map(|groups| {
        table("By student", "Student", groups, |student| format!("{} {}", student.roll_no, student.name))
    }));
    tables.extend(found.by_subject.map(|groups| table("By subject", "Subject", groups, |subject| subject)));
    tables.extend(found.daily.map(|groups| table("By day", "Date", groups, |date| date.to_string())));
    tables.extend(found.weekly.map(|groups| table("By week", "Week from", groups, |date| date.to_string())));
    tables.extend(
        found.monthly.map(|groups| table("By month", "Month", groups, |date| date.format("%Y-%m").to_string())),
    );
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    if format == Format::Pdf && rows as u64 > PDF_ROWS_MAX {
        let sentence = format!("More than {PDF_ROWS_MAX} rows: choose a shorter range or one department.");
        return Err(AppError::Rule(sentence).into());
    }
    let mut facts = vec![
        ("Institution", institution.clone()),
        ("From", asked.date_from.to_string()),
        ("To", asked.date_to.to_string()),
    ];
    facts.extend(narrowed(ctx, asked).await?);
    facts.extend([
        ("Written", wall_time(ctx, ctx.clock.now())),
        ("Attendance %", "present / records".to_owned()),
        ("Attended %", "(present + late) / (records − excused)".to_owned()),
    ]);
    let title = format!("{institution}: attendance from {} to {}", asked.date_from, asked.date_to);
    let report = Report { title, facts, tables, signed_by: None };
    let export = write(report, format!("statistics-{}-{}", asked.date_from, asked.date_to), format).await?;
    note(ctx, actor, &export).await?;
    Ok(export)
}

/// What the statistics are of, where they are not of everybody.
async fn narrowed(ctx: &Ctx, asked: &StatisticsAsked) -> Result<Vec<(&'static str, String)>> {
    let mut facts = Vec::new();
    if let Some(id) = asked.department {
        let row = departments::Entity::find_by_id(id.0).one(&ctx.db).await?;
        facts.push(("Department", row.map(|row| format!("{} ({})", row.name, row.code)).unwrap_or_default()));
    }
    if !asked.subject.is_empty() {
        facts.push(("Subject", format!("contains “{}”", asked.subject)));
    }
    if let Some(id) = asked.student {
        let row = students::Entity::find_by_id(id.0).one(&ctx.db).await?;
        facts.push(("Student", row.map(|row| format!("{} {}", row.roll_no, row.name)).unwrap_or_default()));
    }
    Ok(facts)
}

fn table<K>(name: &'static str, key: &'static str, groups: Vec<Group<K>>, words: impl Fn(K) -> String) -> Table {
    let rows = groups.into_iter().map(|Group { key, sessions, counts }| {
        let Counts { total, present, late, absent, excused } = counts;
        let numbers = [sessions, total, present, late, absent, excused].map(Cell::count);
        let shares = [counts.attendance_percentage(), counts.attended_percentage()].map(Cell::Number);
        std::iter::once(Cell::text(words(key))).chain(numbers).chain(shares).collect()
    });
    let mut names = vec![Column { name: key, share: 3 }];
    names.extend(columns(&[
        ("Sessions", 1),
        ("Records", 1),
        ("Present", 1),
        ("Late", 1),
        ("Absent", 1),
        ("Excused", 1),
        ("Attendance %", 1),
        ("Attended %", 1),
    ]));
    Table { name, columns: names, rows: rows.collect() }
}

fn columns(named: &[(&'static str, u16)]) -> Vec<Column> {
    named.iter().map(|(name, share)| Column { name, share: *share }).collect()
}

fn clock_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// An instant on the institution's wall.
fn wall_time(ctx: &Ctx, at: DateTime<Utc>) -> String {
    at.with_timezone(&ctx.clock.timezone()).format("%Y-%m-%d %H:%M").to_string()
}
