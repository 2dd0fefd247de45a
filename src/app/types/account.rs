//! Accounts: made by their owners, kept by them, and looked after by admins. Times are those of the institution's wall.

use super::{DepartmentId, DepartmentRef, MessageRow, Role, StudentRef, UserId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// How long the link of an invitation counts, days.
pub const INVITATION_DAYS: i64 = 7;
/// How long the link for a new password counts, hours.
pub const RESET_HOURS: i64 = 1;
/// How long the link that verifies an address counts, days.
pub const VERIFY_DAYS: i64 = 3;

/// What somebody without an account may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontDesk {
    pub institution: String,
    /// Whether people may make accounts for themselves.
    pub registration_open: bool,
    /// Whether messages leave by themselves; else an admin passes them on.
    pub sends_mail: bool,
    /// Name of the reader, who has an account after all.
    pub signed_in_as: Option<String>,
}

/// A new account, as its owner types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    pub password: String,
    pub password_again: String,
}

/// Names and phone number of an account; the email only where an admin types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub first_name: String,
    pub last_name: String,
    pub phone: String,
    /// Absent: stays.
    pub email: Option<String>,
}

/// By what a list of accounts goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountOrdering {
    #[default]
    Username,
    Email,
    /// The latest first.
    Newest,
}

impl AccountOrdering {
    pub const ALL: [AccountOrdering; 3] = [Self::Username, Self::Email, Self::Newest];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Newest => "newest",
        }
    }
}

/// Filters of the list of accounts; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountFilter {
    /// Parts of the username, the email or the name.
    pub search: String,
    pub role: Option<Role>,
    /// Teachers and students of this department.
    pub department: Option<DepartmentId>,
    pub is_active: Option<bool>,
    pub ordering: AccountOrdering,
    /// Counted from 1; 0 means 1.
    pub page: u64,
    /// 0 means the default.
    pub page_size: u64,
}

/// Role and departments, as an admin types them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleForm {
    pub role: Role,
    #[serde(default)]
    pub departments: Vec<DepartmentId>,
}

/// Current and new password, as their owner types them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    pub current_password: String,
    pub new_password: String,
    pub new_password_again: String,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// Digits, or empty.
    pub phone: String,
    pub role: Role,
    pub departments: Vec<DepartmentRef>,
    pub joined: NaiveDateTime,
    /// Where the account is signed in, the last used first.
    pub devices: Vec<SignedInDevice>,
}

/// What holds a login session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceKind {
    /// A browser, by its cookie.
    Browser,
    /// A program, by its tokens.
    Program,
}

/// One login session, as its owner knows it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedInDevice {
    pub id: String,
    pub kind: DeviceKind,
    /// Such as "Firefox on Linux".
    pub name: String,
    pub since: NaiveDateTime,
    /// To the minute.
    pub last_used: NaiveDateTime,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Which link an account can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Its email address was never verified.
    Verify,
    /// Nobody has signed in with it yet.
    Invite,
    /// It is in use.
    Reset,
}

/// One account, as an admin looks after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserCard {
    pub id: UserId,
    pub username: String,
    /// First and last name, or the username when both are empty.
    pub name: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// Digits, or empty.
    pub phone: String,
    pub role: Role,
    /// A teacher's; for a student the one of their entry or registration.
    pub departments: Vec<DepartmentRef>,
    pub is_active: bool,
    pub email_verified: bool,
    pub joined: NaiveDateTime,
    pub last_login: Option<NaiveDateTime>,
    /// Whether it is the reader's own.
    pub is_me: bool,
    /// Whether no other admin is active: it has to stay as it is then.
    pub is_last_admin: bool,
    /// The student it stands for.
    pub student: Option<StudentRef>,
    /// The student with the same email address who has no account.
    pub suggested: Option<StudentRef>,
    /// Which link it can be sent; none while it is switched off.
    pub link: Option<LinkKind>,
    /// Why it cannot be deleted.
    pub kept_because: Option<String>,
    /// The newest messages to its address.
    pub messages: Vec<MessageRow>,
    /// What the audit log tells of it, the newest first.
    pub history: Vec<AccountEvent>,
    /// All there are, by code.
    pub all_departments: Vec<DepartmentRef>,
    pub sends_mail: bool,
}

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEvent {
    pub at: NaiveDateTime,
    pub sentence: String,
}
