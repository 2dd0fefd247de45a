//! The register of one session in the browser: one signal per row, decisions
//! shown at once and taken back when the server refuses them.
//!
//! A row with a decision under way is not touched by news from outside; the
//! answer to the decision ends that.

use super::{
    SessionCalls,
    words::{YOU_WAITING, count, name_reader, show_decision, tell},
};
use crate::app::{
    components::notice::{NoticeKind, Toasts, use_toasts},
    error::AppError,
    types::*,
};
use crate::tr;
use leptos::{prelude::*, task::spawn_local};

/// Steps that "undo" can go back on one page.
const UNDO_STEPS_MAX: usize = 50;
/// Readings of a session that keeps changing meanwhile, before one is taken as it is.
const REFRESH_TRIES_MAX: u8 = 3;

/// One student of the roster.
#[derive(Clone, Copy)]
pub struct RegisterRow {
    pub student: StudentId,
    /// Place in the register, counted from 1.
    pub number: usize,
    /// What the page shows, a decision under way included.
    pub entry: RwSignal<RosterEntry>,
    /// A decision is on its way to the server.
    pub saving: RwSignal<bool>,
    /// What the server said last.
    kept: StoredValue<RosterEntry>,
    /// Decided while another decision was under way; sent after it.
    next: StoredValue<Option<RecordForm>>,
}

impl RegisterRow {
    fn new(number: usize, entry: RosterEntry) -> Self {
        Self {
            student: entry.student.id,
            number,
            saving: RwSignal::new(false),
            kept: StoredValue::new(entry.clone()),
            entry: RwSignal::new(entry),
            next: StoredValue::new(None),
        }
    }

    /// The status shown, tracked.
    pub fn status(self) -> Option<RecordStatus> {
        self.entry.read().status
    }

    /// Name and roll number; they never change.
    pub fn who(self) -> StudentRef {
        self.entry.with_untracked(|entry| entry.student.clone())
    }
}

/// A session and its rows.
#[derive(Clone, Copy)]
pub struct Register {
    pub id: SessionId,
    pub session: RwSignal<SessionRow>,
    pub may_mark: RwSignal<bool>,
    pub may_correct: RwSignal<bool>,
    pub faces_unavailable: RwSignal<Option<String>>,
    /// The reader is an administrator or teaches in the session's department.
    pub is_own: bool,
    /// The reader's name, as the server writes it into records.
    reader: StoredValue<Option<String>>,
    /// Counted over the rows as shown, so that they always add up.
    pub counters: Memo<Counters>,
    /// The last change in words, for screen readers.
    pub news: RwSignal<String>,
    /// Whose note or correction is open.
    pub opened: RwSignal<Option<StudentId>>,
    pub calls: SessionCalls,
    rows: StoredValue<Vec<RegisterRow>>,
    /// Student and status before each decision of this page.
    past: StoredValue<Vec<(StudentId, Option<RecordStatus>)>>,
    /// Changes heard of so far: a reading begun before one may be out of date.
    heard: StoredValue<u64>,
    toasts: Toasts,
}

impl Register {
    /// The register as the server sent it.
    pub fn new(detail: SessionDetail, calls: SessionCalls) -> Self {
        let reader = use_context::<CurrentUser>();
        let name = reader.as_ref().map(|reader| reader.name.clone());
        let roster = detail.roster.into_iter().map(|entry| name_reader(entry, name.as_deref()));
        let rows: Vec<RegisterRow> = roster.enumerate().map(|(at, entry)| RegisterRow::new(at + 1, entry)).collect();
        let counted = rows.clone();
        let is_own = reader.is_some_and(|reader| {
            let own = reader.departments.iter().any(|department| department.id == detail.session.department.id);
            reader.role == Role::Admin || own
        });
        Self {
            id: detail.session.id,
            session: RwSignal::new(detail.session),
            may_mark: RwSignal::new(detail.may_mark),
            may_correct: RwSignal::new(detail.may_correct),
            faces_unavailable: RwSignal::new(detail.faces_unavailable),
            is_own,
            reader: StoredValue::new(name),
            counters: Memo::new(move |_| count(counted.iter().map(|row| row.status()))),
            news: RwSignal::new(String::new()),
            opened: RwSignal::new(None),
            calls,
            rows: StoredValue::new(rows),
            past: StoredValue::new(Vec::new()),
            heard: StoredValue::new(0),
            toasts: use_toasts(),
        }
    }

    /// All rows in roll-number order; the roster is frozen, so they never change.
    pub fn rows(self) -> Vec<RegisterRow> {
        self.rows.try_get_value().unwrap_or_default()
    }

    /// The row of a student, when the student is on the roster.
    pub fn row(self, student: StudentId) -> Option<RegisterRow> {
        self.rows.try_with_value(|rows| rows.iter().find(|row| row.student == student).copied()).flatten()
    }

    /// The session takes marks, and the reader may make them.
    pub fn is_open(self) -> bool {
        self.session.read().status == SessionStatus::Active && self.may_mark.get()
    }

    /// The session is saved and the reader may still correct single records.
    pub fn is_correctable(self) -> bool {
        self.session.read().status == SessionStatus::Completed && self.may_correct.get()
    }

    /// A decision about one student: shown at once, sent, taken back if refused.
    pub fn decide(self, student: StudentId, status: Option<RecordStatus>) {
        self.decide_with(self.decision(student, status));
    }

    /// A decision that says nothing of the note.
    pub fn decision(self, student: StudentId, status: Option<RecordStatus>) -> RecordForm {
        RecordForm { session: self.id, student, status, keep_status: false, notes: None, reason: String::new() }
    }

    /// The same with note and reason.
    pub fn decide_with(self, form: RecordForm) {
        let Some(row) = self.row(form.student) else { return };
        let before = row.entry.with_untracked(|entry| entry.status);
        if before != form.status {
            self.past.try_update_value(|past| {
                past.push((form.student, before));
                let extra = past.len().saturating_sub(UNDO_STEPS_MAX);
                past.drain(..extra);
            });
        }
        self.write(row, form);
    }

    /// Decisions of this page that can be taken back.
    pub fn steps(self) -> usize {
        self.past.try_with_value(Vec::len).unwrap_or_default()
    }

    /// Takes the last decision of this page back; says whose it was.
    pub fn undo(self) -> Option<StudentId> {
        let (student, status) = self.past.try_update_value(Vec::pop).flatten()?;
        let row = self.row(student)?;
        self.write(row, self.decision(student, status));
        Some(student)
    }

    /// Takes a student's mark back: unmarked again.
    pub fn take_back(self, student: StudentId) {
        let marked = self.row(student).is_some_and(|row| row.entry.with_untracked(|entry| entry.status.is_some()));
        if marked {
            self.decide(student, None);
        }
    }

    fn write(self, row: RegisterRow, form: RecordForm) {
        self.news.set(tell(&[(row.who().name, form.status)]));
        row.entry.update(|entry| show_decision(entry, &form));
        if row.saving.get_untracked() {
            row.next.update_value(|next| {
                *next = Some(match next.take() {
                    Some(earlier) => form.after(earlier),
                    None => form,
                });
            });
            return;
        }
        row.saving.set(true);
        spawn_local(self.send(row, form));
    }

    /// Sends a decision and those made meanwhile, then shows what the server kept.
    async fn send(self, row: RegisterRow, form: RecordForm) {
        let mut next = Some(form);
        while let Some(form) = next.take() {
            let Some(answer) = self.calls.set_record.try_run(form) else { return };
            match answer.await {
                Ok(entry) => {
                    self.heard.try_update_value(|heard| *heard += 1);
                    row.kept.set_value(self.name_reader(entry));
                    next = row.next.try_update_value(Option::take).flatten();
                }
                // Set but not sent: shown as it is, until the server tells how it stands.
                Err(AppError::WaitsOnDevice) => {
                    row.entry.try_update(|entry| entry.marked_by = Some(YOU_WAITING.to_owned()));
                    if let Some(shown) = row.entry.try_get_untracked() {
                        row.kept.set_value(shown);
                    }
                    next = row.next.try_update_value(Option::take).flatten();
                }
                Err(error) => {
                    row.next.set_value(None);
                    self.refuse(row, &error);
                }
            }
        }
        if let Some(kept) = row.kept.try_get_value() {
            row.entry.set(kept);
            row.saving.set(false);
        }
    }

    fn refuse(self, row: RegisterRow, error: &AppError) {
        if row.entry.is_disposed() {
            return;
        }
        let name = row.who().name;
        self.news.set(tr!("live-not-changed", name = &name));
        self.toasts.say(NoticeKind::Error, tr!("live-not-changed-why", name = name, why = error.sentence()));
    }

    /// Gives every unmarked student a status; the server decides who that is.
    pub async fn mark_rest(self, status: RecordStatus) {
        let Some(answer) = self.calls.mark_rest.try_run(status) else { return };
        match answer.await {
            Ok(changed) => {
                self.say(NoticeKind::Success, tr!("live-rest-marked", count = changed, status = status.as_str()));
                self.refresh();
            }
            Err(error) => self.say(NoticeKind::Error, error.sentence()),
        }
    }

    /// Shows the session as the server sent it.
    pub fn replace(self, detail: SessionDetail) {
        self.session.set(detail.session);
        self.may_mark.set(detail.may_mark);
        self.may_correct.set(detail.may_correct);
        self.faces_unavailable.set(detail.faces_unavailable);
        self.merge(detail.roster);
    }

    /// Reads the session again; a failure is left to the next time.
    pub fn refresh(self) {
        spawn_local(async move {
            for left in (0..REFRESH_TRIES_MAX).rev() {
                let before = self.heard.try_get_value();
                let Some(answer) = self.calls.get_session.try_run(()) else { return };
                let Ok(detail) = answer.await else { return };
                let after = self.heard.try_get_value();
                if after.is_none() {
                    return;
                }
                if before == after || left == 0 {
                    self.replace(detail);
                    return;
                }
            }
        });
    }

    /// News from the server about this session.
    pub fn receive(self, event: LiveEvent) {
        if event.session != self.id || self.session.is_disposed() {
            return;
        }
        let is_news_of_the_session =
            event.entries.is_empty() || self.session.with_untracked(|session| session.status != event.status);
        self.heard.try_update_value(|heard| *heard += 1);
        self.merge(event.entries);
        // Who may do what after a change of state is for the server to say.
        if is_news_of_the_session {
            self.refresh();
        }
    }

    /// Whom a photo marked, shown without waiting for the live line.
    pub fn receive_marks(self, outcome: &MarkOutcome) {
        let entries = outcome.faces.iter().filter_map(|face| self.marked_entry(face)).collect();
        self.merge(entries);
    }

    fn marked_entry(self, face: &MarkedFace) -> Option<RosterEntry> {
        let (candidate, status) = (face.candidates.first()?, face.status?);
        let mut entry = self.row(candidate.student.id)?.kept.try_get_value()?;
        if face.verdict != FaceVerdict::Certain || entry.status.is_some() {
            return None;
        }
        entry.status = Some(status);
        entry.method = Some(Method::Face);
        entry.timestamp = face.timestamp;
        entry.confidence = Some(candidate.confidence);
        Some(entry)
    }

    fn merge(self, entries: Vec<RosterEntry>) {
        let mut changes = Vec::new();
        for entry in entries {
            let entry = self.name_reader(entry);
            let Some(row) = self.row(entry.student.id) else { continue };
            row.kept.set_value(entry.clone());
            if row.saving.get_untracked() || row.entry.with_untracked(|shown| *shown == entry) {
                continue;
            }
            if row.entry.with_untracked(|shown| shown.status != entry.status) {
                changes.push((entry.student.name.clone(), entry.status));
            }
            row.entry.set(entry);
        }
        if !changes.is_empty() {
            self.news.set(tell(&changes));
        }
    }

    fn name_reader(self, entry: RosterEntry) -> RosterEntry {
        let name = self.reader.try_get_value().flatten();
        name_reader(entry, name.as_deref())
    }

    /// A toast, which is announced too.
    pub fn say(self, kind: NoticeKind, text: String) {
        if !self.session.is_disposed() {
            self.toasts.say(kind, text);
        }
    }
}
