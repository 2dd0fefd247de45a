//! Sign in; works before and without a script.

use crate::app::components::field::{SubmitButton, TextField};
use crate::app::components::notice::ErrorNotice;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::plain::relation;
use crate::app::server_fns::SignIn;
use crate::tr;
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
        <Title text=format!("{} · Rollcall", tr!("word-sign-in"))/>
        <div class="welcome" data-test="login">
            <section class="card">
                <div class="welcome-head">
                    <h1>{tr!("word-sign-in")}</h1>
                    <p class="muted">{tr!("login-lead")}</p>
                </div>
                <ServerForm action=sign_in>
                    <div class="form">
                        <ErrorNotice error=error/>
                        {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                        <TextField
                            label=tr!("account-username")
                            name="username"
                            required=true
                            autocomplete="username"
                            autocapitalize="none"
                            spellcheck="false"
                            maxlength="150"
                            test="username"
                        />
                        <TextField
                            label=tr!("account-password")
                            name="password"
                            kind="password"
                            required=true
                            autocomplete="current-password"
                            maxlength="128"
                            test="password"
                        />
                        <SubmitButton
                            label=tr!("word-sign-in")
                            pending=sign_in.pending()
                            class="button button-primary button-wide"
                            test="sign-in"
                        />
                    </div>
                </ServerForm>
            </section>
            <p class="welcome-foot">
                <a href="/forgot" rel=relation("/forgot") data-test="forgot-link">{tr!("login-forgot")}</a>
                " · "
                <a href="/register" rel=relation("/register") data-test="register-link">{tr!("login-register")}</a>
            </p>
        </div>
    }
}
