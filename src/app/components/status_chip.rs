//! Chips: a state in icon, word and hue, so that none of the three stands alone.

use super::icon::{Icon, IconName};
use crate::app::components::when::changing;
use crate::app::types::{QualityVerdict, RecordStatus, SessionStage};
use crate::tr;
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
pub fn status_word(status: Option<RecordStatus>) -> String {
    match status {
        Some(RecordStatus::Present) => tr!("status-present"),
        Some(RecordStatus::Late) => tr!("status-late"),
        Some(RecordStatus::Absent) => tr!("status-absent"),
        Some(RecordStatus::Excused) => tr!("status-excused"),
        None => tr!("status-unmarked"),
    }
}

/// How many have a status, such as "2 present".
pub fn status_counted(status: Option<RecordStatus>, count: usize) -> String {
    match status {
        Some(RecordStatus::Present) => tr!("status-count-present", count = count),
        Some(RecordStatus::Late) => tr!("status-count-late", count = count),
        Some(RecordStatus::Absent) => tr!("status-count-absent", count = count),
        Some(RecordStatus::Excused) => tr!("status-count-excused", count = count),
        None => tr!("status-count-unmarked", count = count),
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
pub fn stage_word(stage: SessionStage) -> String {
    match stage {
        SessionStage::NotStarted => tr!("stage-not-started"),
        SessionStage::Open => tr!("stage-open"),
        SessionStage::ToConfirm => tr!("stage-to-confirm"),
        SessionStage::Done => tr!("stage-done"),
        SessionStage::Cancelled => tr!("stage-cancelled"),
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
    let (hue, icon) = if templates == 0 { ("late", IconName::Warning) } else { ("present", IconName::Face) };
    view! { <Chip hue=hue icon=icon word=tr!("chip-faces", count = templates) test="face-status"/> }
}

/// The word for a photo's measured quality.
#[component]
pub fn QualityChip(verdict: QualityVerdict) -> impl IntoView {
    let (hue, icon, word) = match verdict {
        QualityVerdict::Good => ("present", IconName::Check, tr!("chip-quality-good")),
        QualityVerdict::Fair => ("late", IconName::Info, tr!("chip-quality-fair")),
        QualityVerdict::Poor => ("absent", IconName::Warning, tr!("chip-quality-poor")),
    };
    view! { <Chip hue=hue icon=icon word=word test="quality"/> }
}

/// Active or not.
#[component]
pub fn ActiveChip(active: bool) -> impl IntoView {
    let (hue, icon, word) = if active {
        ("present", IconName::Check, tr!("state-active"))
    } else {
        ("unmarked", IconName::Close, tr!("state-inactive"))
    };
    view! { <Chip hue=hue icon=icon word=word test="active"/> }
}
