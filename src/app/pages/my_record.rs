//! "I was there": a student writes against one record of their own.

use super::me::times_of;
use crate::app::components::field::{SubmitButton, TextArea, field_error, form_error};
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::{Chip, StatusChip};
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{OpenContest, my_record};
use crate::app::types::{ContestState, MyContest, MyRecord, RecordId};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/me/record?id=…`
#[component]
pub fn MyRecordPage() -> impl IntoView {
    let id = use_query_map().read_untracked().get("id").and_then(|id| id.parse::<RecordId>().ok());
    let data = fetch(
        move || id,
        |id| async move {
            match id {
                Some(id) => my_record(id).await,
                None => Err(AppError::NoSuchPage),
            }
        },
    );
    loaded(data, |record| view! { <Record record=record/> })
}

#[component]
fn Record(record: MyRecord) -> impl IntoView {
    let session = record.session;
    let day = dates::day(session.date, "%A, %-d %B %Y");
    let lead = format!("{day} · {} · {} · {}", times_of(&session), session.department, session.teacher);
    let above = vec![("/me".to_owned(), tr!("nav-my-attendance"))];
    let until = record.until.map(|until| dates::moment(until, "%-d %B %Y, %H:%M")).unwrap_or_default();
    let form = match session.may_contest {
        true => view! { <ContestForm record=record.record until=until/> }.into_any(),
        false => view! {
            <Notice kind=NoticeKind::Info test="no-contest">
                <p>{tr!("my-record-closed")}</p>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <PageFrame title=session.subject lead=lead above=above narrow=true test="my-record">
            <section class="card stack" aria-labelledby="record-title">
                <h2 id="record-title">{tr!("my-record-title")}</h2>
                <p class="row">
                    <StatusChip status=session.status/>
                    <span class="muted" data-test="my-record-how">{session.how}</span>
                </p>
                {session.contest.map(|contest| view! { <ContestWords contest=contest/> })}
            </section>
            {form}
        </PageFrame>
    }
}

#[component]
fn ContestForm(record: RecordId, until: String) -> impl IntoView {
    let open = FormAction::<OpenContest>::new();
    let error = open.error();
    view! {
        <section class="card" aria-labelledby="contest-title">
            <div class="card-head"><h2 id="contest-title">{tr!("me-was-there")}</h2></div>
            <ServerForm action=open>
                <div class="form">
                    <ErrorNotice error=form_error(error, &["note"])/>
                    <input type="hidden" name="form[record]" value=record.to_string()/>
                    <TextArea
                        label=tr!("my-record-note")
                        name="form[note]"
                        required=true
                        maxlength="500"
                        hint=tr!("my-record-note-hint")
                        error=field_error(error, "note")
                        test="contest-note"
                    />
                    <p class="field-hint">{tr!("my-record-until", until = until)}</p>
                    <div class="form-actions">
                        <SubmitButton label=tr!("my-record-send") test="contest-send"/>
                        <a class="button" href="/me" rel="external">{tr!("word-cancel")}</a>
                    </div>
                </div>
            </ServerForm>
        </section>
    }
}

/// How an objection stands.
#[component]
pub fn ContestChip(state: ContestState) -> impl IntoView {
    let (hue, icon, word) = match state {
        ContestState::Open => ("accent", IconName::Clock, tr!("my-record-state-open")),
        ContestState::Accepted => ("present", IconName::Check, tr!("my-record-state-accepted")),
        ContestState::Declined => ("absent", IconName::Close, tr!("my-record-state-declined")),
    };
    view! { <Chip hue=hue icon=icon word=word test="contest-state"/> }
}

/// What the student wrote and what became of it.
#[component]
pub fn ContestWords(contest: MyContest) -> impl IntoView {
    let answer = (!contest.answer.is_empty()).then(|| {
        let lead = format!("{} ", tr!("my-record-answer"));
        view! { <p class="small" data-test="contest-answer">{lead} <q>{contest.answer}</q></p> }
    });
    let wrote = format!("{} ", tr!("my-record-wrote", day = dates::moment(contest.at, "%-d %b %Y")));
    view! {
        <div class="contest-words" data-test="my-contest">
            <ContestChip state=contest.state/>
            <p class="small muted">
                {wrote}
                <q>{contest.note}</q>
            </p>
            {answer}
        </div>
    }
}
