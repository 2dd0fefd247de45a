//! Grey lines while data is on its way.

use crate::tr;
use leptos::prelude::*;

/// A block of lines; announced as loading.
#[component]
pub fn Skeleton(#[prop(default = 6)] lines: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=tr!("skeleton-loading")>
            {(0..lines).map(|_| view! { <div class="skeleton-line"></div> }).collect_view()}
        </div>
    }
}
