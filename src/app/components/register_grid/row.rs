//! One row of the register: who, how it stands, four buttons, note.

use super::{correction::Correction, fits};
use crate::app::components::when::{ShowWhen, changing};
use crate::app::{
    components::{
        avatar::Avatar,
        icon::{Icon, IconName},
        live::{
            Register, RegisterRow,
            words::{made_by, status_line},
        },
        status_chip::{StatusChip, status_icon, status_name, status_word},
    },
    types::{RecordForm, RecordStatus},
};
use crate::tr;
use leptos::prelude::*;

/// One student.
#[component]
pub fn Row(register: Register, row: RegisterRow, search: RwSignal<String>) -> impl IntoView {
    let who = row.who();
    let (photo, has_face) = row.entry.with_untracked(|entry| (entry.photo.clone(), entry.has_face));
    let searched = who.clone();
    let is_away = move || !fits(&searched, &search.read());
    let label = {
        let who = who.clone();
        move || {
            let status = status_line(&row.entry.read());
            tr!("grid-row", name = &who.name, roll = &who.roll_no, status = status)
        }
    };
    view! {
        <li
            class="register-row"
            class:is-saving=move || row.saving.get()
            tabindex="0"
            data-row=row.student.to_string()
            data-test="register-row"
            data-roll-no=who.roll_no.clone()
            data-status=move || status_name(row.status())
            data-made-by=move || made_by(&row.entry.read())
            hidden=is_away
            aria-label=label
        >
            <div class="register-who">
                <Avatar name=who.name.clone() photo=photo/>
                <span class="register-name">
                    <strong>{who.name.clone()}</strong>
                    <span class="muted small">
                        {who.roll_no.clone()}
                        {(!has_face).then(|| format!(" · {}", tr!("grid-no-face")))}
                    </span>
                </span>
                <span class="register-state">
                    <StatusChip status=Signal::derive(move || row.status())/>
                    <span class="muted small" data-test="made-by">{changing(move || made_by(&row.entry.read()))}</span>
                </span>
            </div>
            <ShowWhen when=move || register.is_open()>
                <Decisions register=register row=row/>
            </ShowWhen>
            <ShowWhen when=move || !register.is_open()>
                <Remark row=row/>
            </ShowWhen>
            <ShowWhen when=move || register.is_correctable()>
                <Correction register=register row=row/>
            </ShowWhen>
        </li>
    }
}

/// The note of a row that cannot be changed here.
#[component]
fn Remark(row: RegisterRow) -> impl IntoView {
    move || {
        let notes = row.entry.read().notes.clone();
        (!notes.is_empty()).then(|| view! { <p class="register-remark" data-test="note-text">{notes}</p> })
    }
}

/// Four buttons, the note and the way back; one form, so that it works without a script.
#[component]
fn Decisions(register: Register, row: RegisterRow) -> impl IntoView {
    let note = RwSignal::new(row.entry.with_untracked(|entry| entry.notes.clone()));
    // News from elsewhere replaces the note; what is being typed goes out with the next decision.
    Effect::new(move |_| note.set(row.entry.read().notes.clone()));
    let decide = move |status: Option<RecordStatus>| {
        let notes = note.get_untracked();
        register.decide_with(RecordForm {
            session: register.id,
            student: row.student,
            status,
            notes,
            reason: String::new(),
        });
    };
    let buttons = RecordStatus::ALL
        .map(|status| {
            let press = move |event: web_sys::MouseEvent| {
                event.prevent_default();
                let settled = row.entry.with_untracked(|entry| {
                    entry.status == Some(status) && entry.manual_override && entry.notes == note.get_untracked()
                });
                if !settled {
                    decide(Some(status));
                }
            };
            view! { <StatusButton status=status row=row on_press=Callback::new(press)/> }
        })
        .collect_view();
    let change_note = move |event: web_sys::Event| {
        note.set(event_target_value(&event));
        if let Some(status) = row.entry.with_untracked(|entry| entry.status) {
            decide(Some(status));
        }
    };
    view! {
        <form class="decisions" method="post" action=register.calls.urls.set_record on:submit=|event| event.prevent_default()>
            <input type="hidden" name="form[session]" value=register.id.to_string()/>
            <input type="hidden" name="form[student]" value=row.student.to_string()/>
            <div class="status-buttons" role="group" aria-label=tr!("grid-set-name", name = row.who().name)>{buttons}</div>
            <More row=row note=note on_note=Callback::new(change_note) on_back=Callback::new(move |()| register.take_back(row.student))/>
        </form>
    }
}

#[component]
fn StatusButton(status: RecordStatus, row: RegisterRow, on_press: Callback<web_sys::MouseEvent>) -> impl IntoView {
    let word = status_word(Some(status));
    view! {
        <button
            type="submit"
            class=format!("status-button status-button-{}", status.as_str())
            name="form[status]"
            value=status.as_str()
            aria-pressed=move || if row.status() == Some(status) { "true" } else { "false" }
            data-test=format!("set-{}", status.as_str())
            on:click=move |event| on_press.run(event)
        >
            <Icon name=status_icon(Some(status))/>
            <span>{word}</span>
        </button>
    }
}

/// Note and "take back", folded away.
#[component]
fn More(
    row: RegisterRow,
    note: RwSignal<String>,
    on_note: Callback<web_sys::Event>,
    on_back: Callback<()>,
) -> impl IntoView {
    let id = format!("note-{}", row.student);
    let name = row.who().name;
    view! {
        <details class="row-more" class:has-note=move || !row.entry.read().notes.is_empty()>
            <summary class="button button-quiet" data-test="row-more" aria-label=tr!("grid-note-name", name = name)>
                <Icon name=IconName::Pencil/>
                <span class="row-more-words">
                    {changing(move || {
                        let notes = row.entry.read().notes.clone();
                        if notes.is_empty() { tr!("grid-note") } else { notes }
                    })}
                </span>
            </summary>
            <div class="row-more-panel">
                <label class="field-label" for=id.clone()>{tr!("grid-note")}</label>
                <input
                    class="control"
                    id=id
                    name="form[notes]"
                    maxlength="500"
                    autocomplete="off"
                    data-test="note"
                    value=note.get_untracked()
                    prop:value=move || note.get()
                    on:change=move |event| on_note.run(event)
                />
                <p class="field-hint">
                    {changing(move || {
                        if row.status().is_some() {
                            tr!("grid-note-saved")
                        } else {
                            tr!("grid-note-waits")
                        }
                    })}
                </p>
                <ShowWhen when=move || row.status().is_some()>
                    <button
                        type="submit"
                        class="button"
                        data-test="take-back"
                        on:click=move |event| {
                            event.prevent_default();
                            on_back.run(());
                        }
                    >
                        {tr!("grid-take-back")}
                    </button>
                </ShowWhen>
            </div>
        </details>
    }
}
