//! The sentence of each kind of trouble. Without a reader, as in the REST API, it is the English one that the API's
//! specification fixes.

use super::{AppError, EnginePart};
use crate::tr;
use std::fmt;

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words(self))
    }
}

impl std::error::Error for AppError {}

fn words(error: &AppError) -> String {
    match error {
        AppError::Malformed(told)
        | AppError::WrongMediaType(told)
        | AppError::Forbidden(told)
        | AppError::Rule(told)
        | AppError::Conflict(told)
        | AppError::FacesUnavailable(told)
        | AppError::Deletion { message: told, .. } => told.clone(),
        AppError::Invalid(_) => tr!("error-invalid"),
        AppError::MissingParameter(name) => tr!("error-parameter-missing", name = name.as_str()),
        AppError::OutOfRange { field, range } => {
            tr!("error-out-of-range", field = field.as_str(), range = range.as_str())
        }
        AppError::InvalidCredentials => tr!("error-credentials"),
        AppError::AccountInactive => tr!("error-account-inactive"),
        AppError::EmailUnverified => tr!("error-email-unverified"),
        AppError::NotSignedIn => tr!("error-not-signed-in"),
        AppError::TokenInvalid => tr!("error-token-invalid"),
        AppError::TokenExpired => tr!("error-token-expired"),
        AppError::RefreshExpired => tr!("error-refresh-expired"),
        AppError::CrossSite => tr!("error-cross-site"),
        AppError::NotFound { what, id } => missing(what, id),
        AppError::NoSuchPage => tr!("error-no-such-page"),
        AppError::MethodNotAllowed => tr!("error-method"),
        AppError::SessionClosed { .. } => tr!("error-session-closed"),
        AppError::FaceQuality { .. } => tr!("error-face-quality"),
        AppError::QualityCheck { .. } => tr!("error-face-quality-registration"),
        AppError::NoFaces { .. } => tr!("error-no-faces"),
        AppError::ConsentRequired => tr!("error-consent"),
        AppError::TooLarge { max_kib } if max_kib % 1024 != 0 => tr!("error-too-large-kb", most = *max_kib),
        AppError::TooLarge { max_kib } => tr!("error-too-large", most = max_kib / 1024),
        AppError::HeadTooLarge => tr!("error-head-too-large"),
        AppError::TooSlow => tr!("error-too-slow"),
        AppError::TooManyRequests { retry_after_s } => tr!("error-too-many", seconds = *retry_after_s),
        AppError::StorageFull => tr!("error-storage-full"),
        AppError::StorageUnwritable => tr!("error-storage-unwritable"),
        AppError::Busy { retry_after_s } => tr!("error-busy", seconds = *retry_after_s),
        AppError::Internal { trace_id } => tr!("error-internal", reference = trace_id.as_str()),
        AppError::Engine { part, trace_id } => failed(*part, trace_id),
        AppError::Unreachable(_) => tr!("error-unreachable"),
        AppError::WaitsOnDevice => tr!("error-waits"),
    }
}

/// That a part of the recognition service failed.
fn failed(part: EnginePart, reference: &str) -> String {
    match part {
        EnginePart::Inference => tr!("error-engine-inference", reference = reference),
        EnginePart::Embedding => tr!("error-engine-embedding", reference = reference),
        EnginePart::Index => tr!("error-engine-index", reference = reference),
    }
}

/// That a thing is not there, by the API's name for its kind. Each is a sentence of its own, because languages bend the
/// words around it.
fn missing(what: &str, id: &str) -> String {
    match what {
        "Attendance record" => tr!("error-missing-attendance-record", id = id),
        "Attendance session" => tr!("error-missing-session", id = id),
        "Backup" => tr!("error-missing-backup", id = id),
        "Department" => tr!("error-missing-department", id = id),
        "Import" => tr!("error-missing-import", id = id),
        "Login session" => tr!("error-missing-login-session", id = id),
        "Message" => tr!("error-missing-message", id = id),
        "Objection" => tr!("error-missing-objection", id = id),
        "Photo" => tr!("error-missing-photo", id = id),
        "Record" => tr!("error-missing-record", id = id),
        "Student" => tr!("error-missing-student", id = id),
        "Student of this session" => tr!("error-missing-student-of-session", id = id),
        "User" => tr!("error-missing-user", id = id),
        other => tr!("error-missing", what = other, id = id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::Locale;
    use leptos::prelude::{Owner, provide_context};

    #[test]
    fn sentences_are_english_without_a_reader() {
        for (error, sentence) in [
            (AppError::not_found("Student", 7), "Student with id 7 does not exist"),
            (AppError::not_found("Attendance session", 7), "Attendance session with id 7 does not exist"),
            (AppError::not_found("Thing", 7), "Thing with id 7 does not exist"),
            (AppError::TooLarge { max_kib: 40 * 1024 }, "The upload is too large; at most 40 MB are taken."),
            (AppError::TooLarge { max_kib: 256 }, "What was sent is too large; at most 256 kB are taken."),
            (
                AppError::TooManyRequests { retry_after_s: 3600 },
                "Too many attempts. Please wait 3600 seconds and try again.",
            ),
            (AppError::OutOfRange { field: "page".into(), range: "1 to 5".into() }, "page must be within 1 to 5."),
            (
                AppError::Engine { part: EnginePart::Index, trace_id: "abc".into() },
                "The enrolled faces could not be searched. Nothing was saved. Reference: abc",
            ),
            (AppError::Rule("No.".into()), "No."),
        ] {
            assert_eq!(error.to_string(), sentence);
        }
    }

    #[test]
    fn readers_get_their_language() {
        let told = Owner::new().with(|| {
            provide_context(Locale::Arabic);
            AppError::NotSignedIn.sentence()
        });
        assert_eq!(told, "يُرجى تسجيل الدخول أولًا.");
        assert_eq!(AppError::NotSignedIn.sentence(), "Please sign in first.");
    }
}
