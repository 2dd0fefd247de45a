//! Nothing here: why, and the step that mends it.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// An empty list or page; the children are the buttons of the next step.
#[component]
pub fn EmptyState(
    icon: IconName,
    #[prop(into)] title: String,
    /// Why there is nothing.
    #[prop(into)]
    why: String,
    #[prop(default = "empty")] test: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" data-test=test>
            <Icon name=icon/>
            <h2>{title}</h2>
            <p>{why}</p>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
}
