//! The register: every student of the roster with four buttons, by hand or after
//! the machine. Works with forms alone, and with one letter per decision.

pub mod correction;
pub mod panel_link;
pub mod row;

use self::row::Row;
use super::{
    dialog::Confirm,
    icon::{Icon, IconName},
    keys::{RowKey, focus_first_row, move_focus, row_key},
    live::{Register, RegisterRow},
};
use crate::app::components::when::ShowWhen;
use crate::app::types::{RecordStatus, StudentRef};
use crate::tr;
use leptos::{ev::KeyboardEvent, html, prelude::*, task::spawn_local};

/// Whether a student fits what was typed: part of the name or the roll number.
pub fn fits(student: &StudentRef, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    search
        .split_whitespace()
        .all(|word| student.name.to_lowercase().contains(word) || student.roll_no.to_lowercase().contains(word))
}

/// The whole register.
#[component]
pub fn RegisterGrid(register: Register) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let list = NodeRef::<html::Ol>::new();
    let rows = register.rows();
    let students: Vec<StudentRef> = rows.iter().map(|row| row.who()).collect();
    let none_fit = Memo::new(move |_| {
        let search = search.read();
        !search.trim().is_empty() && !students.iter().any(|student| fits(student, &search))
    });
    let lines = rows.into_iter().map(|row| view! { <Row register=register row=row search=search/> }).collect_view();
    view! {
        <section class="register card" aria-labelledby="register-title" data-test="register">
            <div class="register-head">
                <h2 id="register-title">{tr!("grid-title")}</h2>
                <ShowWhen when=move || register.is_open()>
                    <MarkRest register=register/>
                </ShowWhen>
            </div>
            <Search search=search list=list/>
            <p class="keys-hint" id="register-keys">
                {tr!("grid-keys")} <kbd>"↑"</kbd> <kbd>"↓"</kbd> {tr!("grid-keys-row")} <kbd>"P"</kbd> <kbd>"L"</kbd>
                <kbd>"A"</kbd> <kbd>"E"</kbd> {tr!("grid-keys-set")} <kbd>"U"</kbd> {tr!("grid-keys-back")}
            </p>
            <ShowWhen when=move || none_fit.get()>
                <p class="muted" role="status" data-test="register-none">{tr!("grid-none-fit")}</p>
            </ShowWhen>
            <ol
                node_ref=list
                class="register-rows"
                data-rows=""
                aria-describedby="register-keys"
                on:keydown=move |event| work_keys(register, &event)
            >
                {lines}
            </ol>
        </section>
    }
}

/// The row that a key press came from.
fn row_of(register: Register, event: &KeyboardEvent) -> Option<RegisterRow> {
    use wasm_bindgen::JsCast;
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let id = target.closest("[data-row]").ok()??.get_attribute("data-row")?;
    register.row(id.parse().ok()?)
}

fn work_keys(register: Register, event: &KeyboardEvent) {
    let Some(key) = row_key(event) else { return };
    let Some(row) = row_of(register, event) else { return };
    match key {
        RowKey::Up => move_focus(event, false),
        RowKey::Down => move_focus(event, true),
        RowKey::Set(status) if register.is_open() => register.decide(row.student, Some(status)),
        RowKey::Undo if register.is_open() => register.take_back(row.student),
        _ => return,
    }
    event.prevent_default();
}

/// Search as you type; the arrow key leads into the list.
#[component]
fn Search(search: RwSignal<String>, list: NodeRef<html::Ol>) -> impl IntoView {
    view! {
        <div class="register-search">
            <Icon name=IconName::Search/>
            <label class="visually-hidden" for="register-search">{tr!("grid-search")}</label>
            <input
                class="control"
                id="register-search"
                type="search"
                placeholder=tr!("grid-search-by")
                autocomplete="off"
                data-test="register-search"
                prop:value=move || search.get()
                on:input=move |event| search.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "ArrowDown"
                        && let Some(list) = list.get_untracked()
                    {
                        event.prevent_default();
                        focus_first_row(&list);
                    }
                }
            />
        </div>
    }
}

/// Gives all unmarked students one status, after one question.
#[component]
fn MarkRest(register: Register) -> impl IntoView {
    let unmarked = move || register.counters.read().unmarked;
    let is_any = move || unmarked() > 0;
    let pending = RwSignal::new(false);
    let mark = move |event: web_sys::MouseEvent, status: RecordStatus| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            register.mark_rest(status).await;
            pending.try_set(false);
        });
    };
    let button = move |status: RecordStatus| {
        view! {
            <button
                type="submit"
                class="button"
                name="status"
                value=status.as_str()
                disabled=move || pending.get()
                data-test=format!("mark-rest-{}", status.as_str())
                on:click=move |event| mark(event, status)
            >
                {tr!("grid-rest-as", status = status.as_str())}
            </button>
        }
    };
    view! {
        <ShowWhen when=is_any>
            <Confirm label=tr!("grid-rest") question=tr!("grid-rest-question") test="mark-rest">
                <p>
                    <strong data-test="mark-rest-count">{unmarked}</strong>
                    {format!(" {}", tr!("grid-rest-note"))}
                </p>
                <form class="row" method="post" action=register.calls.urls.mark_rest>
                    <input type="hidden" name="session" value=register.id.to_string()/>
                    {button(RecordStatus::Absent)}
                    {button(RecordStatus::Present)}
                </form>
            </Confirm>
        </ShowWhen>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::types::StudentId;

    #[test]
    fn search_takes_parts_of_name_and_roll_number_in_any_order() {
        let student = StudentRef { id: StudentId(1), roll_no: "CS-2025-014".into(), name: "Jane Mary Smith".into() };
        assert!(fits(&student, ""));
        assert!(fits(&student, "smith jan"));
        assert!(fits(&student, "2025-014"));
        assert!(!fits(&student, "smith 015"));
    }
}
