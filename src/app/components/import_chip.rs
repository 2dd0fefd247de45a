//! Chips of imports: how far one is, and what a row means.

use super::icon::IconName;
use super::status_chip::Chip;
use crate::app::types::{ImportState, RowOutcome, RowVerdict};
use crate::tr;
use leptos::prelude::*;

/// How far an import is.
#[component]
pub fn ImportChip(state: ImportState, is_stopped: bool) -> impl IntoView {
    if is_stopped {
        return view! { <Chip hue="absent" icon=IconName::Warning word=tr!("chip-import-stopped") test="import-state"/> };
    }
    let (hue, icon) = match state {
        ImportState::Uploaded => ("late", IconName::Question),
        ImportState::Rehearsing | ImportState::Applying | ImportState::Undoing => ("accent", IconName::Clock),
        ImportState::Rehearsed => ("late", IconName::Question),
        ImportState::Applied => ("present", IconName::Check),
        ImportState::Undone => ("excused", IconName::Back),
        ImportState::Discarded => ("unmarked", IconName::Close),
    };
    view! { <Chip hue=hue icon=icon word=state.word() test="import-state"/> }
}

/// Word of a verdict, alone and over a figure.
pub fn verdict_word(verdict: RowVerdict) -> String {
    match verdict {
        RowVerdict::Created => tr!("chip-row-new"),
        RowVerdict::Changed => tr!("chip-row-changed"),
        RowVerdict::Unchanged => tr!("chip-row-unchanged"),
        RowVerdict::Problem => tr!("chip-row-problem"),
    }
}

/// What a row means, or what became of it.
#[component]
pub fn RowChip(verdict: RowVerdict, outcome: RowOutcome, waits: bool) -> impl IntoView {
    let (hue, icon, word) = match (outcome, verdict) {
        (RowOutcome::Skipped, _) => ("late", IconName::Warning, tr!("chip-row-left-out")),
        (RowOutcome::Undone, _) => ("excused", IconName::Back, tr!("chip-row-undone")),
        (RowOutcome::Kept, _) => ("late", IconName::Warning, tr!("chip-row-kept")),
        _ if waits => ("accent", IconName::Clock, tr!("chip-row-photo-waits")),
        (RowOutcome::Created, _) => ("present", IconName::Check, tr!("chip-row-created")),
        (_, RowVerdict::Created) => ("present", IconName::Plus, verdict_word(verdict)),
        (_, RowVerdict::Changed) => ("accent", IconName::Pencil, verdict_word(verdict)),
        (_, RowVerdict::Unchanged) => ("unmarked", IconName::Check, verdict_word(verdict)),
        (_, RowVerdict::Problem) => ("absent", IconName::Warning, verdict_word(verdict)),
    };
    view! { <Chip hue=hue icon=icon word=word test="row-verdict"/> }
}
