//! Which column holds what, by its heading. No database in here.

use crate::app::error::{AppError, AppResult};
use crate::app::types::{ColumnMap, ImportColumn, ImportForm};
use crate::tr;

/// Headings without signs and in lower case, as spreadsheets of schools spell them.
const SPELLINGS: [(ImportColumn, &[&str]); 8] = [
    (
        ImportColumn::Name,
        &[
            "name",
            "fullname",
            "studentname",
            "nameofstudent",
            "student",
            "pupil",
            "displayname",
            "nameofthestudent",
            "studentfullname",
            "vollständigername",
        ],
    ),
    (ImportColumn::FirstName, &["firstname", "givenname", "forename", "vorname", "prénom", "prenom", "first", "fname"]),
    (
        ImportColumn::LastName,
        &[
            "lastname",
            "surname",
            "familyname",
            "nachname",
            "familienname",
            "apellidos",
            "apellido",
            "nom",
            "last",
            "lname",
        ],
    ),
    (
        ImportColumn::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "studentemail",
            "emailid",
            "mailaddress",
            "correo",
            "correoelectrónico",
            "emailadresse",
            "courriel",
        ],
    ),
    (
        ImportColumn::Phone,
        &[
            "phone",
            "phonenumber",
            "phoneno",
            "mobile",
            "mobilenumber",
            "mobileno",
            "telephone",
            "tel",
            "telefon",
            "telefonnummer",
            "handy",
            "contact",
            "contactnumber",
            "contactno",
            "cell",
            "téléphone",
            "teléfono",
        ],
    ),
    (
        ImportColumn::Department,
        &[
            "department",
            "dept",
            "departmentcode",
            "deptcode",
            "departmentname",
            "branch",
            "faculty",
            "course",
            "programme",
            "program",
            "class",
            "abteilung",
            "klasse",
            "département",
            "departamento",
        ],
    ),
    (
        ImportColumn::RollNo,
        &[
            "rollno",
            "roll",
            "rollnumber",
            "studentid",
            "studentno",
            "studentnumber",
            "regno",
            "registrationnumber",
            "registrationno",
            "admissionno",
            "admissionnumber",
            "enrolmentno",
            "enrollmentno",
            "enrolmentnumber",
            "enrollmentnumber",
            "matriculationnumber",
            "matrikelnummer",
            "matrikel",
            "id",
            "usn",
        ],
    ),
    (
        ImportColumn::Photo,
        &[
            "photo",
            "photos",
            "photofile",
            "photoname",
            "picture",
            "pictures",
            "image",
            "images",
            "foto",
            "fotos",
            "filename",
            "file",
            "photofilename",
            "imagefile",
        ],
    ),
];

/// What a heading means, if we know it.
fn meaning(heading: &str) -> Option<ImportColumn> {
    let bare: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    SPELLINGS.iter().find(|(_, spellings)| spellings.contains(&bare.as_str())).map(|(column, _)| *column)
}

/// How many of these headings we know.
pub fn known(headings: &[String]) -> usize {
    headings.iter().filter(|heading| meaning(heading).is_some()).count()
}

/// The best guess; of two headings that mean the same the first counts.
pub fn guess(headings: &[String]) -> ColumnMap {
    let mut map = ColumnMap::default();
    for (at, heading) in headings.iter().enumerate() {
        if let Some(column) = meaning(heading)
            && map.of(column).is_none()
        {
            map.set(column, at);
        }
    }
    // A file that has both says the whole name by itself.
    if map.of(ImportColumn::Name).is_some() {
        (map.first_name, map.last_name) = (-1, -1);
    }
    map
}

/// Whether the form's columns can be read from a file with this many.
///
/// # Errors
/// Field errors for columns that are missing, not there, or chosen twice.
pub fn check(form: &ImportForm, headings: usize) -> AppResult<()> {
    let map = &form.columns;
    let mut faults = crate::app::error::FieldErrors::new();
    let has_name = [ImportColumn::Name, ImportColumn::FirstName, ImportColumn::LastName];
    if !has_name.iter().any(|column| map.of(*column).is_some()) {
        faults.add("name", tr!("domain-import-name-column"));
    }
    if map.of(ImportColumn::Email).is_none() {
        faults.add("email", tr!("domain-import-email-column"));
    }
    let mut seen: Vec<(usize, ImportColumn)> = Vec::new();
    for column in ImportColumn::ALL {
        let Some(at) = map.of(column) else { continue };
        if at >= headings {
            return Err(AppError::Malformed(tr!("domain-import-no-column")));
        }
        if let Some((_, other)) = seen.iter().find(|(there, _)| *there == at) {
            let other = word(*other).to_lowercase();
            faults.add(field(column), tr!("domain-import-column-twice", column = other));
        }
        seen.push((at, column));
    }
    faults.finish()
}

/// A column's name in forms.
pub fn field(column: ImportColumn) -> &'static str {
    match column {
        ImportColumn::Name => "name",
        ImportColumn::FirstName => "first_name",
        ImportColumn::LastName => "last_name",
        ImportColumn::Email => "email",
        ImportColumn::Phone => "phone",
        ImportColumn::Department => "department",
        ImportColumn::RollNo => "roll_no",
        ImportColumn::Photo => "photo",
    }
}

/// A column's name as it is kept with what was found, whatever language its readers read.
pub fn kept(column: ImportColumn) -> &'static str {
    match column {
        ImportColumn::Name => "Name",
        ImportColumn::FirstName => "First name",
        ImportColumn::LastName => "Last name",
        ImportColumn::Email => "Email",
        ImportColumn::Phone => "Phone",
        ImportColumn::Department => "Department",
        ImportColumn::RollNo => "Roll number",
        ImportColumn::Photo => "Photo",
    }
}

/// A column's name in the reader's language.
pub fn word(column: ImportColumn) -> String {
    match column {
        ImportColumn::Name => tr!("domain-import-column-name"),
        ImportColumn::FirstName => tr!("domain-import-column-first-name"),
        ImportColumn::LastName => tr!("domain-import-column-last-name"),
        ImportColumn::Email => tr!("domain-import-column-email"),
        ImportColumn::Phone => tr!("domain-import-column-phone"),
        ImportColumn::Department => tr!("domain-import-column-department"),
        ImportColumn::RollNo => tr!("domain-import-column-roll-no"),
        ImportColumn::Photo => tr!("domain-import-column-photo"),
    }
}
