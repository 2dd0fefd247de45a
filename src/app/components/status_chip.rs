//! Chips: a state in icon, word and hue, so that none of the three stands alone.

use super::icon::{Icon, IconName};
use crate::app::components::when::changing;
use crate::app::types::{QualityVerdict, RecordStatus, SessionStage};
use leptos::prelude::*;

/// Icon of a status; `None` is unmarked.
pub fn status_icon(status: Option<RecordStatus>) -> IconName {
    match status {
        Some(RecordStatus::Present) => IconName::Present,
        Some(RecordStatus::Late) => IconName::Late,
        Some(RecordStatus::Absent) => IconName::Absent,
        Some(RecordStatus::Excused) => IconName::Excused,
        None => IconName::Unmarked,
    }
}

/// Word of a status as it starts a sentence; `None` is unmarked.
pub fn status_word(status: Option<RecordStatus>) -> &'static str {
    match status {
        Some(RecordStatus::Present) => "Present",
        Some(RecordStatus::Late) => "Late",
        Some(RecordStatus::Absent) => "Absent",
        Some(RecordStatus::Excused) => "Excused",
        None => "Unmarked",
    }
}

/// Name of a status in class names and attributes; `None` is unmarked.
pub fn status_name(status: Option<RecordStatus>) -> &'static str {
    status.map_or("unmarked", RecordStatus::as_str)
}

/// Any chip.
#[component]
pub fn Chip(
    /// Hue: `present`, `late`, `absent`, `excused`, `unmarked`, `accent`.
    hue: &'static str,
    icon: IconName,
    #[prop(into)] word: String,
    #[prop(default = "chip")] test: &'static str,
) -> impl IntoView {
    view! {
        <span class=format!("chip chip-{hue}") data-test=test>
            <Icon name=icon/>
            {word}
        </span>
    }
}

/// A record's status.
#[component]
pub fn StatusChip(#[prop(into)] status: Signal<Option<RecordStatus>>) -> impl IntoView {
    view! {
        <span
            class=move || format!("chip chip-{}", status_name(status.get()))
            data-test="status"
            data-status=move || status_name(status.get())
        >
            {changing(move || view! { <Icon name=status_icon(status.get())/> })}
            {changing(move || status_word(status.get()))}
        </span>
    }
}

/// Word of a session's stage.
pub fn stage_word(stage: SessionStage) -> &'static str {
    match stage {
        SessionStage::NotStarted => "Not started",
        SessionStage::Open => "Open",
        SessionStage::ToConfirm => "To confirm",
        SessionStage::Done => "Done",
        SessionStage::Cancelled => "Cancelled",
    }
}

/// How a session stands.
#[component]
pub fn StageChip(stage: SessionStage) -> impl IntoView {
    let (hue, icon) = match stage {
        SessionStage::NotStarted => ("unmarked", IconName::Clock),
        SessionStage::Open => ("accent", IconName::Pencil),
        SessionStage::ToConfirm => ("late", IconName::Question),
        SessionStage::Done => ("present", IconName::Check),
        SessionStage::Cancelled => ("unmarked", IconName::Close),
    };
    view! { <Chip hue=hue icon=icon word=stage_word(stage) test="stage"/> }
}

/// Whether the machine can recognise a student.
#[component]
pub fn FaceChip(
    /// Templates of the loaded model.
    templates: u64,
) -> impl IntoView {
    let (hue, icon, word) = match templates {
        0 => ("late", IconName::Warning, "No face yet".to_owned()),
        1 => ("present", IconName::Face, "1 face".to_owned()),
        many => ("present", IconName::Face, format!("{many} faces")),
    };
    view! { <Chip hue=hue icon=icon word=word test="face-status"/> }
}

/// The word for a photo's measured quality.
#[component]
pub fn QualityChip(verdict: QualityVerdict) -> impl IntoView {
    let (hue, icon, word) = match verdict {
        QualityVerdict::Good => ("present", IconName::Check, "Good quality"),
        QualityVerdict::Fair => ("late", IconName::Info, "Fair quality"),
        QualityVerdict::Poor => ("absent", IconName::Warning, "Poor quality"),
    };
    view! { <Chip hue=hue icon=icon word=word test="quality"/> }
}

/// Active or not.
#[component]
pub fn ActiveChip(active: bool) -> impl IntoView {
    let (hue, icon, word) =
        if active { ("present", IconName::Check, "Active") } else { ("unmarked", IconName::Close, "Inactive") };
    view! { <Chip hue=hue icon=icon word=word test="active"/> }
}
