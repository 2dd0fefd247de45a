//! The product: rules and queries, one file per noun. No web framework in here.

pub mod audit;
pub mod closing;
pub mod departments;
pub mod enrolment;
pub mod exports;
pub mod listing;
pub mod lookalike;
pub mod mark_photo;
pub mod me;
pub mod percentage;
pub mod photos;
pub mod recognition;
pub mod record_list;
pub mod records;
pub mod register;
pub mod roll_numbers;
pub mod session_facts;
pub mod session_form;
pub mod session_list;
pub mod sessions;
pub mod settings;
pub mod statistics;
pub mod student_rows;
pub mod students;
pub mod users;
pub mod validate;
