//! One file per table. A `Model` never leaves `server::domain` and `server::auth`.

pub mod attendance_records;
pub mod attendance_sessions;
pub mod audit_log;
pub mod browser_sessions;
pub mod consents;
pub mod departments;
pub mod email_tokens;
pub mod erasures;
pub mod face_templates;
pub mod import_rows;
pub mod imports;
pub mod login_failures;
pub mod login_sessions;
pub mod outbox;
pub mod photos;
pub mod record_contests;
pub mod roll_counters;
pub mod sent_requests;
pub mod server_leases;
pub mod session_rosters;
pub mod settings;
pub mod students;
pub mod teacher_departments;
pub mod user_profiles;
pub mod users;

/// The entities under their own names, for queries over several tables.
pub mod prelude {
    pub use super::attendance_records::Entity as AttendanceRecords;
    pub use super::attendance_sessions::Entity as AttendanceSessions;
    pub use super::audit_log::Entity as AuditLog;
    pub use super::browser_sessions::Entity as BrowserSessions;
    pub use super::consents::Entity as Consents;
    pub use super::departments::Entity as Departments;
    pub use super::email_tokens::Entity as EmailTokens;
    pub use super::erasures::Entity as Erasures;
    pub use super::face_templates::Entity as FaceTemplates;
    pub use super::import_rows::Entity as ImportRows;
    pub use super::imports::Entity as Imports;
    pub use super::login_failures::Entity as LoginFailures;
    pub use super::login_sessions::Entity as LoginSessions;
    pub use super::outbox::Entity as Outbox;
    pub use super::photos::Entity as Photos;
    pub use super::record_contests::Entity as RecordContests;
    pub use super::roll_counters::Entity as RollCounters;
    pub use super::sent_requests::Entity as SentRequests;
    pub use super::server_leases::Entity as ServerLeases;
    pub use super::session_rosters::Entity as SessionRosters;
    pub use super::settings::Entity as Settings;
    pub use super::students::Entity as Students;
    pub use super::teacher_departments::Entity as TeacherDepartments;
    pub use super::user_profiles::Entity as UserProfiles;
    pub use super::users::Entity as Users;
}
