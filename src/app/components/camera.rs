//! The camera: live picture, shutter, switch, and frames for live mode.
//!
//! Knows nothing of sessions or students; photos and frames leave as JPEG blobs.
//! Without a camera it says why and takes files instead.

pub mod lens;
pub mod media;
pub mod still;

pub use lens::{BURST_PHOTOS, CameraState, Lens};
pub use media::{CameraTrouble, Facing};

use super::{
    face_overlay::set_ratio,
    icon::{Icon, IconName},
};
use crate::app::components::when::changing;
use crate::tr;
use leptos::prelude::*;

/// Live picture with its controls.
#[component]
pub fn Camera(
    /// Each photo, as JPEG; also each file chosen in place of a camera, as it is.
    #[prop(into)]
    on_photo: Callback<web_sys::Blob>,
    /// Live frames, as JPEG, while `live`.
    #[prop(optional, into)]
    on_frame: Option<Callback<web_sys::Blob>>,
    #[prop(optional, into)] live: Signal<bool>,
    /// No new frame while this is so.
    #[prop(optional, into)]
    busy: Signal<bool>,
    #[prop(optional)] facing: Facing,
    /// Offers a burst beside the shutter.
    #[prop(optional)]
    bursts: bool,
    /// Switches the camera on as soon as the component is there.
    #[prop(optional)]
    at_once: bool,
    /// A line on the picture, such as how many faces the last frame showed.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Drawn over the picture.
    #[prop(optional, into)]
    overlay: ViewFn,
    /// Further controls beside the shutter.
    #[prop(optional, into)]
    extra: ViewFn,
) -> impl IntoView {
    let lens = Lens::new(facing);
    Effect::new(move |_| {
        lens.look_for_support();
        if at_once && lens.state.get_untracked() == CameraState::Off {
            lens.start();
        }
        let visibility = window_event_listener_untyped("visibilitychange", move |_| lens.follow_visibility());
        on_cleanup(move || visibility.remove());
    });
    Effect::new(move |_| {
        if let Some(on_frame) = on_frame
            && lens.is_on()
            && live.get()
        {
            lens.stream_frames(live, busy, on_frame);
        }
    });
    // The light comes before every other hint.
    let line = move || {
        let line = if lens.too_dark.get() { tr!("camera-too-dark") } else { hint.get() };
        (!line.is_empty()).then_some(line)
    };
    view! {
        <div class="camera" data-test="camera" data-state=move || lens.state.get().name()>
            <div class="camera-stage" class:camera-stage-off=move || !lens.is_on()>
                <Picture lens=lens/>
                {changing(move || lens.is_on().then(|| overlay.run()))}
                <Rest lens=lens/>
                <p class="camera-hint" role="status" data-test="camera-hint">{line}</p>
            </div>
            <Controls lens=lens on_photo=on_photo bursts=bursts extra=extra/>
            <Trouble lens=lens on_photo=on_photo/>
        </div>
    }
}

/// The live picture; its frame takes the picture's proportions.
#[component]
fn Picture(lens: Lens) -> impl IntoView {
    let fit = move || {
        if let Some(video) = lens.video.get_untracked()
            && let Some(frame) = video.parent_element()
        {
            set_ratio(&frame, video.video_width(), video.video_height());
        }
    };
    view! {
        <video
            node_ref=lens.video
            class="camera-video"
            aria-label=tr!("camera-picture")
            muted
            autoplay
            playsinline
            prop:muted=true
            on:loadedmetadata=move |_| fit()
            on:resize=move |_| fit()
        ></video>
    }
}

/// What stands in the stage while there is no picture, and the light while there is.
#[component]
fn Rest(lens: Lens) -> impl IntoView {
    move || match lens.state.get() {
        CameraState::On => view! {
            <p class="camera-on" data-test="camera-on">
                <span class="camera-on-dot" aria-hidden="true"></span>
                {tr!("camera-on")}
            </p>
        }
        .into_any(),
        CameraState::Off => view! {
            <button
                type="button"
                class="button button-primary camera-start"
                data-test="camera-start"
                on:click=move |_| lens.start()
            >
                <Icon name=IconName::Camera/>
                {tr!("camera-start")}
            </button>
        }
        .into_any(),
        CameraState::Starting => view! {
            <p class="camera-rest" role="status">{tr!("camera-starting")}</p>
        }
        .into_any(),
        CameraState::Paused => view! { <p class="camera-rest">{tr!("camera-paused")}</p> }.into_any(),
        CameraState::Trouble(_) => view! {
            <p class="camera-rest">
                <Icon name=IconName::Camera class="icon-large"/>
                {tr!("camera-no-picture")}
            </p>
        }
        .into_any(),
    }
}

/// Shutter, switch and off.
#[component]
fn Controls(lens: Lens, on_photo: Callback<web_sys::Blob>, bursts: bool, extra: ViewFn) -> impl IntoView {
    let several = move || lens.cameras.read().len() > 1;
    move || {
        lens.is_on().then(|| {
            view! {
                <div class="camera-controls">
                    <button
                        type="button"
                        class="button button-primary camera-shutter"
                        data-test="camera-shutter"
                        on:click=move |_| lens.take_photo(on_photo)
                    >
                        <Icon name=IconName::Camera/>
                        {tr!("camera-shutter")}
                    </button>
                    {bursts.then(|| view! { <Burst lens=lens on_photo=on_photo/> })}
                    {extra.run()}
                    {changing(move || {
                        several().then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    data-test="camera-switch"
                                    on:click=move |_| lens.switch()
                                >
                                    <Icon name=IconName::Switch/>
                                    {tr!("camera-switch")}
                                </button>
                            }
                        })
                    })}
                    <button
                        type="button"
                        class="button button-quiet"
                        data-test="camera-stop"
                        on:click=move |_| lens.stop()
                    >
                        {tr!("camera-stop")}
                    </button>
                </div>
            }
        })
    }
}

/// Several photos at one press: who blinked or looked away on one is seen on another.
#[component]
fn Burst(lens: Lens, on_photo: Callback<web_sys::Blob>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-test="camera-burst"
            aria-disabled=move || lens.in_burst.get().then_some("true")
            on:click=move |_| lens.take_burst(on_photo)
        >
            <Icon name=IconName::Photo/>
            {changing(move || match lens.in_burst.get() {
                true => tr!("camera-in-burst"),
                false => tr!("camera-burst", count = BURST_PHOTOS),
            })}
        </button>
    }
}

/// Why there is no camera, another try, and a file in its place.
#[component]
fn Trouble(lens: Lens, on_photo: Callback<web_sys::Blob>) -> impl IntoView {
    let retry = move |trouble: CameraTrouble| {
        (trouble != CameraTrouble::NotSecure).then(|| {
            view! {
                <button type="button" class="button" data-test="camera-retry" on:click=move |_| lens.start()>
                    {tr!("word-try-again")}
                </button>
            }
        })
    };
    let chosen = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on_photo.run(file.into());
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    move || {
        lens.state.get().trouble().map(|trouble| {
            view! {
                <div class="camera-trouble" role="alert" data-test="camera-trouble">
                    <p>{trouble.sentence()}</p>
                    <div class="row">
                        {retry(trouble)}
                        // With `capture` a phone opens its own camera at once.
                        <label class="button file-button">
                            <Icon name=IconName::Camera/>
                            {tr!("camera-file")}
                            <input
                                type="file"
                                accept="image/jpeg,image/png"
                                capture=lens.facing.as_str()
                                data-test="camera-file"
                                on:change=chosen
                            />
                        </label>
                    </div>
                </div>
            }
        })
    }
}
