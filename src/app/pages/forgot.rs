//! A lost password: asks for a link to choose a new one. Nothing here tells whether an account exists.

use super::register::{ResendForm, who_helps};
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::resource::fetch;
use crate::app::server_fns::{RequestPasswordReset, front_desk};
use crate::app::types::{FrontDesk, RESET_HOURS};
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
    let label = if is_asked { "Ask for another link" } else { "Ask for a link" };
    let sends_mail = desk.sends_mail;
    view! {
        <Title text="Forgot your password? · Rollcall"/>
        <div class="welcome" data-test="forgot">
            <section class="card">
                <div class="welcome-head">
                    <h1>"Forgot your password?"</h1>
                    <p class="muted">"A link to choose a new one comes to the email address of your account."</p>
                </div>
                <div class="stack">
                    {is_asked.then(|| view! { <WhatHappensNext desk=desk/> })}
                    <ServerForm action=ask>
                        <div class="form">
                            <ErrorNotice error=form_error(error, &["email"])/>
                            <TextField label="Email of the account" name="email" kind="email" required=true
                                autocomplete="email" maxlength="254" error=field_error(error, "email") test="email"/>
                            <SubmitButton label=label class="button button-primary button-wide" test="forgot-submit"/>
                        </div>
                    </ServerForm>
                    <details class="more">
                        <summary data-test="forgot-unverified">"Your address was never verified?"</summary>
                        <div class="stack">
                            <p>"A new account has to be verified before it can get a new password."</p>
                            <ResendForm sends_mail=sends_mail/>
                        </div>
                    </details>
                </div>
            </section>
            <p class="welcome-foot">"Remembered it? " <a href="/login">"Sign in"</a></p>
        </div>
    }
}

#[component]
fn WhatHappensNext(desk: FrontDesk) -> impl IntoView {
    let where_it_is = if desk.sends_mail {
        "Look into your mail, and into the folder for spam as well.".to_owned()
    } else {
        format!(
            "This site sends no mail by itself: the message waits in the outbox, where administrators find it. Tell {}, \
             who passes the link on to you.",
            who_helps(&desk)
        )
    };
    let hours = if RESET_HOURS == 1 { "one hour".to_owned() } else { format!("{RESET_HOURS} hours") };
    view! {
        <Notice kind=NoticeKind::Success title="That is all you need to do here" test="forgot-asked">
            <p>"If an account in use has this address, a message with a link is written."</p>
            <p>{where_it_is}</p>
            <p>{format!("The link counts for {hours} and works once. Your old password stays until you use it.")}</p>
        </Notice>
    }
}
