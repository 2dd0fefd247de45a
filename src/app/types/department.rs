//! Departments.

use super::DepartmentId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A department as other things name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentRef {
    pub id: DepartmentId,
    pub name: String,
    pub code: String,
}

/// A department in the admin's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    pub code: String,
    pub description: String,
    /// Active students in it.
    pub students: u64,
    /// Attendance sessions ever held in it.
    pub sessions: u64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What an admin types; `id` is absent for a new department.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentForm {
    #[serde(default)]
    pub id: Option<DepartmentId>,
    pub name: String,
    pub code: String,
    #[serde(default)]
    pub description: String,
}
