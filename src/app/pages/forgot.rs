//! A lost password: asks for a link to choose a new one. Nothing here tells whether an account exists.

use super::register::{ResendForm, who_helps};
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::resource::fetch;
use crate::app::server_fns::{RequestPasswordReset, front_desk};
use crate::app::types::{FrontDesk, RESET_HOURS};
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/forgot`
#[component]
pub fn ForgotPage() -> impl IntoView {
    let desk = fetch(|| (), |()| front_desk());
    loaded(desk, |desk: FrontDesk| view! { <Forgot desk=desk/> })
}

#[component]
fn Forgot(desk: FrontDesk) -> impl IntoView {
    let ask = FormAction::<RequestPasswordReset>::new();
    let error = ask.error();
    let query = use_query_map().read_untracked().clone();
    let is_asked = query.get("done").is_some() && query.get("__err").is_none();
    let label = if is_asked { tr!("forgot-again") } else { tr!("forgot-go") };
    let sends_mail = desk.sends_mail;
    let remembered = format!("{} ", tr!("forgot-remembered"));
    view! {
        <Title text=format!("{} · Rollcall", tr!("forgot-title"))/>
        <div class="welcome" data-test="forgot">
            <section class="card">
                <div class="welcome-head">
                    <h1>{tr!("forgot-title")}</h1>
                    <p class="muted">{tr!("forgot-lead")}</p>
                </div>
                <div class="stack">
                    {is_asked.then(|| view! { <WhatHappensNext desk=desk/> })}
                    <ServerForm action=ask>
                        <div class="form">
                            <ErrorNotice error=form_error(error, &["email"])/>
                            <TextField label=tr!("signup-email-of-account") name="email" kind="email" required=true
                                autocomplete="email" maxlength="254" error=field_error(error, "email") test="email"/>
                            <SubmitButton label=label class="button button-primary button-wide" test="forgot-submit"/>
                        </div>
                    </ServerForm>
                    <details class="more">
                        <summary data-test="forgot-unverified">{tr!("forgot-unverified")}</summary>
                        <div class="stack">
                            <p>{tr!("forgot-unverified-why")}</p>
                            <ResendForm sends_mail=sends_mail/>
                        </div>
                    </details>
                </div>
            </section>
            <p class="welcome-foot">{remembered} <a href="/login">{tr!("word-sign-in")}</a></p>
        </div>
    }
}

#[component]
fn WhatHappensNext(desk: FrontDesk) -> impl IntoView {
    let where_it_is =
        if desk.sends_mail { tr!("forgot-asked-mail") } else { tr!("forgot-asked-outbox", who = who_helps(&desk)) };
    view! {
        <Notice kind=NoticeKind::Success title=tr!("forgot-asked") test="forgot-asked">
            <p>{tr!("forgot-asked-what")}</p>
            <p>{where_it_is}</p>
            <p>{tr!("forgot-asked-link", hours = RESET_HOURS)}</p>
        </Notice>
    }
}
