//! What waits on this device. The server knows nothing of it: the list is filled in by the script of every page, which
//! gets its place and its words from here, among the pages that the server alone draws.

use crate::app::SignedIn;
use crate::app::components::page::PageFrame;
use crate::app::error::AppError;
use crate::app::wire;
use crate::tr;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// One number of every plural category that a language may have: `Intl.PluralRules` tells the script which to take.
const SAMPLES: [u32; 6] = [0, 1, 2, 3, 11, 100];
const STATUSES: [&str; 5] = ["present", "late", "absent", "excused", "unmarked"];

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

/// Says how many photos and marks wait on this device, and has them sent. Stands outside of what the browser half takes
/// over, because it is one small script on every page, the plain ones too.
#[component]
pub fn Waiting() -> impl IntoView {
    let user = use_context::<SignedIn>().and_then(|SignedIn(user)| user).map(|user| user.to_string());
    // The service worker speaks for a server that it cannot reach, so it is told beforehand what to say.
    let answer = wire::to_bytes(&AppError::WaitsOnDevice).unwrap_or_default();
    let answer: String = answer.iter().map(|byte| format!("{byte:02x}")).collect();
    let words = words().into_iter().map(|(key, words)| view! { <span data-word=key>{words}</span> });
    view! {
        <div id="waiting" class="waiting" role="status"></div>
        <template id="waiting-words">{words.collect_view()}</template>
        <script src="/waiting.js" defer nonce=use_nonce() data-user=user data-answer=answer></script>
    }
}

/// Everything that the script says, by its own keys; what it fills in stands in braces.
fn words() -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> = [
        ("later", tr!("waiting-later")),
        ("sign-in-own", tr!("waiting-sign-in-own")),
        ("sign-in", tr!("waiting-sign-in")),
        ("show", tr!("waiting-show")),
        ("photo", tr!("waiting-photo")),
        ("somebody", tr!("waiting-somebody")),
        ("drop-sure", tr!("waiting-drop-sure", name = "{name}")),
        ("refusal", tr!("waiting-refusal")),
        ("refused-by-server", tr!("waiting-refused-by-server", status = "{status}")),
        ("waits-here", tr!("waiting-waits-here")),
        ("open", tr!("waiting-open")),
        ("again", tr!("waiting-again")),
        ("drop", tr!("waiting-drop")),
        ("none", tr!("waiting-none")),
        ("send", tr!("waiting-send")),
    ]
    .map(|(key, words)| (key.to_owned(), words))
    .into();
    for status in STATUSES {
        words.push((format!("mark-{status}"), tr!("waiting-mark", name = "{name}", status = status)));
    }
    for number in SAMPLES {
        words.push((format!("things-{number}"), tr!("waiting-things", count = number)));
        words.push((format!("refused-{number}"), tr!("waiting-refused", count = number)));
        words.push((format!("theirs-{number}"), tr!("waiting-theirs", count = number)));
        words.push((format!("leave-sure-{number}"), tr!("waiting-leave-sure", count = number)));
    }
    words
}
