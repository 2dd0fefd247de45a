//! One question before something that cannot simply be taken back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button that opens a question; the children are the answer (a form or a
/// button), so it also works before and without a script.
#[component]
pub fn Confirm(
    /// Words on the button.
    #[prop(into)]
    label: String,
    /// Classes of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// The question.
    #[prop(into)]
    question: String,
    /// What will be lost or changed.
    #[prop(optional, into)]
    consequence: String,
    /// The panel opens to the right of the button's left edge.
    #[prop(optional)]
    left: bool,
    #[prop(default = "confirm")] test: &'static str,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
            if let Ok(Some(summary)) = details.query_selector("summary")
                && let Ok(summary) = summary.dyn_into::<web_sys::HtmlElement>()
            {
                // Focus that cannot be moved stays where it is; nothing to report.
                let _ = summary.focus();
            }
        }
    };
    let name = question.clone();
    view! {
        <details
            class=if left { "confirm confirm-left" } else { "confirm" }
            node_ref=details
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <summary class=class data-test=test>{label}</summary>
            <div class="confirm-panel" role="group" aria-label=name>
                <p class="confirm-title">{question}</p>
                {(!consequence.is_empty()).then(|| view! { <p>{consequence}</p> })}
                {children()}
            </div>
        </details>
    }
}
