//! An account of one's own: made here, and ready once its email address is verified.

use super::setup::password_hint_words;
use crate::app::components::done::Done;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::resource::fetch;
use crate::app::server_fns::{RegisterAccount, ResendVerification, front_desk};
use crate::app::types::{FrontDesk, VERIFY_DAYS};
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/register`
#[component]
pub fn RegisterPage() -> impl IntoView {
    let desk = fetch(|| (), |()| front_desk());
    let is_made = use_query_map().read_untracked().get("done").is_some();
    loaded(desk, move |desk: FrontDesk| match () {
        () if is_made => view! { <CheckMail desk=desk/> }.into_any(),
        () if !desk.registration_open => view! { <Closed desk=desk/> }.into_any(),
        () => view! { <Open desk=desk/> }.into_any(),
    })
}

/// Whom to ask, in the middle of a sentence.
pub fn who_helps(desk: &FrontDesk) -> String {
    // Until somebody sets a name, the institution is called like the program.
    match desk.institution.as_str() {
        "Rollcall" => tr!("signup-who"),
        name => tr!("signup-who-of", institution = name),
    }
}

#[component]
fn Frame(title: String, lead: String, test: &'static str, children: Children) -> impl IntoView {
    let tab = format!("{title} · Rollcall");
    let question = format!("{} ", tr!("signup-have-account"));
    view! {
        <Title text=tab/>
        <div class="welcome" data-test=test>
            <section class="card">
                <div class="welcome-head">
                    <h1>{title}</h1>
                    <p class="muted">{lead}</p>
                </div>
                <div class="stack">{children()}</div>
            </section>
            <p class="welcome-foot">{question} <a href="/login">{tr!("word-sign-in")}</a></p>
        </div>
    }
}

#[component]
fn Closed(desk: FrontDesk) -> impl IntoView {
    let lead = tr!("signup-closed-lead", who = who_helps(&desk));
    view! {
        <Frame title=tr!("signup-closed") lead=lead test="register-closed">
            <p>{tr!("signup-closed-how")}</p>
            <a class="button button-wide" href="/login">{tr!("signup-back")}</a>
        </Frame>
    }
}

#[component]
fn Open(desk: FrontDesk) -> impl IntoView {
    const FIELDS: &[&str] = &["username", "email", "first_name", "last_name", "phone", "password", "password_again"];
    let register = FormAction::<RegisterAccount>::new();
    let error = register.error();
    let lead = tr!("signup-lead", who = who_helps(&desk));
    view! {
        <Frame title=tr!("signup-title") lead=lead test="register">
            {desk.signed_in_as.map(|name| {
                view! {
                    <Notice kind=NoticeKind::Info test="register-signed-in">
                        <p>{tr!("signup-signed-in", name = name)}</p>
                    </Notice>
                }
            })}
            <ServerForm action=register>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    <TextField label=tr!("account-username") name="form[username]" required=true autocomplete="username"
                        autocapitalize="none" spellcheck="false" pattern="[A-Za-z0-9_]{3,150}"
                        pattern_words=tr!("account-username-pattern")
                        hint=tr!("signup-username-hint")
                        error=field_error(error, "username") test="username"/>
                    <TextField label=tr!("account-email") name="form[email]" kind="email" required=true autocomplete="email"
                        maxlength="254" hint=tr!("signup-email-hint")
                        error=field_error(error, "email") test="email"/>
                    <div class="form-pair">
                        <TextField label=tr!("signup-first-name") name="form[first_name]" autocomplete="given-name" maxlength="150"
                            error=field_error(error, "first_name") test="first-name"/>
                        <TextField label=tr!("signup-last-name") name="form[last_name]" autocomplete="family-name" maxlength="150"
                            error=field_error(error, "last_name") test="last-name"/>
                    </div>
                    <TextField label=tr!("signup-phone") name="form[phone]" kind="tel" autocomplete="tel" hint=tr!("signup-phone-hint")
                        error=field_error(error, "phone") test="phone"/>
                    <TextField label=tr!("account-password") name="form[password]" kind="password" required=true
                        autocomplete="new-password" minlength="8" maxlength="128" hint=password_hint_words()
                        error=field_error(error, "password") test="password"/>
                    <TextField label=tr!("signup-password-again") name="form[password_again]" kind="password" required=true
                        autocomplete="new-password" maxlength="128"
                        error=field_error(error, "password_again") test="password-again"/>
                    <SubmitButton label=tr!("signup-go") class="button button-primary button-wide" test="register-submit"/>
                </div>
            </ServerForm>
        </Frame>
    }
}

#[component]
fn CheckMail(desk: FrontDesk) -> impl IntoView {
    let again = vec![("again", tr!("signup-done-again"))];
    let who = who_helps(&desk);
    let (title, lead, then) = if desk.sends_mail {
        (tr!("signup-sent"), tr!("signup-sent-lead"), tr!("signup-sent-then", days = VERIFY_DAYS))
    } else {
        (tr!("signup-waits"), tr!("signup-waits-lead", who = who.as_str()), tr!("signup-waits-then"))
    };
    view! {
        <Frame title=title lead=lead test="register-check-mail">
            <Done sentences=again/>
            <p>{then}</p>
            <p class="muted">{tr!("signup-no-link", who = who)}</p>
            <ResendForm sends_mail=desk.sends_mail/>
        </Frame>
    }
}

/// Asks for the link that verifies an address once more.
#[component]
pub fn ResendForm(sends_mail: bool) -> impl IntoView {
    let resend = FormAction::<ResendVerification>::new();
    let error = resend.error();
    let label = if sends_mail { tr!("signup-send-again") } else { tr!("signup-write-again") };
    view! {
        <ServerForm action=resend>
            <div class="form">
                <ErrorNotice error=form_error(error, &["email"])/>
                <TextField label=tr!("signup-email-of-account") name="email" prefix="resend-" kind="email" required=true
                    autocomplete="email" maxlength="254" error=field_error(error, "email") test="resend-email"/>
                <SubmitButton label=label class="button button-wide" test="resend-submit"/>
            </div>
        </ServerForm>
    }
}
