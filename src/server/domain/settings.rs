//! The institution's settings: rows where somebody changed them, defaults elsewhere.

use super::audit::{self, Change};
use super::validate;
use crate::app::error::FieldErrors;
use crate::server::auth::actor::Actor;
use crate::server::db::{self, entities::settings};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde_json::json;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Longest name of the institution, characters.
pub const INSTITUTION_CHARS_MAX: usize = 100;
/// Minutes after which a mark may become late.
pub const LATE_AFTER_MINUTES: RangeInclusive<i64> = 0..=240;
/// Hours for corrections: a year and a day at most.
pub const CORRECTION_WINDOW_HOURS: RangeInclusive<i64> = 0..=8_784;
/// Length of a session, hours.
pub const SESSION_HOURS: RangeInclusive<i64> = 1..=24;
/// Days ahead that a session may be created.
pub const SESSION_DAYS_AHEAD: RangeInclusive<i64> = 0..=366;
/// Percent of attendance below which it counts as low.
pub const LOW_ATTENDANCE_PERCENT: RangeInclusive<i64> = 0..=100;

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
    /// Attendance below this many percent is low.
    pub low_attendance_percent: i64,
    /// Whether students may enrol photos of themselves.
    pub self_enrolment: bool,
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

impl ConfidenceFormula {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calibrated => "calibrated",
            Self::Linear => "linear",
        }
    }
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
            low_attendance_percent: 75,
            self_enrolment: false,
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
        low_attendance_percent: read(&rows, "low_attendance_percent", defaults.low_attendance_percent),
        self_enrolment: read(&rows, "self_enrolment", defaults.self_enrolment),
    })
}

/// All settings as they are now.
///
/// # Errors
/// When the database fails.
pub async fn get_settings(ctx: &Ctx) -> Result<Settings> {
    load(&ctx.db).await
}

/// All settings as an admin sends them.
#[derive(Clone, Debug, Default)]
pub struct SettingsForm {
    pub institution: Option<String>,
    pub late_after_minutes: Option<i64>,
    pub correction_window_hours: Option<i64>,
    pub session_hours_max: Option<i64>,
    pub session_days_ahead_max: Option<i64>,
    pub confidence_formula: Option<ConfidenceFormula>,
    /// Absent: stays as it is, for programs that were written before there was such a setting.
    pub low_attendance_percent: Option<i64>,
    /// Absent: stays as it is.
    pub self_enrolment: Option<bool>,
}

/// Replaces all settings; from then on every rule reads the new ones. Saving what is there changes nothing.
///
/// # Errors
/// [`AppError::Invalid`](crate::app::error::AppError::Invalid) with all faults, or database trouble.
pub async fn save_settings(ctx: &Ctx, actor: &Actor, form: SettingsForm) -> Result<Settings> {
    let mut faults = FieldErrors::new();
    let institution = form.institution.unwrap_or_default();
    let institution = validate::required_line(&mut faults, "institution", &institution, INSTITUTION_CHARS_MAX);
    let numbers = [
        ("late_after_minutes", form.late_after_minutes, LATE_AFTER_MINUTES),
        ("correction_window_hours", form.correction_window_hours, CORRECTION_WINDOW_HOURS),
        ("session_hours_max", form.session_hours_max, SESSION_HOURS),
        ("session_days_ahead_max", form.session_days_ahead_max, SESSION_DAYS_AHEAD),
    ];
    let mut wanted = vec![("institution", institution)];
    for (name, number, range) in numbers {
        match number {
            None => faults.add(name, tr!("domain-required")),
            Some(number) if !range.contains(&number) => faults.add(name, within(&range)),
            Some(number) => wanted.push((name, number.to_string())),
        }
    }
    match form.confidence_formula {
        None => faults.add("confidence_formula", tr!("domain-required")),
        Some(formula) => wanted.push(("confidence_formula", formula.as_str().to_owned())),
    }
    match form.low_attendance_percent {
        None => {}
        Some(percent) if !LOW_ATTENDANCE_PERCENT.contains(&percent) => {
            faults.add("low_attendance_percent", within(&LOW_ATTENDANCE_PERCENT));
        }
        Some(percent) => wanted.push(("low_attendance_percent", percent.to_string())),
    }
    if let Some(allowed) = form.self_enrolment {
        wanted.push(("self_enrolment", allowed.to_string()));
    }
    faults.finish()?;
    let txn = db::begin_write(&ctx.db).await?;
    let before: HashMap<&str, String> = words(&load(&txn).await?).into_iter().collect();
    wanted.retain(|(name, value)| before.get(name) != Some(value));
    for (name, value) in &wanted {
        let row = settings::ActiveModel {
            key: Set((*name).to_owned()),
            value: Set(value.clone()),
            updated_at: Set(ctx.clock.now()),
        };
        let replace = OnConflict::column(settings::Column::Key)
            .update_columns([settings::Column::Value, settings::Column::UpdatedAt])
            .to_owned();
        settings::Entity::insert(row).on_conflict(replace).exec_without_returning(&txn).await?;
        let was = before.get(name).map_or("", String::as_str);
        let sentence = format!("{} changed the setting {name} from {was} to {value}", actor.name);
        let change = Change {
            action: "settings.change",
            object_type: "setting",
            object_id: (*name).to_owned(),
            sentence,
            details: json!({ "from": was, "to": value }),
        };
        audit::record_all(&txn, ctx, Some(actor), &[change]).await?;
    }
    let settings = load(&txn).await?;
    txn.commit().await?;
    Ok(settings)
}

/// The message for a number out of its range.
pub fn within(range: &RangeInclusive<i64>) -> String {
    tr!("domain-within", least = *range.start(), most = *range.end())
}

/// Names and values as the rows hold them.
fn words(settings: &Settings) -> [(&'static str, String); 8] {
    [
        ("institution", settings.institution.clone()),
        ("late_after_minutes", settings.late_after_minutes.to_string()),
        ("correction_window_hours", settings.correction_window_hours.to_string()),
        ("session_hours_max", settings.session_hours_max.to_string()),
        ("session_days_ahead_max", settings.session_days_ahead_max.to_string()),
        ("confidence_formula", settings.confidence_formula.as_str().to_owned()),
        ("low_attendance_percent", settings.low_attendance_percent.to_string()),
        ("self_enrolment", settings.self_enrolment.to_string()),
    ]
}

/// What people call a setting; its own name when it is none of ours.
pub fn title(name: &str) -> String {
    match name {
        "institution" => tr!("domain-setting-institution"),
        "late_after_minutes" => tr!("domain-setting-late-after"),
        "correction_window_hours" => tr!("domain-setting-corrections"),
        "session_hours_max" => tr!("domain-setting-longest"),
        "session_days_ahead_max" => tr!("domain-setting-ahead"),
        "confidence_formula" => tr!("domain-setting-formula"),
        "low_attendance_percent" => tr!("domain-setting-low"),
        "self_enrolment" => tr!("domain-setting-self"),
        other => other.to_owned(),
    }
}

/// A setting's value with its unit.
pub fn value_words(name: &str, value: &str) -> String {
    match (name, value.parse::<i64>()) {
        ("late_after_minutes", Ok(count)) => tr!("domain-setting-minutes", count = count),
        ("correction_window_hours" | "session_hours_max", Ok(count)) => tr!("domain-setting-hours", count = count),
        ("session_days_ahead_max", Ok(count)) => tr!("domain-setting-days", count = count),
        ("low_attendance_percent", _) => tr!("domain-setting-percent", percent = value),
        ("self_enrolment", _) if value == "true" => tr!("domain-setting-allowed"),
        ("self_enrolment", _) => tr!("domain-setting-not-allowed"),
        _ => value.to_owned(),
    }
}

fn read<T: FromStr>(rows: &HashMap<String, String>, key: &str, default: T) -> T {
    rows.get(key).and_then(|value| value.parse().ok()).unwrap_or(default)
}
