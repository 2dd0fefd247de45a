//! The audit log's sentences.

use crate::support::TestApp;
use crate::support::db::test_databases;
use chrono::NaiveDate;
use rollcall::app::types::*;
use rollcall::server::domain::audit::{AuditFilter, AuditRow, list_audit};
use rollcall::server::domain::audit_sentences::{ACTIONS, AREAS, Names, Object, history, lines_of, sentence, title};
use rollcall::server::domain::records::{Decision, set_records};
use rollcall::server::domain::settings::{SettingsForm, save_settings};
use rollcall::server::domain::{sessions, students};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Actions as the source writes them: words with a dot in the files that know of the audit log.
fn audit_actions() -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![Path::new("src/server").to_owned()]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        if text.contains("audit") {
            found.extend(text.split('"').skip(1).step_by(2).filter(|text| is_action(text)).map(str::to_owned));
        }
    }
    found
}

/// Two words of small letters with a dot between, and no file name.
fn is_action(text: &str) -> bool {
    let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let files = ["rs", "jpg", "png", "db", "zip", "json", "key", "part", "csv", "txt", "toml"];
    text.split_once('.').is_some_and(|(area, verb)| word(area) && word(verb) && !files.contains(&verb))
}

fn row(action: &str, object_type: &str, object_id: &str, sentence: &str, details: Value) -> AuditRow {
    AuditRow {
        id: 1,
        at: chrono::DateTime::UNIX_EPOCH,
        actor: "asha".to_owned(),
        action: action.to_owned(),
        object_type: object_type.to_owned(),
        object_id: object_id.to_owned(),
        sentence: sentence.to_owned(),
        details,
        trace_id: String::new(),
        ip: String::new(),
    }
}

fn names() -> Names {
    let mut names = Names::default();
    names.students.insert(7, ("Ravi Rao".to_owned(), "CS-2025-007".to_owned()));
    let day = NaiveDate::from_ymd_opt(2025, 11, 2).expect("a day");
    names.sessions.insert(3, ("Networks".to_owned(), day));
    names.users.insert("asha".to_owned(), "Asha".to_owned());
    names
}

#[test]
fn every_action_that_the_code_writes_has_words() {
    let written = audit_actions();
    assert!(written.len() > 30, "the actions were found: {written:?}");
    let silent: Vec<_> = written.iter().filter(|action| !ACTIONS.iter().any(|known| known == action)).collect();
    assert!(silent.is_empty(), "without words in audit_sentences::ACTIONS: {silent:?}");
    let idle: Vec<_> = ACTIONS.iter().filter(|known| !written.contains(**known)).collect();
    assert!(idle.is_empty(), "never written: {idle:?}");
    for action in ACTIONS {
        let area = action.split('.').next().unwrap_or_default();
        assert!(AREAS.iter().any(|(known, _)| *known == area), "{action} belongs to no area");
        let words = title(action);
        assert!(words.starts_with(char::is_uppercase), "{words}");
    }
}

#[test]
fn a_corrected_record_reads_as_a_sentence() {
    let details = |from: &str, to: &str, reason: &str| json!({ "session": 3, "student": 7, "from": from, "to": to, "reason": reason });
    let told = |action: &str, details: Value| sentence(&row(action, "record", "3/7", "as it was", details), &names());
    assert_eq!(
        told("record.correct", details("absent", "present", "came by the side door")),
        "Asha changed Ravi Rao’s record in Networks, 2 Nov 2025: absent → present — came by the side door"
    );
    assert_eq!(
        told("record.photo", details("unmarked", "late", "")),
        "Asha marked Ravi Rao late by photo in Networks, 2 Nov 2025"
    );
    assert_eq!(
        told("record.set", details("present", "unmarked", "")),
        "Asha took back the mark of Ravi Rao in Networks, 2 Nov 2025: it was present"
    );
    assert_eq!(
        told("record.set", details("late", "late", "")),
        "Asha confirmed Ravi Rao as late in Networks, 2 Nov 2025"
    );
    assert_eq!(told("record.set", json!({})), "as it was", "an older row says what it said");
}

#[test]
fn what_is_gone_is_named_by_its_number() {
    let details = json!({ "session": 3, "student": 7, "from": "absent", "to": "late", "reason": "" });
    let told = sentence(&row("record.set", "record", "3/7", "", details), &Names::default());
    assert_eq!(told, "asha changed student 7’s record: absent → late");
}

#[test]
fn settings_students_and_days_read_well() {
    let changed = row("settings.change", "setting", "late_after_minutes", "old", json!({ "from": "10", "to": "1" }));
    assert_eq!(sentence(&changed, &names()), "Asha changed the setting “Late after”: 10 minutes → 1 minute");
    let student =
        row("student.update", "student", "7", "asha changed the student CS-2025-007 (student.update)", json!({}));
    assert_eq!(sentence(&student, &names()), "Asha changed the details of Ravi Rao (CS-2025-007)");
    let photo = row("student.photo_add", "student", "7", "Asha added a photo of CS-2025-007", json!({}));
    assert_eq!(sentence(&photo, &names()), "Asha added a photo of Ravi Rao (CS-2025-007)");
    let gone = row("student.delete", "student", "9", "Asha deleted the student CS-2025-009 with 1 photos", json!({}));
    assert_eq!(sentence(&gone, &names()), "Asha deleted the student CS-2025-009 with 1 photos");
    let saved =
        row("session.complete", "session", "3", "Asha saved the register of Networks on 2025-11-02; 1 x", json!({}));
    assert_eq!(sentence(&saved, &names()), "Asha saved the register of Networks on 2 Nov 2025; 1 x");
}

#[tokio::test]
async fn histories_hold_what_belongs_to_the_thing() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        let department = app.department("CS").await;
        let (ann, bob) = (app.student("Ann Ace", department).await, app.student("Bob Best", department).await);
        app.account("teacher", Role::Teacher, &[department]).await;
        app.account("boss", Role::Admin, &[]).await;
        let (teacher, boss) = (app.actor("teacher").await, app.actor("boss").await);
        let session = app.session("teacher", department).await.id;
        let decide =
            |student: StudentId| Decision { student, status: Some(RecordStatus::Late), notes: None, made_at: None };
        let both = vec![decide(ann.id), decide(bob.id)];
        set_records(&app.ctx, &teacher, session, both, "").await.expect("marked");
        sessions::complete_session(&app.ctx, &teacher, session).await.expect("saved");

        let of_session = history(&app.ctx, Object::Session(session), 1, 20).await.expect("a history");
        let told: Vec<_> = of_session.results.iter().map(|line| line.action.as_str()).collect();
        assert_eq!(told, ["session.complete", "record.set", "record.set", "session.create"], "{}", database.kind);
        assert_eq!(of_session.results[0].href, Some(format!("/sessions/{session}")));
        let of_ann = history(&app.ctx, Object::Student(ann.id), 1, 20).await.expect("a history");
        let told: Vec<_> = of_ann.results.iter().map(|line| line.sentence.as_str()).collect();
        assert_eq!(told[0], "teacher marked Ann Ace late in Algebra, 3 Nov 2025");
        assert_eq!(of_ann.count, 2, "created, marked");
        let of_teacher = history(&app.ctx, Object::User(teacher.user_id), 1, 1).await.expect("a history");
        assert_eq!((of_teacher.count, of_teacher.results.len()), (5, 1), "created, session, two marks, saved");

        save_settings(&app.ctx, &boss, settings(5)).await.expect("saved");
        let find = |filter: AuditFilter| {
            let ctx = app.ctx.clone();
            async move { list_audit(&ctx, &filter, 1, 20).await.expect("the log") }
        };
        let by_name = find(AuditFilter { search: "ann ACE".into(), ..AuditFilter::default() }).await;
        assert_eq!(by_name.count, 2, "{}: a name finds the rows of its student", database.kind);
        let settings =
            find(AuditFilter { area: "settings".into(), actor_part: "BOS".into(), ..AuditFilter::default() }).await;
        assert_eq!(settings.count, 1);
        let lines = lines_of(&app.ctx, settings.results).await.expect("lines");
        assert_eq!(lines[0].sentence, "boss changed the setting “Late after”: 10 minutes → 5 minutes");
        assert_eq!(find(AuditFilter { area: "setting".into(), ..AuditFilter::default() }).await.count, 0);

        let change = students::StudentChange { name: Some("Anna Ace".into()), ..Default::default() };
        students::change_student(&app.ctx, &boss, ann.id, change).await.expect("renamed");
        let renamed = history(&app.ctx, Object::Student(ann.id), 1, 1).await.expect("a history");
        assert_eq!(renamed.results[0].sentence, format!("boss changed the details of Anna Ace ({})", ann.roll_no));
    }
}

fn settings(late_after_minutes: i64) -> SettingsForm {
    SettingsForm {
        institution: Some("Rollcall".into()),
        late_after_minutes: Some(late_after_minutes),
        correction_window_hours: Some(48),
        session_hours_max: Some(4),
        session_days_ahead_max: Some(30),
        confidence_formula: Some(rollcall::server::domain::settings::ConfidenceFormula::Calibrated),
        low_attendance_percent: None,
        self_enrolment: None,
    }
}
