//! Bad, hard and hostile photos through both doors: a typed answer each time, never a 5xx.

use crate::support::{Client, Part, TestApp, assets};
use rollcall::app::types::Role;
use serde_json::Value;

const SUITE: &str = "bad photos through the server";

/// What a door may answer for what the list expects of a file.
fn fits(expect: &str, file: &str, status: u16, body: &Value) -> bool {
    let error = body["error"].as_str().unwrap_or_default();
    let message = body["details"]["photo"][0].as_str().unwrap_or_default();
    let accepted = status == 201;
    let unreadable = status == 400 && error == "validation_error" && !message.is_empty();
    let no_face = status == 400 && message == "No face detected in the uploaded image";
    let poor = status == 422 && error == "face_quality_error";
    match expect {
        "no face" | "no face; no crash" => no_face,
        // The detector takes a dog for a face; enrolment refuses what it sees as unclear.
        "no human face" => no_face || poor,
        "2 faces" | "7 faces" => status == 400 && message.contains(" faces"),
        "partial" | "hard" | "poor enrolment photo: warn or refuse" => accepted || poor || unreadable,
        "quality check" | "quality check: worse with radius" => accepted || poor || no_face,
        "below 24 px may be lost" => poor || no_face,
        "must decode" | "must decode; same person" | "one upright face, same person" | "decode by content" => {
            accepted || poor
        }
        "metadata must not survive storage" | "re-encode: the tail must not be stored" => accepted,
        "refuse"
        | "refuse by dimensions"
        | "refuse by dimensions before decoding"
        | "refuse; never crash"
        | "refuse; never serve as html" => unreadable,
        _ if expect.contains("refuse") || expect.contains("decode") => accepted || unreadable || poor,
        _ => panic!("{file}: nothing is known about {expect:?}"),
    }
}

async fn register(client: &Client, file: &str, bytes: &[u8], at: usize) -> (u16, Value) {
    let email = format!("student{at}@example.edu");
    let parts = [
        Part::Text("name", "Bad Photo"),
        Part::Text("email", &email),
        Part::Text("department", "1"),
        Part::File("photo", file, bytes),
    ];
    let answer = client.post_parts("/api/students/register/", &parts).await;
    (answer.status, answer.json())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_photo_ends_as_listed_at_every_door() {
    let (Some(models), Some(faces)) = (assets::models(SUITE), assets::faces(SUITE)) else { return };
    let app = TestApp::with_pack(&assets::manifest(), "buffalo_sc_w8", &models).await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    let (api, browser) = (app.api("admin").await, app.browser("admin").await);
    let session = app.session("admin", department).await.id.to_string();
    let list: Value = serde_json::from_slice(&assets::read(&faces.join("bad/manifest.json"))).expect("the list");
    let mut faults = Vec::new();
    for (at, entry) in list["files"].as_array().expect("files").iter().enumerate() {
        let (file, expect) = (entry["file"].as_str().expect("a file"), entry["expect"].as_str().expect("an end"));
        let bytes = assets::read(&faces.join("bad").join(file));
        let (status, body) = register(&api, file, &bytes, at).await;
        if !fits(expect, file, status, &body) {
            faults.push(format!("{file} ({expect}): {status} {body}"));
        }
        let form = browser.post_parts("/fn/check_photo", &[Part::File("photo", file, &bytes)]).await;
        if !matches!(form.status, 200 | 400) {
            faults.push(format!("{file} at the form: {} {}", form.status, form.text()));
        }
        let parts = [Part::Text("session", &session), Part::File("image", file, &bytes)];
        let mark = api.post_parts("/api/attendance/mark/", &parts).await;
        if !matches!(mark.status, 200 | 400) {
            faults.push(format!("{file} at marking: {} {}", mark.status, mark.text()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_stored_pictures_are_clean(&app);
}

/// Whatever came in, what is stored is a fresh JPEG without metadata or tail.
fn assert_stored_pictures_are_clean(app: &TestApp) {
    let names = app.ctx.storage.names().expect("the store");
    assert!(!names.is_empty(), "some photos were fine");
    for name in names {
        let bytes = assets::read(&app.folder().join("media/student_faces").join(&name));
        assert!(bytes.starts_with(&[0xff, 0xd8]) && bytes.ends_with(&[0xff, 0xd9]), "{name} is one JPEG and no more");
        for trace in [&b"Exif"[..], b"http://ns.adobe.com", b"ICC_PROFILE", b"PK\x03\x04", b"GPS"] {
            assert!(!bytes.windows(trace.len()).any(|window| window == trace), "{name} holds {trace:?}");
        }
    }
}
