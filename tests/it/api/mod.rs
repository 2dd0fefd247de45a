//! The REST API, through the router.

mod ai;
mod auth;
mod document;
mod marking;
mod sessions;
mod students;
