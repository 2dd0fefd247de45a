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
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What forms that lead here have done.
const DONE: &[(&str, &str)] = &[
    ("deactivated", "The student is inactive: on no new roster, and no photo finds them any more."),
    ("activated", "The student is active again and stands on new rosters."),
    ("erased", "The student is erased. The marks stay in the counts, under no name."),
];

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
        vec![("/students".to_owned(), "Students".to_owned()), (format!("/students/{}", row.id), row.name.clone())];
    let share = if history.summary.sessions == 0 {
        view! { <p class="muted" data-test="share-none">"Nothing to count yet: no register with this student was saved."</p> }.into_any()
    } else {
        view! { <AttendanceShare summary=history.summary/> }.into_any()
    };
    view! {
        <Title text=format!("Attendance of {} · Rollcall", row.name)/>
        <div class="page" data-test="student-history">
            <Breadcrumbs above=above here="Attendance and history"/>
            <Done sentences=DONE/>
            <header class="person-head">
                <Avatar name=row.name.clone() photo=row.photo.clone() size=AvatarSize::Large/>
                <div class="page-title">
                    <h1 data-test="student-name">{row.name.clone()}</h1>
                    <p class="page-lead">{format!("{} · {}", row.roll_no, row.department.name)}</p>
                    <p class="row"><ActiveChip active=row.is_active/> <FaceChip templates=row.templates/></p>
                </div>
            </header>
            <section class="card stack" aria-labelledby="share-title">
                <h2 id="share-title">"Attendance"</h2>
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
                    <td data-label="Attendance">{percentage_words(share.summary)}</td>
                    <td data-label="How it is counted">{arithmetic_words(share.summary)}</td>
                </tr>
            }
        })
        .collect_view();
    (!subjects.is_empty()).then(|| {
        view! {
            <section class="card card-flush" aria-labelledby="subjects-title">
                <div class="card-head"><h2 id="subjects-title">"By subject"</h2></div>
                <Table caption="Saved registers by subject" columns=vec!["Subject", "Attendance", "How it is counted"] test="subject-shares">
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
                title="No sessions yet"
                why="The student has stood on no roster so far: a session takes the department's active students when it starts."
                test="records-empty"
            >
                <a class="button" href="/today#new-session">"Start a session"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = records.results.into_iter().map(|record| view! { <Record record=record/> }).collect_view();
        view! {
            <Table
                caption=format!("Sessions with this student: {count}")
                columns=vec!["Session", "Day", "Status", "Marked", "Note"]
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
            <div class="card-head"><h2 id="records-title">"Session by session"</h2></div>
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
            <td data-label="Day">
                <time class="nowrap" datetime=record.date.to_string()>
                    {format!("{}, {}", record.date.format("%a %-d %b %Y"), record.start_time.format("%H:%M"))}
                </time>
            </td>
            <td data-label="Status">{state}</td>
            <td data-label="Marked">{record.how}</td>
            <td data-label="Note">{record.notes}</td>
        </tr>
    }
}

#[component]
fn Changes(changes: Vec<HistoryLine>) -> impl IntoView {
    let list = if changes.is_empty() {
        view! { <p class="card-body muted" data-test="changes-none">"Nothing was changed that the log still knows of."</p> }.into_any()
    } else {
        view! { <HistoryLines lines=changes/> }.into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="changes-title">
            <div class="card-head"><h2 id="changes-title">"History"</h2></div>
            {list}
        </section>
    }
}

/// Deactivating and erasing, with what each takes away.
#[component]
fn Ending(row: StudentRow, account: Option<String>, losses: Losses) -> impl IntoView {
    view! {
        <section class="card stack" aria-labelledby="ending-title" data-test="ending">
            <h2 id="ending-title">"Leaving"</h2>
            <Switch row=row.clone()/>
            <Erase row=row account=account losses=losses/>
        </section>
    }
}

#[component]
fn Switch(row: StudentRow) -> impl IntoView {
    let switch = FormAction::<SetStudentActive>::new();
    let (words, consequence, class) = if row.is_active {
        (
            "Deactivate",
            "The student stands on no new roster and no photo finds them. Photos and past records stay, and this can be undone at any time.",
            "button button-danger",
        )
    } else {
        ("Activate again", "The student stands on new rosters again, and photos find them.", "button")
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

fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

#[component]
fn Erase(row: StudentRow, account: Option<String>, losses: Losses) -> impl IntoView {
    let erase = FormAction::<EraseStudent>::new();
    let error = erase.error();
    let refused = error.get_untracked().is_some();
    let records = if losses.records == 0 {
        "There are no records, so nothing of the student is left.".to_owned()
    } else {
        format!(
            "{} in the counts of the registers, under the name “Erased student”; their notes go.",
            counted(losses.records, "record stays", "records stay")
        )
    };
    let account = account.map(|account| {
        view! { <li>{format!("The account “{account}” stays and is no longer linked. Switch it off under Users.")}</li> }
    });
    view! {
        <details class="erase" open=refused data-test="erase">
            <summary class="button" data-test="erase-open">"Erase this student …"</summary>
            <div class="stack">
                <p><strong>"This cannot be undone."</strong> " What goes, and what stays:"</p>
                <ul class="erase-losses" data-test="erase-losses">
                    <li>
                        {format!(
                            "{} and {} go at once, also out of the search.",
                            counted(losses.photos, "photo", "photos"),
                            counted(losses.templates, "template", "templates"),
                        )}
                    </li>
                    <li>"Name, roll number, email, phone and the consents go."</li>
                    <li>{records}</li>
                    {account}
                    <li>"Backups keep all of it until they are deleted, and the audit log keeps what was written before."</li>
                </ul>
                <ServerForm action=erase>
                    <div class="form">
                        <ErrorNotice error=form_error(error, &["confirmed"])/>
                        <input type="hidden" name="id" value=row.id.to_string()/>
                        <TextField
                            label=format!("Type {} to confirm", row.roll_no)
                            name="confirmed"
                            required=true
                            maxlength="20"
                            autocomplete="off"
                            spellcheck="false"
                            error=field_error(error, "confirmed")
                            test="erase-confirmed"
                        />
                        <SubmitButton label="Erase for good" class="button button-danger-solid" test="erase-go"/>
                    </div>
                </ServerForm>
            </div>
        </details>
    }
}
