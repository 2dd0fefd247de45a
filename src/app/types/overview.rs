//! The administrator's first screen, the settings and the model packs.

use super::{SessionRow, StudentRef};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Everything on the first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Today, and the wall clock, in the institution's zone.
    pub now: NaiveDateTime,
    pub students: u64,
    pub departments: u64,
    pub teachers: u64,
    /// Today's sessions by their start.
    pub today: Vec<SessionRow>,
    /// Sessions of the last days whose register nobody has saved, the latest first.
    pub owed: Vec<SessionRow>,
    /// How far back that looks.
    pub owed_since: NaiveDate,
    /// Active students whom no photo can mark; absent where there are no faces at all.
    pub without_face: Option<WithoutFace>,
    /// The newest first.
    pub problems: Vec<Problem>,
    pub health: SystemHealth,
}

/// Active students without a template of the loaded model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithoutFace {
    pub count: u64,
    /// The first of them by roll number.
    pub some: Vec<StudentRef>,
}

/// Something that went wrong lately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub at: NaiveDateTime,
    /// What kind it is, in a word or two.
    pub kind: String,
    pub sentence: String,
    /// The page where it is looked into.
    pub href: Option<String>,
}

/// How the machine is doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SystemHealth {
    pub version: String,
    pub uptime_hours: f64,
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    /// Title, name and licence of the loaded pack.
    pub models: Option<LoadedModels>,
    /// Why there is no recognition, when there is none.
    pub reason: Option<String>,
    pub templates: u64,
    pub gallery_bytes: u64,
    /// Photos that wait or run now, and how many may.
    pub waiting: u64,
    pub waiting_max: u64,
    /// Photos analysed since the start.
    pub photos: u64,
    pub photo_times: Option<Times>,
    pub answer_times: Option<Times>,
    pub memory_bytes: u64,
    pub disk_free: Option<u64>,
}

/// The pack that recognises now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadedModels {
    pub pack: String,
    pub title: String,
    pub licence: String,
    pub commercial_use: bool,
}

/// Half and 95 in a hundred of the latest took at most this long, milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Times {
    pub p50_ms: f64,
    pub p95_ms: f64,
    /// How many were measured.
    pub count: u64,
}

/// The settings' page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsPageData {
    pub settings: SettingsValues,
    /// What the environment or `.env` fixes.
    pub fixed: Vec<FixedSetting>,
    /// The loaded pack's lines, when one is loaded.
    pub pack: Option<PackView>,
}

/// Values that may be changed, as fields hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsValues {
    pub institution: String,
    pub late_after_minutes: String,
    pub correction_window_hours: String,
    pub session_hours_max: String,
    pub session_days_ahead_max: String,
    pub low_attendance_percent: String,
    /// `calibrated` or `linear`.
    pub confidence_formula: String,
    /// `true` or `false`; empty: stays as it is.
    #[serde(default)]
    pub self_enrolment: String,
}

/// A setting that only the server's environment changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixedSetting {
    pub title: String,
    pub value: String,
    /// Name of the variable.
    pub variable: String,
    /// What changes with it.
    pub effect: String,
}

/// A pack of models as the pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackView {
    pub name: String,
    pub title: String,
    pub licence: String,
    pub commercial_use: bool,
    pub is_loaded: bool,
    pub files: Vec<ModelFileView>,
    pub excellent: f32,
    pub sure: f32,
    pub accept: f32,
    pub review: f32,
    pub measured: String,
    pub figures: Option<Figures>,
    /// Templates made with this pack's recogniser.
    pub templates: u64,
}

/// What was measured at a pack's lines; shares from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// On what.
    pub measured_on: String,
    /// Of comparisons of different people, at most this share lies within the accept line.
    pub false_match: f64,
    /// Of comparisons of one person, at most this share lies beyond it.
    pub false_non_match: f64,
    /// On rosters of thirty: people on it who were marked right by the machine alone.
    pub roster_right: f64,
    pub roster_wrong: f64,
    /// People on it who were shown to a person.
    pub roster_review: f64,
    /// Strangers who were taken for somebody on it.
    pub stranger_accepted: f64,
}

/// One model file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelFileView {
    pub name: String,
    pub title: String,
    /// Whether it finds faces; else it tells them apart.
    pub is_detector: bool,
    pub licence: String,
    pub bytes: u64,
    pub sha256: String,
    pub state: FileState,
}

/// Whether a model file is the expected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileState {
    /// There, and its SHA-256 was checked.
    Verified,
    Missing,
    /// There, but not the expected file.
    Wrong,
}

/// The models' page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelsPageData {
    pub packs: Vec<PackView>,
    /// Why none is loaded.
    pub reason: Option<String>,
    /// Whether the engine has proved itself at the start; it does not start otherwise.
    pub self_test: bool,
    /// Templates that the loaded model cannot compare.
    pub foreign_templates: u64,
    /// Folder of the model files.
    pub folder: String,
    /// The pack that the environment asks for.
    pub asked: Option<String>,
    pub dimension: u64,
}
