//! One newtype per kind of row, so that ids cannot be mixed up.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self)
            }
        }
    )+};
}

id! {
    /// A department.
    DepartmentId,
    /// Somebody who signs in.
    UserId,
    /// Somebody who is marked.
    StudentId,
    /// One class meeting whose attendance is taken.
    SessionId,
    /// One student's attendance in one session.
    RecordId,
    /// One stored photo of a student.
    PhotoId,
    /// One file of students that was brought in.
    ImportId,
    /// A student's objection to a record.
    ContestId,
}
