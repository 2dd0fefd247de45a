//! The recognition service's endpoints.

use crate::support::tiny_models::{tiny_class_photo, tiny_face_photo};
use crate::support::{Part, TestApp};
use rollcall::app::types::{DepartmentId, Role, StudentId};
use rollcall::server::db::entities::settings;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};

/// Two students with faces, and an admin.
pub async fn gallery() -> TestApp {
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
    let performance = &body["performance"];
    assert!(performance["total_requests"].as_u64() >= Some(2), "two photos were enrolled: {performance}");
    assert!(performance["avg_detection_time_ms"].as_f64() > Some(0.0), "{performance}");
    assert!(performance["avg_recognition_time_ms"].as_f64() > Some(0.0), "{performance}");
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

/// Replaces numbers that depend on the machine.
pub fn still(body: &mut Value, names: &[&str]) {
    match body {
        Value::Object(fields) => {
            for (name, value) in fields {
                if names.contains(&name.as_str()) && value.is_number() {
                    *value = json!(0);
                }
                still(value, names);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| still(item, names)),
        _ => {}
    }
}

#[tokio::test]
async fn faces_are_found_as_the_sample() {
    let app = gallery().await;
    let photo = tiny_class_photo(&[1]);
    let answer = app.api("admin").await.post_parts("/api/ai/detect/", &[Part::File("file", "a.jpg", &photo)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut body = answer.json();
    let quality = body["faces"][0]["quality_metrics"].clone();
    for name in ["blur_score", "brightness"] {
        assert!(quality[name].as_f64().is_some_and(|value| (0.0..=1.0).contains(&value)), "{quality}");
    }
    still(&mut body, &["processing_time_ms", "confidence", "blur_score", "brightness", "angle"]);
    insta::assert_json_snapshot!(body, @r#"
    {
      "faces": [
        {
          "bbox": [
            32,
            32,
            128,
            128
          ],
          "confidence": 0,
          "landmarks": {
            "left_eye": [
              65,
              76
            ],
            "left_mouth": [
              68,
              111
            ],
            "nose": [
              80,
              93
            ],
            "right_eye": [
              95,
              76
            ],
            "right_mouth": [
              93,
              111
            ]
          },
          "quality_metrics": {
            "angle": 0,
            "blur_score": 0,
            "brightness": 0,
            "face_size": 96,
            "quality": "good"
          }
        }
      ],
      "faces_detected": 1,
      "image_size": {
        "height": 480,
        "width": 640
      },
      "processing_time_ms": 0,
      "success": true
    }
    "#);
}

#[tokio::test]
async fn min_confidence_is_a_floor_and_no_face_is_400_as_the_sample() {
    let app = gallery().await;
    let client = app.api("admin").await;
    let photo = tiny_face_photo(1);
    let with = async |value: &str| {
        let parts = [Part::File("file", "a.jpg", &photo), Part::Text("min_confidence", value)];
        client.post_parts("/api/ai/detect/", &parts).await
    };
    let found = with("0.5").await.json();
    let score = found["faces"][0]["confidence"].as_f64().expect("a score");
    assert!((0.5..=1.0).contains(&score), "{score}");
    assert_eq!(with("").await.json()["faces_detected"], found["faces_detected"], "0.5 is the default");
    let low = with("0").await.json()["faces_detected"].as_u64();
    assert!(low >= found["faces_detected"].as_u64(), "a lower floor never finds fewer");
    let mut none = with("1").await.json();
    if score < 1.0 {
        none["trace_id"] = json!("…");
        none["details"]["timestamp"] = json!("…");
        insta::assert_json_snapshot!(none, @r#"
        {
          "details": {
            "code": "face_not_detected",
            "timestamp": "…"
          },
          "error": "no_faces_detected",
          "message": "No faces detected in the image",
          "suggestions": [
            "Ensure face is clearly visible",
            "Check lighting conditions",
            "Face should be at least 80x80 pixels"
          ],
          "trace_id": "…"
        }
        "#);
    }
    for (value, code) in [
        ("1.01", "value_out_of_range"),
        ("-0.01", "value_out_of_range"),
        ("much", "validation_error"),
        ("NaN", "validation_error"),
    ] {
        let answer = with(value).await;
        assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some(code)), "{value}");
    }
    let empty = tiny_class_photo(&[]);
    let answer = client.post_parts("/api/ai/detect/", &[Part::File("file", "a.jpg", &empty)]).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some("no_faces_detected")));
    assert_eq!(answer.json()["suggestions"].as_array().map(Vec::len), Some(3));
    let missing = client.post_parts("/api/ai/detect/", &[]).await.json();
    assert_eq!(missing["details"]["file"], json!(["This field is required."]));
}

#[tokio::test]
async fn recognition_answers_as_the_sample() {
    let app = gallery().await;
    let photo = tiny_class_photo(&[1, 9]);
    let parts = [Part::File("file", "a.jpg", &photo)];
    let mut body = app.api("admin").await.post_parts("/api/ai/recognize/", &parts).await.json();
    let faces = body["faces"].as_array_mut().expect("faces");
    faces.sort_by_key(|face| face["bbox"][0].as_i64());
    let stranger = &mut faces[1];
    assert_eq!(stranger["closest_match"]["distance"], stranger["distance"]);
    stranger["closest_match"]["student_id"] = json!(0);
    still(&mut body, &["processing_time_ms", "distance", "confidence"]);
    insta::assert_json_snapshot!(body, @r#"
    {
      "faces": [
        {
          "bbox": [
            32,
            32,
            128,
            128
          ],
          "confidence": 0,
          "distance": 0,
          "match_quality": "excellent",
          "recognized": true,
          "student_id": 1,
          "top_matches": [
            {
              "confidence": 0,
              "distance": 0,
              "student_id": 1
            }
          ]
        },
        {
          "bbox": [
            192,
            32,
            288,
            128
          ],
          "closest_match": {
            "confidence": 0,
            "distance": 0,
            "student_id": 0
          },
          "confidence": 0,
          "distance": 0,
          "reason": "Distance exceeds threshold",
          "recognized": false
        }
      ],
      "faces_detected": 2,
      "faces_recognized": 1,
      "processing_time_ms": 0,
      "success": true,
      "summary": {
        "recognition_rate": 50.0,
        "recognized": 1,
        "total_faces": 2,
        "unrecognized": 1
      }
    }
    "#);
}

#[tokio::test]
async fn the_threshold_is_a_largest_distance_and_top_k_a_length() {
    let app = gallery().await;
    let client = app.api("admin").await;
    // Person 16 shares half of the pattern of person 1: a distance of about 0.5.
    let photo = tiny_class_photo(&[1, 16, 9]);
    let mut before = 0;
    for (threshold, least) in [("0", 0), ("0.35", 1), ("0.45", 1), ("0.65", 2), ("1", 2)] {
        let parts = [Part::File("file", "a.jpg", &photo), Part::Text("confidence_threshold", threshold)];
        let now = client.post_parts("/api/ai/recognize/", &parts).await.json()["faces_recognized"].as_u64();
        let now = now.expect("a count");
        assert!(now >= before && now >= least, "{threshold}: {now}");
        before = now;
    }
    for top_k in 1..=5 {
        let text = top_k.to_string();
        let parts = [Part::File("file", "a.jpg", &photo), Part::Text("top_k", &text)];
        let body = client.post_parts("/api/ai/recognize/", &parts).await.json();
        let known = body["faces"].as_array().expect("faces").iter().find(|face| face["recognized"] == true).cloned();
        let matches = known.expect("the known face")["top_matches"].as_array().cloned().expect("matches");
        assert_eq!(matches.len(), top_k.min(2), "there are two students");
        let distances: Vec<f64> = matches.iter().filter_map(|found| found["distance"].as_f64()).collect();
        assert!(distances.is_sorted());
    }
    let empty = tiny_class_photo(&[]);
    let nobody = client.post_parts("/api/ai/recognize/", &[Part::File("file", "a.jpg", &empty)]).await.json();
    assert_eq!(nobody["summary"]["recognition_rate"], 0.0);
}

#[tokio::test]
async fn a_setting_makes_the_confidence_linear() {
    let app = gallery().await;
    let client = app.api("admin").await;
    let photo = tiny_face_photo(16);
    let seen = async || {
        let parts = [Part::File("file", "a.jpg", &photo)];
        let face = client.post_parts("/api/ai/recognize/", &parts).await.json()["faces"][0].clone();
        (face["distance"].as_f64().expect("a distance"), face["confidence"].as_f64().expect("a confidence"))
    };
    let (distance, calibrated) = seen().await;
    let logistic = 1.0 / (1.0 + 0.25 * (10.0 * (distance - 0.35)).exp());
    assert!((calibrated - logistic).abs() < 1e-3, "{calibrated} at {distance}");
    let row = settings::ActiveModel {
        key: Set("confidence_formula".into()),
        value: Set("linear".into()),
        updated_at: Set(app.ctx.clock.now()),
    };
    row.insert(&app.ctx.db).await.expect("set");
    let (distance, linear) = seen().await;
    assert!((linear - (1.0 - distance / 2.0)).abs() < 1e-3, "{linear} at {distance}");
}

#[tokio::test]
async fn packs_are_listed_for_staff() {
    let app = gallery().await;
    app.account("teacher", Role::Teacher, &[DepartmentId(1)]).await;
    app.account("student", Role::Student, &[]).await;
    let body = app.api("teacher").await.get("/api/ai/models/").await.json();
    let packs = body["results"].as_array().expect("packs");
    assert!(packs.len() >= 3 && body["count"] == packs.len());
    for pack in packs {
        assert_eq!((&pack["loaded"], pack["files"].as_array().map(Vec::len)), (&json!(false), Some(2)), "{pack}");
        assert!(pack["licence"].as_str().is_some_and(|licence| !licence.is_empty()));
        assert_eq!(pack["files"][0]["present"], false);
        let lines = &pack["thresholds"];
        assert!(
            lines["excellent"].as_f64() < lines["accept"].as_f64()
                && lines["accept"].as_f64() < lines["review"].as_f64()
        );
    }
    assert_eq!(app.api("student").await.get("/api/ai/models/").await.status, 403);
    assert_eq!(app.anonymous().get("/api/ai/models/").await.status, 401);
}

#[tokio::test]
async fn recognition_is_for_staff_and_registering_for_admins() {
    let app = gallery().await;
    app.account("teacher", Role::Teacher, &[DepartmentId(1)]).await;
    app.account("student", Role::Student, &[]).await;
    for path in ["/api/ai/detect/", "/api/ai/recognize/", "/api/ai/register/"] {
        assert_eq!(app.api("student").await.post_parts(path, &[]).await.status, 403, "{path}");
        assert_eq!(app.anonymous().post_parts(path, &[]).await.status, 401, "{path}");
    }
    let teacher = app.api("teacher").await;
    assert_eq!(teacher.post_json("/api/ai/register/", &json!({})).await.status, 403);
    assert_eq!(teacher.post_parts("/api/ai/detect/", &[]).await.status, 400);
    let row = rollcall::server::domain::students::get_student(&app.ctx, StudentId(1)).await.expect("shown").row;
    assert_eq!(row.templates, 1, "nothing was added");
}
