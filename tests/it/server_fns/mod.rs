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

use crate::support::TestApp;
use rollcall::server::domain::outbox::list_messages;

/// The path of the link in the newest message.
async fn mailed_path(app: &TestApp) -> String {
    let page = list_messages(&app.ctx, None, 1, 1).await.expect("messages");
    let body = &page.results.first().expect("a message").body;
    let link = body.split_whitespace().find(|word| word.starts_with("http://")).expect("a link");
    link.splitn(4, '/').nth(3).map(|path| format!("/{path}")).expect("a path")
}
