//! The register as a sheet of paper, for the folder in the office.

use crate::app::components::icon::Icon;
use crate::app::components::session_head::clock_words;
use crate::app::components::status_chip::{stage_word, status_icon, status_name, status_word};
use crate::app::components::{loaded::loaded, page::PageFrame};
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::get_register_sheet;
use crate::app::types::{Counters, Method, RegisterSheet, RosterEntry, SessionId, SessionStage};
use crate::app::words::dates;
use crate::tr;
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
        ("/sessions".to_owned(), tr!("nav-sessions")),
        (format!("/sessions/{}", session.id), session.subject.clone()),
    ];
    let state = match (session.stage, sheet.saved_at) {
        (SessionStage::Done, Some(at)) => tr!("sheet-saved-on", at = dates::moment(at, "%-d %B %Y, %H:%M")),
        (SessionStage::Done, None) => tr!("sheet-saved"),
        (stage, _) => tr!("sheet-not-final", stage = stage_word(stage)),
    };
    let facts = [
        (tr!("sheet-subject"), session.subject.clone()),
        (tr!("sheet-department"), format!("{} ({})", session.department.name, session.department.code)),
        (tr!("sheet-teacher"), session.teacher.clone()),
        (tr!("sheet-date"), dates::day(session.date, "%A, %-d %B %Y")),
        (tr!("sheet-time"), clock_words(&session)),
        (tr!("sheet-late-after"), tr!("sheet-minutes", count = sheet.late_after_minutes)),
        (tr!("sheet-state"), state),
    ];
    let facts = facts.map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect_view();
    let notes = (!sheet.detail.notes.is_empty()).then(|| {
        let lead = format!("{} ", tr!("sheet-notes"));
        view! { <p class="sheet-notes" data-test="sheet-notes"><strong>{lead}</strong> {sheet.detail.notes}</p> }
    });
    let rows = sheet.detail.roster.into_iter().enumerate();
    let rows = rows.map(|(at, entry)| view! { <Row number=at + 1 entry=entry/> }).collect_view();
    view! {
        <PageFrame title=tr!("sheet-title") above=above test="register-sheet">
            <p class="muted no-print">{tr!("sheet-print")}</p>
            <article class="sheet card" aria-labelledby="sheet-title">
                <header class="sheet-head">
                    <p class="sheet-institution" data-test="sheet-institution">{sheet.institution}</p>
                    <h2 id="sheet-title">{session.subject.clone()}</h2>
                    <dl class="facts sheet-facts">{facts}</dl>
                    {notes}
                </header>
                <table class="sheet-table" data-test="sheet-table">
                    <caption class="visually-hidden">{tr!("sheet-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="number">{tr!("sheet-number")}</th>
                            <th scope="col">{tr!("sheet-roll-number")}</th>
                            <th scope="col">{tr!("sheet-name")}</th>
                            <th scope="col">{tr!("sheet-status")}</th>
                            <th scope="col">{tr!("sheet-marked")}</th>
                            <th scope="col">{tr!("sheet-note")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <Sum counters=session.counters/>
                <footer class="sheet-foot">
                    <div class="sheet-signature"><span>{tr!("sheet-signed-on")}</span></div>
                    <div class="sheet-signature"><span>{tr!("sheet-signature", teacher = session.teacher.as_str())}</span></div>
                    <p class="muted small">{tr!("sheet-drawn", at = dates::moment(sheet.drawn_at, "%-d %B %Y, %H:%M"))}</p>
                </footer>
            </article>
        </PageFrame>
    }
}

#[component]
fn Row(number: usize, entry: RosterEntry) -> impl IntoView {
    let how = match entry.method {
        None => String::new(),
        Some(Method::Face) if !entry.manual_override => tr!("sheet-by-photo"),
        Some(Method::AutoClose) if !entry.manual_override => tr!("sheet-by-clock"),
        Some(_) => entry.marked_by.map_or_else(|| tr!("sheet-by-hand"), |person| tr!("sheet-by", person = person)),
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
    let words = tr!(
        "sheet-sum",
        present = counters.present,
        late = counters.late,
        absent = counters.absent,
        excused = counters.excused,
        unmarked = counters.unmarked
    );
    let total = tr!("sheet-sum-total", count = counters.total);
    view! { <p class="sheet-sum" data-test="sheet-sum">{words} " = " <strong>{total}</strong></p> }
}
