//! One message whole: its text, its link to copy, why it waits, and what can be done with it.

use super::outbox::{MessageChip, NoMailServer};
use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::dialog::Confirm;
use crate::app::components::done::Done;
use crate::app::components::field::SubmitButton;
use crate::app::components::loaded::loaded;
use crate::app::components::moment::Moment;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::error::{AppError, AppResult};
use crate::app::resource::fetch;
use crate::app::server_fns::{DeleteMessage, RetryMessage, get_message};
use crate::app::types::{MessageCard, MessageState};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/admin/outbox/:id`
#[component]
pub fn MessagePage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let data = fetch(move || id.clone(), read_message);
    loaded(data, |message: MessageCard| view! { <Message message=message/> })
}

/// An address that is no number names nothing.
async fn read_message(id: String) -> AppResult<MessageCard> {
    match id.parse::<i64>() {
        Ok(id) => get_message(id).await,
        Err(_) => Err(AppError::not_found("Message", id)),
    }
}

#[component]
fn Message(message: MessageCard) -> impl IntoView {
    let above = vec![("/admin/outbox".to_owned(), tr!("area-outbox"))];
    let waits_by_hand = message.row.state == MessageState::Waiting && !message.sends_mail;
    view! {
        <PageFrame title=message.row.subject.clone() above=above test="message">
            <AdminTabs/>
            <Done sentences=vec![("retried", tr!("message-retried"))]/>
            {waits_by_hand.then(|| view! { <NoMailServer/> })}
            <div class="split">
                <div class="stack">
                    <TheLink message=message.clone()/>
                    <section class="card" aria-labelledby="text-title">
                        <div class="card-head"><h2 id="text-title">{tr!("message-text")}</h2></div>
                        <p class="message-text" data-test="message-text">{message.body.clone()}</p>
                    </section>
                </div>
                <div class="stack">
                    <OnItsWay message=message.clone()/>
                    <WhatToDo message=message/>
                </div>
            </div>
        </PageFrame>
    }
}

#[component]
fn TheLink(message: MessageCard) -> impl IntoView {
    let expires = message.expires;
    match message.link {
        Some(link) => view! {
            <section class="card" aria-labelledby="link-title">
                <div class="card-head"><h2 id="link-title">{tr!("message-link")}</h2></div>
                <div class="stack">
                    <p>
                        {format!("{} ", tr!("message-link-care"))}
                        {expires.map(|at| view! { {format!("{} ", tr!("message-link-until"))} <Moment at=at/> "." })}
                    </p>
                    <code class="secret" data-test="message-secret-link">{link}</code>
                </div>
            </section>
        }
        .into_any(),
        None => view! {
            <section class="card" aria-labelledby="link-title">
                <div class="card-head"><h2 id="link-title">{tr!("message-link")}</h2></div>
                <p data-test="message-no-link">
                    {match message.row.state {
                        MessageState::Sent => tr!("message-link-sent"),
                        MessageState::Failed => tr!("message-link-removed"),
                        MessageState::Waiting => tr!("message-link-over"),
                    }}
                </p>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn OnItsWay(message: MessageCard) -> impl IntoView {
    let recipient = message.row.recipient;
    let recipient = match message.user {
        Some(id) => view! { <a href=format!("/admin/users/{id}") data-test="message-user">{recipient}</a> }.into_any(),
        None => recipient.into_any(),
    };
    let moment = |word: String, at| view! { <dt>{word}</dt><dd><Moment at=at/></dd> };
    view! {
        <section class="card" aria-labelledby="way-title">
            <div class="card-head">
                <h2 id="way-title">{tr!("message-way")}</h2>
                <MessageChip state=message.row.state/>
            </div>
            <dl class="facts">
                <dt>{tr!("message-to")}</dt>
                <dd>{recipient}</dd>
                {moment(tr!("outbox-written"), message.row.written)}
                {message.row.sent.map(|at| moment(tr!("outbox-sent"), at))}
                {(message.row.attempts > 0).then(|| {
                    view! { <dt>{tr!("message-tries")}</dt><dd>{message.row.attempts}</dd> }
                })}
                {(!message.last_error.is_empty()).then(|| {
                    view! { <dt>{tr!("message-last-error")}</dt><dd>{message.last_error}</dd> }
                })}
                {message.next_try.map(|at| moment(tr!("message-next-try"), at))}
            </dl>
        </section>
    }
}

#[component]
fn WhatToDo(message: MessageCard) -> impl IntoView {
    let retry = FormAction::<RetryMessage>::new();
    let delete = FormAction::<DeleteMessage>::new();
    let id = message.row.id.to_string();
    let consequence = match message.row.state {
        MessageState::Waiting => tr!("message-delete-waiting"),
        _ => tr!("message-delete-gone"),
    };
    let retry_id = id.clone();
    view! {
        <section class="card" aria-labelledby="do-title">
            <div class="card-head"><h2 id="do-title">{tr!("message-what-to-do")}</h2></div>
            <div class="stack">
                <ErrorNotice error=retry.error()/>
                <ErrorNotice error=delete.error()/>
                {match message.stays_because {
                    Some(reason) => view! {
                        <p data-test="message-stays">{tr!("message-stays", reason = reason)}</p>
                    }
                    .into_any(),
                    None => view! {
                        <ServerForm action=retry>
                            <input type="hidden" name="id" value=retry_id/>
                            <SubmitButton label=tr!("message-retry") class="button button-primary" test="message-retry"/>
                        </ServerForm>
                    }
                    .into_any(),
                }}
                <div>
                    <Confirm label=tr!("word-delete") class="button button-danger" left=true
                        question=tr!("message-delete-question") consequence=consequence test="message-delete">
                        <ServerForm action=delete>
                            <input type="hidden" name="id" value=id/>
                            <SubmitButton label=tr!("message-delete-go") class="button button-danger-solid button-wide"
                                test="message-delete-sure"/>
                        </ServerForm>
                    </Confirm>
                </div>
            </div>
        </section>
    }
}
