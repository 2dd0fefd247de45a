//! Rollcall: class attendance by face recognition.

pub mod app;
#[cfg(feature = "ssr")]
pub mod recognition;
#[cfg(feature = "ssr")]
pub mod server;

/// Wakes the server-rendered page up in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
