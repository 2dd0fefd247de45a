//! Registering students.

use crate::support::tiny_models::{tiny_class_photo, tiny_face_photo};
use crate::support::{Part, TestApp};
use rollcall::app::types::Role;
use serde_json::{Value, json};

async fn register(app: &TestApp, fields: &[(&str, &str)], photo: Option<(&str, &[u8])>) -> (u16, Value) {
    let mut parts: Vec<Part<'_>> = fields.iter().map(|(name, text)| Part::Text(name, text)).collect();
    if let Some((name, bytes)) = photo {
        parts.push(Part::File("photo", name, bytes));
    }
    let answer = app.api("admin").await.post_parts("/api/students/register/", &parts).await;
    (answer.status, answer.json())
}

async fn school() -> (TestApp, String) {
    let app = TestApp::with_faces().await;
    app.account("admin", Role::Admin, &[]).await;
    let department = app.department("CS").await;
    (app, department.to_string())
}

fn john(department: &str) -> Vec<(&'static str, &str)> {
    vec![("name", "John Doe"), ("email", "john@example.com"), ("phone", "+1 (234) 567-890"), ("department", department)]
}

#[tokio::test]
async fn student_is_registered_as_the_sample() {
    let (app, department) = school().await;
    let photo = tiny_face_photo(1);
    let (status, mut body) = register(&app, &john(&department), Some(("john.png", &photo))).await;
    assert_eq!(status, 201, "{body}");
    let path = body["photo"].as_str().expect("a path").to_owned();
    let name = path.strip_prefix("/media/student_faces/").expect("the folder of photos");
    assert!(rollcall::server::storage::is_photo_name(name), "{name}");
    body["photo"] = json!("/media/student_faces/…");
    insta::assert_json_snapshot!(body, @r#"
    {
      "already_enrolled_as": null,
      "created_at": "2025-11-03T10:00:00Z",
      "department": {
        "code": "CS",
        "id": 1,
        "name": "Department CS"
      },
      "email": "john@example.com",
      "face_quality": "good",
      "face_registered": true,
      "id": 1,
      "name": "John Doe",
      "phone": "1234567890",
      "photo": "/media/student_faces/…",
      "roll_no": "CS-2025-001"
    }
    "#);
    assert_eq!(app.ctx.gallery.index().len(), 1);
}

#[tokio::test]
async fn photo_without_a_face_leaves_nothing_behind() {
    let (app, department) = school().await;
    let empty = tiny_class_photo(&[]);
    let (status, body) = register(&app, &john(&department), Some(("john.png", &empty))).await;
    assert_eq!(status, 400);
    assert_eq!(body["details"]["photo"], json!(["No face detected in the uploaded image"]));
    assert!(app.ctx.storage.names().expect("the store").is_empty());
    let photo = tiny_face_photo(1);
    let (status, body) = register(&app, &john(&department), Some(("john.png", &photo))).await;
    assert_eq!((status, body["roll_no"].as_str()), (201, Some("CS-2025-001")), "email and roll number are still free");
}

#[tokio::test]
async fn photo_with_two_faces_is_refused() {
    let (app, department) = school().await;
    let two = tiny_class_photo(&[1, 2]);
    let (status, body) = register(&app, &john(&department), Some(("john.png", &two))).await;
    assert_eq!(status, 400);
    assert!(body["details"]["photo"][0].as_str().is_some_and(|text| text.contains("2 faces")), "{body}");
}

#[tokio::test]
async fn faults_of_fields_and_photo_are_told_together() {
    let (app, department) = school().await;
    let photo = tiny_face_photo(1);
    register(&app, &john(&department), Some(("john.png", &photo))).await;
    let empty = tiny_class_photo(&[]);
    let fields = [("name", ""), ("email", "john@example.com"), ("phone", "12"), ("department", department.as_str())];
    let (status, body) = register(&app, &fields, Some(("john.png", &empty))).await;
    assert_eq!(status, 400);
    assert_eq!(body["details"]["email"], json!(["Student with this email already exists"]));
    assert_eq!(body["details"]["photo"], json!(["No face detected in the uploaded image"]));
    assert_eq!(body["details"]["name"], json!(["This field is required."]));
    assert!(body["details"]["phone"].is_array());
}

#[tokio::test]
async fn wrong_files_are_refused_with_a_sentence() {
    let (app, department) = school().await;
    let huge = vec![0xff; 5 * 1024 * 1024 + 1];
    let cases: [(&str, &[u8], &str); 5] = [
        ("face.gif", b"GIF89a", "Invalid file format"),
        ("face.heic", b"\0\0\0\x18ftypheic", "Invalid file format"),
        ("face.jpg", b"<html></html>", "Invalid file format"),
        ("face.jpg", b"", "The photo is empty."),
        ("face.jpg", &huge, "File size exceeds 5MB"),
    ];
    for (name, bytes, sentence) in cases {
        let (status, body) = register(&app, &john(&department), Some((name, bytes))).await;
        assert_eq!(status, 400, "{name}: {body}");
        let message = body["details"]["photo"][0].as_str().unwrap_or_default();
        assert!(message.starts_with(sentence), "{name}: {message}");
    }
    let (status, body) = register(&app, &john(&department), None).await;
    assert_eq!((status, &body["details"]["photo"]), (400, &json!(["This field is required."])));
}

#[tokio::test]
async fn body_over_the_cap_is_413_in_the_envelope() {
    let (app, department) = school().await;
    let huge = vec![0xff; 7 * 1024 * 1024];
    let (status, body) = register(&app, &john(&department), Some(("face.jpg", &huge))).await;
    assert_eq!((status, body["error"].as_str()), (413, Some("payload_too_large")));
}

#[tokio::test]
async fn face_of_somebody_else_is_a_warning() {
    let (app, department) = school().await;
    let photo = tiny_face_photo(1);
    register(&app, &john(&department), Some(("john.png", &photo))).await;
    let jane = [("name", "Jane Doe"), ("email", "jane@example.com"), ("department", department.as_str())];
    let (status, body) = register(&app, &jane, Some(("jane.png", &photo))).await;
    assert_eq!(status, 201);
    assert_eq!(body["already_enrolled_as"]["name"], "John Doe");
}

#[tokio::test]
async fn teachers_and_students_may_not_register() {
    let (app, _) = school().await;
    let department = app.department("EC").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    for username in ["teacher", "student"] {
        let answer = app.api(username).await.post_parts("/api/students/register/", &[]).await;
        assert_eq!(answer.status, 403, "{username}");
    }
}
