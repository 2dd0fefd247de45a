//! One student: shown, changed, deleted.

use crate::support::db::test_databases;
use crate::support::tiny_models::{tiny_class_photo, tiny_face_photo};
use crate::support::{Part, TestApp};
use rollcall::app::types::*;
use rollcall::server::db::entities::{audit_log, consents, face_templates, photos};
use rollcall::server::domain::{records, sessions};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};

/// A student of CS, two accounts of students of whom the first is linked, a teacher and an admin.
async fn school_on(url: Option<String>) -> (TestApp, StudentRow) {
    let app = TestApp::with_faces_on(url).await;
    let cs = app.department("CS").await;
    for (name, role) in [("admin", Role::Admin), ("own", Role::Student), ("other", Role::Student)] {
        app.account(name, role, &[]).await;
    }
    app.account("teacher", Role::Teacher, &[cs]).await;
    let student = app.student("Ann Ace", cs).await;
    app.link("own", student.id).await;
    (app, student)
}

async fn school() -> (TestApp, StudentRow) {
    school_on(None).await
}

/// A session with this status of the student; saved unless it shall stay open.
async fn attended(app: &TestApp, student: &StudentRow, status: Option<RecordStatus>, saved: bool) -> SessionId {
    let session = app.session("teacher", student.department.id).await;
    let actor = app.actor("teacher").await;
    if status.is_some() {
        let form = RecordForm {
            session: session.id,
            student: student.id,
            status,
            keep_status: false,
            notes: None,
            reason: String::new(),
        };
        records::set_record(&app.ctx, &actor, form).await.expect("marked");
    }
    if saved {
        sessions::complete_session(&app.ctx, &actor, session.id).await.expect("saved");
    }
    session.id
}

#[tokio::test]
async fn student_is_shown_as_the_sample_on_both_databases() {
    for database in test_databases().await {
        let (app, student) = school_on(Some(database.url.clone())).await;
        for status in [Some(RecordStatus::Present), Some(RecordStatus::Present), Some(RecordStatus::Late), None] {
            attended(&app, &student, status, true).await;
        }
        attended(&app, &student, Some(RecordStatus::Present), false).await;
        let answer = app.api("teacher").await.get("/api/students/1/").await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let mut body = answer.json();
        assert_eq!(body["recent_attendance"].as_array().map(Vec::len), Some(5), "{}", database.kind);
        let recent = body["recent_attendance"].as_array_mut().expect("a list");
        recent.truncate(1);
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(body, @r#"
            {
              "attendance_stats": {
                "absent": 1,
                "attendance_percentage": 50.0,
                "late": 1,
                "present": 2,
                "total_sessions": 4
              },
              "created_at": "2025-11-03T10:00:00Z",
              "department": {
                "code": "CS",
                "description": "",
                "id": 1,
                "name": "Department CS"
              },
              "email": "ann.ace@example.edu",
              "id": 1,
              "is_active": true,
              "name": "Ann Ace",
              "phone": "",
              "photo": null,
              "recent_attendance": [
                {
                  "date": "2025-11-03",
                  "session_id": 5,
                  "status": "present",
                  "subject": "Algebra",
                  "timestamp": "2025-11-03T10:00:00Z"
                }
              ],
              "roll_no": "CS-2025-001",
              "updated_at": "2025-11-03T10:00:00Z"
            }
            "#);
        }
    }
}

#[tokio::test]
async fn at_most_ten_records_are_recent_and_cancelled_sessions_count_nowhere() {
    let (app, student) = school().await;
    for _ in 0..11 {
        attended(&app, &student, Some(RecordStatus::Present), true).await;
    }
    let cancelled = attended(&app, &student, Some(RecordStatus::Absent), false).await;
    sessions::cancel_session(&app.ctx, &app.actor("teacher").await, cancelled).await.expect("cancelled");
    let body = app.api("teacher").await.get("/api/students/1/").await.json();
    assert_eq!(body["recent_attendance"].as_array().map(Vec::len), Some(10));
    assert_eq!(body["attendance_stats"]["total_sessions"], 11);
    assert_eq!(body["attendance_stats"]["absent"], 0);
}

#[tokio::test]
async fn what_the_clock_closed_counts_once_it_is_confirmed() {
    let (app, student) = school().await;
    let session = attended(&app, &student, None, false).await;
    app.pass(chrono::Duration::hours(3));
    rollcall::server::domain::closing::close_by_clock(&app.ctx).await.expect("closed");
    let shown = async || app.api("teacher").await.get("/api/students/1/").await.json()["attendance_stats"].clone();
    assert_eq!(shown().await["total_sessions"], 0);
    sessions::complete_session(&app.ctx, &app.actor("teacher").await, session).await.expect("confirmed");
    assert_eq!(shown().await["absent"], 1);
}

#[tokio::test]
async fn students_see_themselves_and_nobody_else() {
    let (app, _) = school().await;
    assert_eq!(app.api("own").await.get("/api/students/1/").await.status, 200);
    for (who, path) in [("other", "/api/students/1/"), ("own", "/api/students/999/"), ("teacher", "/api/students/999/")]
    {
        let answer = app.api(who).await.get(path).await;
        let body = answer.json();
        assert_eq!((answer.status, body["error"].as_str()), (404, Some("not_found")), "{who} {path}");
        let id = path.trim_end_matches('/').rsplit('/').next().expect("an id");
        assert_eq!(body["message"], format!("Student with id {id} does not exist"));
        assert_eq!(body["details"]["code"], "resource_not_found");
    }
    assert_eq!(app.anonymous().get("/api/students/1/").await.status, 401);
    for odd in ["0", "-1", "abc", "99999999999999999999", "1%00"] {
        assert_eq!(app.api("teacher").await.get(&format!("/api/students/{odd}/")).await.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn a_change_answers_as_the_sample() {
    let (app, _) = school().await;
    app.pass(chrono::Duration::hours(1));
    let body = json!({ "name": "Ann Updated", "email": "Ann_New@example.com", "phone": "(987) 654-3210" });
    let answer = app.api("admin").await.put_json("/api/students/1/", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "department": {
        "id": 1,
        "name": "Department CS"
      },
      "email": "ann_new@example.com",
      "id": 1,
      "is_active": true,
      "name": "Ann Updated",
      "phone": "9876543210",
      "roll_no": "CS-2025-001",
      "updated_at": "2025-11-03T11:00:00Z"
    }
    "#);
}

#[tokio::test]
async fn absent_fields_stay_and_roll_number_and_photo_never_change() {
    let (app, before) = school().await;
    let admin = app.api("admin").await;
    let odd = json!({ "roll_no": "XX-1", "photo": "/etc/passwd", "id": 99, "is_active": null });
    for answer in [admin.put_json("/api/students/1/", &odd).await, admin.patch_json("/api/students/1/", &odd).await] {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let body = answer.json();
        assert_eq!((body["roll_no"].as_str(), body["name"].as_str()), (Some("CS-2025-001"), Some("Ann Ace")));
        assert_eq!(body["email"], before.email);
    }
    let shown = admin.get("/api/students/1/").await.json();
    assert_eq!((&shown["photo"], &shown["is_active"]), (&Value::Null, &json!(true)));
    let off = admin.patch_json("/api/students/1/", &json!({ "is_active": false })).await.json();
    assert_eq!((&off["is_active"], off["name"].as_str()), (&json!(false), Some("Ann Ace")));
}

#[tokio::test]
async fn all_faults_of_a_change_are_told_together() {
    let (app, _) = school().await;
    let bob = app.student("Bob Best", DepartmentId(1)).await;
    let admin = app.api("admin").await;
    let wrong = json!({ "name": " ", "email": bob.email, "phone": "12", "department": 999 });
    let answer = admin.put_json("/api/students/1/", &wrong).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("validation_error")));
    let details = answer.json()["details"].clone();
    assert_eq!(details["email"], json!(["Student with this email already exists"]));
    assert_eq!(details["name"], json!(["This field is required."]));
    assert!(details["phone"].is_array() && details["department"].is_array(), "{details}");
    let taken = admin.put_json("/api/students/1/", &json!({ "email": bob.email })).await.json();
    assert_eq!(taken["details"]["code"], "duplicate_entry");
    for odd in [json!({ "name": "a\u{0}b" }), json!({ "name": 7 }), json!({ "department": 0 }), json!([]), json!("x")] {
        assert_eq!(admin.put_json("/api/students/1/", &odd).await.status, 400, "{odd}");
    }
    assert_eq!(admin.put_json("/api/students/999/", &json!({})).await.status, 404);
}

#[tokio::test]
async fn only_admins_change_and_delete() {
    let (app, _) = school().await;
    for who in ["teacher", "own"] {
        let client = app.api(who).await;
        assert_eq!(client.put_json("/api/students/1/", &json!({})).await.status, 403, "{who}");
        assert_eq!(client.patch_json("/api/students/1/", &json!({})).await.status, 403, "{who}");
        assert_eq!(client.delete("/api/students/1/").await.status, 403, "{who}");
    }
    assert_eq!(app.anonymous().delete("/api/students/1/").await.status, 401);
}

#[tokio::test]
async fn a_deleted_student_leaves_nothing_behind() {
    for database in test_databases().await {
        let (app, _) = school_on(Some(database.url.clone())).await;
        let admin = app.api("admin").await;
        let bob = app.student_with_face("Bob Best", DepartmentId(1), 2).await;
        attended(&app, &bob, None, false).await;
        let path = format!("/api/students/{}/", bob.id);
        let answer = admin.delete(&path).await;
        assert_eq!((answer.status, answer.text().as_str()), (204, ""));
        assert_eq!(admin.get(&path).await.status, 404);
        assert_eq!(admin.delete(&path).await.status, 404);
        let db = &app.ctx.db;
        assert_eq!(face_templates::Entity::find().count(db).await.expect("a count"), 0);
        assert_eq!(photos::Entity::find().count(db).await.expect("a count"), 0);
        assert_eq!(consents::Entity::find().count(db).await.expect("a count"), 0);
        assert!(app.ctx.storage.names().expect("the store").is_empty());
        assert!(app.ctx.gallery.index().is_empty());
        let last = audit_log::Entity::find().order_by_desc(audit_log::Column::Id).one(db).await.expect("the log");
        assert_eq!(last.map(|row| row.action).as_deref(), Some("student.delete"));
        let photo = tiny_class_photo(&[2]);
        let found = admin.post_parts("/api/ai/recognize/", &[Part::File("file", "a.png", &photo)]).await.json();
        assert_eq!((&found["faces_detected"], &found["faces_recognized"]), (&json!(1), &json!(0)));
    }
}

#[tokio::test]
async fn a_student_with_records_is_kept_on_both_databases() {
    for database in test_databases().await {
        let (app, student) = school_on(Some(database.url.clone())).await;
        attended(&app, &student, Some(RecordStatus::Present), true).await;
        attended(&app, &student, Some(RecordStatus::Present), false).await;
        let admin = app.api("admin").await;
        let answer = admin.delete("/api/students/1/").await;
        assert_eq!(answer.status, 400);
        let mut body = answer.json();
        body["trace_id"] = json!("…");
        body["details"]["timestamp"] = json!("…");
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(body, @r#"
            {
              "details": {
                "attendance_records": 2,
                "suggestion": "Mark student as inactive instead",
                "timestamp": "…"
              },
              "error": "deletion_error",
              "message": "Cannot delete student with existing attendance records",
              "trace_id": "…"
            }
            "#);
        }
        assert_eq!(admin.get("/api/students/1/").await.status, 200);
        let free = app.student("Bob Best", DepartmentId(1)).await;
        assert_eq!(admin.delete(&format!("/api/students/{}/", free.id)).await.status, 204, "{}", database.kind);
    }
}

#[tokio::test]
async fn an_inactive_student_is_not_recognised_and_comes_back() {
    let (app, _) = school().await;
    let bob = app.student_with_face("Bob Best", DepartmentId(1), 2).await;
    let admin = app.api("admin").await;
    let path = format!("/api/students/{}/", bob.id);
    let photo = tiny_face_photo(2);
    for (is_active, recognized) in [(false, 0), (true, 1)] {
        assert_eq!(admin.put_json(&path, &json!({ "is_active": is_active })).await.status, 200);
        let found = admin.post_parts("/api/ai/recognize/", &[Part::File("file", "a.png", &photo)]).await.json();
        assert_eq!(found["faces_recognized"], recognized, "active: {is_active}");
    }
}
