//! The first admin, by the one-time link that the server prints at its first start.

use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::server_fns::SetUpFirstAdmin;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What a password must be, as a hint under its field.
pub const PASSWORD_HINT: &str =
    "At least 8 characters with a capital letter, a small letter, a digit and a special character.";

/// `/setup?token=…`
#[component]
pub fn SetupPage() -> impl IntoView {
    let token = use_query_map().read_untracked().get("token").filter(|token| !token.is_empty());
    let inside = match token {
        Some(token) => view! { <SetupForm token=token/> }.into_any(),
        None => view! {
            <Notice kind=NoticeKind::Info title="This page needs its link" test="setup-no-token">
                <p>"The server prints a one-time link at its first start. Open that link to make the first administrator."</p>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <Title text="First administrator · Rollcall"/>
        <div class="welcome" data-test="setup">
            <section class="card">
                <div class="welcome-head">
                    <h1>"Welcome to Rollcall"</h1>
                    <p class="muted">"Make the first administrator; everybody else is added from there."</p>
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
                    label="Username"
                    name="username"
                    required=true
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    pattern="[A-Za-z0-9_]{3,150}"
                    pattern_words="3 to 150 letters, digits and underscores"
                    hint="Letters, digits and underscores."
                    error=field_error(error, "username")
                    test="username"
                />
                <TextField
                    label="Email"
                    name="email"
                    kind="email"
                    required=true
                    autocomplete="email"
                    maxlength="254"
                    error=field_error(error, "email")
                    test="email"
                />
                <TextField
                    label="Password"
                    name="password"
                    kind="password"
                    required=true
                    autocomplete="new-password"
                    minlength="8"
                    maxlength="128"
                    hint=PASSWORD_HINT
                    error=field_error(error, "password")
                    test="password"
                />
                <SubmitButton
                    label="Make the administrator"
                    pending=set_up.pending()
                    class="button button-primary button-wide"
                    test="setup-submit"
                />
            </div>
        </ServerForm>
    }
}
