//! How a file of students is read: which column holds what.

use super::ImportId;
use serde::{Deserialize, Serialize};

/// What a column of the file can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportColumn {
    Name,
    FirstName,
    LastName,
    Email,
    Phone,
    Department,
    RollNo,
    Photo,
}

impl ImportColumn {
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::Phone,
        Self::Department,
        Self::RollNo,
        Self::Photo,
    ];
}

/// Which column of the file holds what, counted from 0; -1: the file has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnMap {
    pub name: i32,
    pub first_name: i32,
    pub last_name: i32,
    pub email: i32,
    pub phone: i32,
    pub department: i32,
    pub roll_no: i32,
    pub photo: i32,
}

impl Default for ColumnMap {
    fn default() -> Self {
        Self { name: -1, first_name: -1, last_name: -1, email: -1, phone: -1, department: -1, roll_no: -1, photo: -1 }
    }
}

impl ColumnMap {
    /// Position of a column, when the file has it.
    pub fn of(&self, column: ImportColumn) -> Option<usize> {
        let at = match column {
            ImportColumn::Name => self.name,
            ImportColumn::FirstName => self.first_name,
            ImportColumn::LastName => self.last_name,
            ImportColumn::Email => self.email,
            ImportColumn::Phone => self.phone,
            ImportColumn::Department => self.department,
            ImportColumn::RollNo => self.roll_no,
            ImportColumn::Photo => self.photo,
        };
        usize::try_from(at).ok()
    }

    pub fn set(&mut self, column: ImportColumn, at: usize) {
        let slot = match column {
            ImportColumn::Name => &mut self.name,
            ImportColumn::FirstName => &mut self.first_name,
            ImportColumn::LastName => &mut self.last_name,
            ImportColumn::Email => &mut self.email,
            ImportColumn::Phone => &mut self.phone,
            ImportColumn::Department => &mut self.department,
            ImportColumn::RollNo => &mut self.roll_no,
            ImportColumn::Photo => &mut self.photo,
        };
        *slot = i32::try_from(at).unwrap_or(-1);
    }
}

/// How a file is read: as guessed, then as an admin set it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSetup {
    /// Word for what stands between the cells: `comma`, `semicolon`, `tab`.
    pub delimiter: String,
    /// Name of the text's encoding.
    pub encoding: String,
    pub headings: Vec<String>,
    /// The first rows, as they stand in the file.
    pub samples: Vec<Vec<String>>,
    pub columns: ColumnMap,
    /// Department of rows that name none; 0: such rows are a problem.
    pub department: i64,
    /// Whether a row whose photo is refused is left out as a whole.
    pub photos_must_fit: bool,
    /// Photos in the ZIP.
    pub photos: u64,
    /// Photos that no row names, known after the rehearsal: how many, and the first of them.
    pub unused: u64,
    pub unused_names: Vec<String>,
}

/// How the admin wants the file to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportForm {
    pub id: ImportId,
    #[serde(default)]
    pub columns: ColumnMap,
    #[serde(default)]
    pub department: i64,
    #[serde(default)]
    pub photos_must_fit: bool,
}
