//! The register as an open page knows it, and the line that keeps it current.

pub mod calls;
pub mod feed;
pub mod register;
pub mod words;

pub use calls::{Answer, SessionCalls};
pub use feed::{Connection, follow};
pub use register::{Register, RegisterRow};

use crate::app::components::when::changing;
use leptos::prelude::*;

/// Whether marks of others arrive by themselves, in words.
#[component]
pub fn LiveBadge(
    /// As [`follow`] reports it.
    #[prop(into)]
    connection: Signal<Connection>,
) -> impl IntoView {
    view! {
        <p
            class=move || format!("live-badge live-badge-{}", connection.get().name())
            role="status"
            data-test="live-state"
            data-state=move || connection.get().name()
        >
            {changing(move || connection.get().words())}
        </p>
    }
}
