//! Photos and templates of a student.

use crate::support::db::test_databases;
use crate::support::tiny_models::{tiny_blurred_photo, tiny_class_photo, tiny_face_photo};
use crate::support::{Part, TestApp};
use rollcall::app::types::*;
use rollcall::server::db::entities::{audit_log, consents, face_templates};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};
use serde_json::{Value, json};

/// Ann with the face of person 1, linked to the account `own`, and the other roles.
async fn school() -> (TestApp, StudentRow) {
    school_on(None).await
}

async fn school_on(url: Option<String>) -> (TestApp, StudentRow) {
    let app = TestApp::with_faces_on(url).await;
    let cs = app.department("CS").await;
    for (name, role) in [("admin", Role::Admin), ("own", Role::Student), ("other", Role::Student)] {
        app.account(name, role, &[]).await;
    }
    app.account("teacher", Role::Teacher, &[cs]).await;
    let ann = app.student_with_face("Ann Ace", cs, 1).await;
    app.link("own", ann.id).await;
    (app, ann)
}

async fn recognized(app: &TestApp, person: u8) -> bool {
    let photo = tiny_face_photo(person);
    let parts = [Part::File("file", "a.png", &photo)];
    app.api("admin").await.post_parts("/api/ai/recognize/", &parts).await.json()["faces_recognized"] == 1
}

async fn actions(app: &TestApp) -> Vec<String> {
    let rows = audit_log::Entity::find().select_only().column(audit_log::Column::Action);
    rows.order_by_asc(audit_log::Column::Id).into_tuple().all(&app.ctx.db).await.expect("the audit log")
}

#[tokio::test]
async fn photos_are_listed_for_staff_and_for_the_student() {
    let (app, _) = school().await;
    for who in ["admin", "teacher", "own"] {
        let answer = app.api(who).await.get("/api/students/1/photos/").await;
        assert_eq!(answer.status, 200, "{who}");
        let mut body = answer.json();
        body["results"][0]["photo"] = json!("/media/student_faces/…");
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(body, @r#"
            {
              "count": 1,
              "results": [
                {
                  "created_at": "2025-11-03T10:00:00Z",
                  "id": 1,
                  "is_current": true,
                  "photo": "/media/student_faces/…",
                  "quality": "good"
                }
              ]
            }
            "#);
        }
    }
    assert_eq!(app.api("other").await.get("/api/students/1/photos/").await.status, 404);
    assert_eq!(app.api("admin").await.get("/api/students/9/photos/").await.status, 404);
    assert_eq!(app.anonymous().get("/api/students/1/photos/").await.status, 401);
    let empty = app.student("Bob Best", DepartmentId(1)).await;
    let body = app.api("admin").await.get(&format!("/api/students/{}/photos/", empty.id)).await.json();
    assert_eq!(body, json!({ "count": 0, "results": [] }));
}

#[tokio::test]
async fn an_added_photo_is_current_and_adds_a_template() {
    let (app, _) = school().await;
    let admin = app.api("admin").await;
    let photo = tiny_face_photo(1);
    let answer = admin.post_parts("/api/students/1/photos/", &[Part::File("photo", "a.png", &photo)]).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let body = answer.json();
    assert_eq!((&body["id"], &body["is_current"]), (&json!(2), &json!(true)));
    assert_eq!((&body["quality"], &body["already_enrolled_as"]), (&json!("good"), &Value::Null));
    assert_eq!(app.ctx.gallery.index().len(), 2);
    assert_eq!(app.ctx.storage.names().expect("the store").len(), 2);
    let listed = admin.get("/api/students/1/photos/").await.json();
    assert_eq!((&listed["count"], &listed["results"][0]["id"]), (&json!(2), &json!(2)));
    for _ in 0..3 {
        let again = admin.post_parts("/api/students/1/photos/", &[Part::File("photo", "a.png", &photo)]).await;
        assert_eq!(again.status, 201);
    }
    let sixth = admin.post_parts("/api/students/1/photos/", &[Part::File("photo", "a.png", &photo)]).await;
    assert_eq!((sixth.status, sixth.json()["error"].as_str()), (422, Some("rule_error")));
    assert_eq!(app.ctx.storage.names().expect("the store").len(), 5);
}

#[tokio::test]
async fn photos_that_do_not_fit_are_refused_and_leave_everything_as_it_was() {
    let (app, _) = school().await;
    let admin = app.api("admin").await;
    let cases: [(Vec<u8>, &str, u16, &str); 5] = [
        (tiny_class_photo(&[]), "a.png", 400, "validation_error"),
        (tiny_class_photo(&[1, 2]), "a.png", 400, "validation_error"),
        (tiny_blurred_photo(), "a.png", 422, "face_quality_error"),
        (b"GIF89a".to_vec(), "a.gif", 400, "validation_error"),
        (vec![0; 5 * 1024 * 1024 + 1], "a.jpg", 400, "validation_error"),
    ];
    for (bytes, name, status, code) in cases {
        let parts = [Part::File("photo", name, &bytes)];
        let posted = admin.post_parts("/api/students/1/photos/", &parts).await;
        let put = admin.put_parts("/api/students/1/photo/", &parts).await;
        for answer in [posted, put] {
            assert_eq!((answer.status, answer.json()["error"].as_str()), (status, Some(code)), "{}", answer.text());
        }
    }
    assert_eq!((app.ctx.storage.names().expect("the store").len(), app.ctx.gallery.index().len()), (1, 1));
    let none = admin.post_parts("/api/students/1/photos/", &[]).await;
    assert_eq!(none.json()["details"]["photo"], json!(["This field is required."]));
    let text = admin.post_json("/api/students/1/photos/", &json!({})).await;
    assert_eq!((text.status, text.json()["error"].as_str()), (415, Some("invalid_format")));
}

#[tokio::test]
async fn a_poor_photo_is_told_as_the_sample() {
    let (app, _) = school().await;
    let photo = tiny_blurred_photo();
    let parts = [
        Part::Text("name", "Bob Best"),
        Part::Text("email", "bob@example.edu"),
        Part::Text("department", "1"),
        Part::File("photo", "a.png", &photo),
    ];
    let answer = app.api("admin").await.post_parts("/api/students/register/", &parts).await;
    assert_eq!(answer.status, 422);
    let mut body = answer.json();
    body["trace_id"] = json!("…");
    body["details"]["timestamp"] = json!("…");
    insta::assert_json_snapshot!(body, @r#"
    {
      "details": {
        "blur_score": 0.0,
        "code": "face_quality_low",
        "face_size": 96,
        "reasons": [
          "The face is blurred: hold still and focus."
        ],
        "requirements": {
          "min_blur_score": 0.5,
          "min_face_size": 80
        },
        "timestamp": "…"
      },
      "error": "face_quality_error",
      "message": "Face quality too low. Please upload a clearer photo.",
      "trace_id": "…"
    }
    "#);
}

#[tokio::test]
async fn a_replaced_photo_goes_with_its_template() {
    for database in test_databases().await {
        let (app, _) = school_on(Some(database.url.clone())).await;
        let photo = tiny_face_photo(3);
        let answer =
            app.api("admin").await.put_parts("/api/students/1/photo/", &[Part::File("photo", "a.png", &photo)]).await;
        assert_eq!((answer.status, &answer.json()["is_current"]), (200, &json!(true)), "{}", answer.text());
        assert_eq!((app.ctx.storage.names().expect("the store").len(), app.ctx.gallery.index().len()), (1, 1));
        assert!(recognized(&app, 3).await && !recognized(&app, 1).await);
        assert!(actions(&app).await.contains(&"student.photo_replace".to_owned()));
        let bob = app.student("Bob Best", DepartmentId(1)).await;
        let path = format!("/api/students/{}/photo/", bob.id);
        let first = app.api("admin").await.put_parts(&path, &[Part::File("photo", "a.png", &photo)]).await;
        assert_eq!(first.status, 200, "a student without a photo gets one");
        assert_eq!(first.json()["already_enrolled_as"]["name"], "Ann Ace");
    }
}

#[tokio::test]
async fn a_removed_photo_leaves_no_template_file_or_vector() {
    let (app, _) = school().await;
    let admin = app.api("admin").await;
    let bob = app.student_with_face("Bob Best", DepartmentId(1), 2).await;
    for path in ["/api/students/1/photos/2/", "/api/students/1/photos/9/", "/api/students/9/photos/1/"] {
        assert_eq!(admin.delete(path).await.status, 404, "{path}");
    }
    assert_eq!(admin.delete("/api/students/1/photos/1/").await.status, 204);
    assert_eq!(admin.delete("/api/students/1/photos/1/").await.status, 404);
    assert_eq!((app.ctx.storage.names().expect("the store").len(), app.ctx.gallery.index().len()), (1, 1));
    assert!(!recognized(&app, 1).await && recognized(&app, 2).await);
    assert_eq!(admin.get("/api/students/1/").await.json()["photo"], Value::Null);
    assert!(bob.photo.is_some());
}

#[tokio::test]
async fn a_removed_face_withdraws_the_consent_and_keeps_the_student() {
    for database in test_databases().await {
        let (app, _) = school_on(Some(database.url.clone())).await;
        let admin = app.api("admin").await;
        for _ in 0..2 {
            let answer = admin.delete("/api/students/1/face/").await;
            assert_eq!((answer.status, answer.text().as_str()), (204, ""));
        }
        assert!(app.ctx.storage.names().expect("the store").is_empty() && app.ctx.gallery.index().is_empty());
        let left = face_templates::Entity::find().all(&app.ctx.db).await.expect("templates");
        assert!(left.is_empty());
        let kinds: Vec<String> = consents::Entity::find()
            .select_only()
            .column(consents::Column::Kind)
            .order_by_asc(consents::Column::Id)
            .into_tuple()
            .all(&app.ctx.db)
            .await
            .expect("consents");
        assert_eq!(kinds, ["attested", "withdrawn"]);
        assert_eq!(actions(&app).await.iter().filter(|action| *action == "student.face_remove").count(), 1);
        assert_eq!(admin.get("/api/students/1/").await.json()["is_active"], true);
        let photo = tiny_face_photo(1);
        let again = admin.post_parts("/api/students/1/photos/", &[Part::File("photo", "a.png", &photo)]).await;
        assert_eq!((again.status, again.json()["error"].as_str()), (403, Some("consent_required")));
        assert!(app.ctx.storage.names().expect("the store").is_empty());
        assert_eq!(admin.delete("/api/students/9/face/").await.status, 404);
    }
}

#[tokio::test]
async fn templates_are_told_in_numbers_alone() {
    let (app, _) = school().await;
    for who in ["admin", "teacher"] {
        let answer = app.api(who).await.get("/api/students/1/templates/").await;
        assert_eq!(answer.status, 200, "{who}");
        assert!(!answer.text().contains("vector"));
        let mut body = answer.json();
        let template = &mut body["results"][0];
        assert_eq!(template["model_sha256"].as_str().map(str::len), Some(64));
        template["model_sha256"] = json!("…");
        for number in ["angle", "blur_score", "brightness"] {
            assert!(template["quality"][number].is_number());
            template["quality"][number] = json!(0);
        }
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(body, @r#"
            {
              "count": 1,
              "results": [
                {
                  "created_at": "2025-11-03T10:00:00Z",
                  "current_model": true,
                  "id": 1,
                  "model_sha256": "…",
                  "photo_id": 1,
                  "quality": {
                    "angle": 0,
                    "blur_score": 0,
                    "brightness": 0,
                    "face_size": 96,
                    "quality": "good"
                  },
                  "source": "upload"
                }
              ]
            }
            "#);
        }
    }
    assert_eq!(app.api("own").await.get("/api/students/1/templates/").await.status, 403);
    assert_eq!(app.api("teacher").await.get("/api/students/9/templates/").await.status, 404);
}

#[tokio::test]
async fn re_enrolling_makes_templates_of_the_loaded_model() {
    for database in test_databases().await {
        let (app, _) = school_on(Some(database.url.clone())).await;
        let admin = app.api("admin").await;
        // As if another model had made the template, and the program had been started with this one.
        let row = face_templates::Entity::find().one(&app.ctx.db).await.expect("an answer").expect("a template");
        let other =
            face_templates::ActiveModel { id: Set(row.id), model_sha256: Set("0".repeat(64)), ..Default::default() };
        other.update(&app.ctx.db).await.expect("changed");
        app.ctx.gallery.remove_template(row.id).expect("removed");
        assert!(!recognized(&app, 1).await);
        for _ in 0..2 {
            let answer = admin.post_json("/api/students/1/re-enrol/", &json!({})).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(answer.json(), json!({ "student_id": 1, "embedded": 1, "refused": [] }));
            assert!(recognized(&app, 1).await);
            assert_eq!(app.ctx.gallery.index().len(), 1);
        }
        let templates = admin.get("/api/students/1/templates/").await.json();
        let current: Vec<_> =
            templates["results"].as_array().expect("a list").iter().map(|row| &row["current_model"]).collect();
        assert_eq!(current, [&json!(false), &json!(true)]);
    }
}

#[tokio::test]
async fn a_photo_that_cannot_be_embedded_is_told() {
    let (app, _) = school().await;
    let admin = app.api("admin").await;
    for name in app.ctx.storage.names().expect("the store") {
        app.ctx.storage.remove(&name).await.expect("removed");
    }
    let body = admin.post_json("/api/students/1/re-enrol/", &json!({})).await.json();
    assert_eq!(body["embedded"], 0);
    assert_eq!(body["refused"], json!([{ "photo_id": 1, "reason": "Photo with id 1 does not exist" }]));
    assert!(recognized(&app, 1).await, "the old template stays");
    let bob = app.student("Bob Best", DepartmentId(1)).await;
    let none = admin.post_json(&format!("/api/students/{}/re-enrol/", bob.id), &json!({})).await;
    assert_eq!((none.status, none.json()["error"].as_str()), (422, Some("rule_error")));
    assert_eq!(admin.post_json("/api/students/9/re-enrol/", &json!({})).await.status, 404);
}

#[tokio::test]
async fn only_admins_change_faces() {
    let (app, _) = school().await;
    for who in ["teacher", "own", "other"] {
        let client = app.api(who).await;
        let answers = [
            client.post_parts("/api/students/1/photos/", &[]).await,
            client.put_parts("/api/students/1/photo/", &[]).await,
            client.delete("/api/students/1/photos/1/").await,
            client.delete("/api/students/1/face/").await,
            client.post_json("/api/students/1/re-enrol/", &json!({})).await,
        ];
        assert!(answers.iter().all(|answer| answer.status == 403), "{who}");
    }
    assert_eq!(app.anonymous().delete("/api/students/1/face/").await.status, 401);
}
