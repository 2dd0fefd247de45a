//! Accounts, for admins.

use super::{admin, envelope};
use crate::support::{PASSWORD, TestApp};
use rollcall::app::types::{DepartmentId, Role};
use serde_json::{Value, json};

fn usernames(page: &Value) -> Vec<&str> {
    page["results"].as_array().expect("rows").iter().filter_map(|row| row["username"].as_str()).collect()
}

#[tokio::test]
async fn only_admins_manage_accounts() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("tess", Role::Teacher, &[department]).await;
    app.account("sam", Role::Student, &[]).await;
    let (tess, sam) = (app.api("tess").await, app.api("sam").await);
    for (caller, status, code) in [
        (&app.anonymous(), 401, "token_invalid"),
        (&tess, 403, "insufficient_permissions"),
        (&sam, 403, "insufficient_permissions"),
    ] {
        let body = json!({});
        let answers = [
            caller.get("/api/users/").await,
            caller.post_json("/api/users/", &body).await,
            caller.get("/api/users/1/").await,
            caller.put_json("/api/users/1/", &body).await,
            caller.delete("/api/users/1/").await,
            caller.post_json("/api/users/1/verify/", &body).await,
            caller.post_json("/api/users/1/password/reset/", &body).await,
            caller.get("/api/outbox/").await,
        ];
        for answer in answers {
            assert_eq!((answer.status, answer.json()["error"].as_str()), (status, Some(code)));
        }
    }
}

#[tokio::test]
async fn accounts_are_filtered_ordered_and_paged() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let (first, second) = (app.department("CS").await, app.department("EC").await);
    app.account("tess", Role::Teacher, &[first, second]).await;
    app.account("sam_1", Role::Student, &[second]).await;
    app.account("samx1", Role::Student, &[]).await;
    let list = async |query: &str| {
        let answer = boss.get(&format!("/api/users/?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        answer.json()
    };
    for (query, expected) in [
        ("", vec!["boss", "sam_1", "samx1", "tess"]),
        ("role=student", vec!["sam_1", "samx1"]),
        ("is_active=false", vec![]),
        ("search=M_1", vec!["sam_1"]),
        ("search=EXAMPLE.edu+tess", vec!["tess"]),
        ("search=%00%25", vec![]),
        ("department=2", vec!["sam_1", "tess"]),
        ("department=99", vec![]),
        ("ordering=-username", vec!["tess", "samx1", "sam_1", "boss"]),
        ("ordering=email&page_size=1&page=2", vec!["sam_1"]),
        ("ordering=-date_joined&page_size=1", vec!["boss"]),
    ] {
        assert_eq!(usernames(&list(query).await), expected, "{query}");
    }
    let page = list("role=student&page_size=1").await;
    assert_eq!(page["next"], "http://localhost/api/users/?page=2&role=student&page_size=1");
    assert_eq!((page["count"].as_u64(), &page["previous"]), (Some(2), &Value::Null));
    for (query, status) in [
        ("role=root", 400),
        ("is_active=maybe", 400),
        ("department=x", 400),
        ("ordering=password_hash", 400),
        ("page=0", 400),
        ("page_size=0", 400),
        ("page=-1", 400),
        ("page=2", 404),
        ("page=18446744073709551615", 404),
        ("page=99999999999999999999999", 400),
    ] {
        assert_eq!(boss.get(&format!("/api/users/?{query}")).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn a_created_account_gets_a_one_time_password() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let department = app.department("CS").await;
    let body = json!({ "username": "tess", "email": "tess@example.edu", "role": "teacher",
                       "departments": [department.0], "first_name": "Tess" });
    let answer = boss.post_json("/api/users/", &body).await;
    assert_eq!(answer.status, 201);
    let mut answer = answer.json();
    let password = answer["one_time_password"].as_str().expect("a password").to_owned();
    let login = json!({ "username": "tess", "password": password });
    assert_eq!(app.anonymous().post_json("/api/auth/login/", &login).await.status, 200);
    answer["one_time_password"] = "…".into();
    insta::assert_json_snapshot!(answer, @r#"
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
        }
      ],
      "email": "tess@example.edu",
      "email_verified": true,
      "first_name": "Tess",
      "id": 2,
      "is_active": true,
      "last_login": null,
      "last_name": "",
      "one_time_password": "…",
      "phone": "",
      "role": "teacher",
      "username": "tess"
    }
    "#);
    let faults = json!({ "username": "!", "email": "x", "password": "x", "role": "teacher" });
    let refused = boss.post_json("/api/users/", &faults).await;
    for field in ["username", "email", "password", "departments"] {
        assert!(refused.json()["details"][field].is_array(), "{field}");
    }
    let many = json!({ "username": "many", "email": "m@x.yz", "departments": (1..=51).collect::<Vec<i64>>() });
    assert_eq!(boss.post_json("/api/users/", &many).await.status, 400);
    assert_eq!(boss.post_json("/api/users/", &json!({ "role": "root" })).await.status, 400);
}

#[tokio::test]
async fn absent_fields_stay_and_faults_change_nothing() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let path = format!("/api/users/{sam}/");
    let body = json!({ "email": "Sam@Other.edu", "first_name": "Sam", "phone": "0123456789" });
    let changed = boss.put_json(&path, &body).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    let changed = changed.json();
    assert_eq!((changed["email"].as_str(), changed["role"].as_str()), (Some("sam@other.edu"), Some("student")));
    assert_eq!(boss.put_json(&path, &json!({})).await.json(), changed);
    let wrong = json!({ "email": "boss@example.edu", "phone": "x", "role": "teacher" });
    let refused = boss.put_json(&path, &wrong).await;
    assert_eq!(refused.json()["details"]["email"], json!(["User with this email already exists"]));
    assert!(refused.json()["details"]["phone"].is_array() && refused.json()["details"]["departments"].is_array());
    assert_eq!(boss.get(&path).await.json(), changed);
    for id in ["99", "0", "-1", "9223372036854775807", "99999999999999999999", "x"] {
        let answer = boss.put_json(&format!("/api/users/{id}/"), &json!({ "email": "x" })).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (404, Some("not_found")), "{id}");
    }
}

#[tokio::test]
async fn another_role_counts_at_once_and_ends_old_tokens() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let department = app.department("CS").await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let client = app.api("sam").await;
    let path = format!("/api/users/{sam}/");
    let body = json!({ "role": "teacher", "departments": [department.0, department.0] });
    let changed = boss.put_json(&path, &body).await.json();
    assert_eq!(changed["departments"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.get("/api/auth/me/").await.status, 401);
    assert_eq!(app.actor("sam").await.departments[0].id, DepartmentId(department.0));
    let changed = boss.put_json(&path, &json!({ "role": "admin" })).await.json();
    assert_eq!((&changed["department"], &changed["departments"]), (&Value::Null, &json!([])));
    assert_eq!(app.api("sam").await.get("/api/users/").await.status, 200);
}

#[tokio::test]
async fn the_last_active_admin_stays_one() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let rule = |answer: crate::support::client::Answer| (answer.status, answer.json()["error"].clone());
    let demote = json!({ "role": "student" });
    assert_eq!(rule(boss.put_json("/api/users/1/", &demote).await), (422, "rule_error".into()));
    let off = json!({ "is_active": false });
    let own = boss.put_json("/api/users/1/", &off).await;
    assert_eq!(own.json()["message"], "You cannot switch off your own account.");
    assert_eq!(boss.delete("/api/users/1/").await.status, 422);
    let ada = app.account("ada", Role::Admin, &[]).await;
    assert_eq!(boss.put_json(&format!("/api/users/{ada}/"), &off).await.status, 200);
    assert_eq!(rule(boss.put_json("/api/users/1/", &demote).await), (422, "rule_error".into()), "ada is off");
    assert_eq!(boss.put_json(&format!("/api/users/{ada}/"), &json!({ "is_active": true })).await.status, 200);
    assert_eq!(boss.put_json("/api/users/1/", &demote).await.status, 200, "one's own role, while another is there");
    assert_eq!(boss.get("/api/users/").await.status, 401);
}

#[tokio::test]
async fn an_account_with_records_is_kept_with_the_offer_to_deactivate() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let department = app.department("CS").await;
    let tess = app.account("tess", Role::Teacher, &[department]).await;
    app.session("tess", department).await;
    let answer = boss.delete(&format!("/api/users/{tess}/")).await;
    assert_eq!(answer.status, 400);
    insta::assert_json_snapshot!(envelope(answer.json()), @r#"
    {
      "details": {
        "associated_records": 1,
        "suggestion": "Deactivate the account instead",
        "timestamp": "…"
      },
      "error": "deletion_error",
      "message": "Cannot delete user with associated records",
      "trace_id": "…"
    }
    "#);
    let sam = app.account("sam", Role::Student, &[]).await;
    let client = app.api("sam").await;
    let answer = boss.delete(&format!("/api/users/{sam}/")).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(client.get("/api/auth/me/").await.status, 401);
    assert_eq!(boss.delete(&format!("/api/users/{sam}/")).await.status, 404);
}

#[tokio::test]
async fn an_admin_verifies_by_hand() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let body = json!({ "username": "john", "email": "john@example.com", "password": PASSWORD });
    let id = app.anonymous().post_json("/api/auth/register/", &body).await.json()["id"].clone();
    let waiting = boss.get(&format!("/api/users/{id}/")).await.json();
    assert_eq!((&waiting["is_active"], &waiting["email_verified"]), (&json!(false), &json!(false)));
    for _ in 0..2 {
        let verified = boss.post_json(&format!("/api/users/{id}/verify/"), &json!({})).await;
        assert_eq!((verified.status, &verified.json()["email_verified"]), (200, &json!(true)));
    }
    app.api("john").await;
    let token = super::mailed_token(&boss).await;
    assert_eq!(app.anonymous().post_json("/api/auth/verify/", &json!({ "token": token })).await.status, 400);
    assert_eq!(boss.post_json("/api/users/99/verify/", &json!({})).await.status, 404);
}

#[tokio::test]
async fn a_one_time_password_replaces_the_old_one() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    let sam = app.account("sam", Role::Student, &[]).await;
    let client = app.api("sam").await;
    let answer = boss.post_json(&format!("/api/users/{sam}/password/reset/"), &json!({})).await;
    assert_eq!(answer.status, 200);
    let password = answer.json()["one_time_password"].as_str().expect("a password").to_owned();
    assert_eq!(client.get("/api/auth/me/").await.status, 401);
    let login = async |password: &str| {
        let body = json!({ "username": "sam", "password": password });
        app.anonymous().post_json("/api/auth/login/", &body).await.status
    };
    assert_eq!((login(PASSWORD).await, login(&password).await), (401, 200));
    assert_eq!(boss.post_json("/api/users/1/password/reset/", &json!({})).await.status, 422, "one's own");
    assert_eq!(boss.post_json("/api/users/99/password/reset/", &json!({})).await.status, 404);
}
