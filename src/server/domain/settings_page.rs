//! The settings' page: what may be changed here, and what the server's environment fixes.

use super::{engine_health, settings};
use crate::app::error::FieldErrors;
use crate::app::types::{FixedSetting, SettingsPageData, SettingsValues};
use crate::server::auth::actor::Actor;
use crate::server::config::{Config, ConsentMode, Registration, Switch};
use crate::server::domain::settings::SettingsForm;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;

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
            faults.add(name, tr!("domain-setting-whole"));
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
    let setting = |title: String, value: String, variable: &str, effect: String| FixedSetting {
        title,
        value,
        variable: variable.to_owned(),
        effect,
    };
    let consent = match config.consent_mode {
        ConsentMode::Attest => tr!("domain-fixed-consent-attest"),
        ConsentMode::Strict => tr!("domain-fixed-consent-strict"),
    };
    let registration = match config.registration {
        Registration::Open => tr!("domain-fixed-registration-open"),
        Registration::Closed => tr!("domain-fixed-registration-closed"),
    };
    let faces =
        if config.face_features == Switch::On { tr!("domain-fixed-faces-on") } else { tr!("domain-fixed-faces-off") };
    let mail = match (&config.smtp_url, &config.mail_from) {
        (Some(_), Some(from)) => tr!("domain-fixed-mail-from", sender = from.as_str()),
        (Some(_), None) => tr!("domain-fixed-mail-no-sender"),
        _ => tr!("domain-fixed-mail-none"),
    };
    let address = config
        .public_url
        .clone()
        .unwrap_or_else(|| tr!("domain-fixed-address-none", address = config.addr.to_string()));
    vec![
        setting(tr!("domain-fixed-zone"), timezone, "ROLLCALL_TIMEZONE", tr!("domain-fixed-zone-effect")),
        setting(tr!("domain-fixed-consent"), consent, "CONSENT_MODE", tr!("domain-fixed-consent-effect")),
        setting(
            tr!("domain-fixed-registration"),
            registration,
            "REGISTRATION",
            tr!("domain-fixed-registration-effect"),
        ),
        setting(tr!("domain-fixed-faces"), faces, "FACE_FEATURES", tr!("domain-fixed-faces-effect")),
        setting(
            tr!("domain-fixed-pack"),
            config.pack.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| tr!("domain-fixed-pack-first")),
            "ROLLCALL_PACK",
            tr!("domain-fixed-pack-effect"),
        ),
        setting(tr!("domain-fixed-address"), address, "PUBLIC_URL", tr!("domain-fixed-address-effect")),
        setting(tr!("domain-fixed-mail"), mail, "SMTP_URL", tr!("domain-fixed-mail-effect")),
        setting(
            tr!("domain-fixed-tokens"),
            tr!("domain-fixed-tokens-value", hours = config.access_token_hours, days = config.refresh_token_days),
            "ACCESS_TOKEN_HOURS, REFRESH_TOKEN_DAYS",
            tr!("domain-fixed-tokens-effect"),
        ),
    ]
}
