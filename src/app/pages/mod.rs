//! One file per route: fetch and arrange, nothing else.

pub mod admin;
pub mod check;
pub mod login;
pub mod mailed_links;
pub mod me;
pub mod session;
pub mod sessions;
pub mod setup;
pub mod student;
pub mod student_photos;
pub mod students;
pub mod today;
pub mod waiting;

pub use admin::departments::DepartmentsPage;
pub use admin::new_student::NewStudentPage;
pub use admin::overview::OverviewPage;
pub use admin::users::UsersPage;
pub use login::LoginPage;
pub use mailed_links::{ResetPage, VerifyPage};
pub use me::MePage;
pub use session::SessionPage;
pub use sessions::SessionsPage;
pub use setup::SetupPage;
pub use student::StudentPage;
pub use students::StudentsPage;
pub use today::TodayPage;
pub use waiting::WaitingPage;
