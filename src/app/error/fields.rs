//! What is wrong with a form, field by field.

use super::{AppError, AppResult};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Messages per field of a form, by the field's wire name in alphabetical order.
///
/// A sorted list and no map: forms have a handful of fields, and a map's code costs every browser five kilobytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<(String, Vec<String>)>);

impl FieldErrors {
    pub fn new() -> Self {
        Self::default()
    }

    /// One field, one message.
    pub fn one(name: &str, message: impl Into<String>) -> Self {
        Self(vec![(name.to_owned(), vec![message.into()])])
    }

    /// Adds a message to a field.
    pub fn add(&mut self, name: &str, message: impl Into<String>) {
        match self.0.binary_search_by(|(there, _)| there.as_str().cmp(name)) {
            Ok(at) => self.0[at].1.push(message.into()),
            Err(at) => self.0.insert(at, (name.to_owned(), vec![message.into()])),
        }
    }

    /// Adds what another part found.
    pub fn merge(&mut self, others: Self) {
        for (name, messages) in others.0 {
            for message in messages {
                self.add(&name, message);
            }
        }
    }

    /// Messages of one field, when it has any.
    pub fn of(&self, name: &str) -> Option<&[String]> {
        self.0.iter().find(|(there, _)| there == name).map(|(_, messages)| messages.as_slice())
    }

    pub fn has(&self, name: &str) -> bool {
        self.of(name).is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the fields with messages.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// All messages as one text.
    pub fn sentence(&self) -> String {
        self.0.iter().flat_map(|(_, messages)| messages).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// # Errors
    /// [`AppError::Invalid`] with everything that was found.
    pub fn finish(self) -> AppResult<()> {
        if self.is_empty() { Ok(()) } else { Err(AppError::Invalid(self)) }
    }

    /// An object of lists and, when all messages are of one kind, its `code`: the `details` of the REST API's envelope.
    pub fn to_json(&self) -> Value {
        let mut fields: serde_json::Map<String, Value> =
            self.0.iter().map(|(name, messages)| (name.clone(), messages.clone().into())).collect();
        let mut codes = self.0.iter().flat_map(|(_, messages)| messages).map(|message| code_of(message));
        if let Some(code) = codes.next().flatten()
            && codes.all(|other| other == Some(code))
            && !fields.contains_key("code")
        {
            fields.insert("code".to_owned(), code.into());
        }
        Value::Object(fields)
    }
}

/// The kind of fault that a message tells of, in the words of the API's list of codes. Programs get English messages,
/// so that these can be known again.
fn code_of(message: &str) -> Option<&'static str> {
    const KINDS: [(&str, &[&str]); 4] = [
        ("missing_required_field", &["This field is required."]),
        ("duplicate_entry", &["already exists"]),
        ("face_not_detected", &["No face detected"]),
        ("invalid_format", &["Enter a ", "wrong format", "Invalid file format", "A valid ", "may contain only"]),
    ];
    KINDS.into_iter().find(|(_, parts)| parts.iter().any(|part| message.contains(part))).map(|(code, _)| code)
}

impl<N: AsRef<str>, M: Into<String>> FromIterator<(N, M)> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = (N, M)>>(pairs: I) -> Self {
        let mut fields = Self::new();
        for (name, message) in pairs {
            fields.add(name.as_ref(), message);
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_kept_by_field() {
        let mut fields: FieldErrors =
            [("name", "Too long."), ("email", "Taken."), ("name", "Too odd.")].into_iter().collect();
        fields.merge(FieldErrors::one("email", "No address."));
        assert_eq!(fields.names().collect::<Vec<_>>(), ["email", "name"]);
        assert_eq!(fields.of("email"), Some(["Taken.".to_owned(), "No address.".to_owned()].as_slice()));
        assert!(fields.has("name") && !fields.has("phone"));
        assert_eq!(fields.sentence(), "Taken. No address. Too long. Too odd.");
        let json = serde_json::json!({ "email": ["Taken.", "No address."], "name": ["Too long.", "Too odd."] });
        assert_eq!(fields.to_json(), json);
    }

    #[test]
    fn one_kind_of_fault_has_a_code_and_a_mixture_has_none() {
        let code = |messages: &[&str]| {
            let fields: FieldErrors = messages.iter().map(|message| ("email", *message)).collect();
            fields.to_json()["code"].as_str().map(str::to_owned)
        };
        assert_eq!(code(&["This field is required."]).as_deref(), Some("missing_required_field"));
        assert_eq!(code(&["Student with this email already exists"]).as_deref(), Some("duplicate_entry"));
        assert_eq!(code(&["Enter a valid email address."]).as_deref(), Some("invalid_format"));
        assert_eq!(code(&["This field is required.", "Student with this email already exists"]), None);
        assert_eq!(code(&["Something else."]), None);
    }
}
