//! Attendance records listed, decided by people, and their history.

use super::{refused, told};
use crate::support::TestApp;
use crate::support::tiny_models::tiny_face_photo;
use crate::support::{Client, Part};
use rollcall::app::types::*;
use serde_json::{Value, json};

const PATH: &str = "/api/attendance/records/";

struct School {
    app: TestApp,
    teacher: Client,
    session: SessionId,
    students: Vec<StudentRow>,
}

/// A department with three students, its teacher, a stranger, an admin, Ann's account, and a session that runs.
async fn school_in(app: TestApp) -> School {
    let (own, other) = (app.department("CS").await, app.department("EC").await);
    let mut students = Vec::new();
    for name in ["Ann Ace", "Bob Best", "Cid Core"] {
        students.push(app.student(name, own).await);
    }
    app.account("teacher", Role::Teacher, &[own]).await;
    app.account("stranger", Role::Teacher, &[other]).await;
    app.account("admin", Role::Admin, &[]).await;
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    let session = app.session("teacher", own).await.id;
    School { teacher: app.api("teacher").await, app, session, students }
}

async fn school() -> School {
    school_in(TestApp::start().await).await
}

impl School {
    /// The students at these places with these statuses.
    fn body(&self, statuses: &[(usize, &str)]) -> Value {
        let records: Vec<Value> =
            statuses.iter().map(|(at, status)| json!({ "student": self.students[*at].id, "status": status })).collect();
        json!({ "session": self.session, "records": records })
    }

    async fn put(&self, statuses: &[(usize, &str)]) -> Value {
        let answer = self.teacher.put_json(PATH, &self.body(statuses)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    async fn complete(&self) {
        let path = format!("/api/attendance/sessions/{}/complete/", self.session);
        assert_eq!(self.teacher.post_json(&path, &json!({})).await.status, 200);
    }
}

#[tokio::test]
async fn list_answers_as_the_sample() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.student_with_face("John Doe", department, 1).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await.id.to_string();
    let teacher = app.api("teacher").await;
    let photo = tiny_face_photo(1);
    let parts = [Part::Text("session", &session), Part::File("image", "class.png", &photo)];
    teacher.post_parts("/api/attendance/mark/", &parts).await;
    insta::assert_json_snapshot!(teacher.get(PATH).await.json(), { ".results[].confidence" => "[0 to 1]" }, @r#"
    {
      "count": 1,
      "next": null,
      "previous": null,
      "results": [
        {
          "confidence": "[0 to 1]",
          "id": 1,
          "manual_override": false,
          "marked_by": "Auto (Face Recognition)",
          "session": {
            "date": "2025-11-03",
            "department": "Department CS",
            "id": 1,
            "subject": "Algebra"
          },
          "status": "present",
          "student": {
            "id": 1,
            "name": "John Doe",
            "roll_no": "CS-2025-001"
          },
          "timestamp": "2025-11-03T10:00:00Z"
        }
      ]
    }
    "#);
    app.account_with_email("john", "john.doe@example.edu", Role::Student, &[]).await;
    let own = app.api("john").await.get(PATH).await.json();
    assert_eq!((&own["count"], &own["results"][0]["confidence"]), (&json!(1), &Value::Null));
    let history = teacher.get(&format!("{PATH}1/history/")).await.json();
    assert_eq!(history["results"][0]["action"], "record.photo");
}

#[tokio::test]
async fn each_filter_selects() {
    let school = school().await;
    school.put(&[(0, "present"), (1, "late"), (2, "absent")]).await;
    school.app.session("admin", DepartmentId(2)).await;
    let bob = school.students[1].id;
    for (query, count) in [
        (String::new(), 3),
        (format!("session={}", school.session), 3),
        ("session=2".to_owned(), 0),
        (format!("student={bob}"), 1),
        ("status=late".to_owned(), 1),
        ("status=excused".to_owned(), 0),
        ("date=2025-11-03".to_owned(), 3),
        ("date=2025-11-02".to_owned(), 0),
        ("date_from=2025-11-03&date_to=2025-11-03".to_owned(), 3),
        ("date_to=2025-11-02".to_owned(), 0),
        ("department=1&status=present".to_owned(), 1),
        ("department=2".to_owned(), 0),
    ] {
        let answer = school.teacher.get(&format!("{PATH}?{query}")).await;
        assert_eq!((answer.status, &answer.json()["count"]), (200, &json!(count)), "{query}");
    }
    for query in ["status=there", "date=x", "student=0", "date_from=2025-11-04&date_to=2025-11-03", "page_size=0"] {
        assert_eq!(school.teacher.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn students_get_their_own_whatever_they_ask_for() {
    let school = school().await;
    school.put(&[(0, "present"), (1, "late")]).await;
    let ann = school.app.api("ann").await;
    for query in ["", "student=2", "status=present", "session=1"] {
        let body = ann.get(&format!("{PATH}?{query}")).await.json();
        assert_eq!((&body["count"], &body["results"][0]["student"]["name"]), (&json!(1), &json!("Ann Ace")), "{query}");
    }
    assert_eq!(ann.get(&format!("{PATH}?status=late")).await.json()["count"], 0);
    school.app.account("unlinked", Role::Student, &[]).await;
    assert_eq!(school.app.api("unlinked").await.get(PATH).await.json()["results"], json!([]));
}

#[tokio::test]
async fn bulk_sets_a_persons_decision_once() {
    let school = school().await;
    let body = school.put(&[(0, "present"), (1, "excused")]).await;
    assert_eq!((&body["changed"], &body["session_id"]), (&json!(2), &json!(school.session)));
    let first = &body["results"][0];
    assert_eq!(
        (&first["status"], &first["manual_override"], &first["marked_by"], &first["method"], &first["confidence"]),
        (&json!("present"), &json!(true), &json!("teacher"), &json!("manual"), &Value::Null)
    );
    assert_eq!(school.put(&[(0, "present"), (1, "excused")]).await["changed"], 0, "the same again changes nothing");
    assert_eq!(school.put(&[(0, "late"), (1, "excused")]).await["changed"], 1);
    assert_eq!(school.teacher.get(PATH).await.json()["count"], 2);
}

#[tokio::test]
async fn null_takes_a_mark_back_while_the_session_is_active() {
    let school = school().await;
    school.put(&[(0, "present")]).await;
    let body = json!({ "session": school.session, "records": [{ "student": school.students[0].id, "status": null }] });
    let answer = school.teacher.put_json(PATH, &body).await;
    assert_eq!((answer.status, &answer.json()["changed"]), (200, &json!(1)));
    assert_eq!(school.teacher.get(PATH).await.json()["count"], 0);
    school.complete().await;
    let mut body = body;
    body["reason"] = json!("Oops");
    assert_eq!(told(&school.teacher.put_json(PATH, &body).await), refused(422, "rule_error"));
}

#[tokio::test]
async fn all_faults_are_told_by_position_and_nothing_is_written() {
    let school = school().await;
    let other = school.app.student("Eve Else", DepartmentId(2)).await;
    let ann = school.students[0].id;
    let body = json!({ "session": school.session, "records": [
        { "student": ann, "status": "present" },
        { "student": other.id, "status": "present" },
        { "student": ann, "status": "late" },
        { "student": school.students[1].id, "status": "late", "notes": "a\u{0}b" },
    ]});
    let answer = school.teacher.put_json(PATH, &body).await;
    assert_eq!(told(&answer), refused(400, "validation_error"));
    let details = &answer.json()["details"];
    assert_eq!(details["records[1].student"], json!(["This student is not on the roster of this session."]));
    assert_eq!(details["records[2].student"], json!(["This student is named twice."]));
    assert_eq!(details["records[3].notes"], json!(["This text holds characters that cannot be shown."]));
    assert_eq!(school.teacher.get(PATH).await.json()["count"], 0);
}

#[tokio::test]
async fn odd_bodies_are_refused() {
    let school = school().await;
    let many: Vec<Value> = (0..1_001).map(|id| json!({ "student": id, "status": "present" })).collect();
    for body in [
        json!({}),
        json!({ "session": school.session }),
        json!({ "session": school.session, "records": [] }),
        json!({ "session": school.session, "records": many }),
        json!({ "session": school.session, "records": [{ "student": 1 }] }),
        json!({ "session": school.session, "records": [{ "student": 1, "status": "there" }] }),
        json!({ "session": school.session, "records": [{ "student": "1", "status": "late" }] }),
        json!({ "session": school.session, "records": [{ "student": 1, "status": "late" }], "by": "me" }),
        json!({ "session": school.session, "records": [{ "student": 1, "status": "late" }], "reason": "x".repeat(501) }),
    ] {
        let answer = school.teacher.put_json(PATH, &body).await;
        assert_eq!(told(&answer), refused(400, "validation_error"), "{}", answer.text());
    }
    let unknown = json!({ "session": 99, "records": [{ "student": 1, "status": "late" }] });
    assert_eq!(told(&school.teacher.put_json(PATH, &unknown).await), refused(404, "not_found"));
    let thousand: Vec<Value> = (1..=1_000).map(|id| json!({ "student": id, "status": "present" })).collect();
    let answer = school.teacher.put_json(PATH, &json!({ "session": school.session, "records": thousand })).await;
    assert!(answer.json()["details"]["records[999].student"].is_array(), "a thousand are looked at");
}

#[tokio::test]
async fn only_staff_of_the_department_write() {
    let school = school().await;
    school.put(&[(0, "present")]).await;
    let id = school.teacher.get(PATH).await.json()["results"][0]["id"].as_i64().expect("an id");
    for username in ["ann", "stranger"] {
        let client = school.app.api(username).await;
        let put = client.put_json(PATH, &school.body(&[(0, "late")])).await;
        assert_eq!(told(&put), refused(403, "insufficient_permissions"), "{username}");
        let patch = client.patch_json(&format!("{PATH}{id}/"), &json!({ "status": "late" })).await;
        assert_eq!(told(&patch), refused(403, "insufficient_permissions"), "{username}");
    }
    let history = school.app.api("ann").await.get(&format!("{PATH}{id}/history/")).await;
    assert_eq!(told(&history), refused(403, "insufficient_permissions"));
    assert_eq!(told(&school.app.anonymous().get(PATH).await), refused(401, "token_invalid"));
}

#[tokio::test]
async fn correction_needs_a_reason_and_the_window() {
    let school = school().await;
    school.put(&[(0, "present")]).await;
    school.complete().await;
    let id = school.teacher.get(&format!("{PATH}?student=1")).await.json()["results"][0]["id"].clone();
    let path = format!("{PATH}{id}/");
    let bare = school.teacher.patch_json(&path, &json!({ "status": "excused" })).await;
    assert_eq!((bare.status, bare.json()["details"]["reason"].is_array()), (400, true));
    let change = json!({ "status": "excused", "reason": "Medical note" });
    let body = school.teacher.patch_json(&path, &change).await.json();
    assert_eq!((&body["status"], &body["manual_override"]), (&json!("excused"), &json!(true)));
    school.app.pass(chrono::Duration::hours(49));
    let late = json!({ "status": "present", "reason": "Too late" });
    let teacher = school.app.api("teacher").await;
    assert_eq!(told(&teacher.patch_json(&path, &late).await), refused(422, "rule_error"));
    let admin = school.app.api("admin").await;
    assert_eq!(admin.patch_json(&path, &late).await.status, 200, "admins still may");
    let history = admin.get(&format!("{path}history/")).await.json();
    let told: Vec<_> = history["results"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["action"].as_str(), row["details"]["from"].as_str(), row["details"]["to"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("record.set"), Some("unmarked"), Some("present")),
            (Some("session.complete"), None, None),
            (Some("record.correct"), Some("present"), Some("excused")),
            (Some("record.correct"), Some("excused"), Some("present")),
        ]
    );
    assert_eq!(history["results"][2]["details"]["reason"], "Medical note");
}

#[tokio::test]
async fn single_change_keeps_what_it_does_not_name() {
    let school = school().await;
    school.put(&[(0, "late")]).await;
    let path = format!("{PATH}1/");
    let body = school.teacher.patch_json(&path, &json!({ "notes": "Bus broke down" })).await.json();
    assert_eq!((&body["status"], &body["notes"]), (&json!("late"), &json!("Bus broke down")));
    let body = school.teacher.patch_json(&path, &json!({ "status": "excused" })).await.json();
    assert_eq!((&body["status"], &body["notes"]), (&json!("excused"), &json!("Bus broke down")));
    for body in [json!({ "status": "gone" }), json!({ "student": 2 }), json!({ "notes": "x".repeat(501) })] {
        assert_eq!(school.teacher.patch_json(&path, &body).await.status, 400, "{body}");
    }
    for id in ["99", "0", "x"] {
        let answer = school.teacher.patch_json(&format!("{PATH}{id}/"), &json!({ "status": "late" })).await;
        assert_eq!(told(&answer), refused(404, "not_found"), "{id}");
        let answer = school.teacher.get(&format!("{PATH}{id}/history/")).await;
        assert_eq!(told(&answer), refused(404, "not_found"), "{id}");
    }
}

#[tokio::test]
async fn cancelled_session_takes_no_records() {
    let school = school().await;
    let path = format!("/api/attendance/sessions/{}/cancel/", school.session);
    school.teacher.post_json(&path, &json!({})).await;
    let answer = school.teacher.put_json(PATH, &school.body(&[(0, "present")])).await;
    assert_eq!(told(&answer), refused(400, "session_error"));
    assert_eq!(answer.json()["details"]["status"], "cancelled");
}

#[tokio::test]
async fn a_mark_by_the_clock_names_no_person() {
    let school = school().await;
    school.app.pass(chrono::Duration::hours(2));
    rollcall::server::domain::closing::close_by_clock(&school.app.ctx).await.expect("closed");
    let body = school.app.api("teacher").await.get(PATH).await.json();
    let first = &body["results"][0];
    assert_eq!(
        (&first["status"], &first["marked_by"], &first["manual_override"]),
        (&json!("absent"), &json!("Auto (Session Closed)"), &json!(false))
    );
}
