//! The pages of setting the school up, one beside the other.

use crate::app::plain::relation;
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Addresses of the pages.
pub const ADMIN_AREA: [&str; 7] = [
    "/admin/settings",
    "/admin/departments",
    "/admin/import",
    "/admin/models",
    "/admin/outbox",
    "/admin/audit",
    "/admin/backup",
];

/// Their words, in the same order.
fn area_words() -> [String; 7] {
    [
        tr!("area-settings"),
        tr!("area-departments"),
        tr!("area-import"),
        tr!("area-models"),
        tr!("area-outbox"),
        tr!("area-audit"),
        tr!("area-backup"),
    ]
}

/// Whether an address belongs to the area.
pub fn is_in_admin_area(path: &str) -> bool {
    ADMIN_AREA.iter().any(|href| path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Links to all of them; the reader's own is marked.
#[component]
pub fn AdminTabs() -> impl IntoView {
    let here = use_location().pathname.get_untracked();
    let items = ADMIN_AREA
        .into_iter()
        .zip(area_words())
        .map(|(href, word)| {
            let current = here.starts_with(href).then_some("page");
            view! {
                <li>
                    <a class="area-tab" href=href rel=relation(href) aria-current=current data-test=format!("tab{}", href.replace('/', "-"))>
                        {word}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="area-tabs" aria-label=tr!("area-label")>
            <ul class="area-tabs-list">{items}</ul>
        </nav>
    }
}
