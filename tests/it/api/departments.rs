//! Departments.

use crate::support::TestApp;
use crate::support::db::test_databases;
use rollcall::app::types::Role;
use serde_json::{Value, json};

async fn school() -> TestApp {
    let app = TestApp::start().await;
    accounts(&app).await;
    app
}

async fn accounts(app: &TestApp) {
    for (name, role) in [("admin", Role::Admin), ("student", Role::Student)] {
        app.account(name, role, &[]).await;
    }
}

fn codes(body: &Value) -> Vec<String> {
    let rows = body["results"].as_array().expect("a list");
    rows.iter().map(|row| row["code"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn a_department_is_created_listed_shown_and_changed_on_both_databases() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        accounts(&app).await;
        let admin = app.api("admin").await;
        let body = json!({ "name": "Computer Science", "code": "cs", "description": "Machines" });
        let created = admin.post_json("/api/departments/", &body).await;
        assert_eq!(created.status, 201, "{}", created.text());
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(created.json(), @r#"
            {
              "code": "CS",
              "created_at": "2025-11-03T10:00:00Z",
              "description": "Machines",
              "id": 1,
              "name": "Computer Science",
              "updated_at": "2025-11-03T10:00:00Z"
            }
            "#);
        }
        for who in ["admin", "student"] {
            let client = app.api(who).await;
            assert_eq!(client.get("/api/departments/1/").await.json(), created.json(), "{who}");
            let listed = client.get("/api/departments/").await.json();
            assert_eq!((&listed["count"], &listed["results"][0]), (&json!(1), &created.json()), "{who}");
        }
        app.pass(chrono::Duration::hours(1));
        let changed = admin.put_json("/api/departments/1/", &json!({ "name": "Informatics" })).await;
        assert_eq!(changed.status, 200);
        let changed = changed.json();
        assert_eq!((changed["name"].as_str(), changed["code"].as_str()), (Some("Informatics"), Some("CS")));
        assert_eq!(changed["description"], "Machines");
        assert_eq!(
            (changed["created_at"].as_str(), changed["updated_at"].as_str()),
            (Some("2025-11-03T10:00:00Z"), Some("2025-11-03T11:00:00Z"))
        );
        let emptied = admin.patch_json("/api/departments/1/", &json!({ "description": "" })).await.json();
        assert_eq!(emptied["description"], "");
        assert_eq!(admin.delete("/api/departments/1/").await.status, 204);
        for answer in [admin.get("/api/departments/1/").await, admin.delete("/api/departments/1/").await] {
            assert_eq!((answer.status, answer.json()["error"].as_str()), (404, Some("not_found")));
        }
    }
}

#[tokio::test]
async fn departments_are_searched_ordered_and_paged() {
    let app = school().await;
    let admin = app.api("admin").await;
    for (name, code) in [("Zoology", "A1"), ("Äpfel", "B2"), ("mathematics", "C3")] {
        app.pass(chrono::Duration::minutes(1));
        let answer = admin.post_json("/api/departments/", &json!({ "name": name, "code": code })).await;
        assert_eq!(answer.status, 201);
    }
    let cases: [(&str, &[&str]); 9] = [
        ("", &["A1", "B2", "C3"]),
        ("?ordering=-code", &["C3", "B2", "A1"]),
        ("?ordering=name", &["C3", "A1", "B2"]),
        ("?ordering=-name", &["B2", "A1", "C3"]),
        ("?ordering=created_at", &["A1", "B2", "C3"]),
        ("?ordering=-created_at", &["C3", "B2", "A1"]),
        ("?search=%C3%84P", &["B2"]),
        ("?search=c3", &["C3"]),
        ("?search=%25", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(codes(&admin.get(&format!("/api/departments/{query}")).await.json()), expected, "{query}");
    }
    let second = admin.get("/api/departments/?page=2&page_size=2").await.json();
    assert_eq!((codes(&second), &second["count"], &second["next"]), (vec!["C3".to_owned()], &json!(3), &Value::Null));
    assert_eq!(second["previous"], "http://localhost/api/departments/?page=1&page_size=2");
    for (query, status) in [
        ("?page=3&page_size=2", 404),
        ("?page=18446744073709551615&page_size=100", 404),
        ("?page=0", 400),
        ("?page_size=0", 400),
        ("?ordering=id", 400),
    ] {
        assert_eq!(admin.get(&format!("/api/departments/{query}")).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn wrong_and_taken_fields_are_told_together() {
    let app = school().await;
    app.department("CS").await;
    let admin = app.api("admin").await;
    let empty = admin.post_json("/api/departments/", &json!({})).await;
    assert_eq!((empty.status, empty.json()["details"]["code"].clone()), (400, json!(["This field is required."])));
    assert_eq!(empty.json()["details"]["name"], json!(["This field is required."]));
    let taken = admin.post_json("/api/departments/", &json!({ "name": "Department CS", "code": "cs" })).await.json();
    assert_eq!(taken["details"]["name"], json!(["Department with this name already exists"]));
    assert_eq!(taken["details"]["code"], json!(["Department with this code already exists"]));
    let odd = [
        json!({ "name": "N", "code": "C-S" }),
        json!({ "name": "N", "code": "ABCDEFGHIJK" }),
        json!({ "name": "n".repeat(101), "code": "N" }),
        json!({ "name": "a\u{0}", "code": "N" }),
        json!({ "name": 1, "code": "N" }),
        json!({ "name": null, "code": "N" }),
    ];
    for body in odd {
        assert_eq!(admin.post_json("/api/departments/", &body).await.status, 400, "{body}");
    }
    assert_eq!(admin.put_json("/api/departments/1/", &json!({ "code": "" })).await.status, 400);
    assert_eq!(admin.put_json("/api/departments/9/", &json!({})).await.status, 404);
}

#[tokio::test]
async fn a_department_in_use_is_kept() {
    let app = school().await;
    let with_students = app.department("CS").await;
    app.student("Ann Ace", with_students).await;
    let with_sessions = app.department("EC").await;
    app.session("admin", with_sessions).await;
    let admin = app.api("admin").await;
    for (id, name, message) in [
        (with_students, "students", "Cannot delete department with existing students"),
        (with_sessions, "attendance_sessions", "Cannot delete department with existing attendance sessions"),
    ] {
        let answer = admin.delete(&format!("/api/departments/{id}/")).await;
        let body = answer.json();
        assert_eq!((answer.status, body["error"].as_str()), (400, Some("deletion_error")));
        assert_eq!((body["message"].as_str(), &body["details"][name]), (Some(message), &json!(1)));
        assert!(body["details"]["suggestion"].is_string());
    }
}

#[tokio::test]
async fn only_admins_write() {
    let app = school().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    for who in ["teacher", "student"] {
        let client = app.api(who).await;
        assert_eq!(client.get("/api/departments/").await.json()["count"], 1, "{who}");
        let answers = [
            client.post_json("/api/departments/", &json!({})).await,
            client.put_json("/api/departments/1/", &json!({})).await,
            client.patch_json("/api/departments/1/", &json!({})).await,
            client.delete("/api/departments/1/").await,
        ];
        assert!(answers.iter().all(|answer| answer.status == 403), "{who}");
    }
    assert_eq!(app.anonymous().get("/api/departments/").await.status, 401);
}
