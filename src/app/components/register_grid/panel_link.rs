//! What opens the panel of one row. Panels are drawn when they are opened: forty of them, folded away, would cost a slow
//! phone a tenth of a second before it answers.

use crate::app::components::live::{Register, RegisterRow};
use leptos::prelude::*;

/// Whether the row's panel is open.
pub fn is_opened(register: Register, row: RegisterRow) -> Signal<bool> {
    Signal::derive(move || register.opened.get() == Some(row.student))
}

/// Opens and closes the panel in place; without a script the page is asked for again with the panel open.
#[component]
pub fn PanelLink(
    register: Register,
    row: RegisterRow,
    /// What the link is for, with the student's name.
    label: String,
    class: &'static str,
    test: &'static str,
    children: Children,
) -> impl IntoView {
    let opened = is_opened(register, row);
    let press = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        register.opened.set((!opened.get_untracked()).then_some(row.student));
    };
    view! {
        <a
            class=class
            href=format!("?row={0}#row-{0}", row.student)
            rel="external"
            aria-label=label
            aria-expanded=move || if opened.get() { "true" } else { "false" }
            data-test=test
            on:click=press
        >
            {children()}
        </a>
    }
}
