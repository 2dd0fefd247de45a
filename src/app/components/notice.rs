//! Messages: in place, for a form's error, and as short-lived toasts.

use super::icon::{Icon, IconName};
use crate::app::error::AppError;
use crate::tr;
use leptos::prelude::*;
use std::time::Duration;

/// How a message sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Info,
    Success,
    Warning,
    Error,
}

impl NoticeKind {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "notice notice-info",
            Self::Success => "notice notice-success",
            Self::Warning => "notice notice-warning",
            Self::Error => "notice notice-error",
        }
    }

    fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::Info,
            Self::Success => IconName::Check,
            Self::Warning | Self::Error => IconName::Warning,
        }
    }

    /// Errors interrupt a screen reader, the rest waits its turn.
    fn role(self) -> &'static str {
        if self == Self::Error { "alert" } else { "status" }
    }
}

/// A message that stays in its place.
#[component]
pub fn Notice(
    kind: NoticeKind,
    #[prop(optional, into)] title: String,
    #[prop(default = "notice")] test: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role() data-test=test>
            <Icon name=kind.icon()/>
            <div class="notice-body">
                {(!title.is_empty()).then(|| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// The error of a form or an action, when there is one.
#[component]
pub fn ErrorNotice(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! {
                <Notice kind=NoticeKind::Error test="error">
                    <p>{error.sentence()}</p>
                </Notice>
            }
        })
    }
}

/// Seconds a toast stays; long enough to be read twice.
const TOAST_S: u64 = 7;

#[derive(Clone, Debug)]
struct Toast {
    id: u64,
    kind: NoticeKind,
    text: String,
}

/// The queue of short-lived messages, found in the context of every page.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toasts {
    /// An empty queue.
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows a message for some seconds. Only from event handlers and effects.
    pub fn say(self, kind: NoticeKind, text: impl Into<String>) {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(id) = id else { return };
        self.list.update(|list| list.push(Toast { id, kind, text: text.into() }));
        set_timeout(move || self.drop_one(id), Duration::from_secs(TOAST_S));
    }

    fn drop_one(self, id: u64) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

/// The page's queue of toasts; one that nobody sees when the page has none.
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or_default()
}

/// Where toasts appear; announced politely.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite" data-test="toasts">
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <div class=toast.kind.class() data-test="toast">
                    <Icon name=toast.kind.icon()/>
                    <div class="notice-body"><p>{toast.text.clone()}</p></div>
                    <button
                        type="button"
                        class="button button-quiet button-icon notice-close"
                        aria-label=tr!("toast-dismiss")
                        on:click=move |_| toasts.drop_one(toast.id)
                    >
                        <Icon name=IconName::Close/>
                    </button>
                </div>
            </For>
        </div>
    }
}
