//! The institution's settings.

use super::WithDoors;
use super::envelope::{ApiResult, Failures};
use super::extract::{Admin, ApiJson};
use crate::server::domain::settings::{self, ConfidenceFormula, Settings, SettingsForm};
use crate::server::state::{AppState, Ctx};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The address of the settings.
pub fn doors() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().with(routes!(get_settings, save_settings))
}

/// All settings.
#[derive(Serialize, ToSchema)]
pub struct SettingsAnswer {
    /// Shown in the header and in exports.
    #[schema(min_length = 1, max_length = 100)]
    institution: String,
    /// A machine mark later than this after the start is late; sessions may have their own.
    #[schema(minimum = 0, maximum = 240)]
    late_after_minutes: i32,
    /// How long a teacher may correct a saved register.
    #[schema(minimum = 0, maximum = 8784)]
    correction_window_hours: i64,
    /// Longest session.
    #[schema(minimum = 1, maximum = 24)]
    session_hours_max: i64,
    /// How far ahead a session may be created.
    #[schema(minimum = 0, maximum = 366)]
    session_days_ahead_max: i64,
    /// How `/api/ai/recognize/` turns a distance into a confidence.
    confidence_formula: FormulaWord,
    /// Attendance below this many percent is low.
    #[schema(minimum = 0, maximum = 100)]
    low_attendance_percent: i64,
    /// Whether students may enrol photos of themselves.
    self_enrolment: bool,
}

/// How a distance becomes a confidence: measured for the loaded pack, or `1 - distance / 2`.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ConfidenceFormula)]
pub enum FormulaWord {
    Calibrated,
    Linear,
}

impl From<ConfidenceFormula> for FormulaWord {
    fn from(formula: ConfidenceFormula) -> Self {
        match formula {
            ConfidenceFormula::Calibrated => Self::Calibrated,
            ConfidenceFormula::Linear => Self::Linear,
        }
    }
}

impl From<FormulaWord> for ConfidenceFormula {
    fn from(word: FormulaWord) -> Self {
        match word {
            FormulaWord::Calibrated => Self::Calibrated,
            FormulaWord::Linear => Self::Linear,
        }
    }
}

/// All settings; each has to be there, but those that say otherwise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsBody {
    #[schema(value_type = String, required, min_length = 1, max_length = 100)]
    institution: Option<String>,
    #[schema(value_type = i64, required, minimum = 0, maximum = 240)]
    late_after_minutes: Option<i64>,
    #[schema(value_type = i64, required, minimum = 0, maximum = 8784)]
    correction_window_hours: Option<i64>,
    #[schema(value_type = i64, required, minimum = 1, maximum = 24)]
    session_hours_max: Option<i64>,
    #[schema(value_type = i64, required, minimum = 0, maximum = 366)]
    session_days_ahead_max: Option<i64>,
    #[schema(value_type = FormulaWord, required)]
    confidence_formula: Option<FormulaWord>,
    /// Absent: stays as it is.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 100)]
    low_attendance_percent: Option<i64>,
    /// Absent: stays as it is.
    self_enrolment: Option<bool>,
}

impl From<Settings> for SettingsAnswer {
    fn from(settings: Settings) -> Self {
        let Settings {
            institution,
            late_after_minutes,
            correction_window_hours,
            session_hours_max,
            session_days_ahead_max,
            confidence_formula,
            low_attendance_percent,
            self_enrolment,
        } = settings;
        let confidence_formula = confidence_formula.into();
        Self {
            institution,
            late_after_minutes,
            correction_window_hours,
            session_hours_max,
            session_days_ahead_max,
            confidence_formula,
            low_attendance_percent,
            self_enrolment,
        }
    }
}

/// Tells all settings. Guard: admins.
///
/// # Errors
/// `insufficient_permissions`.
#[utoipa::path(get, path = "/api/settings/", tag = "Administration", security(("bearer" = [])),
    responses((status = 200, body = SettingsAnswer), Failures))]
pub async fn get_settings(Admin(_): Admin, State(ctx): State<Ctx>) -> ApiResult<Json<SettingsAnswer>> {
    Ok(Json(settings::get_settings(&ctx).await?.into()))
}

/// Replaces all settings; they work at once. Guard: admins.
///
/// # Errors
/// `validation_error` with all faults, also for a word that is no setting; `insufficient_permissions`.
#[utoipa::path(put, path = "/api/settings/", tag = "Administration", request_body = SettingsBody,
    security(("bearer" = [])), responses((status = 200, body = SettingsAnswer), Failures))]
pub async fn save_settings(
    Admin(actor): Admin,
    State(ctx): State<Ctx>,
    ApiJson(body): ApiJson<SettingsBody>,
) -> ApiResult<Json<SettingsAnswer>> {
    let form = SettingsForm {
        institution: body.institution,
        late_after_minutes: body.late_after_minutes,
        correction_window_hours: body.correction_window_hours,
        session_hours_max: body.session_hours_max,
        session_days_ahead_max: body.session_days_ahead_max,
        confidence_formula: body.confidence_formula.map(ConfidenceFormula::from),
        low_attendance_percent: body.low_attendance_percent,
        self_enrolment: body.self_enrolment,
    };
    Ok(Json(settings::save_settings(&ctx, &actor, form).await?.into()))
}
