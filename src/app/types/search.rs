//! What a search from anywhere finds.

use super::{Department, Page, SessionRow, StudentId, StudentRow, UserRow};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The best of each kind, with how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What was looked for, without what cannot stand in a name.
    pub text: String,
    /// The student whose roll number this is.
    pub exact: Option<StudentId>,
    pub students: Page<StudentRow>,
    /// By subject, or of the day that was named.
    pub sessions: Page<SessionRow>,
    /// The day that the text names.
    pub day: Option<NaiveDate>,
    /// For admins alone.
    pub users: Option<Page<UserRow>>,
    /// For admins alone.
    pub departments: Option<Page<Department>>,
}

impl Found {
    /// How much was found in all.
    pub fn count(&self) -> u64 {
        let users = self.users.as_ref().map_or(0, |page| page.count);
        let departments = self.departments.as_ref().map_or(0, |page| page.count);
        self.students.count + self.sessions.count + users + departments
    }
}
