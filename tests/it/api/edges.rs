//! What stands at the edges of the contract: sizes to the byte, tokens that only look right, every code.

use crate::support::client::Part;
use crate::support::{PASSWORD, TestApp, tiny_models};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rollcall::app::error::{AppError, EnginePart, FieldErrors};
use rollcall::app::types::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MIB: usize = 1024 * 1024;

/// A photo of this many bytes: what stands behind the end of a PNG is not read.
fn photo_of(bytes: usize) -> Vec<u8> {
    let mut photo = tiny_models::tiny_face_photo(7);
    assert!(photo.len() < bytes);
    photo.resize(bytes, 0);
    photo
}

fn student(department: impl ToString) -> Vec<(&'static str, String)> {
    vec![("name", "Ann Ace".into()), ("email", "ann@example.edu".into()), ("department", department.to_string())]
}

#[tokio::test]
async fn an_enrolment_photo_may_have_five_megabytes_and_not_a_byte_more() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    let admin = app.api("admin").await;
    for (bytes, status) in [(5 * MIB + 1, 400), (5 * MIB, 201)] {
        let photo = photo_of(bytes);
        let fields = student(department);
        let mut parts: Vec<Part> = fields.iter().map(|(name, value)| Part::Text(name, value)).collect();
        parts.push(Part::File("photo", "ann.png", &photo));
        let answer = admin.post_parts("/api/students/register/", &parts).await;
        assert_eq!(answer.status, status, "{bytes}: {}", answer.text());
        if status == 400 {
            assert_eq!(answer.json()["details"]["photo"], json!(["File size exceeds 5MB"]));
        }
    }
}

#[tokio::test]
async fn a_class_photo_may_have_ten_megabytes_and_not_a_byte_more() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await.id.to_string();
    let teacher = app.api("teacher").await;
    for (bytes, status) in [(10 * MIB + 1, 400), (10 * MIB, 200)] {
        let photo = photo_of(bytes);
        let mark = [Part::Text("session", &session), Part::File("image", "class.png", &photo)];
        let search = [Part::File("file", "class.png", &photo)];
        for (path, parts, field) in [
            ("/api/attendance/mark/", mark.as_slice(), "image"),
            ("/api/ai/recognize/", &search, "file"),
            ("/api/ai/detect/", &search, "file"),
        ] {
            let answer = teacher.post_parts(path, parts).await;
            assert_eq!(answer.status, status, "{path} {bytes}: {}", answer.text());
            if status == 400 {
                assert_eq!(answer.json()["details"][field], json!(["File size exceeds 10MB"]), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn an_admin_without_a_department_signs_in_and_a_switched_off_account_is_told_so() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let off = app.account("off", Role::Student, &[]).await;
    let admin = app.actor("admin").await;
    let accounts = rollcall::server::domain::users::set_user_active(&app.ctx, &admin, off, false);
    accounts.await.expect("switched off");
    let sign_in = async |username: &str| {
        app.anonymous().post_json("/api/auth/login/", &json!({ "username": username, "password": PASSWORD })).await
    };
    assert_eq!(sign_in("admin").await.json()["user"]["department"], Value::Null);
    let refused = sign_in("off").await;
    assert_eq!((refused.status, &refused.json()["error"]), (401, &json!("invalid_credentials")));
    assert_eq!(refused.json()["details"]["code"], "account_inactive");
}

/// One of the three parts of a token, as JSON.
fn part(token: &str, at: usize) -> Value {
    use base64::Engine;
    let text = token.split('.').nth(at).expect("a part");
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).expect("base64");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[tokio::test]
async fn tokens_have_the_named_claims_and_only_ours_are_taken() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let body = json!({ "username": "admin", "password": PASSWORD });
    let answer = app.anonymous().post_json("/api/auth/login/", &body).await.json();
    let token = answer["access"].as_str().expect("a token").to_owned();
    assert_eq!(part(&token, 0), json!({ "alg": "HS256", "typ": "JWT" }));
    let claims = part(&token, 1);
    let names: BTreeSet<&str> = claims.as_object().expect("claims").keys().map(String::as_str).collect();
    for name in ["user_id", "username", "role", "exp", "iat", "iss", "jti", "token_type"] {
        assert!(names.contains(name), "{name} is missing");
    }
    assert_eq!((&claims["iss"], &claims["token_type"]), (&json!("attendance-system"), &json!("access")));
    assert_eq!(claims["exp"].as_i64().unwrap_or_default() - claims["iat"].as_i64().unwrap_or_default(), 24 * 3600);
    let refresh = part(answer["refresh"].as_str().expect("a token"), 1);
    assert_eq!(
        refresh["exp"].as_i64().unwrap_or_default() - refresh["iat"].as_i64().unwrap_or_default(),
        7 * 24 * 3600
    );

    // The key of tests, so that only what is named is wrong.
    let key = EncodingKey::from_secret(&[7; 32]);
    let signed =
        |algorithm, claims: &Value| jsonwebtoken::encode(&Header::new(algorithm), claims, &key).expect("a token");
    let mut foreign = claims.clone();
    foreign["iss"] = json!("somebody-else");
    use base64::Engine;
    let none = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let body = token.split('.').nth(1).expect("claims");
    let wrong = [
        ("no algorithm", format!("{none}.{body}.")),
        ("another algorithm", signed(Algorithm::HS512, &claims)),
        ("another issuer", signed(Algorithm::HS256, &foreign)),
        ("no signature", format!("{}.", token.rsplit_once('.').expect("parts").0)),
    ];
    assert_eq!(app.anonymous().with_token(&signed(Algorithm::HS256, &claims)).get("/api/auth/me/").await.status, 200);
    for (what, token) in wrong {
        let answer = app.anonymous().with_token(&token).get("/api/auth/me/").await;
        assert_eq!((answer.status, &answer.json()["error"]), (401, &json!("token_invalid")), "{what}");
    }
}

#[test]
fn every_code_of_the_list_has_an_error_that_carries_it() {
    let field = |message: &str| AppError::Invalid(FieldErrors::one("name", message));
    let trace_id = || "1a2b".to_owned();
    let errors = [
        AppError::InvalidCredentials,
        AppError::TokenExpired,
        AppError::TokenInvalid,
        AppError::RefreshExpired,
        field("Something is wrong."),
        AppError::MissingParameter("date_from".into()),
        field("This field is required."),
        field("Enter a valid email address."),
        AppError::OutOfRange { field: "top_k".into(), range: "1 to 5".into() },
        field("Student with this email already exists"),
        AppError::not_found("Student", 7),
        AppError::forbidden(),
        AppError::SessionClosed { session_id: 1, status: "completed".into(), end_time: None },
        AppError::NoFaces { suggestions: Vec::new() },
        AppError::FaceQuality {
            blur_score: 0.3,
            face_size: 45,
            min_blur_score: 0.5,
            min_face_size: 80,
            reasons: Vec::new(),
        },
        AppError::QualityCheck { blur_score: 0.3, face_size: 45, min_blur_score: 0.5, min_face_size: 80 },
        AppError::FacesUnavailable("No models.".into()),
        AppError::Engine { part: EnginePart::Inference, trace_id: trace_id() },
        AppError::Engine { part: EnginePart::Embedding, trace_id: trace_id() },
        AppError::Engine { part: EnginePart::Index, trace_id: trace_id() },
        AppError::Deletion { message: "No.".into(), count_name: "n".into(), count: 1, suggestion: "Keep it.".into() },
    ];
    let carried: BTreeSet<String> = errors
        .iter()
        .flat_map(|error| [Some(error.code().to_owned()), error.details()["code"].as_str().map(str::to_owned)])
        .flatten()
        .collect();
    let listed = [
        "invalid_credentials",
        "token_expired",
        "token_invalid",
        "refresh_token_expired",
        "validation_error",
        "missing_required_field",
        "invalid_format",
        "value_out_of_range",
        "duplicate_entry",
        "resource_not_found",
        "insufficient_permissions",
        "session_inactive",
        "face_not_detected",
        "face_quality_low",
        "model_load_error",
        "inference_error",
        "faiss_index_error",
        "embedding_generation_error",
        "not_found",
        "deletion_error",
        "session_error",
        "face_quality_error",
        "no_faces_detected",
        "quality_check_failed",
    ];
    let missing: Vec<&str> = listed.into_iter().filter(|code| !carried.contains(*code)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
