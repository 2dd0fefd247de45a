//! The browser's doors: server functions, pages, media, live events.

mod live;
mod mailed_links;
mod offline;
mod pages;
mod registers;
mod security;
