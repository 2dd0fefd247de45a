//! Plain pages: drawn by the server alone, without the browser half.
//!
//! Lists and forms that need no script load none, so that they are there at once and the browser half stays small for
//! the pages that need it (camera, register, live lists). Their forms are posted by the browser itself; what a refused
//! form held comes back with its page.

use super::IN_BROWSER;
use super::components::skeleton::Skeleton;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// The plain pages, and whether everything below an address is plain too.
const PLAIN: &[(&str, bool)] = &[
    ("/register", false),
    ("/forgot", false),
    ("/profile", false),
    ("/me", true),
    ("/reports", true),
    ("/search", false),
    ("/waiting", false),
    ("/admin", false),
    ("/admin/settings", false),
    ("/admin/import", true),
    ("/admin/models", false),
    ("/admin/outbox", true),
    ("/admin/audit", false),
    ("/admin/backup", false),
];

/// Whether the page at this address is a plain one.
pub fn is_plain(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    PLAIN.iter().any(|(plain, below)| {
        path.strip_prefix(plain).is_some_and(|rest| rest.is_empty() || *below && rest.starts_with('/'))
    })
}

/// The `rel` of a link: has the browser itself go to a plain page, whatever the router would do.
pub fn relation(href: &str) -> Option<&'static str> {
    is_plain(href).then_some("external")
}

/// A page that the server alone draws. A browser that came here without asking the server asks it now.
pub fn plain(page: fn() -> AnyView) -> AnyView {
    if IN_BROWSER {
        let location = use_location();
        Effect::new(move |_| {
            let address = format!("{}{}", location.pathname.get_untracked(), location.search.get_untracked());
            // A refused navigation leaves the reader on an empty page with its navigation.
            let _ = window().location().set_href(&address);
        });
        view! { <Skeleton/> }.into_any()
    } else {
        page()
    }
}

/// What a refused form held, for the page it came from: secrets left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Where the form was posted to.
    pub path: Arc<str>,
    /// Names and values of its fields.
    pub fields: Arc<[(String, String)]>,
}

/// The fields of the form that is being drawn, when it was refused.
#[derive(Clone, Debug)]
pub struct TypedHere(Arc<[(String, String)]>);

/// Tells the fields of a form that posts to `path` what it held when it was refused.
pub fn remember_typed(path: &str) {
    if !IN_BROWSER && let Some(typed) = use_context::<Typed>().filter(|typed| &*typed.path == path) {
        provide_context(TypedHere(typed.fields));
    }
}

/// The value of a field: what was typed into the refused form, else `value`.
pub fn typed_or(name: &str, value: String) -> String {
    if IN_BROWSER {
        return value;
    }
    let typed = use_context::<TypedHere>();
    let found = typed
        .and_then(|TypedHere(fields)| fields.iter().find(|(typed, _)| typed == name).map(|(_, value)| value.clone()));
    found.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn plain_addresses_are_told_from_what_lies_below() {
        for address in ["/reports", "/reports/", "/reports/low?days=30", "/admin", "/admin?x=1", "/admin/import/7"] {
            assert!(is_plain(address), "{address}");
        }
        for address in ["/admin/users", "/reportsx", "/profile/x"] {
            assert!(!is_plain(address), "{address}");
        }
    }

    #[test]
    fn addresses_of_pages_with_scripts_are_not_plain() {
        for address in ["/", "/login", "/sessions/7", "/today?day=1"] {
            assert!(!is_plain(address), "{address}");
        }
    }
}
