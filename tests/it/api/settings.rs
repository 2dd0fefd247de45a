//! The institution's settings.

use super::{refused, told};
use crate::support::TestApp;
use rollcall::app::types::Role;
use serde_json::{Value, json};

const PATH: &str = "/api/settings/";

fn all() -> Value {
    json!({
        "institution": "Rollcall", "late_after_minutes": 10, "correction_window_hours": 48,
        "session_hours_max": 4, "session_days_ahead_max": 30, "confidence_formula": "calibrated",
        "low_attendance_percent": 75, "self_enrolment": false,
    })
}

async fn app() -> TestApp {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    app
}

#[tokio::test]
async fn defaults_are_told() {
    let answer = app().await.api("admin").await.get(PATH).await;
    assert_eq!((answer.status, answer.json()), (200, all()));
}

#[tokio::test]
async fn only_admins_read_and_write() {
    let app = app().await;
    for username in ["teacher", "student"] {
        let client = app.api(username).await;
        assert_eq!(told(&client.get(PATH).await), refused(403, "insufficient_permissions"));
        assert_eq!(told(&client.put_json(PATH, &all()).await), refused(403, "insufficient_permissions"));
    }
    assert_eq!(told(&app.anonymous().get(PATH).await), refused(401, "token_invalid"));
}

#[tokio::test]
async fn a_change_works_at_once_and_is_audited() {
    let app = app().await;
    let admin = app.api("admin").await;
    let mut body = all();
    body["session_hours_max"] = json!(1);
    body["session_days_ahead_max"] = json!(1);
    body["institution"] = json!("Öğretim Üniversitesi");
    assert_eq!(admin.put_json(PATH, &body).await.json(), body);
    assert_eq!(admin.get(PATH).await.json(), body);
    let session = json!({
        "department": 1, "subject": "Algebra", "date": "2025-11-05", "start_time": "10:00:00", "end_time": "11:00:01",
    });
    let refusal = app.api("teacher").await.post_json("/api/attendance/sessions/", &session).await.json();
    assert_eq!(refusal["details"]["date"], json!(["Cannot create session more than 1 days in advance"]));
    assert_eq!(refusal["details"]["end_time"], json!(["Session duration exceeds maximum (1 hours)"]));
    let log = admin.get("/api/audit/?action=settings.change").await.json();
    assert_eq!(log["count"], 3);
    admin.put_json(PATH, &body).await;
    assert_eq!(admin.get("/api/audit/?action=settings.change").await.json()["count"], 3, "nothing changed");
}

#[tokio::test]
async fn bounds_are_kept_and_all_faults_told_together() {
    let app = app().await;
    let admin = app.api("admin").await;
    let answer = admin
        .put_json(
            PATH,
            &json!({ "institution": " ", "late_after_minutes": 241, "session_hours_max": 0, "session_days_ahead_max": -1 }),
        )
        .await;
    assert_eq!(told(&answer), refused(400, "validation_error"));
    let details = &answer.json()["details"];
    assert_eq!(details["institution"], json!(["This field is required."]));
    assert_eq!(details["late_after_minutes"], json!(["Ensure this value is within 0 to 240."]));
    assert_eq!(details["session_hours_max"], json!(["Ensure this value is within 1 to 24."]));
    assert_eq!(details["session_days_ahead_max"], json!(["Ensure this value is within 0 to 366."]));
    assert_eq!(details["correction_window_hours"], json!(["This field is required."]));
    assert_eq!(admin.get(PATH).await.json(), all(), "nothing was saved");
    for (name, low, high) in [("late_after_minutes", 0, 240), ("correction_window_hours", 0, 8_784)] {
        for value in [low, high] {
            let mut body = all();
            body[name] = json!(value);
            assert_eq!(admin.put_json(PATH, &body).await.status, 200, "{name}={value}");
        }
    }
}

#[tokio::test]
async fn unknown_words_and_odd_values_are_refused() {
    let app = app().await;
    let admin = app.api("admin").await;
    for (name, value) in [
        ("colour", json!("blue")),
        ("late_after_minutes", json!("ten")),
        ("late_after_minutes", json!(1e30)),
        ("late_after_minutes", json!(null)),
        ("institution", json!("a\u{0}b")),
        ("institution", json!("x".repeat(101))),
    ] {
        let mut body = all();
        body[name] = value.clone();
        let answer = admin.put_json(PATH, &body).await;
        assert_eq!(told(&answer), refused(400, "validation_error"), "{name}={value}");
        assert!(answer.json()["details"][name].is_array(), "{name}={value}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_setting_that_older_programs_do_not_send_stays() {
    let app = app().await;
    let admin = app.api("admin").await;
    let mut body = all();
    body["low_attendance_percent"] = json!(80);
    assert_eq!(admin.put_json(PATH, &body).await.json(), body);
    let mut older = all();
    older.as_object_mut().expect("an object").remove("low_attendance_percent");
    assert_eq!(admin.put_json(PATH, &older).await.json()["low_attendance_percent"], 80);
    body["low_attendance_percent"] = json!(101);
    let answer = admin.put_json(PATH, &body).await;
    assert_eq!(answer.json()["details"]["low_attendance_percent"], json!(["Ensure this value is within 0 to 100."]));
}
