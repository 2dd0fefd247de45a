//! Live events of a register.

use crate::support::{Client, TestApp};
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use rollcall::app::types::*;
use rollcall::app::wire;
use rollcall::server::domain::records;
use std::time::Duration;
use tower::ServiceExt;

#[tokio::test]
async fn second_page_sees_a_mark_appear() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    let student = app.student("Ann Ace", department).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    let browser = app.browser("teacher").await;
    let mut for_programs = open(&browser, &format!("/api/attendance/sessions/{}/events/", session.id)).await;
    let mut for_pages = open(&browser, &format!("/sessions/{}/events", session.id)).await;
    let actor = app.actor("teacher").await;
    let form = RecordForm {
        session: session.id,
        student: student.id,
        status: Some(RecordStatus::Late),
        keep_status: false,
        notes: None,
        reason: String::new(),
    };
    records::set_record(&app.ctx, &actor, form).await.expect("a record");
    let event: LiveEvent = serde_json::from_str(&register_event(&mut for_programs).await).expect("a live event");
    assert_eq!(event.counters.late, 1);
    assert_eq!(event.entries[0].status, Some(RecordStatus::Late));
    assert_eq!(wire::from_text::<LiveEvent>(&register_event(&mut for_pages).await), Some(event));
}

async fn open(browser: &Client, path: &str) -> Body {
    let request = Request::get(path)
        .header(header::COOKIE, browser.cookie().expect("a cookie"))
        .header(header::HOST, "localhost");
    let response = browser.router().oneshot(request.body(Body::empty()).expect("a request")).await;
    let response = response.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    response.into_body()
}

/// The data of the next event, which is one of the register.
async fn register_event(body: &mut Body) -> String {
    let frame = tokio::time::timeout(Duration::from_secs(5), body.frame()).await.expect("an event in time");
    let data = frame.expect("a frame").expect("no trouble").into_data().expect("data");
    let text = String::from_utf8(data.to_vec()).expect("text");
    assert!(text.lines().any(|line| line == "event: register"), "{text}");
    text.lines().find_map(|line| line.strip_prefix("data: ")).expect("data").to_owned()
}

#[tokio::test]
async fn events_are_for_staff_alone() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    let session = app.session("teacher", department).await;
    for path in [format!("/api/attendance/sessions/{}/events/", session.id), format!("/sessions/{}/events", session.id)]
    {
        assert_eq!(app.anonymous().get(&path).await.status, 401);
        assert_eq!(app.browser("student").await.get(&path).await.status, 403);
    }
    assert_eq!(app.browser("teacher").await.get("/api/attendance/sessions/999/events/").await.status, 404);
}
