//! Sign in; works before and without a script.

use crate::app::components::field::{SubmitButton, TextField};
use crate::app::components::notice::ErrorNotice;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::plain::relation;
use crate::app::server_fns::SignIn;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/login?next=…`
#[component]
pub fn LoginPage() -> impl IntoView {
    let sign_in = FormAction::<SignIn>::new();
    let error = sign_in.error();
    let next = use_query_map().read_untracked().get("next");
    view! {
        <Title text="Sign in · Rollcall"/>
        <div class="welcome" data-test="login">
            <section class="card">
                <div class="welcome-head">
                    <h1>"Sign in"</h1>
                    <p class="muted">"Attendance for your classes."</p>
                </div>
                <ServerForm action=sign_in>
                    <div class="form">
                        <ErrorNotice error=error/>
                        {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                        <TextField
                            label="Username"
                            name="username"
                            required=true
                            autocomplete="username"
                            autocapitalize="none"
                            spellcheck="false"
                            maxlength="150"
                            test="username"
                        />
                        <TextField
                            label="Password"
                            name="password"
                            kind="password"
                            required=true
                            autocomplete="current-password"
                            maxlength="128"
                            test="password"
                        />
                        <SubmitButton
                            label="Sign in"
                            pending=sign_in.pending()
                            class="button button-primary button-wide"
                            test="sign-in"
                        />
                    </div>
                </ServerForm>
            </section>
            <p class="welcome-foot">
                <a href="/forgot" rel=relation("/forgot") data-test="forgot-link">"Forgot your password?"</a>
                " · "
                <a href="/register" rel=relation("/register") data-test="register-link">"Make an account"</a>
            </p>
        </div>
    }
}
