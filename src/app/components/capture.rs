//! The camera panel of a session: live picture, photos, files, live mode.

pub mod outcome;
pub mod shots;

use self::{
    outcome::{ShotView, Strip},
    shots::Shots,
};
use super::{
    camera::Camera,
    face_overlay::{FaceOverlay, faces_in_words},
    icon::{Icon, IconName},
    live::Register,
    notice::{Notice, NoticeKind},
    review_sheet::SeenFaces,
};
use crate::app::components::when::{ShowWhen, changing};
use crate::app::types::SessionStatus;
use crate::tr;
use leptos::prelude::*;

/// Everything that marks by photo. `faces` takes what the photos leave open.
#[component]
pub fn Capture(register: Register, faces: SeenFaces) -> impl IntoView {
    let shots = Shots::new(register, faces);
    // Only when these change: whatever else is learnt of the session must not draw the camera anew, and so turn it off.
    let unavailable = Memo::new(move |_| register.faces_unavailable.get());
    let is_open = Memo::new(move |_| register.is_open());
    let body = move || match (unavailable.get(), is_open.get()) {
        (_, false) => view! { <Closed register=register/> }.into_any(),
        (Some(why), true) => view! {
            <Notice kind=NoticeKind::Info title=tr!("capture-unavailable") test="faces-unavailable">
                <p>{why}</p>
                <p>{tr!("capture-by-hand")}</p>
            </Notice>
        }
        .into_any(),
        (None, true) => view! { <Tools shots=shots register=register/> }.into_any(),
    };
    view! {
        <section class="capture card" aria-labelledby="capture-title" data-test="capture">
            <h2 id="capture-title">{tr!("capture-title")}</h2>
            {body}
            <Strip shots=shots/>
        </section>
    }
}

/// Why there is no camera any more.
#[component]
fn Closed(register: Register) -> impl IntoView {
    let words = move || match register.session.read().status {
        SessionStatus::Completed => tr!("capture-saved"),
        SessionStatus::Cancelled => tr!("capture-cancelled"),
        SessionStatus::Active => tr!("capture-not-yours"),
    };
    view! { <p class="muted">{words}</p> }
}

#[component]
fn Tools(shots: Shots, register: Register) -> impl IntoView {
    let looks_at_photo = move || shots.shown.get().is_some();
    let live = Signal::derive(move || shots.live.get() && shots.shown.get().is_none());
    let hint = Signal::derive(move || match (shots.live.get(), &*shots.live_last.read()) {
        (false, _) => String::new(),
        (true, None) => tr!("capture-live-looking"),
        (true, Some(Ok(outcome))) => faces_in_words(&outcome.faces),
        (true, Some(Err(error))) => error.sentence(),
    });
    let overlay = move || {
        let last = shots.live_last.get()?.ok()?;
        Some(view! { <FaceOverlay width=last.width height=last.height faces=last.faces/> })
    };
    let extra = move || view! { <LiveToggle shots=shots/> };
    view! {
        <div class="capture-camera" class:is-away=looks_at_photo>
            <Camera
                on_photo=Callback::new(move |photo| shots.add(photo))
                on_frame=Callback::new(move |frame| shots.add_frame(frame))
                live=live
                busy=shots.live_busy
                hint=hint
                overlay=overlay
                bursts=true
                extra=extra
            />
        </div>
        {changing(move || shots.current().map(|shot| view! { <ShotView shot=shot shots=shots/> }))}
        <div class="row capture-ways">
            {changing(move || {
                looks_at_photo().then(|| {
                    view! {
                        <button
                            type="button"
                            class="button button-primary"
                            data-test="next-photo"
                            on:click=move |_| shots.show_camera()
                        >
                            <Icon name=IconName::Camera/>
                            {tr!("capture-next")}
                        </button>
                    }
                })
            })}
            <Files shots=shots register=register/>
        </div>
        <p class="capture-queue" role="status">
            {changing(move || match shots.waiting() {
                0 | 1 => String::new(),
                many => tr!("capture-queue", count = many),
            })}
        </p>
    }
}

/// Starts and stops live mode; stands beside the shutter.
#[component]
fn LiveToggle(shots: Shots) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button live-toggle"
            aria-pressed=move || if shots.live.get() { "true" } else { "false" }
            data-test="live-toggle"
            on:click=move |_| shots.toggle_live()
        >
            <span class="live-dot" aria-hidden="true"></span>
            {changing(move || if shots.live.get() { tr!("capture-live-stop") } else { tr!("capture-live") })}
        </button>
    }
}

/// Photos out of files. Without a script this is a plain form, which marks the
/// photo and leads back to this page.
#[component]
fn Files(shots: Shots, register: Register) -> impl IntoView {
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let chosen = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(files) = input.files() {
            for file in (0..files.length()).filter_map(|at| files.get(at)) {
                shots.add(file.into());
            }
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    view! {
        <form
            class="row"
            method="post"
            action=register.calls.urls.mark_photo
            enctype="multipart/form-data"
            on:submit=|event| event.prevent_default()
        >
            <input type="hidden" name="session" value=register.id.to_string()/>
            <label class="button file-button">
                <Icon name=IconName::Photo/>
                {tr!("capture-choose")}
                <input
                    type="file"
                    name="image"
                    accept="image/jpeg,image/png"
                    multiple=move || is_awake.get()
                    data-test="photo-files"
                    on:change=chosen
                />
            </label>
            <ShowWhen when=move || !is_awake.get()>
                <button type="submit" class="button">{tr!("capture-send")}</button>
            </ShowWhen>
        </form>
    }
}
