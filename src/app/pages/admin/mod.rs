//! The administrator's pages.

pub mod audit;
pub mod backup;
pub mod departments;
pub mod invite_user;
pub mod message;
pub mod import;
mod import_columns;
mod import_rows;
pub mod imports;
pub mod models;
pub mod new_student;
pub mod outbox;
pub mod overview;
pub mod user;
pub mod settings;
pub mod users;
