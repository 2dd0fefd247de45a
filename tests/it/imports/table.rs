//! Files as spreadsheet programs write them.

use rollcall::app::error::AppError;
use rollcall::app::types::{ColumnMap, ImportColumn, ImportForm, ImportId};
use rollcall::server::domain::imports::{ROWS_MAX, columns, table};

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    table::read(bytes).expect("a table").rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn every_delimiter_and_encoding_gives_the_same_table() {
    for (delimiter, word) in [(",", "comma"), (";", "semicolon"), ("\t", "tab")] {
        let text = ["Name", "E-Mail", "Dept."].join(delimiter)
            + "\r\n"
            + &["Zoë Müller", "zoe@x.edu", "CS"].join(delimiter)
            + "\r\n";
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let western: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("a Western letter")).collect();
        let files = [
            (text.clone().into_bytes(), "UTF-8"),
            (format!("\u{FEFF}{text}").into_bytes(), "UTF-8"),
            (utf16, "UTF-16LE"),
            (western, "windows-1252"),
            (format!("sep={delimiter}\r\n{text}").into_bytes(), "UTF-8"),
        ];
        for (bytes, encoding) in files {
            let read = table::read(&bytes).expect("a table");
            assert_eq!((read.delimiter, read.encoding), (word, encoding));
            assert_eq!(read.headings, ["Name", "E-Mail", "Dept."]);
            assert_eq!(read.rows[0].cells, ["Zoë Müller", "zoe@x.edu", "CS"]);
            assert_eq!(columns::guess(&read.headings).of(ImportColumn::Email), Some(1));
        }
    }
}

#[test]
fn quotes_empty_rows_and_our_own_apostrophes_are_read() {
    let text = "name;email;phone\n\"Ann; the \"\"first\"\"\";a@x.edu;'+44 1234 567890\n;;\n\nBob;b@x.edu\n";
    assert_eq!(
        rows(text.as_bytes()),
        [vec!["Ann; the \"first\"", "a@x.edu", "+44 1234 567890"], vec!["Bob", "b@x.edu"]]
    );
    let lines: Vec<u32> = table::read(text.as_bytes()).expect("a table").rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 5], "lines as an editor counts them");
}

#[test]
fn headings_are_known_in_many_spellings() {
    type Case = (&'static [&'static str], &'static [(ImportColumn, usize)]);
    let cases: [Case; 4] = [
        (
            &["S.No", "Student Name", "E-mail ID", "Mobile No.", "Branch", "Roll No", "Photo file"],
            &[
                (ImportColumn::Name, 1),
                (ImportColumn::Email, 2),
                (ImportColumn::Phone, 3),
                (ImportColumn::Department, 4),
                (ImportColumn::RollNo, 5),
                (ImportColumn::Photo, 6),
            ],
        ),
        (
            &["Vorname", "Nachname", "Telefon", "E-Mail"],
            &[
                (ImportColumn::FirstName, 0),
                (ImportColumn::LastName, 1),
                (ImportColumn::Phone, 2),
                (ImportColumn::Email, 3),
            ],
        ),
        (&["FULL_NAME", "name", "first name"], &[(ImportColumn::Name, 0)]),
        (&["What", "ever"], &[]),
    ];
    for (headings, expected) in cases {
        let headings: Vec<String> = headings.iter().map(|text| (*text).to_owned()).collect();
        let map = columns::guess(&headings);
        for column in ImportColumn::ALL {
            let wanted = expected.iter().find(|(there, _)| *there == column).map(|(_, at)| *at);
            assert_eq!(map.of(column), wanted, "{column:?} of {headings:?}");
        }
    }
}

#[test]
fn what_is_no_table_is_refused_with_a_way_out() {
    let too_many = "name,email\n".to_owned() + &"a,b\n".repeat(ROWS_MAX + 1);
    let cases: [(&[u8], &str); 5] = [
        (b"PK\x03\x04 a workbook", "CSV UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "not a text file"),
        (b"", "no rows"),
        (b"name,email\n\n", "no rows"),
        (too_many.as_bytes(), "at most 10000"),
    ];
    for (bytes, words) in cases {
        match table::read(bytes) {
            Err(AppError::Invalid(faults)) => assert!(faults.sentence().contains(words), "{}", faults.sentence()),
            other => panic!("{words}: {other:?}"),
        }
    }
}

#[test]
fn columns_that_cannot_be_read_are_refused_at_their_field() {
    let form = |columns| ImportForm { id: ImportId(1), columns, department: 0, photos_must_fit: false };
    let missing = columns::check(&form(ColumnMap::default()), 3).expect_err("no columns");
    assert!(missing.of_field("name").is_some() && missing.of_field("email").is_some());
    let twice = ColumnMap { name: 0, email: 1, phone: 1, ..ColumnMap::default() };
    assert!(columns::check(&form(twice), 3).expect_err("twice").of_field("phone").is_some());
    let outside = ColumnMap { name: 0, email: 9, ..ColumnMap::default() };
    assert!(columns::check(&form(outside), 3).is_err());
}
