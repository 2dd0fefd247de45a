//! The teacher's first screen: today's sessions, what is owed, and a new session.

use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::{
    contests_link::OpenContests,
    empty_state::EmptyState,
    field::{SelectField, SubmitButton, TextArea, TextField, field_error, form_error},
    icon::IconName,
    loaded::loaded,
    notice::{ErrorNotice, Notice, NoticeKind},
    page::PageFrame,
    session_list::SessionCards,
};
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{CreateSession, get_today};
use crate::app::types::{DepartmentId, SessionStage, Today};
use crate::app::words::dates;
use crate::tr;
use chrono::{NaiveTime, Timelike};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Length of a session when nobody says otherwise, minutes.
const SESSION_MINUTES: u32 = 60;
/// Last minute of a day: sessions across midnight are refused.
const LAST_MINUTE: u32 = 24 * 60 - 1;
/// The id that the form's field gives the subject.
const SUBJECT_ID: &str = "f-form-subject";
/// Fields that show their own errors.
const FIELDS: &[&str] = &["department", "subject", "date", "start_time", "end_time", "notes"];

/// `/today`
#[component]
pub fn TodayPage() -> impl IntoView {
    let today = fetch(|| (), |()| get_today());
    loaded(today, |today| view! { <Day today=today/> })
}

#[component]
fn Day(today: Today) -> impl IntoView {
    let day = dates::day(today.date, "%A, %-d %B %Y");
    let sessions = today.sessions.clone();
    let owed = today.owed.clone();
    view! {
        <PageFrame title=tr!("today-title") lead=day test="today">
            <OpenContests count=today.contests/>
            {(!owed.is_empty()).then(|| view! { <Owed today=today.clone()/> })}
            <div class="split">
                <section class="card card-flush" aria-labelledby="today-sessions">
                    <div class="card-head"><h2 id="today-sessions">{tr!("today-sessions")}</h2></div>
                    {if sessions.is_empty() {
                        view! {
                            <EmptyState
                                icon=IconName::Calendar
                                title=tr!("today-empty")
                                why=tr!("today-empty-why")
                                test="today-empty"
                            >
                                <a class="button" href="#new-session">{tr!("today-start")}</a>
                            </EmptyState>
                        }
                        .into_any()
                    } else {
                        view! { <SessionCards sessions=sessions test="today-sessions"/> }.into_any()
                    }}
                </section>
                <NewSession today=today/>
            </div>
        </PageFrame>
    }
}

/// Registers of earlier days that wait for somebody.
#[component]
fn Owed(today: Today) -> impl IntoView {
    let title = tr!("today-owed", count = today.owed_count);
    let label = title.clone();
    let all = tr!("today-owed-all", count = today.owed_count);
    let has_more = today.owed_count > today.owed.len() as u64;
    let closed = today.owed.iter().filter(|session| session.stage == SessionStage::ToConfirm).count();
    view! {
        <section class="owed" aria-label=label data-test="owed">
            <Notice kind=NoticeKind::Warning title=title test="owed-notice">
                {(closed > 0).then(|| {
                    view! {
                        <p>{tr!("today-owed-closed")}</p>
                    }
                })}
            </Notice>
            <SessionCards sessions=today.owed with_day=true test="owed-sessions"/>
            {has_more.then(|| view! { <a class="button button-quiet" href="/sessions?status=owed" data-test="owed-all">{all}</a> })}
        </section>
    }
}

/// `HH:MM` of a time.
fn hh_mm(minute_of_day: u32) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

/// From now for an hour, within the day.
fn proposed_hours(now: NaiveTime) -> (String, String) {
    let start = now.hour() * 60 + now.minute();
    (hh_mm(start), hh_mm((start + SESSION_MINUTES).min(LAST_MINUTE)))
}

/// The last subject of a department; empty when there is none.
fn last_subject(subjects: &[(DepartmentId, String)], department: Option<DepartmentId>) -> String {
    let last = subjects.iter().find(|(of, _)| Some(*of) == department);
    last.map(|(_, subject)| subject.clone()).unwrap_or_default()
}

/// Follows the choice of a department with its last subject, unless another one was typed.
fn follow_department(subjects: &[(DepartmentId, String)], department: &str) {
    let field = document().get_element_by_id(SUBJECT_ID).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return };
    let here = field.value();
    if here.is_empty() || subjects.iter().any(|(_, subject)| *subject == here) {
        field.set_value(&last_subject(subjects, department.parse().ok()));
    }
}

/// The form: two taps when the proposal fits.
#[component]
fn NewSession(today: Today) -> impl IntoView {
    let create = FormAction::<CreateSession>::new();
    let error = create.error();
    let no_department = today.departments.is_empty();
    let mut options: Vec<(String, String)> =
        today.departments.iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))).collect();
    let preselected = today.department.map(|id| id.to_string()).unwrap_or_default();
    if preselected.is_empty() {
        options.insert(0, (String::new(), tr!("today-choose")));
    }
    let latest = last_subject(&today.last_subjects, today.department);
    let subjects = today.last_subjects.clone();
    let used = today.subjects.iter().map(|subject| view! { <option value=subject.clone()></option> }).collect_view();
    view! {
        <section class="card new-session" id="new-session" aria-labelledby="new-session-title">
            <h2 id="new-session-title">{tr!("today-start")}</h2>
            {no_department.then(|| view! {
                <Notice kind=NoticeKind::Info test="no-department">
                    <p>{tr!("today-no-department")}</p>
                </Notice>
            })}
            <ServerForm action=create>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    <SelectField
                        label=tr!("today-department")
                        name="form[department]"
                        options=options
                        value=preselected
                        required=true
                        on_choice=move |department: String| follow_department(&subjects, &department)
                        error=field_error(error, "department")
                        test="session-department"
                    />
                    <TextField
                        label=tr!("today-subject")
                        name="form[subject]"
                        value=latest
                        required=true
                        maxlength="200"
                        autocomplete="off"
                        list="subjects"
                        error=field_error(error, "subject")
                        test="session-subject"
                    />
                    <datalist id="subjects">{used}</datalist>
                    <When today=today error=error/>
                    <SubmitButton
                        label=tr!("today-start-go")
                        pending=create.pending()
                        class="button button-primary button-wide"
                        test="start-session"
                    />
                </div>
            </ServerForm>
        </section>
    }
}

/// Hours, and the day and notes folded away.
#[component]
fn When(today: Today, error: Signal<Option<AppError>>) -> impl IntoView {
    let (start, end) = proposed_hours(today.now);
    view! {
        <div class="form-pair">
            <TextField
                label=tr!("today-starts")
                name="form[start_time]"
                kind="time"
                value=start
                required=true
                error=field_error(error, "start_time")
                test="session-start"
            />
            <TextField
                label=tr!("today-ends")
                name="form[end_time]"
                kind="time"
                value=end
                error=field_error(error, "end_time")
                test="session-end"
            />
        </div>
        <details class="new-session-more">
            <summary class="button button-quiet" data-test="session-more">{tr!("today-more")}</summary>
            <div class="form">
                <TextField
                    label=tr!("today-date")
                    name="form[date]"
                    kind="date"
                    value=today.date.to_string()
                    error=field_error(error, "date")
                    test="session-date"
                />
                <TextArea
                    label=tr!("today-notes")
                    name="form[notes]"
                    maxlength="500"
                    error=field_error(error, "notes")
                    test="session-notes"
                />
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_from_now_stays_within_the_day() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 30).unwrap_or_default();
        assert_eq!(proposed_hours(at(9, 5)), ("09:05".to_owned(), "10:05".to_owned()));
        assert_eq!(proposed_hours(at(23, 20)), ("23:20".to_owned(), "23:59".to_owned()));
    }
}
