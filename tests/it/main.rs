//! All integration tests in one binary: one link, one set of helpers.

mod api;
mod db;
mod domain;
mod imports;
mod photographs;
mod recognition;
mod requirements;
mod server_fns;
mod support;
mod tidy;
mod trust;
mod words;
