//! What people read when a part of the engine fails, and when too many ask at once.

use crate::support::client::Answer;
use crate::support::tiny_models::{Broken, TINY_EMBEDDING_SIZE, tiny_face_photo, tiny_wide_photo, write_broken_pack};
use crate::support::{Part, TestApp};
use rollcall::app::types::Role;

async fn with_broken(broken: Broken) -> TestApp {
    let models = tempfile::tempdir().expect("a folder for the networks");
    let (manifest, pack) = write_broken_pack(models.path(), broken);
    let app = TestApp::with_pack(&manifest, &pack, models.path()).await;
    app.account("admin", Role::Admin, &[]).await;
    app
}

async fn post(app: &TestApp, path: &str, photo: &[u8]) -> Answer {
    app.api("admin").await.post_parts(path, &[Part::File("file", "a.png", photo)]).await
}

fn assert_fault(answer: &Answer, code: &str) {
    let body = answer.json();
    assert_eq!((answer.status, body["error"].as_str()), (500, Some(code)), "{body}");
    assert_eq!(body["trace_id"].as_str(), answer.header("x-trace-id"), "the log's reference is told");
    let message = body["message"].as_str().expect("a sentence");
    assert!(message.contains("Nothing was saved.") && !message.contains("onnx"), "{message}");
}

#[tokio::test]
async fn a_failing_detector_is_an_inference_error() {
    let app = with_broken(Broken::Detector).await;
    assert_eq!(post(&app, "/api/ai/recognize/", &tiny_face_photo(1)).await.status, 200, "other shapes still work");
    for path in ["/api/ai/recognize/", "/api/ai/detect/"] {
        assert_fault(&post(&app, path, &tiny_wide_photo(1)).await, "inference_error");
    }
}

#[tokio::test]
async fn a_failing_recogniser_is_an_embedding_generation_error() {
    let app = with_broken(Broken::Embedder).await;
    assert_fault(&post(&app, "/api/ai/recognize/", &tiny_face_photo(1)).await, "embedding_generation_error");
    assert_eq!(post(&app, "/api/ai/detect/", &tiny_face_photo(1)).await.status, 200, "finding faces embeds none");
    let photo = tiny_face_photo(1);
    let department = app.department("CS").await.to_string();
    let parts = [
        Part::Text("name", "Ann Ace"),
        Part::Text("email", "ann@example.edu"),
        Part::Text("department", &department),
        Part::File("photo", "a.png", &photo),
    ];
    let answer = app.api("admin").await.post_parts("/api/students/register/", &parts).await;
    assert_fault(&answer, "embedding_generation_error");
    assert_eq!(app.api("admin").await.get("/api/students/").await.json()["count"], 0);
    assert!(app.ctx.storage.names().expect("the store").is_empty());
}

#[tokio::test]
async fn a_failing_index_is_a_faiss_index_error() {
    let app = TestApp::with_queue_and_dimension(32, TINY_EMBEDDING_SIZE + 1).await;
    app.account("admin", Role::Admin, &[]).await;
    let department = app.department("CS").await;
    assert_fault(&post(&app, "/api/ai/recognize/", &tiny_face_photo(1)).await, "faiss_index_error");
    app.student("Ann Ace", department).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await.id.to_string();
    let photo = tiny_face_photo(1);
    let parts = [Part::Text("session", &session), Part::File("image", "a.png", &photo)];
    let answer = app.api("teacher").await.post_parts("/api/attendance/mark/", &parts).await;
    assert_fault(&answer, "faiss_index_error");
}

#[tokio::test]
async fn a_full_queue_asks_to_come_back() {
    let app = TestApp::with_queue_and_dimension(0, TINY_EMBEDDING_SIZE).await;
    app.account("admin", Role::Admin, &[]).await;
    for path in ["/api/ai/recognize/", "/api/ai/detect/"] {
        let answer = post(&app, path, &tiny_face_photo(1)).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (503, Some("service_unavailable")), "{path}");
        let seconds = answer.header("retry-after").and_then(|value| value.parse::<u64>().ok());
        assert!(seconds.is_some_and(|seconds| seconds > 0), "{path}");
    }
}

#[tokio::test]
async fn without_models_recognition_says_so() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    for path in ["/api/ai/recognize/", "/api/ai/detect/"] {
        let answer = post(&app, path, &tiny_face_photo(1)).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (503, Some("model_load_error")), "{path}");
    }
}
