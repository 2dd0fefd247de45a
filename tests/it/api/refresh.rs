//! New access tokens, and the end of a login session.

use super::envelope;
use crate::support::{PASSWORD, TestApp};
use chrono::Duration;
use rollcall::app::types::Role;
use serde_json::{Value, json};

async fn tokens(app: &TestApp) -> Value {
    let body = json!({ "username": "boss", "password": PASSWORD });
    app.anonymous().post_json("/api/auth/login/", &body).await.json()
}

async fn started() -> TestApp {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    app
}

fn text(body: &Value, name: &str) -> String {
    body[name].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn refresh_answers_as_the_sample() {
    let app = started().await;
    let refresh = text(&tokens(&app).await, "refresh");
    app.pass(Duration::hours(25));
    let answer = app.anonymous().post_json("/api/auth/refresh/", &json!({ "refresh": refresh })).await;
    assert_eq!(answer.status, 200);
    let mut body = answer.json();
    let me = app.anonymous().with_token(&text(&body, "access")).get("/api/auth/me/").await;
    assert_eq!(me.status, 200, "the new token counts");
    body["access"] = "…".into();
    insta::assert_json_snapshot!(body, @r#"
    {
      "access": "…",
      "access_expiry": "2025-11-05T11:00:00Z"
    }
    "#);
}

#[tokio::test]
async fn an_access_token_ends_no_later_than_its_login() {
    let app = started().await;
    let refresh = text(&tokens(&app).await, "refresh");
    app.pass(Duration::hours(7 * 24 - 1));
    let answer = app.anonymous().post_json("/api/auth/refresh/", &json!({ "refresh": refresh })).await;
    assert_eq!(answer.json()["access_expiry"], "2025-11-10T10:00:00Z");
}

#[tokio::test]
async fn an_expired_refresh_token_says_so_as_the_sample() {
    let app = started().await;
    let refresh = text(&tokens(&app).await, "refresh");
    app.pass(Duration::days(7));
    let answer = app.anonymous().post_json("/api/auth/refresh/", &json!({ "refresh": refresh })).await;
    assert_eq!(answer.status, 401);
    insta::assert_json_snapshot!(envelope(answer.json()), @r#"
    {
      "details": {
        "code": "refresh_token_expired",
        "timestamp": "…"
      },
      "error": "token_expired",
      "message": "Refresh token has expired. Please login again.",
      "trace_id": "…"
    }
    "#);
}

#[tokio::test]
async fn other_tokens_are_refused() {
    let app = started().await;
    let tokens = tokens(&app).await;
    let (access, refresh) = (text(&tokens, "access"), text(&tokens, "refresh"));
    let middle = refresh.len() / 2;
    let changed = format!(
        "{}{}{}",
        &refresh[..middle],
        if refresh.as_bytes()[middle] == b'A' { 'B' } else { 'A' },
        &refresh[middle + 1..]
    );
    for wrong in [access.as_str(), changed.as_str(), "a.b.c", "\0"] {
        let answer = app.anonymous().post_json("/api/auth/refresh/", &json!({ "refresh": wrong })).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("token_invalid")), "{wrong}");
    }
    let answer = app.anonymous().post_json("/api/auth/refresh/", &json!({})).await;
    assert_eq!((answer.status, &answer.json()["details"]["refresh"]), (400, &json!(["This field is required."])));
    assert_eq!(app.anonymous().with_token(&refresh).get("/api/auth/me/").await.status, 401);
}

#[tokio::test]
async fn signing_out_ends_this_login_at_once_and_no_other() {
    let app = started().await;
    let (first, second) = (tokens(&app).await, tokens(&app).await);
    let client = app.anonymous().with_token(&text(&first, "access"));
    let answer = client.post_json("/api/auth/logout/", &json!({})).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    for (path, body) in [("/api/auth/logout/", json!({})), ("/api/auth/password/change/", json!({}))] {
        let answer = client.post_json(path, &body).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("token_invalid")));
    }
    let refresh = async |tokens: &Value| {
        let body = json!({ "refresh": tokens["refresh"] });
        app.anonymous().post_json("/api/auth/refresh/", &body).await.status
    };
    assert_eq!((refresh(&first).await, refresh(&second).await), (401, 200));
    assert_eq!(app.anonymous().post_json("/api/auth/logout/", &json!({})).await.status, 401);
}

#[tokio::test]
async fn lifetimes_are_settings() {
    let app = TestApp::start_with(|config, _| {
        config.access_token_hours = 1;
        config.refresh_token_days = 1;
    })
    .await;
    app.account("boss", Role::Admin, &[]).await;
    let tokens = tokens(&app).await;
    app.pass(Duration::minutes(61));
    let client = app.anonymous().with_token(&text(&tokens, "access"));
    assert_eq!(client.get("/api/auth/me/").await.json()["error"], "token_expired");
    app.pass(Duration::days(1));
    let body = json!({ "refresh": tokens["refresh"] });
    assert_eq!(app.anonymous().post_json("/api/auth/refresh/", &body).await.json()["error"], "token_expired");
}
