//! What stands in each export.

use super::{Cell, Column, Export, Format, PDF_ROWS_MAX, ROWS_MAX, Report, Signature, Table, note, turn, write};
use crate::app::error::AppError;
use crate::app::types::*;
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{departments, students};
use crate::server::domain::record_list::{self, RecordFilter, RecordRow, marked_by};
use crate::server::domain::statistics::{self, CountedStudent, Counts, Group, Statistics, StatisticsAsked};
use crate::server::domain::{session_facts, sessions, settings};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
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
        title: tr!(
            "export-title-register",
            institution = institution.as_str(),
            subject = row.subject.as_str(),
            date = row.date.to_string()
        ),
        facts: vec![
            (tr!("export-institution"), institution),
            (tr!("export-department"), format!("{} ({})", row.department.name, row.department.code)),
            (tr!("export-subject"), row.subject.clone()),
            (tr!("export-teacher"), facts.created_by.name.clone()),
            (tr!("export-date"), row.date.to_string()),
            (tr!("export-start"), clock_time(row.start_time)),
            (tr!("export-end"), row.end_time.map(clock_time).unwrap_or_default()),
            (tr!("export-state"), state_word(row.status)),
            (tr!("export-completed"), facts.completed_at.map(|at| wall_time(ctx, at)).unwrap_or_default()),
            (
                tr!("export-counts"),
                tr!(
                    "export-counts-sentence",
                    total = total,
                    present = present,
                    late = late,
                    absent = absent,
                    excused = excused,
                    unmarked = unmarked
                ),
            ),
            (tr!("export-notes"), facts.notes.clone()),
        ],
        tables: vec![Table {
            name: tr!("export-register"),
            columns: columns([
                (tr!("export-roll-no"), 18),
                (tr!("export-name"), 30),
                (tr!("export-status"), 12),
                (tr!("export-marked-at"), 24),
                (tr!("export-marked-by"), 22),
                (tr!("export-notes"), 22),
            ]),
            rows: detail.roster.into_iter().map(|entry| register_row(ctx, entry)).collect(),
        }],
        signature: Some(Signature {
            by: tr!("export-signature", name = facts.created_by.name.as_str()),
            on: tr!("export-signed-on"),
        }),
    };
    let name = format!("register-{}-{}-{id}", row.department.code.to_lowercase(), row.date);
    let export = write(report, name, format).await?;
    note(ctx, actor, &export.name).await?;
    Ok(export)
}

fn register_row(ctx: &Ctx, entry: RosterEntry) -> Vec<Cell> {
    let by = entry.method.and_then(|method| marked_by(method, entry.manual_override, entry.marked_by));
    vec![
        Cell::text(entry.student.roll_no),
        Cell::text(entry.student.name),
        Cell::text(status_word(entry.status)),
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
    let mut report = records_report(ctx, filter, rows.len()).await?;
    if let Some(table) = report.tables.first_mut() {
        table.rows = rows.into_iter().map(|row| record_row(ctx, row)).collect();
    }
    let export = write(report, records_name(ctx), format).await?;
    note(ctx, actor, &export.name).await?;
    Ok(export)
}

/// Name of a file of records, without its ending.
pub(super) fn records_name(ctx: &Ctx) -> String {
    format!("records-{}", ctx.clock.wall().date())
}

/// A list of this many records, still without its rows.
///
/// # Errors
/// When the database fails.
pub(super) async fn records_report(ctx: &Ctx, filter: &RecordFilter, count: usize) -> Result<Report> {
    let institution = settings::load(&ctx.db).await?.institution;
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    Ok(Report {
        title: tr!("export-title-records", institution = institution.as_str()),
        facts: vec![
            (tr!("export-institution"), institution),
            (tr!("export-from"), day(filter.date_from)),
            (tr!("export-to"), day(filter.date_to)),
            (tr!("export-records"), count.to_string()),
            (tr!("export-written"), wall_time(ctx, ctx.clock.now())),
        ],
        tables: vec![Table {
            name: tr!("export-records"),
            columns: columns([
                (tr!("export-date"), 14),
                (tr!("export-department"), 20),
                (tr!("export-subject"), 22),
                (tr!("export-roll-no"), 18),
                (tr!("export-name"), 24),
                (tr!("export-status"), 11),
                (tr!("export-marked-at"), 24),
                (tr!("export-marked-by"), 18),
                (tr!("export-notes"), 12),
            ]),
            rows: Vec::new(),
        }],
        signature: None,
    })
}

pub(super) fn record_row(ctx: &Ctx, row: RecordRow) -> Vec<Cell> {
    vec![
        Cell::text(row.date.to_string()),
        Cell::text(row.department),
        Cell::text(row.subject),
        Cell::text(row.student.roll_no),
        Cell::text(row.student.name),
        Cell::text(status_word(Some(row.status))),
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
    let (from, to) = (asked.date_from.to_string(), asked.date_to.to_string());
    let tables = sections(found, &tr!("export-period-words", from = from.as_str(), to = to.as_str()));
    let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    if format == Format::Pdf && rows as u64 > PDF_ROWS_MAX {
        return Err(AppError::Rule(tr!("export-too-many", most = PDF_ROWS_MAX)).into());
    }
    let mut facts = vec![
        (tr!("export-institution"), institution.clone()),
        (tr!("export-from"), from.clone()),
        (tr!("export-to"), to.clone()),
    ];
    facts.extend(narrowed(ctx, asked).await?);
    facts.extend([
        (tr!("export-written"), wall_time(ctx, ctx.clock.now())),
        (tr!("export-attendance"), tr!("export-attendance-rule")),
        (tr!("export-attended"), tr!("export-attended-rule")),
    ]);
    let name = format!("statistics-{from}-{to}");
    let title = tr!("export-title-statistics", institution = institution, from = from, to = to);
    let report = Report { title, facts, tables, signature: None };
    let export = write(report, name, format).await?;
    note(ctx, actor, &export.name).await?;
    Ok(export)
}

/// One table per section that was asked for.
fn sections(found: Statistics, period: &str) -> Vec<Table> {
    let mut tables = vec![
        table(tr!("export-overall"), tr!("export-period"), vec![found.overall], |()| period.to_owned()),
        table(tr!("export-by-department"), tr!("export-department"), found.by_department, |name| name),
    ];
    tables.extend(found.by_student.map(|groups| {
        let words = |student: CountedStudent| format!("{} {}", student.roll_no, student.name);
        table(tr!("export-by-student"), tr!("export-student"), groups, words)
    }));
    tables.extend(
        found.by_subject.map(|groups| table(tr!("export-by-subject"), tr!("export-subject"), groups, |name| name)),
    );
    let day = |date: NaiveDate| date.to_string();
    tables.extend(found.daily.map(|groups| table(tr!("export-by-day"), tr!("export-date"), groups, day)));
    tables.extend(found.weekly.map(|groups| table(tr!("export-by-week"), tr!("export-week-from"), groups, day)));
    tables.extend(found.monthly.map(|groups| {
        table(tr!("export-by-month"), tr!("export-month"), groups, |date| date.format("%Y-%m").to_string())
    }));
    tables
}

/// What the statistics are of, where they are not of everybody.
async fn narrowed(ctx: &Ctx, asked: &StatisticsAsked) -> Result<Vec<(String, String)>> {
    let mut facts = Vec::new();
    if let Some(id) = asked.department {
        let row = departments::Entity::find_by_id(id.0).one(&ctx.db).await?;
        facts.push((
            tr!("export-department"),
            row.map(|row| format!("{} ({})", row.name, row.code)).unwrap_or_default(),
        ));
    }
    if !asked.subject.is_empty() {
        facts.push((tr!("export-subject"), tr!("export-contains", part = asked.subject.as_str())));
    }
    if let Some(id) = asked.student {
        let row = students::Entity::find_by_id(id.0).one(&ctx.db).await?;
        facts.push((tr!("export-student"), row.map(|row| format!("{} {}", row.roll_no, row.name)).unwrap_or_default()));
    }
    Ok(facts)
}

fn table<K>(name: String, key: String, groups: Vec<Group<K>>, words: impl Fn(K) -> String) -> Table {
    let rows = groups.into_iter().map(|Group { key, sessions, counts }| {
        let Counts { total, present, late, absent, excused } = counts;
        let numbers = [sessions, total, present, late, absent, excused].map(Cell::count);
        let shares = [counts.attendance_percentage(), counts.attended_percentage()].map(Cell::Number);
        std::iter::once(Cell::text(words(key))).chain(numbers).chain(shares).collect()
    });
    let mut names = vec![Column { name: key, share: 3 }];
    names.extend(columns([
        (tr!("export-sessions"), 1),
        (tr!("export-records"), 1),
        (tr!("status-present"), 1),
        (tr!("status-late"), 1),
        (tr!("status-absent"), 1),
        (tr!("status-excused"), 1),
        (tr!("export-attendance"), 1),
        (tr!("export-attended"), 1),
    ]));
    Table { name, columns: names, rows: rows.collect() }
}

fn columns<const N: usize>(named: [(String, u16); N]) -> Vec<Column> {
    named.into_iter().map(|(name, share)| Column { name, share }).collect()
}

/// A status as a cell says it, or that there is none yet.
fn status_word(status: Option<RecordStatus>) -> String {
    match status {
        Some(RecordStatus::Present) => tr!("export-status-present"),
        Some(RecordStatus::Late) => tr!("export-status-late"),
        Some(RecordStatus::Absent) => tr!("export-status-absent"),
        Some(RecordStatus::Excused) => tr!("export-status-excused"),
        None => tr!("export-status-unmarked"),
    }
}

fn state_word(status: SessionStatus) -> String {
    match status {
        SessionStatus::Active => tr!("export-state-active"),
        SessionStatus::Completed => tr!("export-state-completed"),
        SessionStatus::Cancelled => tr!("export-state-cancelled"),
    }
}

fn clock_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// An instant on the institution's wall.
fn wall_time(ctx: &Ctx, at: DateTime<Utc>) -> String {
    at.with_timezone(&ctx.clock.timezone()).format("%Y-%m-%d %H:%M").to_string()
}
