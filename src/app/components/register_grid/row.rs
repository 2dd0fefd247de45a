//! One row of the register: who, how it stands, four buttons, note.

use super::{
    correction::Correction,
    fits,
    panel_link::{PanelLink, is_opened},
};
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
            id=format!("row-{}", row.student)
            class:is-saving=move || row.saving.get()
            class:has-note=move || !row.entry.read().notes.is_empty()
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
    // What is being typed goes out with the next decision.
    let typed = RwSignal::new(None::<String>);
    let kept = move || row.entry.read().notes.clone();
    let notes = Signal::derive(move || typed.get().unwrap_or_else(kept));
    let decide = move |status: RecordStatus| {
        // A note that nobody typed stays as it is, also where somebody else is just writing one.
        let notes = typed.get_untracked();
        let settled = row.entry.with_untracked(|entry| {
            let noted = notes.as_ref().is_none_or(|notes| *notes == entry.notes);
            entry.status == Some(status) && entry.manual_override && noted
        });
        if !settled {
            typed.set(None);
            register.decide_with(RecordForm { notes, ..register.decision(row.student, Some(status)) });
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match event.submitter().and_then(|button| button.get_attribute("value")).map(|value| value.parse()) {
            Some(Ok(status)) => decide(status),
            _ => register.take_back(row.student),
        }
    };
    let note = move |words: String| {
        typed.set(Some(words));
        let unsent = row.entry.with_untracked(|entry| entry.status.filter(|_| entry.notes != notes.get_untracked()));
        if unsent.is_some() {
            let notes = typed.get_untracked();
            typed.set(None);
            register.decide_with(RecordForm { notes, keep_status: true, ..register.decision(row.student, unsent) });
        }
    };
    let buttons = RecordStatus::ALL.map(|status| view! { <StatusButton status=status row=row/> }).collect_view();
    let opened = is_opened(register, row);
    view! {
        <form class="decisions" method="post" action=register.calls.urls.set_record on:submit=submit>
            <input type="hidden" name="form[session]" value=register.id.to_string()/>
            <input type="hidden" name="form[student]" value=row.student.to_string()/>
            <div class="status-buttons" role="group" aria-label=tr!("grid-set-name", name = row.who().name)>{buttons}</div>
            <PanelLink
                register=register
                row=row
                label=tr!("grid-note-name", name = row.who().name)
                class="button button-quiet row-more"
                test="row-more"
            >
                <Icon name=IconName::Pencil/>
                <span class="row-more-words">
                    {changing(move || if kept().is_empty() { tr!("grid-note") } else { kept() })}
                </span>
            </PanelLink>
            <ShowWhen when=opened>
                <NotePanel row=row notes=notes on_note=Callback::new(note)/>
            </ShowWhen>
        </form>
    }
}

#[component]
fn StatusButton(status: RecordStatus, row: RegisterRow) -> impl IntoView {
    view! {
        <button
            type="submit"
            class=format!("status-button status-button-{}", status.as_str())
            name="form[status]"
            value=status.as_str()
            aria-pressed=move || if row.status() == Some(status) { "true" } else { "false" }
            data-test=format!("set-{}", status.as_str())
        >
            <Icon name=status_icon(Some(status))/>
            <span>{status_word(Some(status))}</span>
        </button>
    }
}

/// Note and "take back".
#[component]
fn NotePanel(row: RegisterRow, notes: Signal<String>, on_note: Callback<String>) -> impl IntoView {
    let id = format!("note-{}", row.student);
    let hint = move || if row.status().is_some() { tr!("grid-note-saved") } else { tr!("grid-note-waits") };
    // Enter in a field would press the form's first button, which says "present".
    let enter = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            on_note.run(event_target_value(&event));
        }
    };
    view! {
        <div class="row-more-panel">
            <label class="field-label" for=id.clone()>{tr!("grid-note")}</label>
            <input
                class="control"
                id=id
                name="form[notes]"
                maxlength="500"
                autocomplete="off"
                data-test="note"
                value=notes.get_untracked()
                prop:value=move || notes.get()
                on:change=move |event| on_note.run(event_target_value(&event))
                on:keydown=enter
            />
            <p class="field-hint">{changing(hint)}</p>
            <ShowWhen when=move || row.status().is_some()>
                <button type="submit" class="button" data-test="take-back">{tr!("grid-take-back")}</button>
            </ShowWhen>
        </div>
    }
}
