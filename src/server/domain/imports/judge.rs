//! What one row means for the students: the rules of imports and of the `enroll` command.

use super::columns;
use super::table::Line;
use crate::app::error::FieldErrors;
use crate::app::types::{ColumnMap, FieldChange, ImportColumn, RowProblem, RowVerdict};
use crate::server::db::entities::{departments, students};
use crate::server::domain::roll_numbers::ROLL_NO_CHARS_MAX;
use crate::server::domain::validate;
use crate::server::error::Result;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What a row of the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cells {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub department: String,
    pub roll_no: String,
    /// File names, by `;` or `|`.
    pub photo: String,
    /// The row is longer than the headings.
    #[serde(default)]
    pub is_too_long: bool,
}

impl Cells {
    /// Picks a row's cells by the map.
    pub fn pick(line: &Line, map: &ColumnMap, headings: usize) -> Self {
        let cell = |column| map.of(column).and_then(|at| line.cells.get(at)).cloned().unwrap_or_default();
        let (first, last) = (cell(ImportColumn::FirstName), cell(ImportColumn::LastName));
        let whole = cell(ImportColumn::Name);
        Self {
            name: if whole.is_empty() { format!("{first} {last}").trim().to_owned() } else { whole },
            email: cell(ImportColumn::Email),
            phone: cell(ImportColumn::Phone),
            department: cell(ImportColumn::Department),
            roll_no: cell(ImportColumn::RollNo),
            photo: cell(ImportColumn::Photo),
            is_too_long: line.cells.len() > headings,
        }
    }
}

/// A student's fields as the row would leave them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub department: i64,
    /// Empty: the next one of the department.
    pub roll_no: String,
}

/// A row's verdict by its fields alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: RowVerdict,
    pub problems: Vec<RowProblem>,
    pub changes: Vec<FieldChange>,
    /// The known student whom the row is about.
    pub student: Option<i64>,
    pub fields: Fields,
}

/// The students and departments that are there already, looked up by what rows name.
pub struct School {
    students: Vec<students::Model>,
    by_roll_no: HashMap<String, usize>,
    by_email: HashMap<String, usize>,
    codes: HashMap<i64, String>,
    departments: HashMap<String, i64>,
}

impl School {
    /// Reads all of them: one query each is cheaper than one for every row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self> {
        let students = students::Entity::find().all(db).await?;
        let mut school = Self {
            by_roll_no: HashMap::new(),
            by_email: HashMap::new(),
            codes: HashMap::new(),
            departments: HashMap::new(),
            students,
        };
        for (at, student) in school.students.iter().enumerate() {
            school.by_roll_no.insert(key(&student.roll_no), at);
            school.by_email.insert(key(&student.email), at);
        }
        let departments = departments::Entity::find().all(db).await?;
        for department in &departments {
            school.departments.insert(key(&department.name), department.id);
        }
        // A code counts before a name that is spelled the same.
        for department in departments {
            school.departments.insert(key(&department.code), department.id);
            school.codes.insert(department.id, department.code);
        }
        Ok(school)
    }

    fn code(&self, department: i64) -> String {
        self.codes.get(&department).cloned().unwrap_or_default()
    }
}

/// What earlier rows of the same file were about, and in which line.
#[derive(Default)]
pub struct Seen {
    emails: HashMap<String, u32>,
    roll_nos: HashMap<String, u32>,
    students: HashMap<i64, u32>,
}

/// As roll numbers, emails and departments are compared.
fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Judges one row. `department` is meant for rows that name none; 0: there is no such department.
pub fn judge(school: &School, seen: &mut Seen, line: u32, cells: &Cells, department: i64) -> Judgement {
    let mut faults = FieldErrors::new();
    if cells.is_too_long {
        faults.add("name", "The row has more cells than the file has headings: a text with a delimiter needs quotes.");
    }
    let roll_no = roll_number(&mut faults, &cells.roll_no);
    let known = find(school, &mut faults, &roll_no, cells);
    let known = known.and_then(|at| school.students.get(at));
    let fields = merge(school, &mut faults, cells, roll_no, known, department);
    in_this_file(&mut faults, seen, line, &fields, cells, known);
    if !faults.has("email")
        && let Some(other) = school.by_email.get(&key(&fields.email)).and_then(|at| school.students.get(*at))
        && known.is_none_or(|known| known.id != other.id)
    {
        faults.add("email", format!("{} {} has this address already.", other.roll_no, other.name));
    }
    let changes = known.map(|known| changes(school, known, &fields)).unwrap_or_default();
    let verdict = match known {
        _ if !faults.is_empty() => RowVerdict::Problem,
        None => RowVerdict::Created,
        Some(_) if changes.is_empty() => RowVerdict::Unchanged,
        Some(_) => RowVerdict::Changed,
    };
    Judgement { verdict, problems: told(&faults), changes, student: known.map(|known| known.id), fields }
}

/// A roll number that the school brings, in upper case as ours are.
fn roll_number(faults: &mut FieldErrors, text: &str) -> String {
    let roll_no = validate::optional_line(faults, "roll_no", text, ROLL_NO_CHARS_MAX).to_uppercase();
    if !faults.has("roll_no") && !roll_no.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c)) {
        faults.add("roll_no", "A roll number may contain only letters, digits, and - _ . /");
    }
    roll_no
}

/// The known student whom a row means: by roll number where it has one, else by email.
fn find(school: &School, faults: &mut FieldErrors, roll_no: &str, cells: &Cells) -> Option<usize> {
    let by_email = school.by_email.get(&key(&cells.email)).copied();
    if roll_no.is_empty() {
        return by_email;
    }
    let by_roll_no = school.by_roll_no.get(&key(roll_no)).copied();
    if by_roll_no.is_none()
        && let Some(other) = by_email.and_then(|at| school.students.get(at))
    {
        let message = format!(
            "{} has the roll number {} already, and a roll number is fixed for life.",
            other.name, other.roll_no
        );
        faults.add("roll_no", message);
        return by_email;
    }
    by_roll_no
}

/// The fields as the row leaves them: an empty cell leaves what a known student has.
fn merge(
    school: &School,
    faults: &mut FieldErrors,
    cells: &Cells,
    roll_no: String,
    known: Option<&students::Model>,
    department: i64,
) -> Fields {
    let or_known = |cell: &str, of: fn(&students::Model) -> &String| match known {
        Some(known) if cell.trim().is_empty() => of(known).clone(),
        _ => cell.to_owned(),
    };
    let name = or_known(&cells.name, |known| &known.name);
    let email = or_known(&cells.email, |known| &known.email);
    let phone = or_known(&cells.phone, |known| &known.phone);
    let department = match (cells.department.trim(), known) {
        ("", Some(known)) => known.department_id,
        ("", None) if department == 0 => {
            faults.add("department", "This field is required.");
            0
        }
        ("", None) => department,
        (named, _) => school.departments.get(&key(named)).copied().unwrap_or_else(|| {
            faults.add("department", format!("There is no department {}.", clipped(named)));
            0
        }),
    };
    Fields {
        name: validate::required_line(faults, "name", &name, validate::NAME_CHARS_MAX),
        email: validate::email(faults, "email", &email, validate::NAME_CHARS_MAX),
        phone: validate::phone(faults, "phone", &phone),
        department,
        roll_no: known.map_or(roll_no, |known| known.roll_no.clone()),
    }
}

/// What stood in an earlier row of the same file.
fn in_this_file(
    faults: &mut FieldErrors,
    seen: &mut Seen,
    line: u32,
    fields: &Fields,
    cells: &Cells,
    known: Option<&students::Model>,
) {
    let mut twice = false;
    if !fields.email.is_empty()
        && let Some(first) = seen.emails.insert(key(&fields.email), line)
    {
        twice = true;
        faults.add("email", format!("Line {first} has the same address."));
    }
    if !cells.roll_no.trim().is_empty()
        && let Some(first) = seen.roll_nos.insert(key(&cells.roll_no), line)
    {
        twice = true;
        faults.add("roll_no", format!("Line {first} has the same roll number."));
    }
    if let Some(known) = known
        && let Some(first) = seen.students.insert(known.id, line)
        && !twice
    {
        faults.add("roll_no", format!("Line {first} is about the same student, {}.", known.roll_no));
    }
}

fn changes(school: &School, known: &students::Model, fields: &Fields) -> Vec<FieldChange> {
    let (before, after) = (school.code(known.department_id), school.code(fields.department));
    let all = [
        (ImportColumn::Name, &known.name, &fields.name),
        (ImportColumn::Email, &known.email, &fields.email),
        (ImportColumn::Phone, &known.phone, &fields.phone),
        (ImportColumn::Department, &before, &after),
    ];
    let changed = all.into_iter().filter(|(_, from, to)| from != to);
    let told = changed.map(|(column, from, to)| FieldChange {
        field: columns::kept(column).to_owned(),
        from: from.clone(),
        to: to.clone(),
    });
    told.collect()
}

fn told(faults: &FieldErrors) -> Vec<RowProblem> {
    let mut problems = Vec::new();
    for column in ImportColumn::ALL {
        for message in faults.of(columns::field(column)).unwrap_or_default() {
            problems.push(RowProblem { field: columns::kept(column).to_owned(), message: message.clone() });
        }
    }
    problems
}

/// A cell as sentences repeat it.
fn clipped(text: &str) -> String {
    const CHARS_MAX: usize = 40;
    if text.chars().count() <= CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(CHARS_MAX).chain("…".chars()).collect()
}
