//! The register as a sheet of paper, for the folder in the office.

use crate::app::components::icon::Icon;
use crate::app::components::session_head::clock_words;
use crate::app::components::status_chip::{stage_word, status_icon, status_name, status_word};
use crate::app::components::{loaded::loaded, page::PageFrame};
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::get_register_sheet;
use crate::app::types::{Counters, Method, RegisterSheet, RosterEntry, SessionId, SessionStage};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/sessions/{id}/print`
#[component]
pub fn RegisterSheetPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<SessionId>().ok());
    let sheet = fetch(
        || (),
        move |()| async move {
            match id {
                Some(id) => get_register_sheet(id).await,
                None => Err(AppError::NoSuchPage),
            }
        },
    );
    loaded(sheet, |sheet| view! { <Sheet sheet=sheet/> })
}

#[component]
fn Sheet(sheet: RegisterSheet) -> impl IntoView {
    let session = sheet.detail.session;
    let above = vec![
        ("/sessions".to_owned(), "Sessions".to_owned()),
        (format!("/sessions/{}", session.id), session.subject.clone()),
    ];
    let state = match (session.stage, sheet.saved_at) {
        (SessionStage::Done, Some(at)) => format!("Saved on {}", at.format("%-d %B %Y, %H:%M")),
        (SessionStage::Done, None) => "Saved".to_owned(),
        (stage, _) => format!("{}: this register is not final", stage_word(stage)),
    };
    let facts = [
        ("Subject", session.subject.clone()),
        ("Department", format!("{} ({})", session.department.name, session.department.code)),
        ("Teacher", session.teacher.clone()),
        ("Date", session.date.format("%A, %-d %B %Y").to_string()),
        ("Time", clock_words(&session)),
        ("Late after", format!("{} min", sheet.late_after_minutes)),
        ("State", state),
    ];
    let facts = facts.map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect_view();
    let notes = (!sheet.detail.notes.is_empty()).then(
        || view! { <p class="sheet-notes" data-test="sheet-notes"><strong>"Notes: "</strong> {sheet.detail.notes}</p> },
    );
    let rows = sheet.detail.roster.into_iter().enumerate();
    let rows = rows.map(|(at, entry)| view! { <Row number=at + 1 entry=entry/> }).collect_view();
    view! {
        <PageFrame title="Attendance register" above=above test="register-sheet">
            <p class="muted no-print">"Print this page with the browser: Ctrl + P, or ⌘ P on a Mac."</p>
            <article class="sheet card" aria-labelledby="sheet-title">
                <header class="sheet-head">
                    <p class="sheet-institution" data-test="sheet-institution">{sheet.institution}</p>
                    <h2 id="sheet-title">{session.subject.clone()}</h2>
                    <dl class="facts sheet-facts">{facts}</dl>
                    {notes}
                </header>
                <table class="sheet-table" data-test="sheet-table">
                    <caption class="visually-hidden">"Everybody on the roster, with status and note"</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="number">"No."</th>
                            <th scope="col">"Roll number"</th>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Status"</th>
                            <th scope="col">"Marked"</th>
                            <th scope="col">"Note"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <Sum counters=session.counters/>
                <footer class="sheet-foot">
                    <div class="sheet-signature"><span>"Date"</span></div>
                    <div class="sheet-signature"><span>{format!("Signature ({})", session.teacher)}</span></div>
                    <p class="muted small">{format!("Drawn by Rollcall on {}", sheet.drawn_at.format("%-d %B %Y, %H:%M"))}</p>
                </footer>
            </article>
        </PageFrame>
    }
}

#[component]
fn Row(number: usize, entry: RosterEntry) -> impl IntoView {
    let how = match entry.method {
        None => String::new(),
        Some(Method::Face) if !entry.manual_override => "by photo".to_owned(),
        Some(Method::AutoClose) if !entry.manual_override => "by the clock".to_owned(),
        Some(_) => entry.marked_by.map_or_else(|| "by hand".to_owned(), |person| format!("by {person}")),
    };
    view! {
        <tr data-test="sheet-row" data-status=status_name(entry.status)>
            <td class="number">{number}</td>
            <td><span class="nowrap">{entry.student.roll_no}</span></td>
            <th scope="row">{entry.student.name}</th>
            <td>
                <span class="sheet-status">
                    <Icon name=status_icon(entry.status) class="icon-small"/>
                    {status_word(entry.status)}
                </span>
            </td>
            <td>{how}</td>
            <td>{entry.notes}</td>
        </tr>
    }
}

/// The counts, which add up to the roster.
#[component]
fn Sum(counters: Counters) -> impl IntoView {
    let parts = [
        ("present", counters.present),
        ("late", counters.late),
        ("absent", counters.absent),
        ("excused", counters.excused),
        ("unmarked", counters.unmarked),
    ];
    let words = parts.map(|(word, count)| format!("{count} {word}")).join(" + ");
    view! { <p class="sheet-sum" data-test="sheet-sum">{words} " = " <strong>{counters.total} " on the roster"</strong></p> }
}
