//! Parts of a page that come and go. One compiled copy serves every use: a closure of its own type in each place costs
//! a browser two kilobytes apiece.

use leptos::prelude::*;
use std::sync::Arc;

/// Shows its children while `when` holds, else the fallback.
#[component]
pub fn ShowWhen(
    #[prop(into)] when: Signal<bool>,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| when.get());
    changing(move || if holds.get() { children() } else { fallback.run() })
}

/// A part that is drawn again whenever something that it reads changes.
pub fn changing<V: IntoAny>(part: impl Fn() -> V + Send + Sync + 'static) -> AnyView {
    let part: Arc<dyn Fn() -> AnyView + Send + Sync> = Arc::new(move || part().into_any());
    (move || part()).into_any()
}
