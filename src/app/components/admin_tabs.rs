//! The pages of setting the school up, one beside the other.

use crate::app::plain::relation;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Address and word of each page.
pub const ADMIN_AREA: &[(&str, &str)] = &[
    ("/admin/settings", "Settings"),
    ("/admin/departments", "Departments"),
    ("/admin/import", "Import"),
    ("/admin/models", "Models"),
    ("/admin/outbox", "Outbox"),
    ("/admin/audit", "Audit log"),
    ("/admin/backup", "Backup"),
];

/// Whether an address belongs to the area.
pub fn is_in_admin_area(path: &str) -> bool {
    ADMIN_AREA
        .iter()
        .any(|(href, _)| path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Links to all of them; the reader's own is marked.
#[component]
pub fn AdminTabs() -> impl IntoView {
    let here = use_location().pathname.get_untracked();
    let items = ADMIN_AREA
        .iter()
        .map(|(href, word)| {
            let current = here.starts_with(href).then_some("page");
            view! {
                <li>
                    <a class="area-tab" href=*href rel=relation(href) aria-current=current data-test=format!("tab{}", href.replace('/', "-"))>
                        {*word}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="area-tabs" aria-label="Administration">
            <ul class="area-tabs-list">{items}</ul>
        </nav>
    }
}
