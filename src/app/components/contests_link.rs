//! Leads to the objections that wait, with their count.

use crate::tr;
use leptos::prelude::*;

/// Nothing where none waits.
#[component]
pub fn OpenContests(count: u64) -> impl IntoView {
    (count > 0).then(|| {
        view! {
            <p>
                <a class="button" href="/contests" rel="external" data-test="open-contests">
                    {tr!("contests-wait", count = count)}
                </a>
            </p>
        }
    })
}
