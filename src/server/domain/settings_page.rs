//! The settings' page: what may be changed here, and what the server's environment fixes.

use super::{engine_health, settings};
use crate::app::error::FieldErrors;
use crate::app::types::{FixedSetting, SettingsPageData, SettingsValues};
use crate::server::auth::actor::Actor;
use crate::server::config::{Config, ConsentMode, Registration, Switch};
use crate::server::domain::settings::SettingsForm;
use crate::server::error::Result;
use crate::server::state::Ctx;

/// Everything on the page.
///
/// # Errors
/// When the database fails.
pub async fn get_settings_page(ctx: &Ctx) -> Result<SettingsPageData> {
    let now = settings::load(&ctx.db).await?;
    let settings = SettingsValues {
        institution: now.institution,
        late_after_minutes: now.late_after_minutes.to_string(),
        correction_window_hours: now.correction_window_hours.to_string(),
        session_hours_max: now.session_hours_max.to_string(),
        session_days_ahead_max: now.session_days_ahead_max.to_string(),
        low_attendance_percent: now.low_attendance_percent.to_string(),
        confidence_formula: now.confidence_formula.as_str().to_owned(),
        self_enrolment: now.self_enrolment.to_string(),
    };
    let timezone = ctx.clock.timezone().name().to_owned();
    Ok(SettingsPageData { settings, fixed: fixed(&ctx.config, timezone), pack: engine_health::loaded_pack(ctx) })
}

/// Saves what was typed.
///
/// # Errors
/// Field errors, also for what is no number; database trouble.
pub async fn save(ctx: &Ctx, actor: &Actor, typed: SettingsValues) -> Result<()> {
    let mut faults = FieldErrors::new();
    let mut number = |name: &str, text: &str| match text.trim().parse::<i64>() {
        Ok(number) => Some(number),
        Err(_) => {
            faults.add(name, "Type a whole number.");
            None
        }
    };
    let form = SettingsForm {
        late_after_minutes: number("late_after_minutes", &typed.late_after_minutes),
        correction_window_hours: number("correction_window_hours", &typed.correction_window_hours),
        session_hours_max: number("session_hours_max", &typed.session_hours_max),
        session_days_ahead_max: number("session_days_ahead_max", &typed.session_days_ahead_max),
        low_attendance_percent: number("low_attendance_percent", &typed.low_attendance_percent),
        confidence_formula: typed.confidence_formula.parse().ok(),
        self_enrolment: typed.self_enrolment.parse().ok(),
        institution: Some(typed.institution),
    };
    faults.finish()?;
    settings::save_settings(ctx, actor, form).await?;
    Ok(())
}

/// What only a variable of the environment, or a line of `.env`, changes.
fn fixed(config: &Config, timezone: String) -> Vec<FixedSetting> {
    let setting = |title: &str, value: String, variable: &str, effect: &str| FixedSetting {
        title: title.to_owned(),
        value,
        variable: variable.to_owned(),
        effect: effect.to_owned(),
    };
    let consent = match config.consent_mode {
        ConsentMode::Attest => "Attest: an administrator’s upload says that the student agreed",
        ConsentMode::Strict => "Strict: a consent has to be recorded first",
    };
    let registration = match config.registration {
        Registration::Open => "Open: anybody may make a student’s account",
        Registration::Closed => "Closed: accounts come from administrators alone",
    };
    let faces = if config.face_features == Switch::On { "On" } else { "Off: attendance by hand alone" };
    let mail = match (&config.smtp_url, &config.mail_from) {
        (Some(_), Some(from)) => format!("Sent as {from}"),
        (Some(_), None) => "A mail server is named, but no sender (MAIL_FROM)".to_owned(),
        _ => "Not sent: messages wait in the outbox".to_owned(),
    };
    let address = config.public_url.clone().unwrap_or_else(|| format!("Not set; serving on {}", config.addr));
    vec![
        setting(
            "Time zone",
            timezone,
            "ROLLCALL_TIMEZONE",
            "Today, “late” and every time on a page follow this clock.",
        ),
        setting(
            "Consent",
            consent.to_owned(),
            "CONSENT_MODE",
            "Decides whether a photo may be stored before a consent was recorded.",
        ),
        setting("Registration", registration.to_owned(), "REGISTRATION", "Decides who may make an account."),
        setting(
            "Face recognition",
            faces.to_owned(),
            "FACE_FEATURES",
            "Off takes the camera and every face away; registers stay.",
        ),
        setting(
            "Model pack",
            config.pack.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| "The first that is there".to_owned()),
            "ROLLCALL_PACK",
            "Which networks find faces and tell them apart; see Models.",
        ),
        setting(
            "Address",
            address,
            "PUBLIC_URL",
            "Links in mails begin with it, and with https the camera and safe cookies work everywhere.",
        ),
        setting("Mail", mail, "SMTP_URL", "Decides whether messages leave the outbox."),
        setting(
            "Tokens",
            format!("Access {} h, refresh {} days", config.access_token_hours, config.refresh_token_days),
            "ACCESS_TOKEN_HOURS, REFRESH_TOKEN_DAYS",
            "How long programs that use the API stay signed in.",
        ),
    ]
}
