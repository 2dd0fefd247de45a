//! Where mailed links lead: an email address is verified, a new password chosen.
//!
//! Opening a link changes nothing, because mail programs open links by themselves; the button does.

use super::setup::password_hint_words;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::server_fns::{ConfirmPasswordReset, VerifyEmail};
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/verify?token=…`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let inside = match token() {
        Some(token) => view! { <VerifyForm token=token/> }.into_any(),
        None => view! { <NoToken/> }.into_any(),
    };
    view! {
        <Title text=format!("{} · Rollcall", tr!("verify-tab"))/>
        <div class="welcome" data-test="verify">
            <section class="card">
                <div class="welcome-head">
                    <h1>{tr!("verify-title")}</h1>
                    <p class="muted">{tr!("verify-lead")}</p>
                </div>
                {inside}
            </section>
        </div>
    }
}

#[component]
fn VerifyForm(token: String) -> impl IntoView {
    let verify = FormAction::<VerifyEmail>::new();
    view! {
        <ServerForm action=verify>
            <div class="form">
                <ErrorNotice error=verify.error()/>
                <input type="hidden" name="token" value=token/>
                <SubmitButton
                    label=tr!("verify-go")
                    pending=verify.pending()
                    class="button button-primary button-wide"
                    test="verify-submit"
                />
            </div>
        </ServerForm>
    }
}

/// `/reset?token=…`, and `/reset?invited=1&token=…` for the first password of an account
#[component]
pub fn ResetPage() -> impl IntoView {
    let inside = match token() {
        Some(token) => view! { <ResetForm token=token/> }.into_any(),
        None => view! { <NoToken/> }.into_any(),
    };
    // The link of an invitation says so: there is no old password to replace.
    let (title, lead) = match use_query_map().read_untracked().get("invited") {
        Some(_) => (tr!("reset-invited-title"), tr!("reset-invited-lead")),
        None => (tr!("reset-title"), tr!("reset-lead")),
    };
    view! {
        <Title text=format!("{} · Rollcall", tr!("reset-tab"))/>
        <div class="welcome" data-test="reset">
            <section class="card">
                <div class="welcome-head">
                    <h1>{title}</h1>
                    <p class="muted">{lead}</p>
                </div>
                {inside}
            </section>
        </div>
    }
}

#[component]
fn ResetForm(token: String) -> impl IntoView {
    let reset = FormAction::<ConfirmPasswordReset>::new();
    let error = reset.error();
    view! {
        <ServerForm action=reset>
            <div class="form">
                <ErrorNotice error=form_error(error, &["password"])/>
                <input type="hidden" name="token" value=token/>
                <TextField
                    label=tr!("reset-password")
                    name="password"
                    kind="password"
                    required=true
                    autocomplete="new-password"
                    minlength="8"
                    maxlength="128"
                    hint=password_hint_words()
                    error=field_error(error, "password")
                    test="password"
                />
                <SubmitButton
                    label=tr!("reset-save")
                    pending=reset.pending()
                    class="button button-primary button-wide"
                    test="reset-submit"
                />
            </div>
        </ServerForm>
    }
}

#[component]
fn NoToken() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Info title=tr!("account-link-needed") test="link-no-token">
            <p>{tr!("link-whole")}</p>
        </Notice>
    }
}

fn token() -> Option<String> {
    use_query_map().read_untracked().get("token").filter(|token| !token.is_empty())
}
