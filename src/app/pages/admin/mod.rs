//! The administrator's pages.

pub mod departments;
pub mod new_student;
pub mod overview;
pub mod users;
