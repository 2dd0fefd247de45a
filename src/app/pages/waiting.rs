//! What waits on this device. The server knows nothing of it: the list is filled in by the script of every page.

use crate::app::components::page::PageFrame;
use leptos::prelude::*;

/// `/waiting`
#[component]
pub fn WaitingPage() -> impl IntoView {
    let lead = "Photos and marks made without a connection. They are sent by themselves as soon as there is one.";
    view! {
        <PageFrame title="Waiting on this device" lead=lead narrow=true test="waiting-page">
            <section id="waiting-list" class="stack" aria-label="Waiting on this device" data-test="waiting-list">
                <noscript>
                    <p>"This browser runs no scripts, so nothing can wait on it: everything is sent at once."</p>
                </noscript>
            </section>
        </PageFrame>
    }
}
