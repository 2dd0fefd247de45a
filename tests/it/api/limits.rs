//! Callers who ask too often, where they come from, and which sites may call.

use super::admin;
use crate::support::client::Answer;
use crate::support::{PASSWORD, TestApp};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use chrono::Duration;
use rollcall::app::types::Role;
use serde_json::json;
use std::net::SocketAddr;

/// A sign-in from this peer, with this `X-Forwarded-For`.
async fn login_from(app: &TestApp, peer: &str, forwarded: &str, username: &str, password: &str) -> Answer {
    let peer: SocketAddr = format!("{peer}:4000").parse().expect("an address");
    let mut request =
        Request::post("/api/auth/login/").header("content-type", "application/json").extension(ConnectInfo(peer));
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let body = json!({ "username": username, "password": password });
    app.anonymous().send(request, Body::from(body.to_string())).await
}

async fn login(app: &TestApp, username: &str, password: &str) -> Answer {
    login_from(app, "10.0.0.1", "", username, password).await
}

#[tokio::test]
async fn five_failures_of_an_account_make_it_wait_longer_and_longer() {
    let app = TestApp::start().await;
    app.account("known", Role::Admin, &[]).await;
    for username in ["known", "unknown"] {
        for _ in 0..5 {
            assert_eq!(login(&app, username, "Wrong-horse-7").await.status, 401);
        }
        let refused = login(&app, username, PASSWORD).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("60")), "{username}");
        assert_eq!(refused.json()["error"], "too_many_requests");
    }
    for wait in [60, 120, 240, 480, 900, 900] {
        let refused = login(&app, "KNOWN ", PASSWORD).await;
        assert_eq!(refused.header("retry-after"), Some(wait.to_string().as_str()));
        app.pass(Duration::seconds(wait));
        assert_eq!(login(&app, "known", "Wrong-horse-7").await.status, 401, "the wait is over");
    }
    app.pass(Duration::seconds(900));
    assert_eq!(login(&app, "known", PASSWORD).await.status, 200);
    assert_eq!(login(&app, "known", "Wrong-horse-7").await.status, 401, "a sign-in forgets the failures");
    assert_eq!(login(&app, "known", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn failures_far_apart_do_not_add_up() {
    let app = TestApp::start().await;
    app.account("known", Role::Admin, &[]).await;
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(login(&app, "known", "Wrong-horse-7").await.status, 401);
        }
        app.pass(Duration::minutes(16));
    }
    assert_eq!(login(&app, "known", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn failures_of_an_address_count_over_all_accounts_and_sign_ins_do_not() {
    let app = TestApp::start_with(|_, limits| limits.address_failures.failures_max = 6).await;
    app.account("known", Role::Admin, &[]).await;
    for number in 0..6 {
        assert_eq!(login(&app, "known", PASSWORD).await.status, 200);
        assert_eq!(login(&app, &format!("nobody{number}"), PASSWORD).await.status, 401);
    }
    let refused = login(&app, "known", PASSWORD).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("60")));
    assert_eq!(login_from(&app, "10.0.0.2", "", "known", PASSWORD).await.status, 200, "other addresses go on");
    app.pass(Duration::seconds(60));
    assert_eq!(login(&app, "known", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn the_browser_waits_like_the_api() {
    let app = TestApp::start().await;
    app.account("known", Role::Admin, &[]).await;
    let client = app.anonymous();
    for _ in 0..5 {
        client.post_form("/fn/sign_in", "username=known&password=Wrong-horse-7").await;
    }
    let answer = client.post_form("/fn/sign_in", &format!("username=known&password={PASSWORD}")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("60")));
}

#[tokio::test]
async fn only_trusted_proxies_say_where_a_request_comes_from() {
    let app = TestApp::start_with(|config, limits| {
        config.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network"), "fd00::/8".parse().expect("a network")];
        limits.address_failures.failures_max = 1;
    })
    .await;
    app.account("known", Role::Admin, &[]).await;
    let fail = async |peer: &str, forwarded: &str| {
        login_from(&app, peer, forwarded, &format!("no_{forwarded}"), "x").await.status
    };
    let pass = async |peer: &str, forwarded: &str| login_from(&app, peer, forwarded, "known", PASSWORD).await.status;
    assert_eq!(fail("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.9").await, 401);
    assert_eq!(pass("10.0.0.1", "9.9.9.9, 1.2.3.4").await, 429, "1.2.3.4, whatever it claims");
    assert_eq!(pass("1.2.3.4", "").await, 429, "the same without a proxy");
    assert_eq!(pass("10.0.0.1", "6.6.6.6").await, 200);
    assert_eq!(fail("8.8.8.8", "7.7.7.7").await, 401);
    assert_eq!(pass("8.8.8.8", "5.5.5.5").await, 429, "nobody trusts 8.8.8.8");
    assert_eq!(fail("[fd00::1]", "2001:db8::1").await, 401);
    assert_eq!(pass("[fd00::1]", "2001:db8:0:0:ffff::9").await, 429, "one home");
    assert_eq!(pass("[fd00::1]", "2001:db8:0:1::9").await, 200, "another home");
    assert_eq!(pass("[::ffff:1.2.3.4]", "").await, 429, "the same address, written for IPv6");
    assert_eq!(pass("10.0.0.1", "rubbish").await, 200, "the proxy itself");
}

#[tokio::test]
async fn registrations_of_an_address_are_counted_and_those_of_admins_are_not() {
    let app = TestApp::start_with(|_, limits| limits.registrations_per_hour = 2).await;
    let boss = admin(&app).await;
    let register = async |client: &crate::support::Client, path: &str| client.post_json(path, &json!({})).await;
    let anonymous = app.anonymous();
    assert_eq!(register(&anonymous, "/api/auth/register/").await.status, 400);
    assert_eq!(register(&anonymous, "/api/auth/register").await.status, 400);
    let refused = register(&anonymous, "/api/auth/register/").await;
    assert_eq!((refused.status, refused.json()["error"].as_str()), (429, Some("too_many_requests")));
    let wait: u64 = refused.header("retry-after").expect("a wait").parse().expect("a number");
    assert!((1..=1800).contains(&wait), "{wait}");
    assert_eq!(anonymous.get("/api/auth/me/").await.status, 401, "other addresses of the API go on");
    for _ in 0..3 {
        assert_eq!(register(&boss, "/api/auth/register/").await.status, 400);
    }
}

#[tokio::test]
async fn marks_of_a_user_and_everything_else_have_budgets_of_their_own() {
    let app = TestApp::start_with(|_, limits| {
        limits.marks_per_minute = 2;
        limits.requests_per_minute = 3;
    })
    .await;
    app.account("ada", Role::Admin, &[]).await;
    app.account("bob", Role::Admin, &[]).await;
    let (ada, bob) = (app.api("ada").await, app.api("bob").await);
    for expected in [400, 400, 429] {
        assert_eq!(ada.post_parts("/api/attendance/mark/", &[]).await.status, expected);
    }
    for expected in [200, 200, 200, 429] {
        assert_eq!(ada.get("/api/auth/me/").await.status, expected);
    }
    assert_eq!(bob.get("/api/auth/me/").await.status, 200, "each user has their own");
    assert_eq!(ada.get("/livez").await.status, 200, "probes are not counted");
    let browser = app.browser("ada").await;
    assert_eq!(browser.post_parts("/fn/mark_photo", &[]).await.status, 429, "the page and the API count together");
    app.account("cara", Role::Student, &[]).await;
    let browser = app.browser("cara").await;
    for expected in [400, 400, 429] {
        assert_eq!(browser.post_parts("/fn/check_my_photo", &[]).await.status, expected, "a student's own camera");
    }
    assert!(app.ctx.limits.remembered() > 0);
    app.ctx.limits.shed();
}

#[tokio::test]
async fn fifty_users_of_one_address_never_meet_a_limit() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let boss = app.api("boss").await;
    for _ in 0..50 {
        for path in ["/api/auth/me/", "/api/users/", "/api/outbox/"] {
            assert_eq!(boss.get(path).await.status, 200);
        }
    }
    for _ in 0..50 {
        assert_eq!(login(&app, "boss", PASSWORD).await.status, 200);
    }
}

#[tokio::test]
async fn other_sites_may_call_only_where_the_setting_names_them() {
    let closed = TestApp::start().await;
    let preflight = |origin: &str| {
        Request::options("/api/auth/login/")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type")
    };
    let answer = closed.anonymous().send(preflight("https://portal.example"), Body::empty()).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (405, None));

    let open = TestApp::start_with(|config, limits| {
        config.cors_origins = vec!["https://portal.example".to_owned()];
        limits.requests_per_minute = 2;
    })
    .await;
    let answer = open.anonymous().send(preflight("https://portal.example"), Body::empty()).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://portal.example"));
    assert_eq!(answer.header("access-control-allow-credentials"), None, "tokens, never cookies");
    let answer = open.anonymous().send(preflight("https://evil.example"), Body::empty()).await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
    for expected in [401, 401, 429] {
        let request = Request::get("/api/auth/me/").header("origin", "https://portal.example");
        let answer = open.anonymous().send(request, Body::empty()).await;
        assert_eq!(answer.status, expected);
        assert_eq!(answer.header("access-control-allow-origin"), Some("https://portal.example"));
    }
    let page = Request::get("/login").header("origin", "https://portal.example").header("accept", "text/html");
    let page = open.anonymous().send(page, Body::empty()).await;
    assert_eq!(page.header("access-control-allow-origin"), None, "pages stay closed");
}
