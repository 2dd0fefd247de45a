//! Where a page stands in the whole.

use crate::app::plain::relation;
use crate::tr;
use leptos::prelude::*;

/// Links to the pages above, and the word for this one.
#[component]
pub fn Breadcrumbs(
    /// Address and word, from the top down.
    above: Vec<(String, String)>,
    #[prop(into)] here: String,
) -> impl IntoView {
    let links = above.into_iter().map(|(href, word)| {
        let relation = relation(&href);
        view! { <li><a href=href rel=relation>{word}</a></li> }
    });
    let links = links.collect_view();
    view! {
        <nav class="breadcrumbs" aria-label=tr!("breadcrumbs-label")>
            <ol>
                {links}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}
