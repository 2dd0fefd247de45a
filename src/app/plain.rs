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
    ("/sessions", false),
    ("/students", false),
    ("/contests", false),
    ("/reports", true),
    ("/search", false),
    ("/waiting", false),
    ("/admin", false),
    ("/admin/departments", false),
    ("/admin/students", false),
    ("/admin/settings", false),
    ("/admin/import", true),
    ("/admin/models", false),
    ("/admin/outbox", true),
    ("/admin/audit", false),
    ("/admin/backup", false),
];

/// Pages with scripts, or addresses of no page, whose pages below are plain.
const PLAIN_BELOW: &[&str] = &["/admin/users", "/admin/erasures", "/exports"];

/// Plain pages below a page with scripts: what stands before and behind the id of one thing.
const PLAIN_OF_ONE: &[(&str, &str)] =
    &[("/sessions/", "/history"), ("/sessions/", "/print"), ("/students/", "/history")];

/// Pages with scripts below plain ones.
const WITH_SCRIPTS: &[&str] = &["/me/face/camera"];

/// Whether the page at this address is a plain one.
pub fn is_plain(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    let is_below = |above: &str| path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'));
    if WITH_SCRIPTS.contains(&path) {
        return false;
    }
    PLAIN.iter().any(|(plain, below)| path == *plain || *below && is_below(plain))
        || PLAIN_BELOW.iter().any(|above| is_below(above))
        || PLAIN_OF_ONE.iter().any(|(before, behind)| {
            path.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind)).is_some_and(|id| !id.contains('/'))
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
            let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
            let address = if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) };
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
struct TypedHere(Option<Arc<[(String, String)]>>);

/// Tells the fields of a form that posts to `path` what it held when it was refused. Components share the context of
/// their page, so that each form says this before its fields are drawn, and [`forget_typed`] afterwards.
pub fn remember_typed(path: &str) {
    if !IN_BROWSER {
        let typed = use_context::<Typed>().filter(|typed| &*typed.path == path);
        provide_context(TypedHere(typed.map(|typed| typed.fields)));
    }
}

/// What is drawn from here on belongs to no form.
pub fn forget_typed() {
    if !IN_BROWSER {
        provide_context(TypedHere(None));
    }
}

/// What the form that is being drawn held when it was refused.
fn typed_here() -> Option<Arc<[(String, String)]>> {
    if IN_BROWSER { None } else { use_context::<TypedHere>().and_then(|TypedHere(fields)| fields) }
}

/// The value of a field: what was typed into the refused form, else `value`.
pub fn typed_or(name: &str, value: String) -> String {
    if IN_BROWSER {
        return value;
    }
    let found =
        typed_here().and_then(|fields| fields.iter().find(|(typed, _)| typed == name).map(|(_, value)| value.clone()));
    found.unwrap_or(value)
}

/// Whether a box is ticked: as it was in the refused form, which names the ticked ones alone, else as `checked` says.
pub fn ticked_or(name: &str, checked: bool) -> bool {
    match typed_here() {
        Some(fields) => fields.iter().any(|(typed, _)| typed == name),
        None => checked,
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn one_user_is_plain_and_the_list_of_users_is_not() {
        for address in ["/admin/users/7", "/admin/users/7?done=saved", "/admin/users/invite"] {
            assert!(is_plain(address), "{address}");
        }
        for address in ["/admin/users", "/admin/users/", "/admin/users?done=deleted", "/admin/usersx/7"] {
            assert!(!is_plain(address), "{address}");
        }
    }

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
    fn camera_below_the_own_face_has_scripts() {
        for address in ["/me/face/camera", "/me/face/camera/", "/me/face/camera?x=1"] {
            assert!(!is_plain(address), "{address}");
        }
        for address in ["/me/face", "/me/face?done=enrolled", "/me/face/camerax"] {
            assert!(is_plain(address), "{address}");
        }
    }

    #[test]
    fn pages_of_one_thing_are_told_from_the_thing() {
        for address in ["/sessions/7/history", "/sessions/7/print?x=1", "/students/7/history/"] {
            assert!(is_plain(address), "{address}");
        }
        for address in ["/sessions/7", "/sessions/7/x/history", "/students/7/print", "/sessions/history"] {
            assert!(!is_plain(address), "{address}");
        }
    }

    /// A plain page with the browser half would ask for itself again for ever; one without, and not plain, sleeps.
    #[test]
    fn routes_and_the_list_of_plain_pages_agree() {
        let routes = include_str!("routes.rs").lines().filter(|line| line.contains("<Route path=path!("));
        let mut plain = 0;
        for line in routes {
            let address = line.split('"').nth(1).expect("a path").replace(":id", "7");
            assert_eq!(is_plain(&address), line.contains("view=|| plain("), "{address}");
            plain += usize::from(is_plain(&address));
        }
        assert!(plain > 20, "the routes are read");
    }

    #[test]
    fn addresses_of_pages_with_scripts_are_not_plain() {
        for address in ["/", "/login", "/sessions/7", "/today?day=1"] {
            assert!(!is_plain(address), "{address}");
        }
    }
}
