//! Accounts that people make for themselves.

use super::{admin, envelope, mailed_token, messages};
use crate::support::{PASSWORD, TestApp};
use rollcall::app::types::Role;
use rollcall::server::config::Registration;
use serde_json::{Value, json};

const REGISTER: &str = "/api/auth/register/";

fn john() -> Value {
    json!({ "username": "john_doe", "email": "john@example.com", "password": PASSWORD,
            "first_name": "John", "last_name": "Doe" })
}

#[tokio::test]
async fn register_answers_as_the_sample() {
    let app = TestApp::start().await;
    let answer = app.anonymous().post_json(REGISTER, &john()).await;
    assert_eq!(answer.status, 201);
    assert!(!answer.text().contains(PASSWORD), "the password is in no answer");
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "email": "john@example.com",
      "first_name": "John",
      "id": 1,
      "last_name": "Doe",
      "message": "User registered successfully. Please verify your email.",
      "role": "student",
      "username": "john_doe"
    }
    "#);
}

#[tokio::test]
async fn faults_are_told_together_as_the_sample() {
    let app = TestApp::start().await;
    let body = json!({ "email": "nowhere", "password": "correct-horse-7", "phone": "12", "department": 99,
                       "role": "root", "first_name": "x".repeat(151) });
    let answer = app.anonymous().post_json(REGISTER, &body).await;
    assert_eq!(answer.status, 400);
    insta::assert_json_snapshot!(envelope(answer.json()), @r#"
    {
      "details": {
        "department": [
          "This department does not exist."
        ],
        "email": [
          "Enter a valid email address."
        ],
        "first_name": [
          "Ensure this field has no more than 150 characters."
        ],
        "password": [
          "Password must contain at least one uppercase letter."
        ],
        "phone": [
          "Enter a phone number of 10 to 15 digits."
        ],
        "role": [
          "A valid role is needed: student, teacher or admin."
        ],
        "timestamp": "…",
        "username": [
          "This field is required."
        ]
      },
      "error": "validation_error",
      "message": "Please correct the marked fields.",
      "trace_id": "…"
    }
    "#);
    let empty = app.anonymous().post_json(REGISTER, &json!({})).await.json();
    for field in ["username", "email", "password"] {
        assert_eq!(empty["details"][field], json!(["This field is required."]));
    }
}

#[tokio::test]
async fn taken_names_are_told_whatever_their_case() {
    let app = TestApp::start().await;
    app.anonymous().post_json(REGISTER, &john()).await;
    let mut again = john();
    again["username"] = "JOHN_Doe".into();
    again["email"] = "John@Example.COM".into();
    let answer = app.anonymous().post_json(REGISTER, &again).await;
    assert_eq!(answer.status, 400);
    let details = &answer.json()["details"];
    assert_eq!(details["username"], json!(["User with this username already exists"]));
    assert_eq!(details["email"], json!(["User with this email already exists"]));
    assert_eq!(details["code"], "duplicate_entry");
}

#[tokio::test]
async fn only_admins_give_other_roles() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    let boss = admin(&app).await;
    app.account("tess", Role::Teacher, &[department]).await;
    for role in ["teacher", "admin"] {
        let mut body = john();
        body["role"] = role.into();
        for caller in [app.anonymous(), app.api("tess").await] {
            let answer = caller.post_json(REGISTER, &body).await;
            assert_eq!((answer.status, answer.json()["error"].as_str()), (403, Some("insufficient_permissions")));
        }
    }
    let mut teacher = john();
    teacher["role"] = "teacher".into();
    let refused = boss.post_json(REGISTER, &teacher).await;
    assert_eq!(refused.json()["details"]["department"], json!(["A teacher needs at least one department."]));
    teacher["department"] = department.0.into();
    let answer = boss.post_json(REGISTER, &teacher).await;
    assert_eq!((answer.status, answer.json()["message"].as_str()), (201, Some("User registered successfully.")));
    assert_eq!(messages(&boss).await, 0, "nothing to verify");
    app.api("john_doe").await;
}

#[tokio::test]
async fn a_broken_token_is_refused_and_not_ignored() {
    let app = TestApp::start().await;
    let answer = app.anonymous().with_token("a.b.c").post_json(REGISTER, &john()).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("token_invalid")));
}

#[tokio::test]
async fn closed_registration_takes_accounts_from_admins_alone() {
    let app = TestApp::start_with(|config, _| config.registration = Registration::Closed).await;
    let boss = admin(&app).await;
    let answer = app.anonymous().post_json(REGISTER, &john()).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (403, Some("insufficient_permissions")));
    assert_eq!(boss.post_json(REGISTER, &john()).await.status, 201);
}

#[tokio::test]
async fn an_account_works_once_its_email_is_verified() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let department = app.department("CS").await;
    let mut body = john();
    body["department"] = department.0.into();
    app.anonymous().post_json(REGISTER, &body).await;
    let login = json!({ "username": "john_doe", "password": PASSWORD });
    let answer = app.anonymous().post_json("/api/auth/login/", &login).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("invalid_credentials")));
    assert_eq!(answer.json()["details"]["code"], "email_not_verified");

    let token = mailed_token(&boss).await;
    let verify = async |token: &str| app.anonymous().post_json("/api/auth/verify/", &json!({ "token": token })).await;
    assert_eq!(verify(&token).await.status, 200);
    let answer = app.anonymous().post_json("/api/auth/login/", &login).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["user"]["department"], json!({ "id": department.0, "name": "Department CS" }));
    let again = verify(&token).await;
    assert_eq!((again.status, again.json()["error"].as_str()), (400, Some("validation_error")), "used once");
    for wrong in ["", "\0", "nothing", &"x".repeat(10_000)] {
        assert_eq!(verify(wrong).await.status, 400);
    }
}

#[tokio::test]
async fn a_link_expires_and_a_newer_one_replaces_it() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    app.anonymous().post_json(REGISTER, &john()).await;
    let first = mailed_token(&boss).await;
    let resend = async || {
        let body = json!({ "email": "JOHN@example.com" });
        app.anonymous().post_json("/api/auth/verify/resend/", &body).await.status
    };
    assert_eq!((resend().await, messages(&boss).await), (202, 1), "not within a minute");
    app.pass(chrono::Duration::minutes(2));
    assert_eq!((resend().await, messages(&boss).await), (202, 2));
    let second = mailed_token(&boss).await;
    let verify =
        async |token: &str| app.anonymous().post_json("/api/auth/verify/", &json!({ "token": token })).await.status;
    assert_eq!(verify(&first).await, 400, "replaced");
    app.pass(chrono::Duration::hours(72));
    assert_eq!(verify(&second).await, 400, "expired");
    assert_eq!(resend().await, 202);
    let boss = app.api("boss").await;
    assert_eq!(verify(&mailed_token(&boss).await).await, 200);
}

#[tokio::test]
async fn resending_answers_alike_for_unknown_and_verified_addresses() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let mut bodies = Vec::new();
    for email in ["boss@example.edu", "nobody@example.edu"] {
        let answer = app.anonymous().post_json("/api/auth/verify/resend/", &json!({ "email": email })).await;
        bodies.push((answer.status, answer.text()));
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!((bodies[0].0, messages(&boss).await), (202, 0));
    for wrong in ["", "nowhere", "a\0@b.cd"] {
        let answer = app.anonymous().post_json("/api/auth/verify/resend/", &json!({ "email": wrong })).await;
        assert_eq!(answer.status, 400);
    }
}
