//! The administrator's pages.

pub mod audit;
pub mod backup;
pub mod departments;
pub mod erasure;
pub mod import;
mod import_columns;
mod import_rows;
pub mod imports;
pub mod invite_user;
pub mod message;
pub mod models;
pub mod new_student;
pub mod outbox;
pub mod overview;
pub mod settings;
pub mod user;
pub mod users;
