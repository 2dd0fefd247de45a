//! Marking by photo, with the generated networks.

use crate::support::tiny_models::{tiny_class_photo, tiny_face_photo};
use crate::support::{Part, TestApp};
use rollcall::app::types::*;
use rollcall::server::domain::{records, sessions};
use serde_json::{Value, json};

/// A class of three with faces 1, 2, 3, a teacher, and a running session.
async fn class() -> (TestApp, SessionRow, Vec<StudentRow>) {
    class_in(TestApp::with_faces().await).await
}

async fn class_in(app: TestApp) -> (TestApp, SessionRow, Vec<StudentRow>) {
    let department = app.department("CS").await;
    let mut students = Vec::new();
    for (person, name) in [(1, "Ann Ace"), (2, "Bob Best"), (3, "Cid Core")] {
        students.push(app.student_with_face(name, department, person).await);
    }
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    (app, session, students)
}

async fn mark(app: &TestApp, session: SessionId, photo: &[u8], manual: bool) -> Value {
    let id = session.to_string();
    let manual = manual.to_string();
    let parts = [Part::Text("session", &id), Part::Text("manual", &manual), Part::File("image", "class.png", photo)];
    let answer = app.api("teacher").await.post_parts("/api/attendance/mark/", &parts).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn class_photo_marks_everybody_on_it() {
    let (app, session, students) = class().await;
    let body = mark(&app, session.id, &tiny_class_photo(&[1, 3]), false).await;
    assert_eq!(body["faces_detected"], 2);
    assert_eq!(body["faces_recognized"], 2);
    let mut names: Vec<_> = body["attendance_marked"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|mark| mark["student"]["name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["Ann Ace", "Cid Core"]);
    let first = &body["attendance_marked"][0];
    assert_eq!(first["status"], "present");
    assert_eq!(first["already_marked"], false);
    assert!(first["confidence"].as_f64().is_some_and(|value| (0.8..=1.0).contains(&value)), "{first}");
    assert_eq!(first["bbox"].as_array().map(Vec::len), Some(4));
    assert_eq!(
        body["summary"],
        json!({
            "total_marked": 2, "new_marks": 2, "duplicate_attempts": 0,
            "session_attendance": { "total": 3, "present": 2, "percentage": 66.67 },
        })
    );
    assert_eq!(body["session_info"]["department"], "Department CS");
    let actor = app.actor("teacher").await;
    let detail = sessions::get_session(&app.ctx, &actor, session.id).await.expect("a session");
    let counters = detail.session.counters;
    assert_eq!((counters.present, counters.unmarked, counters.total), (2, 1, students.len() as u64));
}

#[tokio::test]
async fn second_photo_makes_no_second_record() {
    let (app, session, _) = class().await;
    mark(&app, session.id, &tiny_face_photo(2), false).await;
    let body = mark(&app, session.id, &tiny_face_photo(2), false).await;
    assert_eq!(body["attendance_marked"][0]["already_marked"], true);
    assert_eq!(body["summary"]["new_marks"], 0);
    assert_eq!(body["summary"]["duplicate_attempts"], 1);
    assert_eq!(body["summary"]["session_attendance"]["present"], 1);
}

#[tokio::test]
async fn stranger_is_told_and_not_marked() {
    let (app, session, _) = class().await;
    let body = mark(&app, session.id, &tiny_class_photo(&[2, 9]), false).await;
    assert_eq!((body["faces_detected"].as_u64(), body["faces_recognized"].as_u64()), (Some(2), Some(1)));
    assert_eq!(body["unrecognized"][0]["reason"], "No match found (confidence below threshold)");
    assert_eq!(body["summary"]["session_attendance"]["present"], 1);
}

#[tokio::test]
async fn student_of_another_department_is_nobody_here() {
    let (app, session, _) = class().await;
    let other = app.department("EC").await;
    app.student_with_face("Eve Else", other, 8).await;
    let body = mark(&app, session.id, &tiny_face_photo(8), false).await;
    assert_eq!(body["faces_recognized"], 0);
}

#[tokio::test]
async fn manual_proposes_and_writes_nothing() {
    let (app, session, _) = class().await;
    let body = mark(&app, session.id, &tiny_class_photo(&[1, 2]), true).await;
    assert_eq!(body["faces_recognized"], 2);
    assert_eq!(body["summary"]["session_attendance"]["present"], 0);
}

#[tokio::test]
async fn photo_without_a_face_gives_zero_counts_and_suggestions() {
    let (app, session, _) = class().await;
    let body = mark(&app, session.id, &tiny_class_photo(&[]), false).await;
    assert_eq!(body["faces_detected"], 0);
    assert_eq!(body["suggestions"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn persons_decision_is_never_overwritten_by_the_machine() {
    let (app, session, students) = class().await;
    let actor = app.actor("teacher").await;
    let form = RecordForm {
        session: session.id,
        student: students[0].id,
        status: Some(RecordStatus::Excused),
        keep_status: false,
        notes: Some("At the dentist".into()),
        reason: String::new(),
    };
    records::set_record(&app.ctx, &actor, form).await.expect("a record");
    let body = mark(&app, session.id, &tiny_face_photo(1), false).await;
    assert_eq!(body["attendance_marked"][0]["status"], "excused");
    let detail = sessions::get_session(&app.ctx, &actor, session.id).await.expect("a session");
    assert_eq!(detail.roster[0].status, Some(RecordStatus::Excused));
    assert_eq!(detail.roster[0].notes, "At the dentist");
}

#[tokio::test]
async fn mark_after_the_late_line_is_late() {
    let (app, session, _) = class().await;
    app.pass(chrono::Duration::minutes(10));
    let body = mark(&app, session.id, &tiny_face_photo(1), false).await;
    assert_eq!(body["attendance_marked"][0]["status"], "present", "exactly ten minutes is still in time");
    app.pass(chrono::Duration::seconds(1));
    let body = mark(&app, session.id, &tiny_face_photo(2), false).await;
    assert_eq!(body["attendance_marked"][0]["status"], "late");
}

#[tokio::test]
async fn completed_session_refuses_photo() {
    let (app, session, _) = class().await;
    let actor = app.actor("teacher").await;
    sessions::complete_session(&app.ctx, &actor, session.id).await.expect("a saved register");
    let id = session.id.to_string();
    let photo = tiny_face_photo(1);
    let parts = [Part::Text("session", &id), Part::File("image", "class.png", &photo)];
    let answer = app.api("teacher").await.post_parts("/api/attendance/mark/", &parts).await;
    assert_eq!(answer.status, 400);
    let body = answer.json();
    assert_eq!(body["error"], "session_error");
    assert_eq!(body["message"], "Session has ended or is inactive");
    assert_eq!(body["details"]["code"], "session_inactive");
    assert_eq!(body["details"]["status"], "completed");
}

#[tokio::test]
async fn hundred_identical_marks_make_one_record() {
    // Told that the queue is full, these callers come back at once, more often than anybody may.
    let app = TestApp::with_faces_and(|_, limits| limits.marks_per_minute = 1_000_000).await;
    let (app, session, _) = class_in(app).await;
    let client = app.api("teacher").await;
    let photo = tiny_face_photo(1);
    let id = session.id.to_string();
    let rounds = (0..100).map(|_| {
        let (client, photo, id) = (client.clone(), photo.clone(), id.clone());
        tokio::spawn(async move {
            loop {
                let parts = [Part::Text("session", &id), Part::File("image", "class.png", &photo)];
                let answer = client.post_parts("/api/attendance/mark/", &parts).await;
                // A full queue says so and asks to come back: that is no loss.
                if answer.status == 503 && answer.header("retry-after").is_some() {
                    tokio::task::yield_now().await;
                    continue;
                }
                assert_eq!(answer.status, 200, "{}", answer.text());
                return answer.json()["summary"]["new_marks"].as_u64().expect("a number");
            }
        })
    });
    let rounds: Vec<_> = rounds.collect();
    let mut new_marks = 0;
    for round in rounds {
        new_marks += round.await.expect("a mark");
    }
    assert_eq!(new_marks, 1);
}

#[tokio::test]
async fn missing_parts_are_told_together() {
    let (app, ..) = class().await;
    let answer = app.api("teacher").await.post_parts("/api/attendance/mark/", &[Part::Text("manual", "perhaps")]).await;
    assert_eq!(answer.status, 400);
    let details = answer.json()["details"].clone();
    assert_eq!(details["session"], json!(["This field is required."]));
    assert_eq!(details["image"], json!(["This field is required."]));
    assert_eq!(details["manual"], json!(["Must be a valid boolean."]));
}

#[tokio::test]
async fn without_models_marking_says_so_and_the_rest_works() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    let student = app.student("Ann Ace", department).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    let id = session.id.to_string();
    let photo = tiny_face_photo(1);
    let parts = [Part::Text("session", &id), Part::File("image", "class.png", &photo)];
    let answer = app.api("teacher").await.post_parts("/api/attendance/mark/", &parts).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (503, Some("model_load_error")));
    let actor = app.actor("teacher").await;
    let form = RecordForm {
        session: session.id,
        student: student.id,
        status: Some(RecordStatus::Present),
        keep_status: false,
        notes: None,
        reason: String::new(),
    };
    let entry = records::set_record(&app.ctx, &actor, form).await.expect("marked by hand");
    assert_eq!(entry.status, Some(RecordStatus::Present));
    assert_eq!(entry.method, Some(Method::Manual));
}
