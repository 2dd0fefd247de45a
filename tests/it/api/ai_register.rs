//! Enrolling faces through the recognition service.

use super::ai::{gallery, still};
use crate::support::Part;
use crate::support::tiny_models::{tiny_blurred_photo, tiny_face_photo};
use serde_json::json;

#[tokio::test]
async fn a_stored_photo_is_registered_as_the_sample() {
    let app = gallery().await;
    let client = app.api("admin").await;
    let path = client.get("/api/students/1/").await.json()["photo"].as_str().expect("a path").to_owned();
    let name = path.rsplit('/').next().expect("a name").to_owned();
    for image_path in [path, name] {
        let body = json!({ "student_id": 1, "image_path": image_path });
        let answer = client.post_json("/api/ai/register/", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let mut body = answer.json();
        assert_eq!(body["faiss_index"]["total_vectors"], app.ctx.gallery.index().len());
        still(&mut body, &["processing_time_ms", "blur_score"]);
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(body, @r#"
            {
              "embedding_generated": true,
              "embedding_size": 32,
              "faiss_index": {
                "index_updated": true,
                "total_vectors": 2
              },
              "processing_time_ms": 0,
              "quality_check": {
                "blur_score": 0,
                "face_size": 96,
                "passed": true
              },
              "student_id": 1,
              "success": true
            }
            "#);
        }
    }
}

#[tokio::test]
async fn a_new_photo_is_registered_by_form() {
    let app = gallery().await;
    let client = app.api("admin").await;
    let photo = tiny_face_photo(1);
    let parts = [Part::Text("student_id", "1"), Part::File("file", "a.jpg", &photo)];
    let answer = client.post_parts("/api/ai/register/", &parts).await;
    assert_eq!((answer.status, &answer.json()["faiss_index"]["total_vectors"]), (200, &json!(3)), "{}", answer.text());
    client.put_json("/api/students/1/", &json!({ "is_active": false })).await;
    let off = client.post_parts("/api/ai/register/", &parts).await.json();
    assert_eq!(
        off["faiss_index"],
        json!({ "total_vectors": 1, "index_updated": false }),
        "templates of active students"
    );
    let missing = client.post_parts("/api/ai/register/", &[]).await.json()["details"].clone();
    assert!(missing["student_id"].is_array() && missing["file"].is_array(), "{missing}");
    let blurred = tiny_blurred_photo();
    let parts = [Part::Text("student_id", "2"), Part::File("file", "a.jpg", &blurred)];
    let answer = client.post_parts("/api/ai/register/", &parts).await;
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
        "required_blur_score": 0.5,
        "required_face_size": 80,
        "timestamp": "…"
      },
      "error": "quality_check_failed",
      "message": "Face quality insufficient for registration",
      "trace_id": "…"
    }
    "#);
}

#[tokio::test]
async fn only_a_students_own_stored_photo_is_a_path() {
    let app = gallery().await;
    let client = app.api("admin").await;
    let theirs = client.get("/api/students/2/").await.json()["photo"].clone();
    let gone = "student_0000000000000000.jpg";
    let odd = [
        json!("/etc/passwd"),
        json!("../../rollcall.db"),
        json!("a\u{0}.jpg"),
        json!("x".repeat(9000)),
        theirs,
        json!(gone),
    ];
    for path in odd {
        let answer = client.post_json("/api/ai/register/", &json!({ "student_id": 1, "image_path": path })).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("validation_error")), "{path}");
        assert!(answer.json()["details"]["image_path"].is_array());
    }
    let unknown = client.post_json("/api/ai/register/", &json!({ "student_id": 999, "image_path": gone })).await;
    assert_eq!((unknown.status, unknown.json()["error"].as_str()), (404, Some("not_found")));
    let absent = client.post_json("/api/ai/register/", &json!({})).await.json()["details"].clone();
    assert_eq!(absent["code"], "missing_required_field");
    assert!(absent["student_id"].is_array() && absent["image_path"].is_array());
    for name in app.ctx.storage.names().expect("the store") {
        app.ctx.storage.remove(&name).await.expect("removed");
    }
    let own = client.get("/api/students/1/").await.json()["photo"].clone();
    let lost = client.post_json("/api/ai/register/", &json!({ "student_id": 1, "image_path": own })).await;
    assert_eq!(lost.status, 404, "the file is gone");
}
