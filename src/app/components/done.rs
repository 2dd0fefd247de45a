//! Says on a plain page what the form that led here has done.

use super::notice::{Notice, NoticeKind};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The sentence of `?done=` in the address, out of those the page knows.
#[component]
pub fn Done(
    /// Pairs of the address's word and its sentence.
    sentences: Vec<(&'static str, String)>,
) -> impl IntoView {
    let query = use_query_map();
    // The form that was refused after it stands in the address as well, and is the news.
    let refused = query.read_untracked().get("__err").is_some();
    let word = query.read_untracked().get("done").filter(|_| !refused);
    let sentence = word.and_then(|word| sentences.into_iter().find(|(known, _)| *known == word));
    sentence.map(|(_, sentence)| {
        view! {
            <Notice kind=NoticeKind::Success test="done">
                <p>{sentence}</p>
            </Notice>
        }
    })
}
