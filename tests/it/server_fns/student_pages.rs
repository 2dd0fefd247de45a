//! The student's own pages and the file of their data, through the front door.

use crate::support::TestApp;
use crate::support::client::{Answer, Client, Part};
use crate::support::tiny_models::tiny_face_photo;
use rollcall::app::types::*;
use rollcall::server::db::entities::audit_log;
use rollcall::server::domain::sessions::complete_session;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::io::Read;

/// Ann with a face and a saved absence, Bob with another; teachers of two departments.
async fn school() -> TestApp {
    let app = TestApp::with_faces().await;
    let (cs, ee) = (app.department("CS").await, app.department("EE").await);
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[cs]).await;
    app.account("other", Role::Teacher, &[ee]).await;
    let ann = app.student_with_face("Ann Ace", cs, 1).await;
    let bob = app.student_with_face("Bob Best", cs, 2).await;
    app.account_with_email("ann", &ann.email, Role::Student, &[]).await;
    app.account_with_email("bob", &bob.email, Role::Student, &[]).await;
    app.account("nobody", Role::Student, &[]).await;
    let session = app.session("teacher", cs).await.id;
    complete_session(&app.ctx, &app.actor("teacher").await, session).await.expect("saved");
    app
}

/// A form that the browser itself posts from a plain page.
#[tokio::test]
async fn own_pages_are_for_students_and_load_no_script() {
    let app = school().await;
    for path in ["/me", "/me/face", "/me/record?id=1"] {
        let answer = app.browser("ann").await.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        let text = answer.text();
        assert!(!text.contains("type=\"module\"") && !text.contains("modulepreload"), "{path} is a plain page");
        assert_eq!(app.browser("teacher").await.get(path).await.status, 403, "{path}");
        assert_eq!(app.anonymous().get(path).await.status, 302, "{path}");
    }
    for path in ["/me", "/me/face"] {
        assert!(app.browser("nobody").await.get(path).await.text().contains("not linked yet"), "{path}");
    }
    assert_eq!(app.browser("ann").await.get("/me/record?id=2").await.status, 404, "Bob's record");
    assert_eq!(app.browser("ann").await.get("/contests").await.status, 403);
    for username in ["admin", "teacher", "other"] {
        assert_eq!(app.browser(username).await.get("/contests").await.status, 200, "{username}");
    }
    let text = app.browser("ann").await.get("/me?subject=Geometry").await.text();
    assert!(text.contains("No session of yours fits these filters") && text.contains("0 of 1"));
    assert!(app.browser("ann").await.get("/me").await.text().contains("Attend the next 3 classes to reach 75 %."));
}

#[tokio::test]
async fn an_objection_travels_by_plain_forms() {
    let app = school().await;
    let (ann, teacher) = (app.browser("ann").await, app.browser("teacher").await);
    let refused = ann.post_plain_form("/me/record?id=1", "open_contest", "form[record]=1&form[note]=").await;
    let place = refused.header("location").expect("a place").to_owned();
    assert!(place.starts_with("http://localhost/me/record?id=1&__path="), "{place}");
    let foreign = ann.post_form("/fn/open_contest", "form[record]=2&form[note]=Here").await;
    assert_eq!(foreign.status, 404);
    assert_eq!(app.anonymous().post_form("/fn/open_contest", "form[record]=1&form[note]=Here").await.status, 401);
    let sent = ann.post_plain_form("/me/record?id=1", "open_contest", "form[record]=1&form[note]=Last+row").await;
    assert_eq!((sent.status, sent.header("location")), (302, Some("/me?done=contested")));
    let text = ann.get("/me?done=contested").await.text();
    assert!(text.contains("Waiting for an answer") && text.contains("Last row"));

    assert!(teacher.get("/today").await.text().contains("1 objection waits"));
    assert!(app.browser("admin").await.get("/admin").await.text().contains("1 objection waits"));
    assert!(!app.browser("other").await.get("/today").await.text().contains("objection waits"));
    assert!(app.browser("other").await.get("/contests?state=all").await.text().contains("No objection fits"));
    let text = teacher.get("/contests?session=1").await.text();
    assert!(text.contains("Ann Ace") && text.contains("Last row") && text.contains("became absent"), "{text}");
    for (browser, status) in [(&ann, 403), (&app.browser("other").await, 404), (&app.anonymous(), 401)] {
        assert_eq!(browser.post_form("/fn/accept_contest", "id=1&status=present").await.status, status);
        assert_eq!(browser.post_form("/fn/decline_contest", "id=1&answer=No").await.status, status);
    }
    let refused = teacher.post_plain_form("/contests", "accept_contest", "id=1&status=absent&answer=Perhaps").await;
    let place = refused.header("location").expect("a place").trim_start_matches("http://localhost").to_owned();
    let text = teacher.get(&place).await.text();
    assert!(text.contains("Choose present, late or excused") && text.contains("Perhaps"), "kept what was typed");
    let accepted = teacher.post_plain_form("/contests", "accept_contest", "id=1&status=present&answer=").await;
    assert_eq!(accepted.header("location"), Some("/contests?done=accepted"));
    let text = ann.get("/me").await.text();
    assert!(text.contains("Accepted") && text.contains("1 of 1"));
}

#[tokio::test]
async fn withdrawing_and_agreeing_again_are_one_button_each() {
    let app = school().await;
    let ann = app.browser("ann").await;
    let photo = app.ctx.storage.names().expect("the store");
    assert_eq!(photo.len(), 2);
    assert!(ann.get("/me/face").await.text().contains("my-photo"));
    for username in ["teacher", "nobody"] {
        let foreign = app.browser(username).await.post_form("/fn/withdraw_my_consent", "").await;
        assert_eq!(foreign.status, 404, "{username} has no student");
    }
    assert_eq!(app.anonymous().post_form("/fn/withdraw_my_consent", "").await.status, 401);
    let gone = ann.post_plain_form("/me/face", "withdraw_my_consent", "").await;
    assert_eq!(gone.header("location"), Some("/me/face?done=withdrawn"));
    let text = ann.get("/me/face?done=withdrawn").await.text();
    assert!(text.contains("Your face is gone") && text.contains("Templates in the running search"));
    assert_eq!(app.ctx.storage.names().expect("the store").len(), 1, "Bob's stays");
    let given = ann.post_plain_form("/me/face", "give_my_consent", "").await;
    assert_eq!(given.header("location"), Some("/me/face?done=given"));
    assert!(!ann.get("/me/face").await.text().contains("Store these photos"), "self-enrolment is off");
    let bytes = tiny_face_photo(1);
    let refused = ann.post_parts("/fn/enrol_my_face", &[Part::File("front", "a.png", &bytes)]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(ann.post_form("/fn/enrol_my_face", "front=1").await.status, 415);
}

#[tokio::test]
async fn camera_is_the_students_own_and_says_why_it_is_closed() {
    let app = school().await;
    let path = "/me/face/camera";
    assert_eq!(app.anonymous().get(path).await.status, 302);
    for username in ["admin", "teacher"] {
        assert_eq!(app.browser(username).await.get(path).await.status, 403, "{username}");
    }
    assert!(app.browser("nobody").await.get(path).await.text().contains("not linked to a student yet"));
    let ann = app.browser("ann").await;
    let closed = ann.get(path).await.text();
    assert!(closed.contains("added by the office") && closed.contains("my-camera-back"), "{closed}");
    assert!(!closed.contains("guide-photo") && !ann.get("/me/face").await.text().contains(path), "no way to it");
    app.allow_self_enrolment(&app.actor("admin").await, true).await;
    assert!(ann.get("/me/face").await.text().contains(path));
    let open = ann.get(path).await.text();
    assert!(open.contains("type=\"module\"") && open.contains("Photo 1 of 3"), "{open}");
}

#[tokio::test]
async fn verdict_on_an_own_photo_is_for_students_alone() {
    let app = school().await;
    let bytes = tiny_face_photo(1);
    let check = async |client: &Client| {
        client.post_parts("/fn/check_my_photo", &[Part::File("photo", "a.png", &bytes)]).await.status
    };
    assert_eq!(check(&app.anonymous()).await, 401);
    assert_eq!(check(&app.browser("ann").await).await, 422, "self-enrolment is off");
    app.allow_self_enrolment(&app.actor("admin").await, true).await;
    for (username, status) in [("admin", 403), ("teacher", 403), ("nobody", 404), ("ann", 200)] {
        assert_eq!(check(&app.browser(username).await).await, status, "{username}");
    }
    let ann = app.browser("ann").await;
    assert_eq!(ann.post_form("/fn/check_my_photo", "photo=1").await.status, 415);
    let without = ann.post_parts("/fn/check_my_photo", &[Part::Text("student", "2")]).await;
    assert_eq!(without.status, 400, "a photo is needed");
    assert_eq!(app.ctx.storage.names().expect("the store").len(), 2, "nothing was stored");
}

#[tokio::test]
async fn consent_through_the_api_is_the_students_own_or_an_admins() {
    let app = school().await;
    let path = "/api/students/1/consent/";
    let body = serde_json::json!({ "note": "Paper" });
    for (username, status) in [("ann", 200), ("admin", 200), ("bob", 404), ("teacher", 403)] {
        let answer = app.api(username).await.post_json(path, &body).await;
        assert_eq!(answer.status, status, "{username}: {}", answer.text());
        if status == 200 {
            assert_eq!((&answer.json()["kind"], &answer.json()["channel"]), (&"given".into(), &"self".into()));
        }
    }
    assert_eq!(app.anonymous().post_json(path, &body).await.status, 401);
    assert_eq!(app.api("admin").await.post_json("/api/students/99/consent/", &body).await.status, 404);
    let long = serde_json::json!({ "note": "x".repeat(501) });
    assert_eq!(app.api("bob").await.post_json("/api/students/2/consent/", &long).await.status, 400);
}

fn unzip(answer: &Answer) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.body)).expect("a ZIP file");
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("readable");
        files.push((file.name().to_owned(), bytes));
    }
    files
}

#[tokio::test]
async fn own_data_are_whole_and_nobody_elses() {
    let app = school().await;
    let ann = app.browser("ann").await;
    ann.post_plain_form("/me/record?id=1", "open_contest", "form[record]=1&form[note]=Last+row").await;
    let answer = ann.get("/me/data.zip").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
    assert!(
        answer.header("content-disposition").is_some_and(|value| value.contains("rollcall-CS-2025-001-2025-11-03.zip"))
    );
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let files = unzip(&answer);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "README.txt",
        "profile.json",
        "attendance.json",
        "objections.json",
        "consents.json",
        "templates.json",
        "changes.json",
    ];
    assert_eq!(names[..7], expected);
    assert!(names.len() == 8 && names[7].starts_with("photos/student_"), "{names:?}");
    assert!(files[7].1.starts_with(&[0xff, 0xd8]));
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(other, _)| other == name).expect("the file");
        String::from_utf8(bytes.clone()).expect("text")
    };
    for (name, words) in [
        ("profile.json", "Ann Ace"),
        ("attendance.json", "\"absent\""),
        ("objections.json", "Last row"),
        ("consents.json", "attested"),
        ("templates.json", "model_sha256"),
        ("changes.json", "contest.open"),
    ] {
        let json: serde_json::Value = serde_json::from_str(&text(name)).expect("JSON");
        assert!(json.to_string().contains(words.trim_matches('"')), "{name}: {json}");
        assert!(!json.to_string().contains("Bob"), "{name}");
    }
    assert!(!text("templates.json").contains("vector"));
    let copies = audit_log::Entity::find().filter(audit_log::Column::Action.eq("student.data_copy"));
    assert_eq!(copies.count(&app.ctx.db).await.expect("the log"), 1);
    assert_eq!(app.anonymous().get("/me/data.zip").await.status, 401);
    for username in ["admin", "teacher", "nobody"] {
        assert_eq!(app.browser(username).await.get("/me/data.zip").await.status, 404, "{username}");
    }
    assert_eq!(app.api("ann").await.get("/me/data.zip").await.status, 401, "tokens are for the API");
}
