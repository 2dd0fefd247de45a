//! The list of students.

use crate::support::client::Answer;
use crate::support::db::test_databases;
use crate::support::{Client, TestApp};
use rollcall::app::types::Role;
use serde_json::{Value, json};

/// Two departments with three students, the last one inactive, and an account of each role.
async fn school() -> TestApp {
    let app = TestApp::start().await;
    fill(&app).await;
    app
}

async fn fill(app: &TestApp) {
    let (cs, ec) = (app.department("CS").await, app.department("EC").await);
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[cs]).await;
    app.account("student", Role::Student, &[]).await;
    for (name, department) in [("Émile Zola", cs), ("Bob Best", cs), ("Ann Ace", ec)] {
        app.student(name, department).await;
        app.pass(chrono::Duration::minutes(1));
    }
    let off = json!({ "is_active": false });
    assert_eq!(app.api("admin").await.put_json("/api/students/3/", &off).await.status, 200);
}

fn names(body: &Value) -> Vec<String> {
    let rows = body["results"].as_array().expect("a list");
    rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

async fn listed(client: &Client, query: &str) -> Answer {
    client.get(&format!("/api/students/{query}")).await
}

#[tokio::test]
async fn students_are_listed_as_the_sample() {
    let app = school().await;
    let teacher = app.api("teacher").await;
    let answer =
        listed(&teacher, "?page=1&page_size=1&department=1&search=BOB&is_active=true&ordering=-created_at").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "count": 1,
      "facets": {
        "active_students": 2,
        "by_department": {
          "Department CS": 2,
          "Department EC": 1
        },
        "inactive_students": 1,
        "total_students": 3
      },
      "next": null,
      "previous": null,
      "results": [
        {
          "created_at": "2025-11-03T10:01:00Z",
          "department": {
            "code": "CS",
            "id": 1,
            "name": "Department CS"
          },
          "email": "bob.best@example.edu",
          "id": 2,
          "is_active": true,
          "name": "Bob Best",
          "phone": "",
          "photo": null,
          "roll_no": "CS-2025-002"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn each_order_and_its_reverse_is_kept_on_both_databases() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        fill(&app).await;
        let teacher = app.api("teacher").await;
        let orders = [
            ("name", ["Ann Ace", "Bob Best", "Émile Zola"]),
            ("roll_no", ["Émile Zola", "Bob Best", "Ann Ace"]),
            ("created_at", ["Émile Zola", "Bob Best", "Ann Ace"]),
        ];
        for (order, expected) in orders {
            let forward = names(&listed(&teacher, &format!("?ordering={order}")).await.json());
            assert_eq!(forward, expected, "{order} on {}", database.kind);
            let mut backward = names(&listed(&teacher, &format!("?ordering=-{order}")).await.json());
            backward.reverse();
            assert_eq!(backward, expected, "-{order} on {}", database.kind);
        }
        let facets = listed(&teacher, "?search=nobody").await.json()["facets"].clone();
        assert_eq!(
            facets,
            json!({
                "total_students": 3, "active_students": 2, "inactive_students": 1,
                "by_department": { "Department CS": 2, "Department EC": 1 },
            })
        );
    }
}

#[tokio::test]
async fn filters_narrow_the_list_and_leave_the_facets() {
    let app = school().await;
    let teacher = app.api("teacher").await;
    let cases: [(&str, &[&str]); 7] = [
        ("?department=2", &["Ann Ace"]),
        ("?department=999", &[]),
        ("?is_active=false", &["Ann Ace"]),
        ("?is_active=true&search=b", &["Bob Best"]),
        ("?search=%C3%A9MILE", &["Émile Zola"]),
        ("?search=ec-2025", &["Ann Ace"]),
        ("?search=%25", &[]),
    ];
    for (query, expected) in cases {
        let body = listed(&teacher, query).await.json();
        assert_eq!(names(&body), expected, "{query}");
        assert_eq!(body["count"], expected.len(), "{query}");
        assert_eq!(body["facets"]["total_students"], 3, "{query}");
    }
}

#[tokio::test]
async fn pages_are_linked_with_their_filters() {
    let app = school().await;
    let teacher = app.api("teacher").await;
    let first = listed(&teacher, "?page_size=2&ordering=name").await.json();
    assert_eq!(first["previous"], Value::Null);
    assert_eq!(first["next"], "http://localhost/api/students/?page=2&page_size=2&ordering=name");
    let second = listed(&teacher, "?page=2&page_size=2&ordering=name").await.json();
    assert_eq!((names(&second).len(), &second["next"]), (1, &Value::Null));
    assert_eq!(second["previous"], "http://localhost/api/students/?page=1&page_size=2&ordering=name");
    assert_eq!(listed(&teacher, "?page_size=100000").await.status, 200, "a larger page is cut");
    let beyond = listed(&teacher, "?page=2").await;
    assert_eq!((beyond.status, beyond.json()["error"].as_str()), (404, Some("not_found")));
}

#[tokio::test]
async fn an_empty_school_has_an_empty_first_page() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let body = listed(&app.api("admin").await, "").await.json();
    assert_eq!((body["count"].as_u64(), names(&body).len()), (Some(0), 0));
    assert_eq!(body["facets"]["by_department"], json!({}));
}

#[tokio::test]
async fn odd_parameters_are_refused_in_the_envelope() {
    let app = school().await;
    let teacher = app.api("teacher").await;
    let cases = [
        ("?ordering=email", "validation_error"),
        ("?ordering=", "validation_error"),
        ("?page=0", "value_out_of_range"),
        ("?page=-1", "validation_error"),
        ("?page=x", "validation_error"),
        ("?page_size=0", "value_out_of_range"),
        ("?department=0", "value_out_of_range"),
        ("?department=99999999999999999999", "validation_error"),
        ("?is_active=perhaps", "validation_error"),
    ];
    for (query, code) in cases {
        let answer = listed(&teacher, query).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some(code)), "{query}: {}", answer.text());
    }
    for query in ["?search=%00", "?search=%F0%9F%92%A9", "?department=9223372036854775807"] {
        assert_eq!(listed(&teacher, query).await.status, 200, "{query}");
    }
    let far = listed(&teacher, "?page=18446744073709551615").await;
    assert_eq!(far.status, 404, "{}", far.text());
}

#[tokio::test]
async fn students_and_strangers_see_no_list() {
    let app = school().await;
    let student = listed(&app.api("student").await, "").await;
    assert_eq!((student.status, student.json()["error"].as_str()), (403, Some("insufficient_permissions")));
    let stranger = listed(&app.anonymous(), "").await;
    assert_eq!((stranger.status, stranger.json()["error"].as_str()), (401, Some("token_invalid")));
    assert_eq!(listed(&app.api("admin").await, "").await.status, 200);
}
