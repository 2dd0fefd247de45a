//! What waits on this device. The server knows nothing of it: the list is filled in by the script of every page.

use crate::app::components::page::PageFrame;
use crate::tr;
use leptos::prelude::*;

/// `/waiting`
#[component]
pub fn WaitingPage() -> impl IntoView {
    view! {
        <PageFrame title=tr!("waiting-title") lead=tr!("waiting-lead") narrow=true test="waiting-page">
            <section id="waiting-list" class="stack" aria-label=tr!("waiting-title") data-test="waiting-list">
                <noscript>
                    <p>{tr!("waiting-no-scripts")}</p>
                </noscript>
            </section>
        </PageFrame>
    }
}
