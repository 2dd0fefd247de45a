//! The institution's settings: rows where somebody changed them, defaults elsewhere.

use crate::server::db::entities::settings;
use crate::server::error::Result;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::HashMap;
use std::str::FromStr;

/// Settings as the rules use them.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Shown in the header and in exports.
    pub institution: String,
    /// A machine mark later than this after the start is `late`.
    pub late_after_minutes: i32,
    /// How long a teacher may correct a saved register.
    pub correction_window_hours: i64,
    /// Longest session.
    pub session_hours_max: i64,
    /// How far ahead a session may be created.
    pub session_days_ahead_max: i64,
    /// How the recognition endpoints turn a distance into a confidence.
    pub confidence_formula: ConfidenceFormula,
}

/// The words of `confidence_formula`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConfidenceFormula {
    /// A logistic of the distance that is 0.80 at the pack's accept line.
    #[default]
    Calibrated,
    /// `1 - distance / 2`, for clients that expect the specification's own formula.
    Linear,
}

impl FromStr for ConfidenceFormula {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        match text {
            "calibrated" => Ok(Self::Calibrated),
            "linear" => Ok(Self::Linear),
            _ => Err(()),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            institution: "Rollcall".to_owned(),
            late_after_minutes: 10,
            correction_window_hours: 48,
            session_hours_max: 4,
            session_days_ahead_max: 30,
            confidence_formula: ConfidenceFormula::default(),
        }
    }
}

/// Reads all settings; a value that cannot be read counts as not set.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &impl ConnectionTrait) -> Result<Settings> {
    let rows = settings::Entity::find().all(db).await?;
    let rows: HashMap<String, String> = rows.into_iter().map(|row| (row.key, row.value)).collect();
    let defaults = Settings::default();
    Ok(Settings {
        institution: rows.get("institution").cloned().unwrap_or(defaults.institution),
        late_after_minutes: read(&rows, "late_after_minutes", defaults.late_after_minutes),
        correction_window_hours: read(&rows, "correction_window_hours", defaults.correction_window_hours),
        session_hours_max: read(&rows, "session_hours_max", defaults.session_hours_max),
        session_days_ahead_max: read(&rows, "session_days_ahead_max", defaults.session_days_ahead_max),
        confidence_formula: read(&rows, "confidence_formula", defaults.confidence_formula),
    })
}

fn read<T: FromStr>(rows: &HashMap<String, String>, key: &str, default: T) -> T {
    rows.get(key).and_then(|value| value.parse().ok()).unwrap_or(default)
}
