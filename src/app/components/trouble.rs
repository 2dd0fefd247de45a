//! What a page shows instead of itself when something went wrong.

use super::icon::{Icon, IconName};
use super::pagination::address;
use crate::app::error::AppError;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;
use std::sync::Arc;

/// Sets the HTTP status of the page that is being rendered. The server puts one
/// into the context of each render; in the browser there is none.
#[derive(Clone)]
pub struct AnswerStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Heading and way out for an error.
fn words(error: &AppError) -> (String, String, String) {
    let status = error.status();
    let title = if matches!(error, AppError::Unreachable(_)) { tr!("trouble-no-connection") } else { title_of(status) };
    match status {
        401 => (title, login_address(&use_location()), tr!("word-sign-in")),
        403 | 404 => (title, "/".to_owned(), first_page_words()),
        _ => (title, String::new(), tr!("word-try-again")),
    }
}

/// The words of the link that leads everybody to their own first page.
pub fn first_page_words() -> String {
    tr!("trouble-first-page")
}

/// What has happened, by the answer's status.
pub fn title_of(status: u16) -> String {
    match status {
        401 => tr!("trouble-title-401"),
        403 => tr!("trouble-title-403"),
        404 => tr!("trouble-title-404"),
        413 => tr!("trouble-title-413"),
        429 | 503 => tr!("trouble-title-503"),
        500 => tr!("trouble-title-500"),
        _ => tr!("trouble-title-other"),
    }
}

/// That a thing is not there, by the name that the error has for its kind. Each is a sentence of its own, because
/// languages bend the words around it.
fn missing_words(what: &str) -> String {
    match what {
        "Attendance record" => tr!("trouble-missing-attendance-record"),
        "Attendance session" => tr!("trouble-missing-session"),
        "Backup" => tr!("trouble-missing-backup"),
        "Department" => tr!("trouble-missing-department"),
        "Import" => tr!("trouble-missing-import"),
        "Login session" => tr!("trouble-missing-login-session"),
        "Message" => tr!("trouble-missing-message"),
        "Objection" => tr!("trouble-missing-objection"),
        "Photo" => tr!("trouble-missing-photo"),
        "Record" => tr!("trouble-missing-record"),
        "Student" => tr!("trouble-missing-student"),
        "Student of this session" => tr!("trouble-missing-student-of-session"),
        "User" => tr!("trouble-missing-user"),
        other => tr!("trouble-missing", what = other.to_lowercase()),
    }
}

/// The sign-in page, which leads back here afterwards.
pub fn login_address(location: &Location) -> String {
    let path = location.pathname.get_untracked();
    let search = location.search.get_untracked();
    let here = if search.is_empty() { path } else { format!("{path}?{search}") };
    let next = if here == "/" { String::new() } else { here };
    address("/login", &[("next", next)])
}

/// A whole page about an error, with its status on the wire.
#[component]
pub fn Trouble(error: AppError) -> impl IntoView {
    let status = error.status();
    if let Some(answer) = use_context::<AnswerStatus>() {
        (answer.0)(status);
    }
    let (title, href, way_out) = words(&error);
    let explanation = match &error {
        AppError::NotFound { what, .. } => missing_words(what),
        AppError::NoSuchPage => tr!("trouble-no-such-page"),
        other => other.sentence(),
    };
    view! {
        <Title text=format!("{title} · Rollcall")/>
        <section class="trouble" data-test="trouble" data-status=status.to_string()>
            <Icon name=IconName::Warning class="icon-large"/>
            <p class="trouble-code">{tr!("trouble-code", status = status)}</p>
            <h1>{title}</h1>
            <p>{explanation}</p>
            // A full load on purpose: whatever was stale in the page goes with it.
            <p class="row">
                <a class="button button-primary" href=href rel="external">{way_out}</a>
                {(status >= 429).then(|| view! { <a class="button" href="/" rel="external">{first_page_words()}</a> })}
            </p>
        </section>
    }
}

/// The same in the middle of a page that otherwise stands.
#[component]
pub fn TroubleHere(error: AppError) -> impl IntoView {
    view! {
        <div class="notice notice-error" role="alert" data-test="trouble-here">
            <Icon name=IconName::Warning/>
            <div class="notice-body">
                <p>{error.sentence()}</p>
                <p><a href="" rel="external">{tr!("word-try-again")}</a></p>
            </div>
        </div>
    }
}
