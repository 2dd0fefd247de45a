//! The head of a page: title in the tab, heading, lead and buttons.

use super::breadcrumbs::Breadcrumbs;
use leptos::prelude::*;
use leptos_meta::Title;

/// Everything of one page below the navigation.
#[component]
pub fn PageFrame(
    /// Heading, and title of the browser's tab.
    #[prop(into)]
    title: String,
    #[prop(optional, into)] lead: String,
    /// Address and word of the pages above this one.
    #[prop(optional)]
    above: Vec<(String, String)>,
    /// Buttons at the right of the heading.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// A narrow column, for pages of one form.
    #[prop(optional)]
    narrow: bool,
    #[prop(default = "page")] test: &'static str,
    children: Children,
) -> impl IntoView {
    let tab = format!("{title} · Rollcall");
    let crumbs = (!above.is_empty()).then(|| view! { <Breadcrumbs above=above here=title.clone()/> });
    view! {
        <Title text=tab/>
        <div class=if narrow { "page page-narrow" } else { "page" } data-test=test>
            <div class="stack">
                {crumbs}
                <div class="page-head">
                    <div class="page-title">
                        <h1>{title}</h1>
                        {(!lead.is_empty()).then(|| view! { <p class="page-lead">{lead}</p> })}
                    </div>
                    <div class="page-actions">{actions.run()}</div>
                </div>
            </div>
            {children()}
        </div>
    }
}
