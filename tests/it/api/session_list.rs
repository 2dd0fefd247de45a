//! Sessions listed, read, changed and closed.

use super::{refused, told};
use crate::support::TestApp;
use rollcall::app::types::*;
use serde_json::{Value, json};

const LIST: &str = "/api/attendance/sessions/";

/// A department with Ann and Bob, its teacher, a stranger, an admin, Ann's account, and a session that runs.
async fn school() -> (TestApp, SessionRow, Vec<StudentRow>) {
    let app = TestApp::start().await;
    let (own, other) = (app.department("CS").await, app.department("EC").await);
    let mut students = Vec::new();
    for name in ["Ann Ace", "Bob Best"] {
        students.push(app.student(name, own).await);
    }
    app.account("teacher", Role::Teacher, &[own]).await;
    app.account("stranger", Role::Teacher, &[other]).await;
    app.account("admin", Role::Admin, &[]).await;
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    let session = app.session("teacher", own).await;
    (app, session, students)
}

fn address(id: SessionId, rest: &str) -> String {
    format!("{LIST}{id}/{rest}")
}

async fn ids(app: &TestApp, username: &str, query: &str) -> Vec<i64> {
    let answer = app.api(username).await.get(&format!("{LIST}{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    let body = answer.json();
    let rows = body["results"].as_array().expect("a list");
    rows.iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn list_answers_as_the_sample() {
    let (app, ..) = school().await;
    let answer = app.api("teacher").await.get(LIST).await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "count": 1,
      "next": null,
      "previous": null,
      "results": [
        {
          "created_by": "teacher",
          "date": "2025-11-03",
          "department": {
            "id": 1,
            "name": "Department CS"
          },
          "end_time": null,
          "id": 1,
          "start_time": "10:00:00",
          "statistics": {
            "absent": 0,
            "percentage": 0.0,
            "present": 0,
            "total": 2
          },
          "status": "active",
          "subject": "Algebra"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn each_filter_selects() {
    let (app, session, _) = school().await;
    let admin = app.api("admin").await;
    for (department, subject, date) in [(1, "Machine 100% Learning", "2025-11-04"), (2, "Électronique", "2025-11-05")]
    {
        let body = json!({ "department": department, "subject": subject, "date": date, "start_time": "08:00:00" });
        assert_eq!(admin.post_json(LIST, &body).await.status, 201);
    }
    app.api("teacher").await.post_json(&address(session.id, "complete/"), &json!({})).await;
    let cases: [(&str, &[i64]); 18] = [
        ("", &[3, 2, 1]),
        ("?department=1", &[2, 1]),
        ("?department=999", &[]),
        ("?date=2025-11-04", &[2]),
        ("?date_from=2025-11-04", &[3, 2]),
        ("?date_to=2025-11-04", &[2, 1]),
        ("?date_from=2025-11-04&date_to=2025-11-04", &[2]),
        ("?status=completed", &[1]),
        ("?status=active", &[3, 2]),
        ("?status=cancelled", &[]),
        ("?subject=LEARN", &[2]),
        ("?subject=0%25%20l", &[2]),
        ("?subject=_", &[]),
        ("?subject=%C3%89lec", &[3]),
        ("?created_by=1", &[1]),
        ("?created_by=9223372036854775807", &[]),
        ("?ordering=date", &[1, 2, 3]),
        ("?ordering=-subject", &[3, 2, 1]),
    ];
    for (query, expected) in cases {
        assert_eq!(ids(&app, "teacher", query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn odd_parameters_are_refused_in_the_envelope() {
    let (app, ..) = school().await;
    let client = app.api("teacher").await;
    for query in [
        "date_from=2025-11-04&date_to=2025-11-03",
        "date=2025-13-01",
        "date=0000-01-01",
        "date=-9999-01-01",
        "date=20251103",
        "date=",
        "status=open",
        "ordering=colour",
        "department=x",
        "department=0",
        "department=99999999999999999999",
        "page=0",
        "page_size=0",
        "page=-1",
        "date=2025-11-01&date_from=2025-11-02",
    ] {
        let answer = client.get(&format!("{LIST}?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    }
    for query in ["page=2", "page=18446744073709551615"] {
        assert_eq!(told(&client.get(&format!("{LIST}?{query}")).await), refused(404, "not_found"), "{query}");
    }
    assert_eq!(client.get(&format!("{LIST}?subject=%00")).await.status, 200);
}

#[tokio::test]
async fn pages_name_their_neighbours() {
    let (app, ..) = school().await;
    app.session("teacher", DepartmentId(1)).await;
    let body = app.api("teacher").await.get(&format!("{LIST}?page_size=1&status=active")).await.json();
    assert_eq!(body["count"], 2);
    assert_eq!(body["next"], "http://localhost/api/attendance/sessions/?page=2&page_size=1&status=active");
    assert_eq!(ids(&app, "teacher", "?page_size=1&page=2").await, [1]);
}

#[tokio::test]
async fn students_see_only_sessions_on_whose_roster_they_stand() {
    let (app, session, _) = school().await;
    let other = app.session("admin", DepartmentId(2)).await;
    assert_eq!(ids(&app, "ann", "").await, [session.id.0]);
    let ann = app.api("ann").await;
    assert_eq!(ann.get(&address(session.id, "")).await.json()["total_students"], 1, "her own mark alone");
    for rest in ["", "roster/"] {
        assert_eq!(told(&ann.get(&address(other.id, rest)).await), refused(404, "not_found"));
    }
    let body = ann.get(&address(session.id, "roster/")).await.json();
    let rows = body["roster"].as_array().expect("a list");
    assert_eq!((rows.len(), rows[0]["student"]["name"].as_str()), (1, Some("Ann Ace")));
    app.account("unlinked", Role::Student, &[]).await;
    assert_eq!(ids(&app, "unlinked", "").await, [0i64; 0]);
}

#[tokio::test]
async fn detail_tells_everything() {
    let (app, session, _) = school().await;
    let answer = app.api("stranger").await.get(&address(session.id, "")).await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "absent_count": 0,
      "attendance_percentage": 0.0,
      "closed_by": null,
      "completed_at": null,
      "confirmed_at": null,
      "created_at": "2025-11-03T10:00:00Z",
      "created_by": {
        "id": 1,
        "name": "teacher",
        "username": "teacher"
      },
      "date": "2025-11-03",
      "department": {
        "code": "CS",
        "id": 1,
        "name": "Department CS"
      },
      "end_time": null,
      "excused_count": 0,
      "id": 1,
      "late_after_minutes": 10,
      "late_count": 0,
      "notes": "",
      "present_count": 0,
      "start_time": "10:00:00",
      "status": "active",
      "subject": "Algebra",
      "total_students": 2,
      "unmarked_count": 2,
      "updated_at": "2025-11-03T10:00:00Z"
    }
    "#);
}

#[tokio::test]
async fn unknown_ids_are_not_found() {
    let (app, ..) = school().await;
    let client = app.api("teacher").await;
    for id in ["99", "0", "-1", "x", "99999999999999999999"] {
        for rest in ["", "roster/", "export/"] {
            let answer = client.get(&format!("{LIST}{id}/{rest}")).await;
            assert_eq!(told(&answer), refused(404, "not_found"), "{id} {rest}");
        }
        for rest in ["complete/", "cancel/"] {
            let answer = client.post_json(&format!("{LIST}{id}/{rest}"), &json!({})).await;
            assert_eq!(told(&answer), refused(404, "not_found"), "{id} {rest}");
        }
    }
}

#[tokio::test]
async fn active_session_is_changed_and_the_rest_stays() {
    let (app, session, _) = school().await;
    let client = app.api("teacher").await;
    let path = address(session.id, "");
    let patch = json!({ "notes": "Room 7", "end_time": "11:30:00", "late_after_minutes": 0 });
    let body = client.patch_json(&path, &patch).await.json();
    assert_eq!(
        (&body["subject"], &body["notes"], &body["end_time"], &body["late_after_minutes"]),
        (&json!("Algebra"), &json!("Room 7"), &json!("11:30:00"), &json!(0))
    );
    let body = client.patch_json(&path, &json!({ "end_time": null })).await.json();
    assert_eq!((&body["end_time"], &body["notes"]), (&Value::Null, &json!("Room 7")));
    let put = json!({ "subject": "Geometry", "start_time": "09:30:00" });
    let body = client.put_json(&path, &put).await.json();
    assert_eq!(
        (&body["subject"], &body["start_time"], &body["notes"]),
        (&json!("Geometry"), &json!("09:30:00"), &json!(""))
    );
}

#[tokio::test]
async fn changes_obey_the_rules_of_creation() {
    let (app, session, _) = school().await;
    let client = app.api("teacher").await;
    let cases = [
        (json!({ "subject": " " }), "subject", "This field is required."),
        (json!({ "subject": "x".repeat(101) }), "subject", "Ensure this field has no more than 100 characters."),
        (json!({ "subject": "a\u{0}b" }), "subject", "This text holds characters that cannot be shown."),
        (json!({ "notes": "a\u{0}b" }), "notes", "This text holds characters that cannot be shown."),
        (json!({ "end_time": "10:00:00" }), "end_time", "End time must be after start time"),
        (json!({ "end_time": "14:00:01" }), "end_time", "Session duration exceeds maximum (4 hours)"),
        (json!({ "start_time": "23:59:60" }), "start_time", "Time has wrong format. Use HH:MM:SS."),
        (json!({ "late_after_minutes": 241 }), "late_after_minutes", "Ensure this value is within 0 to 240."),
        (json!({ "late_after_minutes": -1 }), "late_after_minutes", "Ensure this value is within 0 to 240."),
    ];
    for (body, field, sentence) in cases {
        let answer = client.patch_json(&address(session.id, ""), &body).await;
        assert_eq!(told(&answer), refused(400, "validation_error"), "{body}");
        assert_eq!(answer.json()["details"][field], json!([sentence]), "{body}");
    }
    for body in [json!({ "date": "2025-11-04" }), json!({ "status": "completed" }), json!([]), json!({ "subject": 7 })]
    {
        assert_eq!(client.patch_json(&address(session.id, ""), &body).await.status, 400, "{body}");
    }
    assert_eq!(client.patch_json(&address(session.id, ""), &json!({ "end_time": "14:00:00" })).await.status, 200);
}

#[tokio::test]
async fn only_staff_of_the_department_write() {
    let (app, session, _) = school().await;
    for username in ["ann", "stranger"] {
        let client = app.api(username).await;
        let patch = client.patch_json(&address(session.id, ""), &json!({ "notes": "mine" })).await;
        assert_eq!(told(&patch), refused(403, "insufficient_permissions"), "{username}");
        for rest in ["complete/", "cancel/"] {
            let answer = client.post_json(&address(session.id, rest), &json!({})).await;
            assert_eq!(told(&answer), refused(403, "insufficient_permissions"), "{username} {rest}");
        }
        let rest = client.post_json(&address(session.id, "rest/"), &json!({ "status": "absent" })).await;
        assert_eq!(told(&rest), refused(403, "insufficient_permissions"), "{username}");
    }
    let anonymous = app.anonymous().get(&address(session.id, "")).await;
    assert_eq!(told(&anonymous), refused(401, "token_invalid"));
}

#[tokio::test]
async fn completed_session_says_so_to_every_change() {
    let (app, session, _) = school().await;
    let client = app.api("teacher").await;
    client.patch_json(&address(session.id, ""), &json!({ "end_time": "11:00:00" })).await;
    let body = client.post_json(&address(session.id, "complete/"), &json!({})).await.json();
    assert_eq!(
        (&body["status"], &body["absent_count"], &body["closed_by"], &body["unmarked_count"]),
        (&json!("completed"), &json!(2), &json!("person"), &json!(0))
    );
    let answers = [
        client.patch_json(&address(session.id, ""), &json!({ "notes": "late" })).await,
        client.put_json(&address(session.id, ""), &json!({ "subject": "X", "start_time": "10:00:00" })).await,
        client.post_json(&address(session.id, "complete/"), &json!({})).await,
        client.post_json(&address(session.id, "cancel/"), &json!({})).await,
        client.post_json(&address(session.id, "rest/"), &json!({ "status": "absent" })).await,
    ];
    for answer in answers {
        assert_eq!(told(&answer), refused(400, "session_error"));
        let body = answer.json();
        assert_eq!(body["message"], "Session has ended or is inactive");
        let details = &body["details"];
        assert_eq!(
            (&details["code"], &details["session_id"], &details["status"], &details["end_time"]),
            (&json!("session_inactive"), &json!(session.id), &json!("completed"), &json!("2025-11-03T11:00:00Z"))
        );
    }
}

#[tokio::test]
async fn the_rest_is_marked_and_the_register_told() {
    let (app, session, students) = school().await;
    let client = app.api("teacher").await;
    let put = json!({ "session": session.id, "records": [{ "student": students[0].id, "status": "late" }] });
    assert_eq!(client.put_json("/api/attendance/records/", &put).await.status, 200);
    let rest = client.post_json(&address(session.id, "rest/"), &json!({ "status": "absent" })).await;
    assert_eq!(rest.json(), json!({ "marked": 1 }));
    let body = client.get(&address(session.id, "roster/")).await.json();
    assert_eq!(
        body["counts"],
        json!({ "total": 2, "present": 0, "late": 1, "absent": 1, "excused": 0, "unmarked": 0 })
    );
    assert_eq!(
        (&body["roster"][0]["status"], &body["roster"][0]["marked_by"], &body["roster"][0]["manual_override"]),
        (&json!("late"), &json!("teacher"), &json!(true))
    );
}

#[test]
fn the_document_names_every_door_of_attendance() {
    let document = serde_json::to_value(rollcall::server::api::document()).expect("a document");
    for (path, methods) in [
        ("/api/attendance/mark/", "post"),
        ("/api/attendance/sessions/", "get post"),
        ("/api/attendance/sessions/{id}/", "get patch put"),
        ("/api/attendance/sessions/{id}/cancel/", "post"),
        ("/api/attendance/sessions/{id}/complete/", "post"),
        ("/api/attendance/sessions/{id}/events/", "get"),
        ("/api/attendance/sessions/{id}/export/", "get"),
        ("/api/attendance/sessions/{id}/rest/", "post"),
        ("/api/attendance/sessions/{id}/roster/", "get"),
        ("/api/attendance/records/", "get put"),
        ("/api/attendance/records/export/", "get"),
        ("/api/attendance/records/{id}/", "patch"),
        ("/api/attendance/records/{id}/history/", "get"),
        ("/api/attendance/statistics/", "get"),
        ("/api/attendance/statistics/export/", "get"),
        ("/api/settings/", "get put"),
        ("/api/audit/", "get"),
    ] {
        let mut named: Vec<&str> =
            document["paths"][path].as_object().expect(path).keys().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(named.join(" "), methods, "{path}");
    }
    let parameters = document["paths"]["/api/attendance/statistics/"]["get"]["parameters"].as_array().expect("a list");
    let required = |name: &str| {
        let found = parameters.iter().find(|parameter| parameter["name"] == name).expect(name);
        found["required"].as_bool()
    };
    assert_eq!((required("date_from"), required("group_by")), (Some(true), Some(false)));
    for schema in ["SessionBody", "SettingsBody", "RecordsBody", "WallTime", "RecordStatus", "Method", "Error"] {
        assert!(document["components"]["schemas"][schema].is_object(), "{schema}");
    }
}
