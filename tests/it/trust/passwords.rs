//! Guesses at passwords, sent all at once, and those whom they must not lock out.

use crate::support::client::Answer;
use crate::support::db::test_databases;
use crate::support::{Client, PASSWORD, TestApp};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use chrono::Duration;
use rollcall::app::types::Role;
use serde_json::json;
use std::net::SocketAddr;

/// A sign-in from this address.
async fn sign_in(client: &Client, address: &str, username: &str, password: &str) -> Answer {
    let peer: SocketAddr = format!("{address}:4000").parse().expect("an address");
    let request =
        Request::post("/api/auth/login/").header("content-type", "application/json").extension(ConnectInfo(peer));
    client.send(request, Body::from(json!({ "username": username, "password": password }).to_string())).await
}

/// So many sign-ins at once, each with the username and password of its number; returns how many got each status.
async fn at_once(app: &TestApp, count: usize, of: impl Fn(usize) -> (String, String)) -> Vec<(u16, usize)> {
    let tries = (0..count).map(|number| {
        let (client, (username, password)) = (app.anonymous(), of(number));
        tokio::spawn(async move { sign_in(&client, "10.0.0.1", &username, &password).await.status })
    });
    let mut counts = std::collections::BTreeMap::<u16, usize>::new();
    for answer in futures::future::join_all(tries.collect::<Vec<_>>()).await {
        *counts.entry(answer.expect("an answer")).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_sent_at_once_are_as_many_as_those_sent_one_after_the_other() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        app.account("known", Role::Admin, &[]).await;
        for username in ["known", "nobody"] {
            let answers = at_once(&app, 50, |number| (username.to_owned(), format!("Wrong-horse-{number}"))).await;
            assert_eq!(answers, [(401, 5), (429, 45)], "{}: {username}", database.kind);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_many_accounts_at_once_stop_at_the_limit_of_the_address() {
    let app = TestApp::start_with(|_, limits| limits.address_failures.failures_max = 8).await;
    let answers = at_once(&app, 50, |number| (format!("nobody{number}"), "Wrong-horse-7".to_owned())).await;
    assert_eq!(answers, [(401, 8), (429, 42)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_behind_one_address_signs_in_at_once() {
    let app = TestApp::start_with(|_, limits| limits.address_failures.failures_max = 8).await;
    for number in 0..20 {
        app.account(&format!("user{number}"), Role::Student, &[]).await;
    }
    let answers = at_once(&app, 20, |number| (format!("user{number}"), PASSWORD.to_owned())).await;
    assert_eq!(answers, [(200, 20)]);
}

#[tokio::test]
async fn a_known_device_gets_in_while_strangers_guess() {
    let app = TestApp::start().await;
    app.account("known", Role::Admin, &[]).await;
    app.account("other", Role::Admin, &[]).await;
    let form = |username: &str, password: &str| format!("username={username}&password={password}");
    let first = app.anonymous().post_form("/fn/sign_in", &form("known", PASSWORD)).await;
    let device = app.anonymous().with_cookie(first.cookie("rollcall-device").expect("the device is remembered"));
    let lock = async |username: &str| {
        for _ in 0..5 {
            sign_in(&app.anonymous(), "10.0.0.9", username, "Wrong-horse-7").await;
        }
        assert_eq!(sign_in(&app.anonymous(), "10.0.0.9", username, PASSWORD).await.status, 429);
    };
    lock("known").await;
    let answer = device.post_form("/fn/sign_in", &form("known", PASSWORD)).await;
    assert!(answer.status < 400, "the owner gets in: {}", answer.text());
    assert!(answer.cookie("rollcall-device").is_none(), "and stays the same device");
    assert_eq!(sign_in(&app.anonymous(), "10.0.0.9", "known", PASSWORD).await.status, 429, "strangers still wait");
    lock("other").await;
    let other = device.post_form("/fn/sign_in", &form("other", PASSWORD)).await;
    assert_eq!(other.status, 429, "it is known to one account alone");
    for _ in 0..5 {
        assert_eq!(device.post_form("/fn/sign_in", &form("known", "Wrong-horse-7")).await.status, 401);
    }
    assert_eq!(device.post_form("/fn/sign_in", &form("known", PASSWORD)).await.status, 429, "its own tries end too");
    let forged = app.anonymous().with_cookie("rollcall-device=e30.e30.e30");
    assert_eq!(forged.post_form("/fn/sign_in", &form("known", PASSWORD)).await.status, 429);
}

#[tokio::test]
async fn a_wait_is_no_longer_than_the_longest_when_the_clock_is_put_back() {
    let app = TestApp::start().await;
    app.account("known", Role::Admin, &[]).await;
    app.pass(Duration::days(365));
    for _ in 0..5 {
        assert_eq!(sign_in(&app.anonymous(), "10.0.0.1", "known", "Wrong-horse-7").await.status, 401);
    }
    app.pass(Duration::days(-365));
    let refused = sign_in(&app.anonymous(), "10.0.0.1", "known", PASSWORD).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("900")));
    app.pass(Duration::seconds(901));
    assert_eq!(sign_in(&app.anonymous(), "10.0.0.1", "known", PASSWORD).await.status, 200);
}
