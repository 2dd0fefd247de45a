//! The administrator's pages.

pub mod audit;
pub mod backup;
pub mod departments;
pub mod models;
pub mod new_student;
pub mod overview;
pub mod settings;
pub mod users;
