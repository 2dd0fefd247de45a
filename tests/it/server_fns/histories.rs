//! What has happened to a register and to a student, and the end of a student.

use crate::support::TestApp;
use axum::body::Body;
use axum::http::Request;
use rollcall::app::error::AppError;
use rollcall::app::types::*;
use rollcall::server::domain::erasure::erase_student;
use rollcall::server::domain::history::get_register_history;
use rollcall::server::domain::student_history::get_student_history;
use rollcall::server::domain::{records, sessions, students};
use rollcall::server::error::Error;

struct School {
    app: TestApp,
    session: SessionId,
    ann: StudentId,
    bob: StudentId,
}

/// Ann was corrected from absent to excused after the register was saved.
async fn school() -> School {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    let ann = app.student("Ann <b>Ace</b>", department).await.id;
    let bob = app.student("Bob Best", department).await.id;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("student", Role::Student, &[]).await;
    let session = app.session("teacher", department).await.id;
    let school = School { app, session, ann, bob };
    school.set(bob, RecordStatus::Present, "").await;
    school.set(bob, RecordStatus::Late, "").await;
    let teacher = school.app.actor("teacher").await;
    sessions::complete_session(&school.app.ctx, &teacher, session).await.expect("saved");
    school.app.pass(chrono::Duration::minutes(90));
    school.set(ann, RecordStatus::Excused, "Medical note").await;
    school
}

impl School {
    async fn set(&self, student: StudentId, status: RecordStatus, reason: &str) {
        let form = RecordForm {
            session: self.session,
            student,
            status: Some(status),
            keep_status: false,
            notes: None,
            reason: reason.into(),
        };
        let teacher = self.app.actor("teacher").await;
        records::set_record(&self.app.ctx, &teacher, form).await.expect("a record");
    }

    async fn page(&self, username: &str, path: &str) -> (u16, String) {
        let answer = self.app.browser(username).await.get(path).await;
        (answer.status, answer.text())
    }
}

#[tokio::test]
async fn history_tells_who_changed_what_when_and_why() {
    let school = school().await;
    let teacher = school.app.actor("teacher").await;
    let history = get_register_history(&school.app.ctx, &teacher, school.session, false, 1).await.expect("a history");
    let lines: Vec<&str> = history.lines.results.iter().map(|line| line.sentence.as_str()).collect();
    assert_eq!(history.lines.count, 5, "{lines:#?}");
    let correction = &history.lines.results[0];
    assert!(correction.sentence.contains("teacher") && correction.sentence.contains("Ann <b>Ace</b>"), "{lines:#?}");
    let mark = MarkChange { from: Some(RecordStatus::Absent), to: Some(RecordStatus::Excused) };
    assert_eq!((correction.mark, correction.reason.as_str()), (Some(mark), "Medical note"));
    assert_eq!(correction.at.to_string(), "2025-11-03 11:30:00");
    assert!(lines[1].contains("saved the register"), "{lines:#?}");
    let mark = MarkChange { from: Some(RecordStatus::Present), to: Some(RecordStatus::Late) };
    assert_eq!(history.lines.results[2].mark, Some(mark));
    assert!(lines[4].contains("started Algebra"), "{lines:#?}");
    assert_eq!(history.corrections, 1);
    let only = get_register_history(&school.app.ctx, &teacher, school.session, true, 1).await.expect("corrections");
    assert_eq!((only.lines.count, only.lines.results.len()), (1, 1));
    let past = get_register_history(&school.app.ctx, &teacher, school.session, false, u64::MAX).await.expect("a page");
    assert!(past.lines.results.is_empty());
}

#[tokio::test]
async fn history_page_is_plain_and_for_staff() {
    let school = school().await;
    let path = format!("/sessions/{}/history", school.session);
    let (status, text) = school.page("teacher", &path).await;
    assert_eq!(status, 200);
    assert!(
        text.contains("Medical note") && text.contains("Ann &lt;b&gt;Ace") && !text.contains("<script type=\"module\"")
    );
    let (_, text) = school.page("teacher", &format!("{path}?only=corrections")).await;
    assert_eq!(text.matches("data-test=\"history-line\"").count(), 1);
    assert_eq!(school.page("student", &path).await.0, 403);
    assert_eq!(school.app.anonymous().get(&path).await.status, 302);
    for path in ["/sessions/999/history", "/sessions/x/history", "/sessions/999/print", "/students/999/history"] {
        assert_eq!(school.page("teacher", path).await.0, 404, "{path}");
    }
    let call = "id=1&corrections_only=false&page=1";
    assert_eq!(school.app.anonymous().post_form("/fn/get_register_history", call).await.status, 401);
    assert_eq!(school.app.browser("student").await.post_form("/fn/get_register_history", call).await.status, 403);
}

#[tokio::test]
async fn sheet_of_paper_adds_up_and_names_everybody() {
    let school = school().await;
    let path = format!("/sessions/{}/print", school.session);
    let (status, text) = school.page("teacher", &path).await;
    assert_eq!(status, 200);
    assert_eq!(text.matches("data-test=\"sheet-row\"").count(), 2);
    for words in ["0 present + 1 late + 0 absent + 1 excused + 0 unmarked", "Signature (teacher)", "Department CS (CS)"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("Saved on 3 November 2025, 10:00"));
    assert_eq!(school.page("student", &path).await.0, 403);
    assert_eq!(school.app.anonymous().post_form("/fn/get_register_sheet", "id=1").await.status, 401);
}

#[tokio::test]
async fn student_history_shows_the_arithmetic_and_the_records() {
    let school = school().await;
    let teacher = school.app.actor("teacher").await;
    let history = get_student_history(&school.app.ctx, &teacher, school.bob, 1).await.expect("a history");
    assert_eq!((history.summary.attended, history.summary.counted, history.summary.percentage), (1, 1, 100.0));
    assert_eq!(history.subjects[0].subject, "Algebra");
    let record = &history.records.results[0];
    assert_eq!((record.status, record.how.as_str()), (Some(RecordStatus::Late), "by teacher"));
    assert_eq!(history.losses.records, 1);
    assert_eq!(history.changes.len(), 3, "created, marked, changed: {:#?}", history.changes);
    let (status, text) = school.page("teacher", &format!("/students/{}/history", school.bob)).await;
    assert_eq!(status, 200);
    assert!(text.contains("1 attended (0 present and 1 late) of 1 counted") && text.contains("100.00 %"));
    assert!(!text.contains("data-test=\"ending\""), "a teacher ends nobody");
    assert_eq!(school.page("student", &format!("/students/{}/history", school.bob)).await.0, 403);
}

#[tokio::test]
async fn only_saved_registers_count_in_a_student_history() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    let ann = app.student("Ann Ace", department).await.id;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.session("teacher", department).await;
    let teacher = app.actor("teacher").await;
    let history = get_student_history(&app.ctx, &teacher, ann, 1).await.expect("a history");
    assert_eq!((history.summary.sessions, history.records.count), (0, 1));
    assert_eq!(history.records.results[0].status, None);
}

/// A form posted without a script.
async fn post(app: &TestApp, username: &str, path: &str, body: &str) -> (u16, String) {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("referer", "http://localhost/students/1/history");
    let answer = app.browser(username).await.send(request, Body::from(body.to_owned())).await;
    (answer.status, answer.header("location").unwrap_or_default().to_owned())
}

#[tokio::test]
async fn deactivating_and_activating_lead_back_and_say_so() {
    let school = school().await;
    let app = &school.app;
    let (status, place) = post(app, "admin", "/fn/set_student_active", "id=2&is_active=false").await;
    assert_eq!((status, place.as_str()), (302, "/students/2/history?done=deactivated"));
    assert!(!students::get_student(&app.ctx, school.bob).await.expect("Bob").row.is_active);
    let (_, text) = school.page("admin", &place).await;
    assert!(text.contains("no photo finds them any more") && text.contains("Activate again"));
    post(app, "admin", "/fn/set_student_active", "id=2&is_active=true").await;
    assert!(students::get_student(&app.ctx, school.bob).await.expect("Bob").row.is_active);
    for path in ["/fn/set_student_active", "/fn/erase_student"] {
        let body = "id=2&is_active=false&confirmed=CS-2025-002";
        assert_eq!(app.browser("teacher").await.post_form(path, body).await.status, 403, "{path}");
        assert_eq!(app.anonymous().post_form(path, body).await.status, 401, "{path}");
    }
    let answer = app.browser("admin").await.post_form("/fn/set_student_active", "id=999&is_active=false").await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn erased_student_stays_in_the_counts_under_no_name() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    let ann = app.student_with_face("Ann Ace", department, 1).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("admin", Role::Admin, &[]).await;
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    let session = app.session("teacher", department).await.id;
    let form = RecordForm {
        session,
        student: ann.id,
        status: Some(RecordStatus::Late),
        keep_status: false,
        notes: Some("Doctor".into()),
        reason: String::new(),
    };
    records::set_record(&app.ctx, &app.actor("teacher").await, form).await.expect("a record");
    let admin = app.actor("admin").await;
    let wrong = erase_student(&app.ctx, &admin, ann.id, "CS-2025-999").await;
    assert!(matches!(wrong, Err(Error::User(AppError::Invalid(_)))));
    let erased = erase_student(&app.ctx, &admin, ann.id, " cs-2025-001 ").await.expect("erased");
    assert!(erased.is_row_kept);
    let left = students::get_student(&app.ctx, ann.id).await.expect("a row");
    assert_eq!((left.row.name.as_str(), left.row.roll_no.as_str()), ("Erased student", "ERASED-1"));
    assert!(left.photos.is_empty() && left.row.templates == 0 && left.account.is_none() && !left.row.is_active);
    assert_eq!(app.browser("admin").await.get(&ann.photo.expect("a photo")).await.status, 404);
    let detail = sessions::get_session(&app.ctx, &admin, session).await.expect("the register");
    assert_eq!(detail.session.counters.late, 1, "the counts still add up");
    assert_eq!((detail.roster[0].notes.as_str(), detail.roster[0].confidence), ("", None));
    let told = app.browser("admin").await.get(&format!("/students/{}/history", ann.id)).await.text();
    assert!(told.contains("erased the student") && !told.contains("CS-2025-001"), "nothing tells who it was");
    let page = app.browser("teacher").await.get("/search?q=Ann%20Ace").await.text();
    assert!(page.contains("Nothing matches"), "nobody of this name is found");
}

#[tokio::test]
async fn student_without_records_is_deleted_whole() {
    let school = school().await;
    let department = DepartmentId(1);
    school.app.student("Cid Core", department).await;
    let (status, place) = post(&school.app, "admin", "/fn/erase_student", "id=3&confirmed=CS-2025-003").await;
    assert_eq!(status, 302);
    assert!(place.starts_with("/admin/erasures/") && place.ends_with("?done=erased"), "{place}");
    assert!(students::get_student(&school.app.ctx, StudentId(3)).await.is_err());
    let (status, place) = post(&school.app, "admin", "/fn/erase_student", "id=1&confirmed=x").await;
    assert_eq!(status, 302);
    assert!(place.contains("__err="), "{place}");
    assert!(students::get_student(&school.app.ctx, school.ann).await.is_ok());
}
