//! What a page shows instead of itself when something went wrong.

use super::icon::{Icon, IconName};
use super::pagination::address;
use crate::app::error::AppError;
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
fn words(error: &AppError) -> (&'static str, String, &'static str) {
    let status = error.status();
    let title = if matches!(error, AppError::Unreachable(_)) { "No connection" } else { title_of(status) };
    match status {
        401 => (title, login_address(&use_location()), "Sign in"),
        403 | 404 => (title, "/".to_owned(), FIRST_PAGE),
        _ => (title, String::new(), "Try again"),
    }
}

/// The words of the link that leads everybody to their own first page.
pub const FIRST_PAGE: &str = "Go to your first page";

/// What has happened, by the answer's status.
pub fn title_of(status: u16) -> &'static str {
    match status {
        401 => "Please sign in",
        403 => "You may not see this",
        404 => "There is nothing here",
        413 => "That was too much at once",
        429 | 503 => "Just a moment",
        500 => "Something went wrong",
        _ => "That did not work",
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
        AppError::NotFound { what, .. } => {
            format!("This {} does not exist, or you may not see it.", what.to_lowercase())
        }
        AppError::NoSuchPage => "The address may have been mistyped, or what stood here has been removed.".to_owned(),
        other => other.sentence(),
    };
    view! {
        <Title text=format!("{title} · Rollcall")/>
        <section class="trouble" data-test="trouble" data-status=status.to_string()>
            <Icon name=IconName::Warning class="icon-large"/>
            <p class="trouble-code">{format!("Error {status}")}</p>
            <h1>{title}</h1>
            <p>{explanation}</p>
            // A full load on purpose: whatever was stale in the page goes with it.
            <p class="row">
                <a class="button button-primary" href=href rel="external">{way_out}</a>
                {(status >= 429).then(|| view! { <a class="button" href="/" rel="external">{FIRST_PAGE}</a> })}
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
                <p><a href="" rel="external">"Try again"</a></p>
            </div>
        </div>
    }
}
