//! An account of one's own: made here, and ready once its email address is verified.

use super::setup::PASSWORD_HINT;
use crate::app::components::done::Done;
use crate::app::components::field::{SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::resource::fetch;
use crate::app::server_fns::{RegisterAccount, ResendVerification, front_desk};
use crate::app::types::{FrontDesk, VERIFY_DAYS};
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
        "Rollcall" => "an administrator of your institution".to_owned(),
        name => format!("an administrator of {name}"),
    }
}

#[component]
fn Frame(title: &'static str, lead: String, test: &'static str, children: Children) -> impl IntoView {
    view! {
        <Title text=format!("{title} · Rollcall")/>
        <div class="welcome" data-test=test>
            <section class="card">
                <div class="welcome-head">
                    <h1>{title}</h1>
                    <p class="muted">{lead}</p>
                </div>
                <div class="stack">{children()}</div>
            </section>
            <p class="welcome-foot">"Have an account already? " <a href="/login">"Sign in"</a></p>
        </div>
    }
}

#[component]
fn Closed(desk: FrontDesk) -> impl IntoView {
    let lead = format!("Accounts are made by the administrators here. Ask {} for one.", who_helps(&desk));
    view! {
        <Frame title="Registration is closed" lead=lead test="register-closed">
            <p>"They make the account and send you a link with which you choose your password."</p>
            <a class="button button-wide" href="/login">"Back to sign in"</a>
        </Frame>
    }
}

#[component]
fn Open(desk: FrontDesk) -> impl IntoView {
    const FIELDS: &[&str] = &["username", "email", "first_name", "last_name", "phone", "password", "password_again"];
    let register = FormAction::<RegisterAccount>::new();
    let error = register.error();
    let lead = format!("For students. Teachers are invited by {}.", who_helps(&desk));
    view! {
        <Frame title="Make an account" lead=lead test="register">
            {desk.signed_in_as.map(|name| {
                view! {
                    <Notice kind=NoticeKind::Info test="register-signed-in">
                        <p>{format!("You are signed in as {name} and need no other account.")}</p>
                    </Notice>
                }
            })}
            <ServerForm action=register>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    <TextField label="Username" name="form[username]" required=true autocomplete="username"
                        autocapitalize="none" spellcheck="false" pattern="[A-Za-z0-9_]{3,150}"
                        pattern_words="3 to 150 letters, digits and underscores"
                        hint="You sign in with it: 3 to 150 letters, digits and underscores."
                        error=field_error(error, "username") test="username"/>
                    <TextField label="Email" name="form[email]" kind="email" required=true autocomplete="email"
                        maxlength="254" hint="The one that your school knows, so that your attendance finds you."
                        error=field_error(error, "email") test="email"/>
                    <div class="form-pair">
                        <TextField label="First name" name="form[first_name]" autocomplete="given-name" maxlength="150"
                            error=field_error(error, "first_name") test="first-name"/>
                        <TextField label="Last name" name="form[last_name]" autocomplete="family-name" maxlength="150"
                            error=field_error(error, "last_name") test="last-name"/>
                    </div>
                    <TextField label="Phone" name="form[phone]" kind="tel" autocomplete="tel" hint="10 to 15 digits."
                        error=field_error(error, "phone") test="phone"/>
                    <TextField label="Password" name="form[password]" kind="password" required=true
                        autocomplete="new-password" minlength="8" maxlength="128" hint=PASSWORD_HINT
                        error=field_error(error, "password") test="password"/>
                    <TextField label="Password again" name="form[password_again]" kind="password" required=true
                        autocomplete="new-password" maxlength="128"
                        error=field_error(error, "password_again") test="password-again"/>
                    <SubmitButton label="Make the account" class="button button-primary button-wide" test="register-submit"/>
                </div>
            </ServerForm>
        </Frame>
    }
}

#[component]
fn CheckMail(desk: FrontDesk) -> impl IntoView {
    const AGAIN: &[(&str, &str)] =
        &[("again", "If an account waits for this address, a new message is written. The older link counts no more.")];
    let who = who_helps(&desk);
    let (title, lead, then) = if desk.sends_mail {
        (
            "Look into your mail",
            "A message with a link is on its way to the address you typed.".to_owned(),
            format!("Open the link within {VERIFY_DAYS} days and sign in. Look into the folder for spam as well."),
        )
    } else {
        (
            "Your account waits",
            format!("Its email address has to be verified first. Tell {who}."),
            "This site sends no mail by itself: the message with your link waits in the outbox, where administrators \
             read it and pass the link on to you."
                .to_owned(),
        )
    };
    view! {
        <Frame title=title lead=lead test="register-check-mail">
            <Done sentences=AGAIN/>
            <p>{then}</p>
            <p class="muted">{format!("No link? Ask {who}: they can verify your address by hand.")}</p>
            <ResendForm sends_mail=desk.sends_mail/>
        </Frame>
    }
}

/// Asks for the link that verifies an address once more.
#[component]
pub fn ResendForm(sends_mail: bool) -> impl IntoView {
    let resend = FormAction::<ResendVerification>::new();
    let error = resend.error();
    let label = if sends_mail { "Send the message again" } else { "Write the message again" };
    view! {
        <ServerForm action=resend>
            <div class="form">
                <ErrorNotice error=form_error(error, &["email"])/>
                <TextField label="Email of the account" name="email" prefix="resend-" kind="email" required=true
                    autocomplete="email" maxlength="254" error=field_error(error, "email") test="resend-email"/>
                <SubmitButton label=label class="button button-wide" test="resend-submit"/>
            </div>
        </ServerForm>
    }
}
