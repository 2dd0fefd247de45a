//! Shapes that several answers share.

use crate::app::types::{DepartmentId, DepartmentRef, QualityVerdict, Role, StudentId, StudentRef, UserId};
use crate::server::auth::actor::Actor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody may do.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Role)]
pub enum RoleWord {
    Student,
    Teacher,
    Admin,
}

impl From<Role> for RoleWord {
    fn from(role: Role) -> Self {
        match role {
            Role::Student => Self::Student,
            Role::Teacher => Self::Teacher,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Student => Self::Student,
            RoleWord::Teacher => Self::Teacher,
            RoleWord::Admin => Self::Admin,
        }
    }
}

/// A sentence that says what was done.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageBody {
    pub message: &'static str,
}

/// A department as most answers name it.
#[derive(Serialize, ToSchema)]
#[schema(as = DepartmentRef)]
pub struct DepartmentBody {
    #[schema(value_type = i64)]
    pub id: DepartmentId,
    pub name: String,
    pub code: String,
}

impl From<DepartmentRef> for DepartmentBody {
    fn from(department: DepartmentRef) -> Self {
        Self { id: department.id, name: department.name, code: department.code }
    }
}

/// A department without its code, where the samples have none.
#[derive(Serialize, ToSchema)]
#[schema(as = DepartmentName)]
pub struct DepartmentName {
    #[schema(value_type = i64)]
    pub id: DepartmentId,
    pub name: String,
}

impl From<DepartmentRef> for DepartmentName {
    fn from(department: DepartmentRef) -> Self {
        Self { id: department.id, name: department.name }
    }
}

/// A student as other things name them.
#[derive(Serialize, ToSchema)]
#[schema(as = StudentRef)]
pub struct StudentBody {
    #[schema(value_type = i64)]
    pub id: StudentId,
    pub roll_no: String,
    pub name: String,
}

impl From<StudentRef> for StudentBody {
    fn from(student: StudentRef) -> Self {
        Self { id: student.id, roll_no: student.roll_no, name: student.name }
    }
}

/// A user as other things name them.
#[derive(Serialize, ToSchema)]
#[schema(as = UserRef)]
pub struct UserBody {
    #[schema(value_type = i64)]
    pub id: UserId,
    pub username: String,
    /// First and last name, or the username when both are empty.
    pub name: String,
}

impl From<&Actor> for UserBody {
    fn from(actor: &Actor) -> Self {
        Self { id: actor.user_id, username: actor.username.clone(), name: actor.name.clone() }
    }
}

/// The word for a measured quality of a face.
#[derive(Serialize, ToSchema)]
#[schema(as = FaceQuality)]
#[serde(rename_all = "lowercase")]
pub enum QualityWord {
    Good,
    Fair,
    Poor,
}

impl From<QualityVerdict> for QualityWord {
    fn from(verdict: QualityVerdict) -> Self {
        match verdict {
            QualityVerdict::Good => Self::Good,
            QualityVerdict::Fair => Self::Fair,
            QualityVerdict::Poor => Self::Poor,
        }
    }
}
