//! Tokens that somebody else made, or that say more than we understand.

use crate::support::TestApp;
use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rollcall::app::types::Role;
use rollcall::server::auth::tokens::TokenKey;
use serde_json::{Value, json};

/// The claims of a token.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("a payload");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64")).expect("claims")
}

#[tokio::test]
async fn a_token_is_ours_for_this_api_and_for_now() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let token = app.api("boss").await.token().expect("a token").to_owned();
    let good = claims(&token);
    assert_eq!((&good["aud"], &good["iss"]), (&json!("attendance-api"), &json!("attendance-system")));
    let now = app.ctx.clock.now().timestamp();
    let status = async |claims: &Value| {
        let signed = app.ctx.token_key.sign(claims).expect("signed");
        app.anonymous().with_token(&signed).get("/api/departments/").await.status
    };
    assert_eq!(status(&good).await, 200);
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        changed
    };
    assert_eq!(status(&with("nbf", json!(now - 10))).await, 200);
    let without = |name: &str| {
        let mut changed = good.clone();
        changed.as_object_mut().expect("claims").remove(name);
        changed
    };
    for changed in [
        with("nbf", json!(now + 3600)),
        with("nbf", json!("soon")),
        with("iat", json!(now + 3600)),
        with("iat", json!("now")),
        with("exp", json!("never")),
        with("exp", json!(now - 3600)),
        with("aud", json!("attendance-device")),
        with("iss", json!("somebody")),
        without("aud"),
        without("iat"),
        without("exp"),
        without("jti"),
    ] {
        assert_eq!(status(&changed).await, 401, "{changed}");
    }
    let foreign = TokenKey::new([8; 32]).sign(&good).expect("signed");
    assert_eq!(app.anonymous().with_token(&foreign).get("/api/departments/").await.status, 401);
}

#[tokio::test]
async fn what_a_header_calls_critical_is_refused() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let token = app.api("boss").await.token().expect("a token").to_owned();
    let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::HS256);
    header.crit = Some(vec!["exp".to_owned()]);
    let key = jsonwebtoken::EncodingKey::from_secret(&[7; 32]);
    let critical = jsonwebtoken::encode(&header, &claims(&token), &key).expect("signed");
    assert_eq!(app.anonymous().with_token(&critical).get("/api/departments/").await.status, 401);
}

#[tokio::test]
async fn the_scheme_is_read_in_any_case() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let token = app.api("boss").await.token().expect("a token").to_owned();
    for (scheme, status) in [("Bearer", 200), ("bearer", 200), ("BEARER", 200), ("Basic", 401), ("", 401)] {
        let request = Request::get("/api/departments/").header("authorization", format!("{scheme} {token}"));
        assert_eq!(app.anonymous().send(request, Body::empty()).await.status, status, "{scheme}");
    }
}
