//! Server-sent events of one session, merged into its register.
//!
//! The browser reconnects by itself after a break; after a refusal it gives up,
//! so a new attempt is made here, ever more slowly.

use super::Register;
use crate::app::types::LiveEvent;
use crate::app::wire;
use crate::tr;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventSource;

/// First wait before a new attempt after a refusal.
const RETRY_S_MIN: u64 = 4;
/// Longest wait between two attempts.
const RETRY_S_MAX: u64 = 60;

/// How the line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Nothing was tried yet: the page as the server sent it.
    #[default]
    Idle,
    Live,
    Reconnecting,
}

impl Connection {
    /// Name in class names and attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Live => "live",
            Self::Reconnecting => "reconnecting",
        }
    }

    /// What the reader is told.
    pub fn words(self) -> String {
        match self {
            Self::Idle => String::new(),
            Self::Live => tr!("live-connected"),
            Self::Reconnecting => tr!("live-reconnecting"),
        }
    }
}

/// An open line; dropping it closes it.
struct Feed {
    source: EventSource,
    /// Kept because the browser calls them for as long as the line is open.
    _listeners: [Closure<dyn FnMut(web_sys::Event)>; 4],
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.source.close();
    }
}

#[derive(Clone, Copy)]
struct Line {
    register: Register,
    connection: RwSignal<Connection>,
    feed: StoredValue<Option<SendWrapper<Feed>>>,
    retry_s: StoredValue<u64>,
}

/// Follows the session for as long as the calling component lives.
pub fn follow(register: Register) -> RwSignal<Connection> {
    let line = Line {
        register,
        connection: RwSignal::new(Connection::Idle),
        feed: StoredValue::new(None),
        retry_s: StoredValue::new(RETRY_S_MIN),
    };
    Effect::new(move |_| line.open());
    line.connection
}

impl Line {
    fn open(self) {
        let url = format!("/sessions/{}/events", self.register.id);
        let Ok(source) = EventSource::new(&url) else {
            self.connection.set(Connection::Reconnecting);
            return;
        };
        let opened = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| self.opened());
        let failed = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| self.failed());
        let changed = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            if let Some(event) = read_event(&event) {
                self.register.receive(event);
            }
        });
        // Sent in place of events that this page was too slow for.
        let missed = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| self.register.refresh());
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let listening = source
            .add_event_listener_with_callback("register", changed.as_ref().unchecked_ref())
            .and_then(|()| source.add_event_listener_with_callback("refresh", missed.as_ref().unchecked_ref()));
        if listening.is_err() {
            self.connection.set(Connection::Reconnecting);
            return;
        }
        self.feed.set_value(Some(SendWrapper::new(Feed { source, _listeners: [opened, failed, changed, missed] })));
    }

    /// Whatever happened while nobody listened is fetched once.
    fn opened(self) {
        self.connection.set(Connection::Live);
        self.retry_s.set_value(RETRY_S_MIN);
        self.register.refresh();
    }

    fn failed(self) {
        self.connection.set(Connection::Reconnecting);
        let refused = self
            .feed
            .try_with_value(|feed| feed.as_ref().is_some_and(|feed| feed.source.ready_state() == EventSource::CLOSED))
            .unwrap_or(false);
        if !refused {
            return;
        }
        let wait_s = self.retry_s.try_get_value().unwrap_or(RETRY_S_MAX);
        self.retry_s.set_value((wait_s * 2).min(RETRY_S_MAX));
        set_timeout(
            move || {
                if !self.connection.is_disposed() {
                    self.open();
                }
            },
            Duration::from_secs(wait_s),
        );
    }
}

/// The event's data; one that cannot be read is left to the next refresh.
fn read_event(event: &web_sys::Event) -> Option<LiveEvent> {
    let text = event.dyn_ref::<web_sys::MessageEvent>()?.data().as_string()?;
    wire::from_text(&text)
}
