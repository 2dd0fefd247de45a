//! The REST API, through the router.

mod ai;
mod ai_register;
mod auth;
mod departments;
mod engine_faults;
mod marking;
mod photos;
mod sessions;
mod student;
mod student_list;
mod students;
