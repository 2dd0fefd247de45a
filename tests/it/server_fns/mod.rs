//! The browser's doors: server functions, pages, media, live events.

mod error_pages;
mod finding;
mod histories;
mod live;
mod mailed_links;
mod pages;
mod refused_forms;
mod registers;
mod security;
