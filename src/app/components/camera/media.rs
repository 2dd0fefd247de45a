//! The browser's cameras: asking for one, and what refusals mean.
//!
//! Only for event handlers, effects and futures; a server has no `navigator`.

use crate::tr;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// Width and height asked for; the browser takes the nearest the camera has.
const WIDTH_IDEAL: f64 = 1920.0;
const HEIGHT_IDEAL: f64 = 1080.0;

/// Which way the camera should look when there is a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Facing {
    /// Away from the holder: a room.
    #[default]
    Room,
    /// Towards the holder: one person.
    Holder,
}

impl Facing {
    /// The word of browsers for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Room => "environment",
            Self::Holder => "user",
        }
    }
}

/// Which camera is asked for.
pub enum Wanted {
    Facing(Facing),
    /// The id of one camera of this device.
    Device(String),
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraTrouble {
    /// The page came neither over HTTPS nor from this very machine.
    NotSecure,
    Denied,
    NoCamera,
    InUse,
    Other,
}

impl CameraTrouble {
    /// What the reader is told, with the next step.
    pub fn sentence(self) -> String {
        match self {
            Self::NotSecure => tr!("camera-not-secure"),
            Self::Denied => tr!("camera-denied"),
            Self::NoCamera => tr!("camera-none"),
            Self::InUse => tr!("camera-in-use"),
            Self::Other => tr!("camera-did-not-start"),
        }
    }

    /// By the name of the browser's exception.
    fn of(error: &JsValue) -> Self {
        let name = Reflect::get(error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "SecurityError" | "PermissionDeniedError") => Self::Denied,
            Some("NotFoundError" | "OverconstrainedError" | "DevicesNotFoundError") => Self::NoCamera,
            Some("NotReadableError" | "AbortError" | "TrackStartError") => Self::InUse,
            _ => Self::Other,
        }
    }
}

/// A camera that is on; dropping it switches it off.
pub struct OpenCamera(MediaStream);

impl OpenCamera {
    /// The picture, for a `<video>`.
    pub fn stream(&self) -> &MediaStream {
        &self.0
    }

    /// Id of the camera behind it.
    pub fn device_id(&self) -> Option<String> {
        let track = self.0.get_video_tracks().get(0);
        let settings = Reflect::get(&track, &JsValue::from_str("getSettings")).ok()?;
        let settings = settings.dyn_ref::<js_sys::Function>()?.call0(&track).ok()?;
        Reflect::get(&settings, &JsValue::from_str("deviceId")).ok()?.as_string()
    }
}

impl Drop for OpenCamera {
    fn drop(&mut self) {
        for track in self.0.get_tracks().iter() {
            if let Some(track) = track.dyn_ref::<MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}

/// The browser's cameras, where it gives any.
fn devices() -> Option<MediaDevices> {
    let navigator = window().navigator();
    let devices = Reflect::get(&navigator, &JsValue::from_str("mediaDevices")).ok()?;
    devices.dyn_into().ok()
}

/// Whether this page may ask for a camera at all.
pub fn is_supported() -> bool {
    devices().is_some()
}

/// Asks for a camera; the reader may have to agree first.
pub async fn open(wanted: Wanted) -> Result<OpenCamera, CameraTrouble> {
    let devices = devices().ok_or(CameraTrouble::NotSecure)?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio_bool(false);
    constraints.set_video(&video_constraints(&wanted));
    let asked = devices.get_user_media_with_constraints(&constraints).map_err(|error| CameraTrouble::of(&error))?;
    let stream = JsFuture::from(asked).await.map_err(|error| CameraTrouble::of(&error))?;
    stream.dyn_into().map(OpenCamera).map_err(|_| CameraTrouble::Other)
}

fn video_constraints(wanted: &Wanted) -> Object {
    let video = Object::new();
    set(&video, "width", &object("ideal", &WIDTH_IDEAL.into()));
    set(&video, "height", &object("ideal", &HEIGHT_IDEAL.into()));
    match wanted {
        Wanted::Facing(facing) => set(&video, "facingMode", &object("ideal", &facing.as_str().into())),
        Wanted::Device(id) => set(&video, "deviceId", &object("exact", &id.as_str().into())),
    }
    video
}

fn object(key: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    set(&object, key, value);
    object.into()
}

fn set(target: &Object, key: &str, value: &JsValue) {
    // Setting a key of a fresh plain object cannot fail.
    let _ = Reflect::set(target, &JsValue::from_str(key), value);
}

/// Ids of all cameras; complete only after one was opened.
pub async fn list_cameras() -> Vec<String> {
    let Some(asked) = devices().and_then(|devices| devices.enumerate_devices().ok()) else { return Vec::new() };
    let Ok(found) = JsFuture::from(asked).await else { return Vec::new() };
    let found: &Array = found.unchecked_ref();
    found
        .iter()
        .filter_map(|device| device.dyn_into::<MediaDeviceInfo>().ok())
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput)
        .map(|device| device.device_id())
        .filter(|id| !id.is_empty())
        .collect()
}
