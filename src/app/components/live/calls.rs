//! What the parts of a session page may ask of the server. The page hands these
//! in, so that no component calls a server function itself.

use crate::app::{
    error::AppResult,
    types::{MarkOutcome, RecordForm, RecordStatus, RosterEntry, SessionDetail},
};
use leptos::prelude::*;
use std::{future::Future, pin::Pin};

/// An answer on its way; browser futures stay on their one thread.
pub type Answer<T> = Pin<Box<dyn Future<Output = AppResult<T>>>>;

/// The calls of one session.
#[derive(Clone, Copy)]
pub struct SessionCalls {
    /// Marks whom the photo (JPEG or PNG bytes) shows for certain.
    pub mark_photo: Callback<web_sys::Blob, Answer<MarkOutcome>>,
    /// Writes a person's decision.
    pub set_record: Callback<RecordForm, Answer<RosterEntry>>,
    /// Gives all unmarked students one status; answers how many.
    pub mark_rest: Callback<RecordStatus, Answer<u64>>,
    /// Reads the session again.
    pub get_session: Callback<(), Answer<SessionDetail>>,
    /// Saves the register.
    pub complete: Callback<(), Answer<SessionDetail>>,
    /// Cancels the session.
    pub cancel: Callback<(), Answer<SessionDetail>>,
    /// Where the plain forms of the page are posted to.
    pub urls: SessionUrls,
}

/// Addresses of the same calls for forms without a script.
#[derive(Clone, Copy)]
pub struct SessionUrls {
    pub mark_photo: &'static str,
    pub set_record: &'static str,
    pub mark_rest: &'static str,
    pub complete: &'static str,
    pub cancel: &'static str,
}
