//! The pages, for both targets: shell, routes and everything they show.

pub mod components;
pub mod error;
pub mod pages;
pub mod plain;
pub mod resource;
pub mod routes;
pub mod server_fns;
pub mod types;
pub mod wire;
pub mod words;

use crate::tr;
use components::layout::{Layout, TopBar};
use components::notice::Toasts;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::server_fn::{ServerFn, redirect::set_redirect_hook};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::RequestUrl;
use pages::waiting::Waiting;
use resource::{PageData, fetch};
use routes::AllRoutes;
use server_fns::{ChooseLanguage, SignOut, current_user};
use types::{CurrentUser, UserId};
use wasm_bindgen::JsCast;
use words::Locale;

/// A constant, so that the browser half is built without what only the server does: packing data, drawing plain pages.
pub const IN_BROWSER: bool = matches!(std::env::consts::ARCH.as_bytes(), b"wasm32");

/// Addresses of the files that every page loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserFiles {
    pub stylesheet: String,
    /// The browser half: JavaScript that loads and serves the WebAssembly module.
    pub script: String,
    pub module: String,
}

/// The HTML document around the application; every script carries the nonce.
///
/// Plain pages have no use for the browser half and do not load it.
pub fn shell(options: LeptosOptions, files: BrowserFiles) -> impl IntoView {
    let locale = Locale::current();
    let plain = use_context::<RequestUrl>().is_some_and(|url| plain::is_plain(path_of(url.as_ref())));
    let wake_up = (!plain).then(|| view! { <WakeUp files=files.clone()/> });
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() dir=locale.direction()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content=tr!("shell-description")/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#181d26"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" id="leptos" href=files.stylesheet.clone()/>
                <AutoReload options=options/>
                {wake_up}
                <MetaTags/>
            </head>
            <body>
                <App/>
                <Waiting/>
            </body>
        </html>
    }
}

/// An address without its scheme and host, which the server's router puts before it.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

/// Loads the browser half. Leptos's own component puts the nonce of its preload
/// link into `crossorigin`, which a strict script policy refuses.
#[component]
fn WakeUp(files: BrowserFiles) -> impl IntoView {
    let nonce = use_nonce();
    let BrowserFiles { script, module, .. } = files;
    // Asked for at once, but by a script: a browser without scripts has no use for it.
    let ask = format!("const browserHalf = fetch('{module}');");
    // Waking up is a task of its own, so that a slow device can answer its user between loading and that.
    let start = format!(
        "import('{script}').then(half => half.default({{ module_or_path: browserHalf }}).then(() => setTimeout(half.hydrate)));"
    );
    view! {
        <link rel="modulepreload" href=script nonce=nonce.clone()/>
        <script nonce=nonce.clone()>{ask}</script>
        <script type="module" nonce=nonce>{start}</script>
    }
}

/// Whose page is rendered; the server puts it into the context of each.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn(pub Option<UserId>);

/// Who reads the page; asked once, then found in the context.
#[derive(Clone, Copy)]
pub struct Reader(pub PageData<Option<CurrentUser>>);

/// The whole application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Toasts::new());
    let user = fetch(|| (), |()| current_user());
    provide_context(Reader(user));
    let (routing, set_routing) = signal(false);
    let led_to = RwSignal::new(None::<String>);
    follow_redirects(led_to);
    let header = move || {
        view! {
            <Transition fallback=|| {
                view! { <TopBar user=None sign_out_url=SignOut::url() language_url=ChooseLanguage::url()/> }
            }>
                {move || Suspend::new(async move {
                    let user = user.await.ok().flatten();
                    view! { <TopBar user=user sign_out_url=SignOut::url() language_url=ChooseLanguage::url()/> }
                })}
            </Transition>
        }
    };
    view! {
        <Router set_is_routing=set_routing>
            <Travel led_to=led_to/>
            <Layout header=header().into_any() routing=routing language_url=ChooseLanguage::url()>
                <AllRoutes/>
            </Layout>
        </Router>
    }
}

/// Takes over the redirects of server functions before the router does: signing
/// in changes everything the page knows, so that one is a full load.
fn follow_redirects(led_to: RwSignal<Option<String>>) {
    // The first hook stays; on the server it is never called.
    let _ = set_redirect_hook(move |address| {
        let location = window().location();
        let here = location.pathname().unwrap_or_default();
        if here == "/login" || here == "/setup" || address.starts_with("/login") {
            // A refused navigation leaves the reader on a page that still works.
            let _ = location.set_href(address);
        } else {
            led_to.set(Some(address.to_owned()));
        }
    });
}

/// Follows redirects inside the router, and moves the focus to the new page so
/// that keyboards and screen readers start at its top.
#[component]
fn Travel(led_to: RwSignal<Option<String>>) -> impl IntoView {
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(address) = led_to.get() {
            navigate(&address, leptos_router::NavigateOptions::default());
        }
    });
    let pathname = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = pathname.get();
        if before.is_some_and(|before| before != path)
            && let Some(main) = document().get_element_by_id("main")
            && let Ok(main) = main.dyn_into::<web_sys::HtmlElement>()
        {
            // Focus that cannot be moved stays where it is; nothing to report.
            let _ = main.focus();
        }
        path
    });
}
