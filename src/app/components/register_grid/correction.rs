//! Correcting one record of a saved register: another status, always with a reason.

use super::panel_link::{PanelLink, is_opened};
use crate::app::components::when::ShowWhen;
use crate::app::{
    components::{
        icon::Icon,
        live::{Register, RegisterRow},
        status_chip::{status_icon, status_word},
    },
    types::{RecordForm, RecordStatus},
};
use crate::tr;
use leptos::{html, prelude::*};

/// Below the row, once it is asked for.
#[component]
pub fn Correction(register: Register, row: RegisterRow) -> impl IntoView {
    view! {
        <div class="correction">
            <PanelLink
                register=register
                row=row
                label=tr!("grid-correct-name", name = row.who().name)
                class="button button-quiet"
                test="correct"
            >
                {tr!("grid-correct")}
            </PanelLink>
            <ShowWhen when=is_opened(register, row)>
                <Panel register=register row=row/>
            </ShowWhen>
        </div>
    }
}

#[component]
fn Panel(register: Register, row: RegisterRow) -> impl IntoView {
    let reason = NodeRef::<html::Input>::new();
    let is_missing = RwSignal::new(false);
    let correct = move |status: RecordStatus| {
        let Some(input) = reason.get_untracked() else { return };
        let words = input.value().trim().to_owned();
        is_missing.set(words.is_empty());
        if words.is_empty() {
            // Focus that cannot be moved stays where it is.
            let _ = input.focus();
            return;
        }
        register.decide_with(RecordForm { reason: words, ..register.decision(row.student, Some(status)) });
        register.opened.set(None);
    };
    let id = format!("reason-{}", row.student);
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
            <form class="correction-panel" method="post" action=register.calls.urls.set_record>
                <input type="hidden" name="form[session]" value=register.id.to_string()/>
                <input type="hidden" name="form[student]" value=row.student.to_string()/>
                <label class="field-label" for=id.clone()>{tr!("grid-reason")}</label>
                <input
                    node_ref=reason
                    class="control"
                    id=id
                    name="form[reason]"
                    required
                    maxlength="500"
                    autocomplete="off"
                    aria-describedby=move || is_missing.get().then(|| described.clone())
                    aria-invalid=move || is_missing.get().then_some("true")
                    data-test="reason"
                />
                <ShowWhen when=move || is_missing.get()>
                    <p class="field-error" id=error_id.clone() role="alert">{tr!("grid-reason-missing")}</p>
                </ShowWhen>
                <div class="status-buttons" role="group" aria-label=tr!("grid-correct-to")>
                    <Choices row=row on_choice=Callback::new(correct)/>
                </div>
            </form>
    }
}

#[component]
fn Choices(row: RegisterRow, on_choice: Callback<RecordStatus>) -> impl IntoView {
    RecordStatus::ALL
        .map(|status| {
            view! {
                <button
                    type="submit"
                    class=format!("status-button status-button-{}", status.as_str())
                    name="form[status]"
                    value=status.as_str()
                    aria-pressed=move || if row.status() == Some(status) { "true" } else { "false" }
                    data-test=format!("correct-{}", status.as_str())
                    on:click=move |event| {
                        event.prevent_default();
                        on_choice.run(status);
                    }
                >
                    <Icon name=status_icon(Some(status))/>
                    <span>{status_word(Some(status))}</span>
                </button>
            }
        })
        .collect_view()
}
