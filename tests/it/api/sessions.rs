//! Creating sessions.

use crate::support::TestApp;
use rollcall::app::types::Role;
use serde_json::{Value, json};

fn body(department: i64) -> Value {
    json!({
        "department": department, "subject": "Machine Learning", "date": "2025-11-03",
        "start_time": "10:00:00", "end_time": "11:00:00", "notes": "Midterm exam attendance",
    })
}

#[tokio::test]
async fn session_is_created_as_the_sample() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    for name in ["Ann Ace", "Bob Best"] {
        app.student(name, department).await;
    }
    app.account("teacher_john", Role::Teacher, &[department]).await;
    let answer = app.api("teacher_john").await.post_json("/api/attendance/sessions/", &body(department.0)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "absent_count": 0,
      "attendance_percentage": 0.0,
      "created_at": "2025-11-03T10:00:00Z",
      "created_by": {
        "id": 1,
        "name": "teacher_john",
        "username": "teacher_john"
      },
      "date": "2025-11-03",
      "department": {
        "code": "CS",
        "id": 1,
        "name": "Department CS"
      },
      "end_time": "11:00:00",
      "id": 1,
      "present_count": 0,
      "start_time": "10:00:00",
      "status": "active",
      "subject": "Machine Learning",
      "total_students": 2
    }
    "#);
}

#[tokio::test]
async fn students_and_other_departments_are_refused() {
    let app = TestApp::start().await;
    let (own, other) = (app.department("CS").await, app.department("EC").await);
    app.account("student", Role::Student, &[]).await;
    app.account("teacher", Role::Teacher, &[own]).await;
    let student = app.api("student").await.post_json("/api/attendance/sessions/", &body(own.0)).await;
    assert_eq!((student.status, student.json()["error"].as_str()), (403, Some("insufficient_permissions")));
    let teacher = app.api("teacher").await.post_json("/api/attendance/sessions/", &body(other.0)).await;
    assert_eq!((teacher.status, teacher.json()["error"].as_str()), (403, Some("insufficient_permissions")));
}

#[tokio::test]
async fn each_rule_on_dates_and_times_has_its_sentence() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let teacher = app.api("teacher").await;
    let cases = [
        ("date", "2025-11-02", "date", "Cannot create session for past date"),
        ("date", "2025-12-04", "date", "Cannot create session more than 30 days in advance"),
        ("date", "03.11.2025", "date", "Date has wrong format. Use YYYY-MM-DD."),
        ("end_time", "10:00:00", "end_time", "End time must be after start time"),
        ("end_time", "14:00:01", "end_time", "Session duration exceeds maximum (4 hours)"),
        ("start_time", "25:00:00", "start_time", "Time has wrong format. Use HH:MM:SS."),
        ("subject", "", "subject", "This field is required."),
        ("department", "", "department", ""),
    ];
    for (name, value, field, sentence) in cases {
        let mut body = body(department.0);
        body[name] = if name == "department" { json!(999) } else { json!(value) };
        let answer = teacher.post_json("/api/attendance/sessions/", &body).await;
        assert_eq!(answer.status, 400, "{name}={value}");
        let message = answer.json()["details"][field][0].as_str().unwrap_or_default().to_owned();
        assert!(message.starts_with(sentence) && !message.is_empty(), "{name}={value}: {message}");
    }
    for (name, value) in [("date", "2025-12-03"), ("end_time", "14:00:00")] {
        let mut body = body(department.0);
        body[name] = json!(value);
        let answer = teacher.post_json("/api/attendance/sessions/", &body).await;
        assert_eq!(answer.status, 201, "{name}={value} is just allowed: {}", answer.text());
    }
}

#[tokio::test]
async fn all_missing_fields_are_told_together() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let answer = app.api("teacher").await.post_json("/api/attendance/sessions/", &json!({})).await;
    let details = answer.json()["details"].clone();
    for field in ["department", "subject", "date", "start_time"] {
        assert_eq!(details[field], json!(["This field is required."]), "{field}");
    }
}

#[tokio::test]
async fn roster_is_frozen_when_the_session_is_created() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.student("Ann Ace", department).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    app.student("Bob Late", department).await;
    let actor = app.actor("teacher").await;
    let detail =
        rollcall::server::domain::sessions::get_session(&app.ctx, &actor, session.id).await.expect("a session");
    let names: Vec<_> = detail.roster.iter().map(|entry| entry.student.name.as_str()).collect();
    assert_eq!(names, ["Ann Ace"]);
    assert_eq!(detail.session.counters.total, 1);
}
