//! Links to the same numbers as files.

use super::pagination::address;
use leptos::prelude::*;

/// Format's name in the address and word for people.
const FORMATS: [(&str, &str); 3] = [("csv", "CSV"), ("xlsx", "Excel"), ("pdf", "PDF")];

/// One link per format. The browser itself follows them; the router has no such pages.
#[component]
pub fn ExportLinks(
    /// What the files hold, such as "Export the register".
    #[prop(into)]
    label: String,
    #[prop(into)] path: String,
    #[prop(optional)] query: Vec<(&'static str, String)>,
    #[prop(default = "export")] test: &'static str,
) -> impl IntoView {
    let name = label.clone();
    let links = FORMATS.map(|(format, word)| {
        let mut query = query.clone();
        query.push(("format", format.to_owned()));
        let href = address(&path, &query);
        view! { <li><a class="button" href=href rel="external" data-test=format!("{test}-{format}")>{word}</a></li> }
    });
    view! {
        <div class="exports no-print" role="group" aria-label=name data-test=test>
            <span class="muted">{label}</span>
            <ul class="row">{links.collect_view()}</ul>
        </div>
    }
}
