//! The frame of every page: skip link, top bar, navigation by role.

use super::admin_tabs::{ADMIN_AREA, is_in_admin_area};
use super::icon::{Icon, IconName};
use super::language_choice::LanguageChoice;
use super::notice::ToastRegion;
use crate::app::components::when::changing;
use crate::app::plain::relation;
use crate::app::types::{CurrentUser, Role};
use crate::tr;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

/// The mark: a register's line with its tick.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="mark-ground" width="32" height="32" rx="8"></rect>
            <path class="mark-line" d="M8 11h7M8 16h4M8 21h4M14.5 18.5l3.5 3.5 7-9"></path>
        </svg>
    }
}

/// Address, word and icon of a role's pages.
fn links(role: Role) -> Vec<(&'static str, String, IconName)> {
    match role {
        Role::Admin => vec![
            ("/admin", tr!("nav-overview"), IconName::Home),
            ("/sessions", tr!("nav-sessions"), IconName::Calendar),
            ("/students", tr!("nav-students"), IconName::People),
            ("/reports", tr!("nav-reports"), IconName::Chart),
            ("/admin/users", tr!("nav-users"), IconName::Key),
            (ADMIN_AREA[0], tr!("nav-settings"), IconName::Building),
        ],
        Role::Teacher => vec![
            ("/today", tr!("nav-today"), IconName::Home),
            ("/sessions", tr!("nav-sessions"), IconName::Calendar),
            ("/students", tr!("nav-students"), IconName::People),
            ("/reports", tr!("nav-reports"), IconName::Chart),
        ],
        Role::Student => {
            vec![("/me", tr!("nav-my-attendance"), IconName::Check), ("/me/face", tr!("nav-my-face"), IconName::Face)]
        }
    }
}

/// Links of the role; under the thumb on phones.
#[component]
fn Navigation(role: Role) -> impl IntoView {
    let here = use_location().pathname;
    let items = links(role)
        .into_iter()
        .map(|(href, word, icon)| {
            let inside = view! { <Icon name=icon/> {word} };
            let test = format!("nav{}", href.replace('/', "-"));
            // Several pages stand behind this one link.
            if href == ADMIN_AREA[0] {
                let current = move || is_in_admin_area(&here.read()).then_some("page");
                return view! {
                    <li><a href=href class="nav-link" rel=relation(href) aria-current=current data-test=test>{inside}</a></li>
                }
                .into_any();
            }
            // These stand above other pages of the navigation and must match alone.
            let exact = matches!(href, "/admin" | "/me");
            view! {
                <li><A href=href exact=exact attr:class="nav-link" attr:rel=relation(href) attr:data-test=test>{inside}</A></li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <nav class="nav-main" aria-label=tr!("nav-main")>
            <ul class="nav-list">{items}</ul>
        </nav>
    }
}

/// Who is signed in, the language, and the way out; a plain form, so that nothing of the
/// reader's data stays in the page's memory.
#[component]
fn UserMenu(
    user: CurrentUser,
    /// Where signing out is posted to.
    sign_out_url: &'static str,
    /// Where the choice of a language is posted to.
    language_url: &'static str,
) -> impl IntoView {
    let departments = user.departments.iter().map(|department| department.code.clone()).collect::<Vec<_>>().join(", ");
    let role = match user.role {
        Role::Admin => tr!("role-admin"),
        Role::Teacher => tr!("role-teacher"),
        Role::Student => tr!("role-student"),
    };
    view! {
        <details class="user-menu">
            <summary data-test="user-menu">
                <Icon name=IconName::Person/>
                <span class="user-menu-name">{user.name.clone()}</span>
            </summary>
            <div class="user-menu-panel">
                <div>
                    <p><strong>{user.name}</strong></p>
                    <p class="muted small">{user.username}</p>
                    <p class="muted small" data-test="user-role">
                        {if departments.is_empty() { role } else { format!("{role} · {departments}") }}
                    </p>
                </div>
                <a class="button button-wide" href="/profile" rel=relation("/profile") data-test="profile-link">
                    <Icon name=IconName::Person/>
                    {tr!("user-menu-profile")}
                </a>
                <LanguageChoice choose_url=language_url/>
                <form method="post" action=sign_out_url>
                    <button type="submit" class="button button-wide" data-test="sign-out">
                        <Icon name=IconName::SignOut/>
                        {tr!("user-menu-sign-out")}
                    </button>
                </form>
            </div>
        </details>
    }
}

/// Looking for anything from anywhere: a box, and on phones the way to the page that has one.
#[component]
fn SearchBox() -> impl IntoView {
    view! {
        <form class="topbar-search" method="get" action="/search" role="search" aria-label=tr!("search-box-everywhere")>
            <input
                class="control"
                type="search"
                name="q"
                maxlength="100"
                autocomplete="off"
                aria-label=tr!("search-box-label")
                placeholder=tr!("word-search")
                data-test="search-box"
            />
        </form>
        <a class="topbar-search-link" href="/search" rel="external" aria-label=tr!("word-search") data-test="search-link">
            <Icon name=IconName::Search/>
        </a>
    }
}

/// Brand, navigation, search and user; the last three only for somebody signed in, the search for staff.
#[component]
pub fn TopBar(user: Option<CurrentUser>, sign_out_url: &'static str, language_url: &'static str) -> impl IntoView {
    let home = user.as_ref().map_or("/login", |user| user.role.home());
    // A bar of one link would lead from the page to itself.
    let navigation =
        user.as_ref().filter(|user| links(user.role).len() > 1).map(|user| view! { <Navigation role=user.role/> });
    let search = user.as_ref().filter(|user| user.role.is_staff()).map(|_| view! { <SearchBox/> });
    let menu = user.map(|user| {
        view! {
            <div class="topbar-user">
                <UserMenu user=user sign_out_url=sign_out_url language_url=language_url/>
            </div>
        }
    });
    view! {
        <div class="topbar-inner">
            <a class="brand" href=home data-test="brand">
                <BrandMark/>
                "Rollcall"
            </a>
            {navigation}
            {search}
            {menu}
        </div>
    }
}

/// Skip link, header, main and toasts around the routes; below, the languages for those who have no menu.
#[component]
pub fn Layout(
    /// The top bar, which waits for the user by itself.
    header: AnyView,
    /// Whether a navigation is under way.
    #[prop(into)]
    routing: Signal<bool>,
    /// Where the choice of a language is posted to.
    language_url: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">{tr!("layout-skip")}</a>
        <OfflineBanner/>
        {changing(move || routing.get().then(|| view! { <div class="routing" aria-hidden="true"></div> }))}
        <header class="topbar">{header}</header>
        <main id="main" class="main" tabindex="-1">{children()}</main>
        <footer class="page-foot"><LanguageChoice choose_url=language_url test="foot-language"/></footer>
        <ToastRegion/>
    }
}

/// Says so when the browser loses the network.
#[component]
fn OfflineBanner() -> impl IntoView {
    let offline = RwSignal::new(false);
    Effect::new(move |_| {
        offline.set(!window().navigator().on_line());
        let lost = window_event_listener(leptos::ev::offline, move |_| offline.set(true));
        let back = window_event_listener(leptos::ev::online, move |_| offline.set(false));
        on_cleanup(move || {
            lost.remove();
            back.remove();
        });
    });
    view! {
        <div role="status" class="live-region">
            {changing(move || {
                offline.get().then(|| {
                    view! {
                        <p class="offline" data-test="offline">
                            <Icon name=IconName::Offline/>
                            {tr!("layout-offline")}
                        </p>
                    }
                })
            })}
        </div>
    }
}
