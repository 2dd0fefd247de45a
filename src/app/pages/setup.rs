//! The first admin, by the one-time link that the server prints at its first start.

use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::server_fns::SetUpFirstAdmin;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What a password must be, as a hint under its field.
pub fn password_hint_words() -> String {
    tr!("account-password-rule")
}

/// `/setup?token=…`
#[component]
pub fn SetupPage() -> impl IntoView {
    let token = use_query_map().read_untracked().get("token").filter(|token| !token.is_empty());
    let inside = match token {
        Some(token) => view! { <SetupForm token=token/> }.into_any(),
        None => view! {
            <Notice kind=NoticeKind::Info title=tr!("account-link-needed") test="setup-no-token">
                <p>{tr!("setup-no-link")}</p>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <Title text=format!("{} · Rollcall", tr!("setup-tab"))/>
        <div class="welcome" data-test="setup">
            <section class="card">
                <div class="welcome-head">
                    <h1>{tr!("setup-title")}</h1>
                    <p class="muted">{tr!("setup-lead")}</p>
                </div>
                {inside}
            </section>
        </div>
    }
}

#[component]
fn SetupForm(token: String) -> impl IntoView {
    let set_up = FormAction::<SetUpFirstAdmin>::new();
    let error = set_up.error();
    view! {
        <ServerForm action=set_up>
            <div class="form">
                <ErrorNotice error=form_error(error, &["username", "email", "password"])/>
                <input type="hidden" name="token" value=token/>
                <TextField
                    label=tr!("account-username")
                    name="username"
                    required=true
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    pattern="[A-Za-z0-9_]{3,150}"
                    pattern_words=tr!("account-username-pattern")
                    hint=tr!("setup-username-hint")
                    error=field_error(error, "username")
                    test="username"
                />
                <TextField
                    label=tr!("account-email")
                    name="email"
                    kind="email"
                    required=true
                    autocomplete="email"
                    maxlength="254"
                    error=field_error(error, "email")
                    test="email"
                />
                <TextField
                    label=tr!("account-password")
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
                    label=tr!("setup-make")
                    pending=set_up.pending()
                    class="button button-primary button-wide"
                    test="setup-submit"
                />
            </div>
        </ServerForm>
    }
}
