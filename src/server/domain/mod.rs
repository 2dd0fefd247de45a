//! The product: rules and queries, one file per noun. No web framework in here.

pub mod audit;
pub mod closing;
pub mod departments;
pub mod email_tokens;
pub mod enrolment;
pub mod lookalike;
pub mod mark_photo;
pub mod me;
pub mod outbox;
pub mod passwords;
pub mod percentage;
pub mod photos;
pub mod recognition;
pub mod records;
pub mod register;
pub mod registration;
pub mod roll_numbers;
pub mod session_form;
pub mod sessions;
pub mod settings;
pub mod student_rows;
pub mod students;
pub mod user_changes;
pub mod user_details;
pub mod users;
pub mod validate;
