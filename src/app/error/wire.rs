//! How an error travels between server and browser: flat, because reading an enumeration of many shapes would cost
//! every browser ten times the code.

use super::{AppError, FieldErrors};
use serde::{Deserialize, Serialize};

/// The kind, and what it carries in the order of its fields.
#[derive(Serialize, Deserialize)]
pub(super) struct Wire {
    kind: String,
    #[serde(default)]
    texts: Vec<String>,
    #[serde(default)]
    numbers: Vec<f64>,
    #[serde(default)]
    fields: FieldErrors,
}

impl From<AppError> for Wire {
    fn from(error: AppError) -> Self {
        use AppError::*;
        let wire = |kind: &str, texts: Vec<String>, numbers: Vec<f64>| Wire {
            kind: kind.to_owned(),
            texts,
            numbers,
            fields: FieldErrors::new(),
        };
        let bare = |kind| wire(kind, Vec::new(), Vec::new());
        let text = |kind, text| wire(kind, vec![text], Vec::new());
        let number = |kind, number: u64| wire(kind, Vec::new(), vec![number as f64]);
        match error {
            Invalid(fields) => Wire { fields, ..bare("invalid") },
            Malformed(sentence) => text("malformed", sentence),
            OutOfRange { field, range } => wire("out_of_range", vec![field, range], Vec::new()),
            InvalidCredentials => bare("invalid_credentials"),
            AccountInactive => bare("account_inactive"),
            NotSignedIn => bare("not_signed_in"),
            TokenInvalid => bare("token_invalid"),
            TokenExpired => bare("token_expired"),
            Forbidden(sentence) => text("forbidden", sentence),
            CrossSite => bare("cross_site"),
            NotFound { what, id } => wire("not_found", vec![what, id], Vec::new()),
            NoSuchPage => bare("no_such_page"),
            MethodNotAllowed => bare("method_not_allowed"),
            SessionClosed { session_id, status, end_time } => {
                let end_time = end_time.map(|at| at.to_rfc3339());
                // The id as text: numbers here are not exact to the last digit.
                wire(
                    "session_closed",
                    [session_id.to_string(), status].into_iter().chain(end_time).collect(),
                    Vec::new(),
                )
            }
            Rule(sentence) => text("rule", sentence),
            Deletion { message, count_name, count, suggestion } => {
                wire("deletion", vec![message, count_name, suggestion], vec![count as f64])
            }
            FaceQuality { blur_score, face_size, min_blur_score, min_face_size, reasons } => {
                let numbers = [blur_score, min_blur_score].map(f64::from);
                let sizes = [face_size, min_face_size].map(f64::from);
                wire("face_quality", reasons, [numbers, sizes].concat())
            }
            ConsentRequired => bare("consent_required"),
            TooLarge { max_mb } => number("too_large", max_mb),
            TooManyRequests { retry_after_s } => number("too_many_requests", retry_after_s),
            FacesUnavailable(sentence) => text("faces_unavailable", sentence),
            Busy { retry_after_s } => number("busy", retry_after_s),
            Internal { trace_id } => text("internal", trace_id),
            Unreachable(why) => text("unreachable", why),
        }
    }
}

impl From<Wire> for AppError {
    /// A kind that this version does not know is told as trouble with the server.
    fn from(wire: Wire) -> Self {
        use AppError::*;
        let mut texts = wire.texts.into_iter();
        let mut text = || texts.next().unwrap_or_default();
        let number = |at: usize| wire.numbers.get(at).copied().unwrap_or_default();
        match wire.kind.as_str() {
            "invalid" => Invalid(wire.fields),
            "malformed" => Malformed(text()),
            "out_of_range" => OutOfRange { field: text(), range: text() },
            "invalid_credentials" => InvalidCredentials,
            "account_inactive" => AccountInactive,
            "not_signed_in" => NotSignedIn,
            "token_invalid" => TokenInvalid,
            "token_expired" => TokenExpired,
            "forbidden" => Forbidden(text()),
            "cross_site" => CrossSite,
            "not_found" => NotFound { what: text(), id: text() },
            "no_such_page" => NoSuchPage,
            "method_not_allowed" => MethodNotAllowed,
            "session_closed" => {
                let session_id = text().parse().unwrap_or_default();
                SessionClosed { session_id, status: text(), end_time: text().parse().ok() }
            }
            "rule" => Rule(text()),
            "deletion" => Deletion { message: text(), count_name: text(), suggestion: text(), count: number(0) as u64 },
            "face_quality" => FaceQuality {
                blur_score: number(0) as f32,
                min_blur_score: number(1) as f32,
                face_size: number(2) as u32,
                min_face_size: number(3) as u32,
                reasons: texts.collect(),
            },
            "consent_required" => ConsentRequired,
            "too_large" => TooLarge { max_mb: number(0) as u64 },
            "too_many_requests" => TooManyRequests { retry_after_s: number(0) as u64 },
            "faces_unavailable" => FacesUnavailable(text()),
            "busy" => Busy { retry_after_s: number(0) as u64 },
            "internal" => Internal { trace_id: text() },
            _ => Unreachable(text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_arrives_as_it_was_sent() {
        use AppError::*;
        let text = || "Some words.".to_owned();
        let at = chrono::DateTime::from_timestamp(1_760_000_000, 0);
        let errors = [
            AppError::field("name", "This field is required."),
            Malformed(text()),
            OutOfRange { field: "top_k".to_owned(), range: "1 to 5".to_owned() },
            InvalidCredentials,
            AccountInactive,
            NotSignedIn,
            TokenInvalid,
            TokenExpired,
            Forbidden(text()),
            CrossSite,
            AppError::not_found("Student", 7),
            NoSuchPage,
            MethodNotAllowed,
            SessionClosed { session_id: i64::MAX, status: "completed".to_owned(), end_time: at },
            SessionClosed { session_id: 1, status: "cancelled".to_owned(), end_time: None },
            Rule(text()),
            Deletion { message: text(), count_name: "students".to_owned(), count: 3, suggestion: text() },
            FaceQuality {
                blur_score: 0.31,
                face_size: 64,
                min_blur_score: 0.5,
                min_face_size: 80,
                reasons: vec![text(), text()],
            },
            ConsentRequired,
            TooLarge { max_mb: 12 },
            TooManyRequests { retry_after_s: 60 },
            FacesUnavailable(text()),
            Busy { retry_after_s: 2 },
            Internal { trace_id: "1a2b".to_owned() },
            Unreachable(text()),
        ];
        for error in errors {
            let sent = serde_json::to_vec(&error).expect("it can be sent");
            assert_eq!(serde_json::from_slice::<AppError>(&sent).expect("it can be read"), error);
        }
    }
}
