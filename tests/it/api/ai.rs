//! The recognition service's endpoints.

use crate::support::tiny_models::{tiny_class_photo, tiny_face_photo};
use crate::support::{Part, TestApp};
use rollcall::app::types::Role;

async fn gallery() -> TestApp {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    for (person, name) in [(1, "Ann Ace"), (2, "Bob Best")] {
        app.student_with_face(name, department, person).await;
    }
    app
}

#[tokio::test]
async fn known_face_is_recognized_and_stranger_is_not() {
    let app = gallery().await;
    let photo = tiny_class_photo(&[2, 9]);
    let parts = [Part::File("file", "class.png", &photo), Part::Text("top_k", "2")];
    let answer = app.api("admin").await.post_parts("/api/ai/recognize/", &parts).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    assert_eq!(body["success"], true);
    assert_eq!((body["faces_detected"].as_u64(), body["faces_recognized"].as_u64()), (Some(2), Some(1)));
    assert_eq!(body["summary"]["recognition_rate"], 50.0);
    let faces = body["faces"].as_array().expect("faces");
    let known = faces.iter().find(|face| face["recognized"] == true).expect("the known face");
    assert_eq!(known["student_id"], 2);
    assert_eq!(known["match_quality"], "excellent");
    assert!(known["confidence"].as_f64().is_some_and(|value| value > 0.9), "{known}");
    assert_eq!(known["top_matches"].as_array().map(Vec::len), Some(2));
    let stranger = faces.iter().find(|face| face["recognized"] == false).expect("the stranger");
    assert_eq!(stranger["reason"], "Distance exceeds threshold");
    assert!(stranger["closest_match"]["student_id"].is_number());
    assert!(stranger.get("student_id").is_none());
}

#[tokio::test]
async fn arguments_outside_their_range_are_refused() {
    let app = gallery().await;
    let photo = tiny_face_photo(1);
    let client = app.api("admin").await;
    for (name, value) in
        [("top_k", "0"), ("top_k", "6"), ("confidence_threshold", "1.1"), ("confidence_threshold", "-0.1")]
    {
        let parts = [Part::File("file", "face.png", &photo), Part::Text(name, value)];
        let answer = client.post_parts("/api/ai/recognize/", &parts).await;
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (400, Some("value_out_of_range")),
            "{name}={value}"
        );
    }
}

#[tokio::test]
async fn health_tells_what_is_loaded() {
    let app = gallery().await;
    let answer = app.anonymous().get("/api/ai/health/").await;
    assert_eq!(answer.status, 200);
    let body = answer.json();
    assert_eq!(body["status"], "healthy");
    assert_eq!(body["faiss_index"]["total_vectors"], 2);
    assert_eq!(body["faiss_index"]["dimension"], body["models"]["face_recognition"]["embedding_size"]);
    assert_eq!(body["models"]["face_detection"]["loaded"], true);
    assert!(body["system"]["memory_usage_mb"].as_f64().is_some_and(|value| value > 1.0));
}

#[tokio::test]
async fn health_without_models_is_503() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/api/ai/health/").await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["status"], "unhealthy");
    assert_eq!(answer.json()["models"]["face_detection"]["loaded"], false);
    assert_eq!(app.anonymous().get("/readyz").await.status, 200);
}
