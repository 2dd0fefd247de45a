//! The browser's doors: server functions, pages, media, live events.

mod administration;
mod live;
mod mailed_links;
mod pages;
mod registers;
mod security;
