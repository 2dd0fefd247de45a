//! The browser's doors: server functions, pages, media, live events.

mod live;
mod mailed_links;
mod pages;
mod registers;
mod security;
mod student_pages;
