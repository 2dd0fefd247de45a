//! One's own account and its password.

use super::{admin, mailed_token, messages};
use crate::support::{PASSWORD, TestApp};
use rollcall::app::types::Role;
use serde_json::json;

const NEW: &str = "Other-horse-8";

#[tokio::test]
async fn everybody_reads_their_own_account() {
    let app = TestApp::start().await;
    let (first, second) = (app.department("CS").await, app.department("EC").await);
    app.account("tess", Role::Teacher, &[first, second]).await;
    let answer = app.api("tess").await.get("/api/auth/me/").await;
    assert_eq!(answer.status, 200);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "date_joined": "2025-11-03T10:00:00Z",
      "department": {
        "code": "CS",
        "id": 1,
        "name": "Department CS"
      },
      "departments": [
        {
          "code": "CS",
          "id": 1,
          "name": "Department CS"
        },
        {
          "code": "EC",
          "id": 2,
          "name": "Department EC"
        }
      ],
      "email": "tess@example.edu",
      "email_verified": true,
      "first_name": "",
      "id": 1,
      "is_active": true,
      "last_login": "2025-11-03T10:00:00Z",
      "last_name": "",
      "phone": "",
      "role": "teacher",
      "username": "tess"
    }
    "#);
    assert_eq!(app.anonymous().get("/api/auth/me/").await.status, 401);
}

#[tokio::test]
async fn names_and_phone_are_ones_own_to_change_and_nothing_else() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let sam = app.api("sam").await;
    let body = json!({ "first_name": " Sam ", "phone": "+49 (170) 123-4567", "role": "admin", "email": "x@y.zz" });
    let changed = sam.patch_json("/api/auth/me/", &body).await;
    assert_eq!(changed.status, 200);
    let changed = changed.json();
    assert_eq!((changed["first_name"].as_str(), changed["phone"].as_str()), (Some("Sam"), Some("491701234567")));
    assert_eq!((changed["role"].as_str(), changed["email"].as_str()), (Some("student"), Some("sam@example.edu")));
    let kept = sam.patch_json("/api/auth/me/", &json!({ "last_name": "Hill", "first_name": null })).await.json();
    assert_eq!((kept["first_name"].as_str(), kept["last_name"].as_str()), (Some("Sam"), Some("Hill")));
    let wrong = json!({ "first_name": "a\0b", "last_name": "x".repeat(151), "phone": "1" });
    let refused = sam.patch_json("/api/auth/me/", &wrong).await;
    assert_eq!(refused.status, 400);
    for field in ["first_name", "last_name", "phone"] {
        assert!(refused.json()["details"][field].is_array(), "{field}");
    }
    assert_eq!(sam.get("/api/auth/me/").await.json(), kept, "a refusal changes nothing");
}

#[tokio::test]
async fn a_new_password_ends_all_other_logins() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let (here, there) = (app.api("sam").await, app.api("sam").await);
    let body = json!({ "current_password": PASSWORD, "new_password": NEW });
    let answer = here.post_json("/api/auth/password/change/", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(here.get("/api/auth/me/").await.status, 200);
    assert_eq!(there.get("/api/auth/me/").await.status, 401);
    let login = async |password: &str| {
        let body = json!({ "username": "sam", "password": password });
        app.anonymous().post_json("/api/auth/login/", &body).await.status
    };
    assert_eq!((login(PASSWORD).await, login(NEW).await), (401, 200));
}

#[tokio::test]
async fn a_password_change_needs_the_old_one_and_a_good_new_one() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let sam = app.api("sam").await;
    let change = async |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        sam.post_json("/api/auth/password/change/", &body).await
    };
    let weak = change("", "short").await;
    assert_eq!((weak.status, weak.json()["details"]["new_password"].as_array().map(Vec::len)), (400, Some(4)));
    assert_eq!(weak.json()["details"]["current_password"], json!(["This field is required."]));
    assert_eq!(change(PASSWORD, PASSWORD).await.status, 400, "the same again");
    let wrong = change("Wrong-horse-7", NEW).await;
    assert_eq!(
        (wrong.status, &wrong.json()["details"]["current_password"]),
        (400, &json!(["This is not the current password."]))
    );
    for _ in 0..4 {
        change(&"x".repeat(1_000), NEW).await;
    }
    let waits = change(PASSWORD, NEW).await;
    assert_eq!((waits.status, waits.header("retry-after")), (429, Some("60")), "guessing is counted");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_mailed_link() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    app.account("sam", Role::Student, &[]).await;
    let sam = app.api("sam").await;
    let ask = async |email: &str| {
        let answer = app.anonymous().post_json("/api/auth/password/reset/", &json!({ "email": email })).await;
        (answer.status, answer.text())
    };
    let (known, unknown) = (ask("SAM@example.edu").await, ask("nobody@example.edu").await);
    assert_eq!(known, unknown, "nobody learns who has an account");
    assert_eq!((known.0, messages(&boss).await), (202, 1));
    ask("sam@example.edu").await;
    assert_eq!(messages(&boss).await, 1, "not within a minute");
    let token = mailed_token(&boss).await;
    let confirm = async |token: &str, password: &str| {
        let body = json!({ "token": token, "password": password });
        app.anonymous().post_json("/api/auth/password/reset/confirm/", &body).await.status
    };
    assert_eq!(confirm(&token, "weak").await, 400);
    assert_eq!(confirm("\0", NEW).await, 400);
    let verify = app.anonymous().post_json("/api/auth/verify/", &json!({ "token": token })).await;
    assert_eq!(verify.status, 400, "a link is for one purpose");
    assert_eq!(confirm(&token, NEW).await, 200, "still valid after a weak password");
    assert_eq!(confirm(&token, NEW).await, 400, "used once");
    assert_eq!(sam.get("/api/auth/me/").await.status, 401, "old logins ended");
    let body = json!({ "username": "sam", "password": NEW });
    assert_eq!(app.anonymous().post_json("/api/auth/login/", &body).await.status, 200);
}

#[tokio::test]
async fn a_reset_link_lives_an_hour_and_not_for_switched_off_accounts() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let ask = json!({ "email": "sam@example.edu" });
    app.anonymous().post_json("/api/auth/password/reset/", &ask).await;
    let token = mailed_token(&boss).await;
    app.pass(chrono::Duration::minutes(61));
    let body = json!({ "token": token, "password": NEW });
    assert_eq!(app.anonymous().post_json("/api/auth/password/reset/confirm/", &body).await.status, 400);
    app.anonymous().post_json("/api/auth/password/reset/", &ask).await;
    let token = mailed_token(&boss).await;
    boss.put_json(&format!("/api/users/{sam}/"), &json!({ "is_active": false })).await;
    let body = json!({ "token": token, "password": NEW });
    assert_eq!(app.anonymous().post_json("/api/auth/password/reset/confirm/", &body).await.status, 400);
    app.pass(chrono::Duration::minutes(2));
    app.anonymous().post_json("/api/auth/password/reset/", &ask).await;
    assert_eq!(messages(&boss).await, 2, "no third message");
}
