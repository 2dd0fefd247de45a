//! The photos taken on a session page: sent one after another, kept for a look.

use super::super::{
    camera::still::{ObjectUrl, pause_ms, shrink},
    live::Register,
    notice::NoticeKind,
    review_sheet::SeenFaces,
};
use crate::app::{error::AppError, types::MarkOutcome};
use crate::tr;
use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::sync::Arc;
use web_sys::Blob;

/// Photos kept for a look.
const SHOTS_MAX: usize = 12;
/// Photos up to this size are sent as they are; the server takes 10 MB.
const BYTES_AS_IS_MAX: f64 = 10.0 * 1024.0 * 1024.0;
/// Longer side of the copy sent in place of a larger file, pixels.
const SIDE_MAX: u32 = 4000;
/// Attempts while the server is busy with other photos.
const TRIES_MAX: u8 = 4;
/// Longest wait that the server may ask for between two attempts, seconds.
const WAIT_S_MAX: u64 = 60;

/// How far a photo is.
#[derive(Clone, Debug, PartialEq)]
pub enum ShotState {
    Waiting,
    Sending,
    Done(MarkOutcome),
    Failed(AppError),
}

/// One photo.
#[derive(Clone)]
pub struct Shot {
    /// Counted from 1 on this page.
    pub number: u64,
    pub state: ArcRwSignal<ShotState>,
    /// Absent when the browser cannot show the file.
    pub url: Option<Arc<ObjectUrl>>,
    blob: SendWrapper<Blob>,
}

impl Shot {
    fn is(&self, wanted: fn(&ShotState) -> bool) -> bool {
        wanted(&self.state.read_untracked())
    }
}

/// All photos of the page, and live mode.
#[derive(Clone, Copy)]
pub struct Shots {
    register: Register,
    faces: SeenFaces,
    pub list: RwSignal<Vec<Shot>>,
    /// Number of the photo that is looked at; the live picture when absent.
    pub shown: RwSignal<Option<u64>>,
    pub live: RwSignal<bool>,
    /// A live frame is under way.
    pub live_busy: RwSignal<bool>,
    /// What the last live frame showed, or why it did not.
    pub live_last: RwSignal<Option<Result<MarkOutcome, AppError>>>,
    is_working: StoredValue<bool>,
    taken: StoredValue<u64>,
}

impl Shots {
    pub fn new(register: Register, faces: SeenFaces) -> Self {
        Self {
            register,
            faces,
            list: RwSignal::new(Vec::new()),
            shown: RwSignal::new(None),
            live: RwSignal::new(false),
            live_busy: RwSignal::new(false),
            live_last: RwSignal::new(None),
            is_working: StoredValue::new(false),
            taken: StoredValue::new(0),
        }
    }

    /// The photo that is looked at.
    pub fn current(self) -> Option<Shot> {
        let number = self.shown.get()?;
        self.list.read().iter().find(|shot| shot.number == number).cloned()
    }

    /// Photos not yet sent, the one under way included.
    pub fn waiting(self) -> usize {
        let pending = |shot: &&Shot| matches!(&*shot.state.read(), ShotState::Waiting | ShotState::Sending);
        self.list.read().iter().filter(pending).count()
    }

    /// Takes a photo in and sends it after those before it.
    pub fn add(self, photo: Blob) {
        let Some(number) = self.taken.try_update_value(|taken| {
            *taken += 1;
            *taken
        }) else {
            return;
        };
        let shot = Shot {
            number,
            state: ArcRwSignal::new(ShotState::Waiting),
            url: ObjectUrl::new(&photo).map(Arc::new),
            blob: SendWrapper::new(photo),
        };
        self.list.update(|list| {
            list.push(shot);
            let mut extra = list.len().saturating_sub(SHOTS_MAX);
            list.retain(|shot| {
                let goes = extra > 0 && shot.is(|state| matches!(state, ShotState::Done(_) | ShotState::Failed(_)));
                extra -= usize::from(goes);
                !goes
            });
        });
        self.work();
    }

    /// Sends a photo that failed once more.
    pub fn retry(self, shot: &Shot) {
        shot.state.set(ShotState::Waiting);
        self.work();
    }

    /// Back to the live picture.
    pub fn show_camera(self) {
        self.shown.set(None);
    }

    fn work(self) {
        if self.is_working.try_get_value() != Some(false) {
            return;
        }
        self.is_working.set_value(true);
        spawn_local(async move {
            while let Some(shot) = self.next_waiting() {
                self.shown.set(Some(shot.number));
                shot.state.set(ShotState::Sending);
                let answer = self.send(&shot).await;
                if self.list.is_disposed() {
                    return;
                }
                if let Ok(outcome) = &answer {
                    self.register.receive_marks(outcome);
                    self.faces.add(outcome, Some(shot.number));
                }
                shot.state.set(answer.map_or_else(ShotState::Failed, ShotState::Done));
            }
            self.is_working.set_value(false);
        });
    }

    fn next_waiting(self) -> Option<Shot> {
        self.list
            .try_with_untracked(|list| list.iter().find(|shot| shot.is(|state| *state == ShotState::Waiting)).cloned())
            .flatten()
    }

    async fn send(self, shot: &Shot) -> Result<MarkOutcome, AppError> {
        let blob: &Blob = &shot.blob;
        let smaller = if blob.size() > BYTES_AS_IS_MAX { shrink(blob, SIDE_MAX).await } else { None };
        let mut tries = 1;
        loop {
            let photo = smaller.as_ref().unwrap_or(blob).clone();
            let Some(answer) = self.register.calls.mark_photo.try_run(photo) else {
                return Err(AppError::Unreachable(String::new()));
            };
            match answer.await {
                Err(error) if tries < TRIES_MAX && error.retry_after_s().is_some() => {
                    wait_as_told(&error).await;
                    tries += 1;
                }
                answer => return answer,
            }
        }
    }

    /// Sends one live frame; the next waits until this one is answered.
    pub fn add_frame(self, frame: Blob) {
        if self.live_busy.get_untracked() {
            return;
        }
        let Some(answer) = self.register.calls.mark_photo.try_run(frame) else { return };
        self.live_busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            if self.list.is_disposed() {
                return;
            }
            match &answer {
                Ok(outcome) => {
                    self.register.receive_marks(outcome);
                    self.faces.add(outcome, None);
                }
                Err(error) if is_final(error) => {
                    self.live.set(false);
                    self.register.say(NoticeKind::Error, tr!("capture-live-stopped", why = error.sentence()));
                }
                Err(_) => {}
            }
            let wait = answer.as_ref().err().cloned();
            self.live_last.set(self.live.get_untracked().then_some(answer));
            if let Some(error) = wait {
                wait_as_told(&error).await;
            }
            self.live_busy.set(false);
        });
    }

    /// Starts or stops live mode.
    pub fn toggle_live(self) {
        let live = !self.live.get_untracked();
        self.live.set(live);
        if live {
            self.show_camera();
        } else {
            self.live_last.set(None);
        }
    }
}

/// Whether the next frame would be refused as well.
fn is_final(error: &AppError) -> bool {
    matches!(error.status(), 400 | 401 | 403 | 404 | 422)
        || matches!(error, AppError::FacesUnavailable(_) | AppError::WaitsOnDevice)
}

/// Waits as long as the server asks for, or a moment after any other error.
async fn wait_as_told(error: &AppError) {
    let wait_s = error.retry_after_s().unwrap_or(2).clamp(1, WAIT_S_MAX);
    pause_ms(i32::try_from(wait_s * 1000).unwrap_or(i32::MAX)).await;
}
