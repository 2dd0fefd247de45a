//! One camera of a page: on, off, switch, pause, stills and frames.

use super::{
    media::{self, CameraTrouble, Facing, OpenCamera, Wanted},
    still::{brightness, grab, pause_ms},
};
use leptos::{html, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;

/// Longer side of a photo, pixels: what cameras give as video.
const PHOTO_SIDE_MAX: u32 = 1920;
/// Longer side of a live frame, pixels.
const FRAME_SIDE_MAX: u32 = 1280;
/// Photos of one burst: enough that eyes closed on one are open on another, few enough to be answered in seconds.
pub const BURST_PHOTOS: u32 = 3;
/// Time between two photos of a burst: longer than a blink, long enough for heads to turn.
const BURST_PAUSE_MS: i32 = 700;
/// Pause between an answer and the next live frame.
const FRAME_PAUSE_MS: i32 = 400;
/// Shortest time between two live frames: the server takes 120 photos a minute.
const FRAME_PERIOD_MS_MIN: f64 = 520.0;
/// Pause between two looks whether the awaited answer is there.
const BUSY_PAUSE_MS: i32 = 40;
/// Pause between two measurements of the light.
const LIGHT_PAUSE_MS: i32 = 1000;
/// Mean luma (0 to 1) under which faces drown in noise.
const LIGHT_MIN: f64 = 0.18;

/// How the camera stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraState {
    Off,
    Starting,
    On,
    /// Switched off while the page is out of sight.
    Paused,
    Trouble(CameraTrouble),
}

impl CameraState {
    /// Name in attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Starting => "starting",
            Self::On => "on",
            Self::Paused => "paused",
            Self::Trouble(_) => "trouble",
        }
    }

    /// The trouble, when there is one.
    pub fn trouble(self) -> Option<CameraTrouble> {
        match self {
            Self::Trouble(trouble) => Some(trouble),
            _ => None,
        }
    }
}

/// One camera of a page.
#[derive(Clone, Copy)]
pub struct Lens {
    pub state: RwSignal<CameraState>,
    pub video: NodeRef<html::Video>,
    /// Ids of this device's cameras, known once one is on.
    pub cameras: RwSignal<Vec<String>>,
    pub too_dark: RwSignal<bool>,
    /// A burst is being taken.
    pub in_burst: RwSignal<bool>,
    pub facing: Facing,
    open: StoredValue<Option<SendWrapper<OpenCamera>>>,
    /// Counts starts and stops, so that what belongs to an earlier one ends itself.
    turn: StoredValue<u32>,
}

impl Lens {
    pub fn new(facing: Facing) -> Self {
        Self {
            state: RwSignal::new(CameraState::Off),
            video: NodeRef::new(),
            cameras: RwSignal::new(Vec::new()),
            too_dark: RwSignal::new(false),
            in_burst: RwSignal::new(false),
            facing,
            open: StoredValue::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Says at once when this page cannot have a camera at all.
    pub fn look_for_support(self) {
        if !media::is_supported() {
            self.state.set(CameraState::Trouble(CameraTrouble::NotSecure));
        }
    }

    pub fn is_on(self) -> bool {
        self.state.get() == CameraState::On
    }

    /// Switches the preferred camera on.
    pub fn start(self) {
        self.start_with(Wanted::Facing(self.facing));
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        })
    }

    fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    fn start_with(self, wanted: Wanted) {
        let Some(turn) = self.next_turn() else { return };
        self.open.set_value(None);
        self.state.set(CameraState::Starting);
        spawn_local(async move {
            let opened = media::open(wanted).await;
            if !self.is_turn(turn) {
                return;
            }
            match opened {
                Ok(camera) => self.show(camera, turn).await,
                Err(trouble) => self.state.set(CameraState::Trouble(trouble)),
            }
        });
    }

    async fn show(self, camera: OpenCamera, turn: u32) {
        if let Some(video) = self.video.get_untracked() {
            video.set_src_object(Some(camera.stream()));
            if let Ok(playing) = video.play() {
                // A play that was interrupted by the next one is no trouble.
                let _ = wasm_bindgen_futures::JsFuture::from(playing).await;
            }
        }
        if !self.is_turn(turn) {
            return;
        }
        self.open.set_value(Some(SendWrapper::new(camera)));
        self.state.set(CameraState::On);
        self.watch_light(turn);
        let cameras = media::list_cameras().await;
        if self.is_turn(turn) {
            self.cameras.set(cameras);
        }
    }

    /// Switches off and forgets the picture.
    pub fn stop(self) {
        self.end(CameraState::Off);
    }

    fn end(self, state: CameraState) {
        self.next_turn();
        self.open.set_value(None);
        self.too_dark.set(false);
        if let Some(video) = self.video.get_untracked() {
            video.set_src_object(None);
        }
        self.state.set(state);
    }

    /// The device's next camera, round and round.
    pub fn switch(self) {
        let current = self.open.try_with_value(|open| open.as_ref().and_then(|open| open.device_id())).flatten();
        let next = self.cameras.with_untracked(|cameras| {
            let at = cameras.iter().position(|id| Some(id) == current.as_ref()).map_or(0, |at| at + 1);
            cameras.get(at).or_else(|| cameras.first()).cloned()
        });
        if let Some(id) = next {
            self.start_with(Wanted::Device(id));
        }
    }

    /// Off while the page is out of sight, on again when it is back.
    pub fn follow_visibility(self) {
        match (document().hidden(), self.state.get_untracked()) {
            (true, CameraState::On | CameraState::Starting) => self.end(CameraState::Paused),
            (false, CameraState::Paused) => self.start(),
            _ => {}
        }
    }

    /// Takes a photo and hands it over; nothing while there is no picture.
    pub fn take_photo(self, on_photo: Callback<web_sys::Blob>) {
        let Some(video) = self.video.get_untracked() else { return };
        spawn_local(async move {
            if let Some(photo) = grab(&video, PHOTO_SIDE_MAX).await {
                on_photo.try_run(photo);
            }
        });
    }

    /// Takes a few photos one after another and hands them over together; fewer when the camera goes off meanwhile.
    pub fn take_burst(self, on_photo: Callback<web_sys::Blob>) {
        let (Some(video), Some(turn)) = (self.video.get_untracked(), self.turn.try_get_value()) else { return };
        if self.in_burst.get_untracked() {
            return;
        }
        self.in_burst.set(true);
        spawn_local(async move {
            let mut photos = Vec::new();
            for number in 0..BURST_PHOTOS {
                if number > 0 {
                    pause_ms(BURST_PAUSE_MS).await;
                }
                if !self.is_turn(turn) {
                    break;
                }
                photos.extend(grab(&video, PHOTO_SIDE_MAX).await);
            }
            self.in_burst.try_set(false);
            for photo in photos {
                on_photo.try_run(photo);
            }
        });
    }

    /// Hands over a frame again and again while the camera is on and `live` says
    /// so, but never while `busy`.
    pub fn stream_frames(self, live: Signal<bool>, busy: Signal<bool>, on_frame: Callback<web_sys::Blob>) {
        let Some(turn) = self.turn.try_get_value() else { return };
        let goes_on = move || self.is_turn(turn) && live.try_get_untracked() == Some(true);
        spawn_local(async move {
            while goes_on() {
                let begun = js_sys::Date::now();
                if let Some(video) = self.video.get_untracked()
                    && let Some(frame) = grab(&video, FRAME_SIDE_MAX).await
                    && goes_on()
                {
                    on_frame.try_run(frame);
                }
                while goes_on() && busy.try_get_untracked() == Some(true) {
                    pause_ms(BUSY_PAUSE_MS).await;
                }
                pause_ms(FRAME_PAUSE_MS).await;
                while goes_on() && js_sys::Date::now() - begun < FRAME_PERIOD_MS_MIN {
                    pause_ms(BUSY_PAUSE_MS).await;
                }
            }
        });
    }

    fn watch_light(self, turn: u32) {
        spawn_local(async move {
            while self.is_turn(turn) {
                if let Some(light) = self.video.get_untracked().and_then(|video| brightness(&video)) {
                    self.too_dark.set(light < LIGHT_MIN);
                }
                pause_ms(LIGHT_PAUSE_MS).await;
            }
        });
    }
}
