//! The administrator's pages.

pub mod departments;
pub mod import;
mod import_columns;
mod import_rows;
pub mod imports;
pub mod new_student;
pub mod overview;
pub mod users;
