//! Who had which status in a closed register, in one line of text that the database can join to a longer one: the id of
//! each student and the first letter of the status, `12p13a14l`.

use super::statistics::Counts;
use crate::app::types::{RecordStatus, StudentId};
use std::collections::HashMap;
use std::fmt::Write;

/// The line of these records.
pub fn write(records: impl IntoIterator<Item = (i64, RecordStatus)>) -> String {
    let mut line = String::new();
    for (student, status) in records {
        // Writing to a string cannot fail.
        let _ = write!(line, "{student}{}", letter(status));
    }
    line
}

/// Sums lines that were joined, by student. What is no record is passed over.
pub fn sum(lines: &str) -> HashMap<StudentId, Counts> {
    let mut sums: HashMap<StudentId, Counts> = HashMap::new();
    let mut id: i64 = 0;
    for byte in lines.bytes() {
        if byte.is_ascii_digit() {
            id = id.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
            continue;
        }
        if let Some(status) = RecordStatus::ALL.into_iter().find(|status| letter(*status) == char::from(byte)) {
            let counts = sums.entry(StudentId(id)).or_default();
            counts.total += 1;
            match status {
                RecordStatus::Present => counts.present += 1,
                RecordStatus::Late => counts.late += 1,
                RecordStatus::Absent => counts.absent += 1,
                RecordStatus::Excused => counts.excused += 1,
            }
        }
        id = 0;
    }
    sums
}

/// The first letter of the status's name, by which alone all four are told apart.
fn letter(status: RecordStatus) -> char {
    match status {
        RecordStatus::Present => 'p',
        RecordStatus::Late => 'l',
        RecordStatus::Absent => 'a',
        RecordStatus::Excused => 'e',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_lines_are_summed_by_student() {
        let monday = write([(7, RecordStatus::Present), (12, RecordStatus::Absent)]);
        let tuesday = write([(12, RecordStatus::Late), (7, RecordStatus::Excused)]);
        assert_eq!(monday, "7p12a");
        let sums = sum(&(monday + &tuesday));
        assert_eq!(sums[&StudentId(7)], Counts { total: 2, present: 1, excused: 1, ..Counts::default() });
        assert_eq!(sums[&StudentId(12)], Counts { total: 2, absent: 1, late: 1, ..Counts::default() });
        assert_eq!(sums.len(), 2);
    }

    #[test]
    fn nothing_and_nonsense_count_nothing() {
        assert!(sum("").is_empty());
        assert!(sum("7?8").is_empty());
    }

    /// What migrations and the demo take from the database is what is written here.
    #[test]
    fn letters_are_the_first_of_the_names() {
        for status in RecordStatus::ALL {
            assert!(status.as_str().starts_with(letter(status)), "{}", status.as_str());
        }
    }
}
