//! Who is signed in, and accounts.

use super::{DepartmentId, DepartmentRef, UserId};
use serde::{Deserialize, Serialize};

/// The three roles of the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    #[default]
    Student,
    Teacher,
    Admin,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Student, Role::Teacher, Role::Admin];

    /// The word stored in the database and sent over the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Student => "student",
            Role::Teacher => "teacher",
            Role::Admin => "admin",
        }
    }

    /// The page a role starts on.
    pub fn home(self) -> &'static str {
        match self {
            Role::Student => "/me",
            Role::Teacher => "/today",
            Role::Admin => "/admin",
        }
    }

    /// Teachers and admins.
    pub fn is_staff(self) -> bool {
        self != Role::Student
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or(())
    }
}

/// The signed-in user, as every page knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentUser {
    pub id: UserId,
    pub username: String,
    /// First and last name, or the username when both are empty.
    pub name: String,
    pub email: String,
    pub role: Role,
    /// A teacher's departments; empty for admins and students.
    pub departments: Vec<DepartmentRef>,
}

/// One account in the admin's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: UserId,
    pub username: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub departments: Vec<DepartmentRef>,
    pub is_active: bool,
    pub last_login: Option<chrono::DateTime<chrono::Utc>>,
}

/// A new account, as an admin types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserForm {
    pub username: String,
    pub email: String,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    #[serde(default)]
    pub phone: String,
    pub role: Role,
    #[serde(default)]
    pub departments: Vec<DepartmentId>,
    /// Empty: the server makes a one-time password and returns it once.
    #[serde(default)]
    pub password: String,
}

/// Answer to a new account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedUser {
    pub user: UserRow,
    /// Shown once; absent when the admin chose the password.
    pub one_time_password: Option<String>,
}
