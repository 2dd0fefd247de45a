//! The product: rules and queries, one file per noun. No web framework in here.

pub mod audit;
pub mod closing;
pub mod departments;
pub mod engine_health;
pub mod enrolment;
pub mod lookalike;
pub mod mark_photo;
pub mod me;
pub mod percentage;
pub mod photos;
pub mod recognition;
pub mod records;
pub mod register;
pub mod roll_numbers;
pub mod session_form;
pub mod sessions;
pub mod settings;
pub mod student_attendance;
pub mod student_list;
pub mod student_photos;
pub mod student_removal;
pub mod student_rows;
pub mod student_templates;
pub mod students;
pub mod users;
pub mod validate;
