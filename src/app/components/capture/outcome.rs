//! What one photo did: the photo with its boxes, and the same in a list.

use super::shots::{Shot, ShotState, Shots};
use crate::app::components::when::ShowWhen;
use crate::app::{
    components::{
        camera::still::ObjectUrl,
        face_overlay::{FaceOverlay, faces_in_words, set_ratio, verdict_icon, verdict_name, verdict_word},
        icon::{Icon, IconName},
        notice::{Notice, NoticeKind},
        review_sheet::likeness,
    },
    error::AppError,
    types::{FaceVerdict, MarkOutcome, MarkedFace},
};
use leptos::prelude::*;
use std::sync::Arc;

/// One photo of the page, in whatever state it is.
#[component]
pub fn ShotView(shot: Shot, shots: Shots) -> impl IntoView {
    let number = shot.number;
    let state = shot.state.clone();
    let overlay = {
        let state = state.clone();
        move || match state.get() {
            ShotState::Done(outcome) => Some(view! {
                <FaceOverlay width=outcome.width height=outcome.height faces=outcome.faces/>
            }),
            _ => None,
        }
    };
    let words = {
        let (state, shot) = (state.clone(), shot.clone());
        move || match state.get() {
            ShotState::Waiting => view! { <p class="shot-state">"Waiting for the photo before it …"</p> }.into_any(),
            ShotState::Sending => view! {
                <div class="shot-state">
                    <p>"Looking for faces …"</p>
                    <progress aria-label="Looking for faces"></progress>
                </div>
            }
            .into_any(),
            ShotState::Done(outcome) => view! { <Outcome outcome=outcome/> }.into_any(),
            ShotState::Failed(error) => {
                let shot = shot.clone();
                // The same photo would be refused for the same reason again.
                let kept = error == AppError::WaitsOnDevice;
                let is_final = kept || matches!(error.status(), 400 | 401 | 403 | 404 | 413);
                let (kind, test) =
                    if kept { (NoticeKind::Info, "shot-kept") } else { (NoticeKind::Error, "shot-error") };
                let again = (!is_final).then(|| {
                    view! {
                        <button type="button" class="button" data-test="shot-retry" on:click=move |_| shots.retry(&shot)>
                            "Send this photo again"
                        </button>
                    }
                });
                view! {
                    <Notice kind=kind test=test>
                        <p>{error.sentence()}</p>
                        {again}
                    </Notice>
                }
                .into_any()
            }
        }
    };
    view! {
        <div class="shot" data-test="shot" data-state=move || state_name(&state.read())>
            <div class="frame">{picture(shot.url, number)} {overlay}</div>
            {words}
        </div>
    }
}

fn state_name(state: &ShotState) -> &'static str {
    match state {
        ShotState::Waiting => "waiting",
        ShotState::Sending => "sending",
        ShotState::Done(_) => "done",
        ShotState::Failed(AppError::WaitsOnDevice) => "kept",
        ShotState::Failed(_) => "failed",
    }
}

fn picture(url: Option<Arc<ObjectUrl>>, number: u64) -> impl IntoView {
    let fitted = |event: web_sys::Event| {
        let image: web_sys::HtmlImageElement = event_target(&event);
        if let Some(frame) = image.parent_element() {
            set_ratio(&frame, image.natural_width(), image.natural_height());
        }
    };
    url.map(|url| {
        view! { <img class="frame-picture" src=url.address() alt=format!("Photo {number} of this page") on:load=fitted/> }
    })
}

/// Summary, time and one line per face.
#[component]
fn Outcome(outcome: MarkOutcome) -> impl IntoView {
    let took = format!("{:.1} s", f64::from(u32::try_from(outcome.processing_time_ms).unwrap_or(u32::MAX)) / 1000.0);
    let marked = match outcome.new_marks {
        0 => "Nobody new was marked.".to_owned(),
        1 => "1 student was marked.".to_owned(),
        many => format!("{many} students were marked."),
    };
    let suggestions = (!outcome.suggestions.is_empty()).then(|| {
        let lines = outcome.suggestions.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! {
            <Notice kind=NoticeKind::Warning title="No face was found. What may help:" test="suggestions">
                <ul class="bullets">{lines}</ul>
            </Notice>
        }
    });
    let lines = outcome
        .faces
        .iter()
        .enumerate()
        .map(|(at, face)| view! { <FaceLine number=at + 1 face=face.clone()/> })
        .collect_view();
    view! {
        <div class="outcome" role="status" data-test="outcome">
            <p class="outcome-sum">
                <strong data-test="outcome-marked">{marked}</strong>
                " "
                <span data-test="outcome-faces">{faces_in_words(&outcome.faces)}</span>
                <span class="muted" data-test="outcome-time">{format!(" · {took}")}</span>
            </p>
            {suggestions}
        </div>
        <ol class="face-lines" aria-label="Faces of this photo">{lines}</ol>
    }
}

/// What became of one face, in a sentence.
pub fn face_sentence(face: &MarkedFace) -> String {
    let best = face.candidates.first();
    match (face.verdict, best) {
        (FaceVerdict::Certain, Some(best)) => {
            let status = face.status.map(|status| status.as_str()).unwrap_or("present");
            if face.already_marked {
                format!("{} was already marked {status}", best.student.name)
            } else {
                format!("{} marked {status}", best.student.name)
            }
        }
        (FaceVerdict::Check, Some(_)) => {
            let names: Vec<String> = face
                .candidates
                .iter()
                .map(|candidate| format!("{} {}", likeness(candidate), candidate.student.name))
                .collect();
            format!("Please check: {}", names.join(", "))
        }
        (FaceVerdict::TooSmall, _) => "Too small to compare: step closer or take another photo".to_owned(),
        (verdict @ (FaceVerdict::Certain | FaceVerdict::Check), None) => verdict_word(verdict).to_owned(),
        (FaceVerdict::Unknown, _) => "Nobody of this roster".to_owned(),
    }
}

#[component]
fn FaceLine(number: usize, face: MarkedFace) -> impl IntoView {
    let name = verdict_name(face.verdict);
    let reasons = (!face.reasons.is_empty() && face.verdict != FaceVerdict::Certain)
        .then(|| view! { <span class="face-line-why">{face.reasons.join(" ")}</span> });
    view! {
        <li class=format!("face-line face-line-{name}") data-test="face-line" data-verdict=name>
            <span class="face-line-number">{number}</span>
            <Icon name=verdict_icon(face.verdict)/>
            <span class="face-line-words">{face_sentence(&face)} {reasons}</span>
        </li>
    }
}

/// Small pictures of all photos of the page, to look at one again.
#[component]
pub fn Strip(shots: Shots) -> impl IntoView {
    let tiles = move || {
        shots.list.read().iter().rev().map(|shot| view! { <Tile shot=shot.clone() shots=shots/> }).collect_view()
    };
    view! {
        <ShowWhen when=move || !shots.list.read().is_empty()>
            <ul class="strip" aria-label="Photos of this page" data-test="shot-strip">{tiles}</ul>
        </ShowWhen>
    }
}

#[component]
fn Tile(shot: Shot, shots: Shots) -> impl IntoView {
    let number = shot.number;
    let state = shot.state.clone();
    let words = move || match &*state.read() {
        ShotState::Waiting => "waiting".to_owned(),
        ShotState::Sending => "being looked at".to_owned(),
        ShotState::Done(outcome) => format!("{} marked", outcome.new_marks),
        ShotState::Failed(AppError::WaitsOnDevice) => "waits on this device".to_owned(),
        ShotState::Failed(_) => "not sent".to_owned(),
    };
    let picture = match shot.url {
        Some(url) => view! { <img src=url.address() alt=""/> }.into_any(),
        None => view! { <Icon name=IconName::Photo class="icon-large"/> }.into_any(),
    };
    view! {
        <li>
            <button
                type="button"
                class="strip-tile"
                aria-pressed=move || if shots.shown.get() == Some(number) { "true" } else { "false" }
                on:click=move |_| shots.shown.set(Some(number))
            >
                {picture}
                <span>{format!("Photo {number}: ")} {words}</span>
            </button>
        </li>
    }
}
