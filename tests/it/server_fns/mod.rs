//! The browser's doors: server functions, pages, media, live events.

mod live;
mod pages;
mod registers;
mod security;
