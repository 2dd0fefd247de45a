//! Tokens.

use crate::support::{PASSWORD, TestApp};
use rollcall::app::types::Role;
use serde_json::json;

#[tokio::test]
async fn login_answers_as_the_sample() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("john_doe", Role::Teacher, &[department]).await;
    let answer =
        app.anonymous().post_json("/api/auth/login/", &json!({ "username": "john_doe", "password": PASSWORD })).await;
    assert_eq!(answer.status, 200);
    let mut body = answer.json();
    for token in ["access", "refresh"] {
        assert_eq!(body[token].as_str().map(|token| token.split('.').count()), Some(3), "{token} is a JWT");
        body[token] = json!("…");
    }
    insta::assert_json_snapshot!(body, @r#"
    {
      "access": "…",
      "refresh": "…",
      "user": {
        "department": {
          "id": 1,
          "name": "Department CS"
        },
        "email": "john_doe@example.edu",
        "id": 1,
        "role": "teacher",
        "username": "john_doe"
      }
    }
    "#);
}

#[tokio::test]
async fn wrong_password_and_unknown_user_look_the_same() {
    let app = TestApp::start().await;
    app.account("known", Role::Admin, &[]).await;
    let mut answers = Vec::new();
    for username in ["known", "unknown"] {
        let body = json!({ "username": username, "password": "Wrong-horse-7" });
        let answer = app.anonymous().post_json("/api/auth/login/", &body).await;
        assert_eq!(answer.status, 401);
        let mut body = answer.json();
        body["trace_id"] = json!("");
        body["details"]["timestamp"] = json!("");
        answers.push(body);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["error"], "invalid_credentials");
    assert_eq!(answers[0]["message"], "Invalid username or password");
}

#[tokio::test]
async fn username_is_found_without_regard_to_case() {
    let app = TestApp::start().await;
    app.account("Mixed_Case", Role::Admin, &[]).await;
    let body = json!({ "username": "mixed_case", "password": PASSWORD });
    assert_eq!(app.anonymous().post_json("/api/auth/login/", &body).await.status, 200);
}

#[tokio::test]
async fn missing_fields_are_told_together_in_the_envelope() {
    let app = TestApp::start().await;
    let answer = app.anonymous().post_json("/api/auth/login/", &json!({})).await;
    assert_eq!(answer.status, 400);
    let body = answer.json();
    assert_eq!(body["error"], "validation_error");
    assert_eq!(body["details"]["username"], json!(["This field is required."]));
    assert_eq!(body["details"]["password"], json!(["This field is required."]));
    assert!(body["details"]["timestamp"].is_string());
    assert_eq!(body["trace_id"].as_str(), answer.header("x-trace-id"));
}

#[tokio::test]
async fn anonymous_and_tampered_tokens_are_refused_everywhere() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    for path in ["/api/students/register/", "/api/attendance/sessions/", "/api/attendance/mark/", "/api/ai/recognize/"]
    {
        let answer = app.anonymous().post_json(path, &json!({})).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("token_invalid")), "{path}");
        let answer = app.anonymous().with_token("a.b.c").post_json(path, &json!({})).await;
        assert_eq!(answer.status, 401, "{path}");
    }
}

#[tokio::test]
async fn refresh_token_is_no_access_token() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let body = json!({ "username": "teacher", "password": PASSWORD });
    let tokens = app.anonymous().post_json("/api/auth/login/", &body).await.json();
    let client = app.anonymous().with_token(tokens["refresh"].as_str().expect("a token"));
    assert_eq!(client.post_json("/api/attendance/sessions/", &json!({})).await.status, 401);
}

#[tokio::test]
async fn deactivated_account_loses_its_token_at_once() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let department = app.department("CS").await;
    let teacher = app.account("teacher", Role::Teacher, &[department]).await;
    let client = app.api("teacher").await;
    assert_eq!(client.post_json("/api/attendance/sessions/", &json!({})).await.status, 400);
    let admin = app.actor("admin").await;
    rollcall::server::domain::users::set_user_active(&app.ctx, &admin, teacher, false).await.expect("switched off");
    assert_eq!(client.post_json("/api/attendance/sessions/", &json!({})).await.status, 401);
}

#[tokio::test]
async fn unknown_route_and_wrong_method_answer_in_the_envelope() {
    let app = TestApp::start().await;
    let missing = app.anonymous().get("/api/nothing/here/").await;
    assert_eq!((missing.status, missing.json()["error"].as_str()), (404, Some("not_found")));
    let wrong = app.anonymous().get("/api/auth/login/").await;
    assert_eq!((wrong.status, wrong.json()["error"].as_str()), (405, Some("method_not_allowed")));
}

#[tokio::test]
async fn broken_json_is_told_in_the_envelope() {
    let app = TestApp::start().await;
    let request = axum::http::Request::post("/api/auth/login/").header("content-type", "application/json");
    let answer = app.anonymous().send(request, axum::body::Body::from("{\"username\":")).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("validation_error")));
}

#[tokio::test]
async fn access_token_expires_after_a_day() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let client = app.api("teacher").await;
    app.pass(chrono::Duration::hours(24));
    assert_eq!(client.post_json("/api/attendance/sessions/", &json!({})).await.status, 400, "still valid");
    app.pass(chrono::Duration::minutes(1));
    let answer = client.post_json("/api/attendance/sessions/", &json!({})).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("token_expired")));
}
