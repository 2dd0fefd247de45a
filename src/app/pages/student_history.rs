//! One student for staff: attendance with its arithmetic, session by session, what was done, and the end of it.

use crate::app::components::avatar::{Avatar, AvatarSize};
use crate::app::components::breadcrumbs::Breadcrumbs;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::history_lines::HistoryLines;
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::pagination::Pagination;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::share::{AttendanceShare, arithmetic_words, percentage_words};
use crate::app::components::status_chip::{ActiveChip, FaceChip, StageChip, StatusChip};
use crate::app::components::table::Table;
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{EraseStudent, SetStudentActive, get_student_history};
use crate::app::types::{
    CurrentUser, HistoryLine, Losses, Page, Role, SessionStage, StudentHistory, StudentId, StudentRecord, StudentRow,
    SubjectShare,
};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What forms that lead here have done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![("deactivated", tr!("student-history-done-deactivated")), ("activated", tr!("student-history-done-activated"))]
}

/// `/students/{id}/history`
#[component]
pub fn StudentHistoryPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let page = use_query_map().read_untracked().get("page").and_then(|text| text.parse().ok()).unwrap_or(1);
    let is_admin = use_context::<CurrentUser>().is_some_and(|user| user.role == Role::Admin);
    let history = fetch(
        || (),
        move |()| {
            let id = id.clone();
            async move {
                match id.parse::<StudentId>() {
                    Ok(id) => get_student_history(id, page).await,
                    Err(_) => Err(AppError::not_found("Student", id)),
                }
            }
        },
    );
    loaded(history, move |history| view! { <Student history=history is_admin=is_admin/> })
}

#[component]
fn Student(history: StudentHistory, is_admin: bool) -> impl IntoView {
    let row = history.student.row;
    let above =
        vec![("/students".to_owned(), tr!("nav-students")), (format!("/students/{}", row.id), row.name.clone())];
    let share = if history.summary.sessions == 0 {
        view! { <p class="muted" data-test="share-none">{tr!("student-history-share-none")}</p> }.into_any()
    } else {
        view! { <AttendanceShare summary=history.summary/> }.into_any()
    };
    view! {
        <Title text=format!("{} · Rollcall", tr!("student-history-of", name = row.name.as_str()))/>
        <div class="page" data-test="student-history">
            <Breadcrumbs above=above here=tr!("student-history-title")/>
            <Done sentences=done_words()/>
            <header class="person-head">
                <Avatar name=row.name.clone() photo=row.photo.clone() size=AvatarSize::Large/>
                <div class="page-title">
                    <h1 data-test="student-name">{row.name.clone()}</h1>
                    <p class="page-lead">{format!("{} · {}", row.roll_no, row.department.name)}</p>
                    <p class="row"><ActiveChip active=row.is_active/> <FaceChip templates=row.templates/></p>
                </div>
            </header>
            <section class="card stack" aria-labelledby="share-title">
                <h2 id="share-title">{tr!("student-history-attendance")}</h2>
                {share}
            </section>
            <Subjects subjects=history.subjects/>
            <Records id=row.id records=history.records/>
            <Changes changes=history.changes/>
            {is_admin.then(|| view! { <Ending row=row account=history.student.account losses=history.losses/> })}
        </div>
    }
}

#[component]
fn Subjects(subjects: Vec<SubjectShare>) -> impl IntoView {
    let rows = subjects
        .iter()
        .map(|share| {
            view! {
                <tr data-test="subject-share">
                    <th scope="row">{share.subject.clone()}</th>
                    <td data-label=tr!("student-history-attendance")>{percentage_words(share.summary)}</td>
                    <td data-label=tr!("student-history-counted")>{arithmetic_words(share.summary)}</td>
                </tr>
            }
        })
        .collect_view();
    (!subjects.is_empty()).then(|| {
        view! {
            <section class="card card-flush" aria-labelledby="subjects-title">
                <div class="card-head"><h2 id="subjects-title">{tr!("student-history-subjects")}</h2></div>
                <Table
                    caption=tr!("student-history-subjects-caption")
                    columns=vec![
                        tr!("student-history-subject"),
                        tr!("student-history-attendance"),
                        tr!("student-history-counted"),
                    ]
                    test="subject-shares"
                >
                    {rows}
                </Table>
            </section>
        }
    })
}

#[component]
fn Records(id: StudentId, records: Page<StudentRecord>) -> impl IntoView {
    let (count, page, page_size) = (records.count, records.page, records.page_size);
    let list = if count == 0 {
        view! {
            <EmptyState
                icon=IconName::Calendar
                title=tr!("student-history-records-none")
                why=tr!("student-history-records-none-why")
                test="records-empty"
            >
                <a class="button" href="/today#new-session">{tr!("student-history-start-session")}</a>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = records.results.into_iter().map(|record| view! { <Record record=record/> }).collect_view();
        view! {
            <Table
                caption=tr!("student-history-records-caption", count = count)
                columns=vec![
                    tr!("student-history-session"),
                    tr!("student-history-day"),
                    tr!("student-history-status"),
                    tr!("student-history-marked"),
                    tr!("student-history-note"),
                ]
                dense=true
                test="student-records"
            >
                {rows}
            </Table>
            <Pagination count=count page=page page_size=page_size path=format!("/students/{id}/history") query=Vec::new()/>
        }
        .into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="records-title">
            <div class="card-head"><h2 id="records-title">{tr!("student-history-records")}</h2></div>
            {list}
        </section>
    }
}

#[component]
fn Record(record: StudentRecord) -> impl IntoView {
    let unsettled =
        record.stage == SessionStage::Cancelled || record.status.is_none() && record.stage != SessionStage::Done;
    let state = if unsettled {
        view! { <StageChip stage=record.stage/> }.into_any()
    } else {
        view! { <StatusChip status=Signal::stored(record.status)/> }.into_any()
    };
    view! {
        <tr data-test="student-record">
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=format!("/sessions/{}", record.session)>{record.subject}</a>
                    <span class="muted small">{record.department}</span>
                </span>
            </th>
            <td data-label=tr!("student-history-day")>
                <time class="nowrap" datetime=record.date.to_string()>
                    {dates::moment(record.date.and_time(record.start_time), "%a %-d %b %Y, %H:%M")}
                </time>
            </td>
            <td data-label=tr!("student-history-status")>{state}</td>
            <td data-label=tr!("student-history-marked")>{record.how}</td>
            <td data-label=tr!("student-history-note")>{record.notes}</td>
        </tr>
    }
}

#[component]
fn Changes(changes: Vec<HistoryLine>) -> impl IntoView {
    let list = if changes.is_empty() {
        view! { <p class="card-body muted" data-test="changes-none">{tr!("student-history-changes-none")}</p> }
            .into_any()
    } else {
        view! { <HistoryLines lines=changes/> }.into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="changes-title">
            <div class="card-head"><h2 id="changes-title">{tr!("student-history-changes")}</h2></div>
            {list}
        </section>
    }
}

/// Deactivating and erasing, with what each takes away.
#[component]
fn Ending(row: StudentRow, account: Option<String>, losses: Losses) -> impl IntoView {
    view! {
        <section class="card stack" aria-labelledby="ending-title" data-test="ending">
            <h2 id="ending-title">{tr!("student-history-leaving")}</h2>
            <Switch row=row.clone()/>
            <Erase row=row account=account losses=losses/>
        </section>
    }
}

#[component]
fn Switch(row: StudentRow) -> impl IntoView {
    let switch = FormAction::<SetStudentActive>::new();
    let (words, consequence, class) = if row.is_active {
        (tr!("student-history-deactivate"), tr!("student-history-deactivate-consequence"), "button button-danger")
    } else {
        (tr!("student-history-activate"), tr!("student-history-activate-consequence"), "button")
    };
    view! {
        <div class="stack" data-test="switch-student">
            <ErrorNotice error=switch.error()/>
            <p>{consequence}</p>
            <ServerForm action=switch>
                <input type="hidden" name="id" value=row.id.to_string()/>
                <input type="hidden" name="is_active" value=(!row.is_active).to_string()/>
                <SubmitButton label=words class=class test="switch-student-go"/>
            </ServerForm>
        </div>
    }
}

#[component]
fn Erase(row: StudentRow, account: Option<String>, losses: Losses) -> impl IntoView {
    let erase = FormAction::<EraseStudent>::new();
    let error = erase.error();
    let refused = error.get_untracked().is_some();
    let records = if losses.records == 0 {
        tr!("student-history-erase-no-records")
    } else {
        tr!("student-history-erase-records", count = losses.records)
    };
    let account = account.map(|account| view! { <li>{tr!("student-history-erase-account", account = account)}</li> });
    view! {
        <details class="erase" open=refused data-test="erase">
            <summary class="button" data-test="erase-open">{tr!("student-history-erase")}</summary>
            <div class="stack">
                <p>
                    <strong>{tr!("student-history-erase-final")}</strong>
                    {format!(" {}", tr!("student-history-erase-losses"))}
                </p>
                <ul class="erase-losses" data-test="erase-losses">
                    <li>
                        {tr!("student-history-erase-faces", photos = losses.photos, templates = losses.templates)}
                    </li>
                    <li>{tr!("student-history-erase-fields")}</li>
                    <li>{records}</li>
                    {account}
                    <li>{tr!("student-history-erase-backups")}</li>
                </ul>
                <ServerForm action=erase>
                    <div class="form">
                        <ErrorNotice error=form_error(error, &["confirmed"])/>
                        <input type="hidden" name="id" value=row.id.to_string()/>
                        <TextField
                            label=tr!("student-history-erase-confirm", roll = row.roll_no)
                            name="confirmed"
                            required=true
                            maxlength="20"
                            autocomplete="off"
                            spellcheck="false"
                            error=field_error(error, "confirmed")
                            test="erase-confirmed"
                        />
                        <SubmitButton label=tr!("student-history-erase-go") class="button button-danger-solid" test="erase-go"/>
                    </div>
                </ServerForm>
            </div>
        </details>
    }
}
