//! A register's rows in numbers and words: counts, changes, and who decided.

use crate::app::{components::status_chip::status_word, types::*};
use crate::tr;

/// Stands for the reader's own name, which is told as "you" in the reader's language.
const YOU: &str = "you";
/// The same for a decision that the server does not know yet.
pub(super) const YOU_WAITING: &str = "you, waits on this device";

/// Counts over statuses.
pub(super) fn count(statuses: impl Iterator<Item = Option<RecordStatus>>) -> Counters {
    statuses.fold(Counters::default(), |mut counters, status| {
        counters.total += 1;
        match status {
            Some(RecordStatus::Present) => counters.present += 1,
            Some(RecordStatus::Late) => counters.late += 1,
            Some(RecordStatus::Absent) => counters.absent += 1,
            Some(RecordStatus::Excused) => counters.excused += 1,
            None => counters.unmarked += 1,
        }
        counters
    })
}

/// Who was marked how: "John Doe marked present".
pub fn marked_as(name: &str, status: RecordStatus) -> String {
    tr!("live-marked", name = name, status = status.as_str())
}

/// One or several changes in words.
pub(super) fn tell(changes: &[(String, Option<RecordStatus>)]) -> String {
    let say = |(name, status): &(String, Option<RecordStatus>)| match status {
        Some(status) => marked_as(name, *status),
        None => tr!("live-unmarked", name = name),
    };
    match changes {
        [] => String::new(),
        [one] => say(one),
        many if many.len() <= 4 => many.iter().map(say).collect::<Vec<_>>().join(tr!("word-list-separator").as_str()),
        many => tr!("live-many-changed", count = many.len()),
    }
}

/// The row as it will look once the decision is written.
pub(super) fn show_decision(entry: &mut RosterEntry, form: &RecordForm) {
    if !form.keep_status {
        entry.status = form.status;
    }
    let decided = entry.status.is_some();
    match &form.notes {
        _ if !decided => entry.notes.clear(),
        Some(notes) => entry.notes.clone_from(notes),
        None => {}
    }
    entry.method = decided.then_some(Method::Manual);
    entry.manual_override = decided;
    entry.marked_by = decided.then(|| YOU.to_owned());
    entry.confidence = None;
}

/// The reader's own decisions are told as "you".
pub(super) fn name_reader(mut entry: RosterEntry, reader: Option<&str>) -> RosterEntry {
    if entry.marked_by.is_some() && entry.marked_by.as_deref() == reader {
        entry.marked_by = Some(YOU.to_owned());
    }
    entry
}

/// By whom a record was made, in words; empty while unmarked.
pub fn made_by(entry: &RosterEntry) -> String {
    match (entry.status, entry.method) {
        (None, _) => String::new(),
        (Some(_), Some(Method::Face)) if !entry.manual_override => tr!("live-by-photo"),
        (Some(_), Some(Method::AutoClose)) => tr!("live-by-clock"),
        (Some(_), Some(Method::Import)) => tr!("live-by-import"),
        (Some(_), _) => match entry.marked_by.as_deref() {
            Some(YOU) => tr!("live-by-you"),
            Some(YOU_WAITING) => tr!("live-by-you-waiting"),
            Some(name) => tr!("live-by", name = name),
            None => tr!("live-by-teacher"),
        },
    }
}

/// Status and maker in one line for screen readers: "Present, by photo".
pub fn status_line(entry: &RosterEntry) -> String {
    let made = made_by(entry);
    let word = status_word(entry.status);
    if made.is_empty() { word } else { tr!("live-status-line", status = word, maker = made) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_add_up_to_the_roster() {
        let statuses = [None, Some(RecordStatus::Late), Some(RecordStatus::Present), None, Some(RecordStatus::Excused)];
        let counters = count(statuses.into_iter());
        assert_eq!(counters, Counters { total: 5, present: 1, late: 1, absent: 0, excused: 1, unmarked: 2 });
    }

    #[test]
    fn a_few_changes_are_named_and_many_are_counted() {
        let change = |name: &str| (name.to_owned(), Some(RecordStatus::Present));
        assert_eq!(tell(&[change("John Doe")]), "John Doe marked present");
        assert_eq!(tell(&[("Ann".to_owned(), None)]), "Ann is unmarked again");
        assert_eq!(tell(&vec![change("x"); 9]), "9 students changed");
    }

    #[test]
    fn a_decision_is_shown_as_the_readers_own() {
        let mut entry = RosterEntry {
            student: StudentRef::default(),
            photo: None,
            has_face: true,
            status: Some(RecordStatus::Present),
            method: Some(Method::Face),
            manual_override: false,
            marked_by: None,
            notes: "left early".into(),
            timestamp: None,
            confidence: Some(0.9),
        };
        assert_eq!(made_by(&entry), "by photo");
        let status = Some(RecordStatus::Excused);
        show_decision(&mut entry, &RecordForm { status, notes: Some("doctor".into()), ..form() });
        assert_eq!((status_line(&entry).as_str(), entry.notes.as_str()), ("Excused, by you", "doctor"));
        show_decision(&mut entry, &RecordForm { status: Some(RecordStatus::Late), ..form() });
        assert_eq!((status_line(&entry).as_str(), entry.notes.as_str()), ("Late, by you", "doctor"));
        show_decision(&mut entry, &RecordForm { keep_status: true, notes: Some("bus".into()), ..form() });
        assert_eq!((status_line(&entry).as_str(), entry.notes.as_str()), ("Late, by you", "bus"));
        show_decision(&mut entry, &form());
        assert_eq!((status_line(&entry).as_str(), entry.notes.as_str()), ("Unmarked", ""));
    }

    fn form() -> RecordForm {
        RecordForm {
            session: SessionId(1),
            student: StudentId(1),
            status: None,
            keep_status: false,
            notes: None,
            reason: String::new(),
        }
    }
}
