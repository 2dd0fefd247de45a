//! The browser's doors: server functions, pages, media, live events.

mod accounts;
mod administration;
mod error_pages;
mod exports;
mod finding;
mod histories;
mod language;
mod lists;
mod live;
mod mailed_links;
mod offline;
mod outbox;
mod pages;
mod refused_forms;
mod registers;
mod reports;
mod security;
mod student_pages;
mod user_card;

use crate::support::client::Answer;
use crate::support::{Client, TestApp};
use axum::body::Body;
use axum::http::Request;
use rollcall::server::domain::outbox::list_messages;

/// A form that the browser itself posts from a page, without a script.
async fn plain_form(client: &Client, page: &str, function: &str, body: &str) -> Answer {
    let request = Request::post(format!("/fn/{function}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("referer", format!("http://localhost{page}"));
    client.send(request, Body::from(body.to_owned())).await
}

/// The path of the link in the newest message.
async fn mailed_path(app: &TestApp) -> String {
    let page = list_messages(&app.ctx, None, 1, 1).await.expect("messages");
    let body = &page.results.first().expect("a message").body;
    let link = body.split_whitespace().find(|word| word.starts_with("http://")).expect("a link");
    link.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path")
}
