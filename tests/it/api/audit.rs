//! The audit log.

use super::{refused, told};
use crate::support::TestApp;
use rollcall::app::types::Role;
use serde_json::json;

const PATH: &str = "/api/audit/";

async fn app() -> TestApp {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    let session = app.session("teacher", department).await;
    app.api("teacher").await.post_json(&format!("/api/attendance/sessions/{}/cancel/", session.id), &json!({})).await;
    app
}

#[tokio::test]
async fn the_newest_comes_first_with_who_and_what() {
    let app = app().await;
    let body = app.api("admin").await.get(&format!("{PATH}?object_type=session")).await.json();
    assert_eq!((&body["count"], &body["next"]), (&json!(2), &json!(null)));
    let row = &body["results"][0];
    assert_eq!((&row["action"], &row["actor"]), (&json!("session.cancel"), &json!("teacher")));
    assert_eq!((&row["object_id"], &row["at"]), (&json!("1"), &json!("2025-11-03T10:00:00Z")));
    assert_eq!(row["sentence"], "teacher cancelled Algebra on 2025-11-03");
    assert!(row["details"].is_object() && row["trace_id"].is_string());
    assert_eq!(body["results"][1]["action"], "session.create");
}

#[tokio::test]
async fn each_filter_selects() {
    let app = app().await;
    let admin = app.api("admin").await;
    for (query, count) in [
        ("action=session.create", 1),
        ("action=nothing", 0),
        ("object_type=session&object_id=1", 2),
        ("object_type=session&object_id=2", 0),
        ("actor=teacher&object_type=session", 2),
        ("actor=nobody", 0),
        ("date_from=2025-11-03&date_to=2025-11-03&object_type=session", 2),
        ("date_from=2025-11-04", 0),
        ("date_to=2025-11-02", 0),
        ("date_from=0001-01-01&date_to=9999-12-31&object_type=session", 2),
    ] {
        let answer = admin.get(&format!("{PATH}?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        assert_eq!(answer.json()["count"], json!(count), "{query}");
    }
}

#[tokio::test]
async fn odd_parameters_are_refused() {
    let app = app().await;
    let admin = app.api("admin").await;
    let long = format!("action={}", "x".repeat(61));
    for query in
        ["action=%00", long.as_str(), "date_from=yesterday", "date_from=2025-11-04&date_to=2025-11-03", "page=0"]
    {
        assert_eq!(admin.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
    assert_eq!(told(&admin.get(&format!("{PATH}?page=999")).await), refused(404, "not_found"));
}

#[tokio::test]
async fn only_admins_read_it() {
    let app = app().await;
    for username in ["teacher", "student"] {
        assert_eq!(told(&app.api(username).await.get(PATH).await), refused(403, "insufficient_permissions"));
    }
    assert_eq!(told(&app.anonymous().get(PATH).await), refused(401, "token_invalid"));
}
