//! What one photo did: the photo with its boxes, and the same in a list.

use super::shots::{Shot, ShotState, Shots};
use crate::app::components::when::ShowWhen;
use crate::app::{
    components::{
        camera::still::ObjectUrl,
        face_overlay::{FaceOverlay, faces_in_words, set_ratio, verdict_icon, verdict_name, verdict_word},
        icon::{Icon, IconName},
        live::words::marked_as,
        notice::{Notice, NoticeKind},
        review_sheet::names_in_words,
    },
    error::AppError,
    types::{FaceVerdict, MarkOutcome, MarkedFace},
};
use crate::tr;
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
            ShotState::Waiting => view! { <p class="shot-state">{tr!("shot-waiting")}</p> }.into_any(),
            ShotState::Sending => view! {
                <div class="shot-state">
                    <p>{tr!("shot-looking")}</p>
                    <progress aria-label=tr!("shot-progress")></progress>
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
                            {tr!("shot-retry")}
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
        view! { <img class="frame-picture" src=url.address() alt=tr!("shot-picture", number = number) on:load=fitted/> }
    })
}

/// Summary, time and one line per face.
#[component]
fn Outcome(outcome: MarkOutcome) -> impl IntoView {
    let took_s = f64::from(u32::try_from(outcome.processing_time_ms).unwrap_or(u32::MAX)) / 1000.0;
    let took = tr!("amount-s", amount = format!("{took_s:.1}"));
    let marked = match outcome.new_marks {
        0 => tr!("shot-marked-nobody"),
        many => tr!("shot-marked", count = many),
    };
    let suggestions = (!outcome.suggestions.is_empty()).then(|| {
        let lines = outcome.suggestions.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! {
            <Notice kind=NoticeKind::Warning title=tr!("shot-no-face") test="suggestions">
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
        <ol class="face-lines" aria-label=tr!("shot-faces")>{lines}</ol>
    }
}

/// What became of one face, in a sentence.
pub fn face_sentence(face: &MarkedFace) -> String {
    let best = face.candidates.first();
    match (face.verdict, best) {
        (FaceVerdict::Certain, Some(best)) => {
            let status = face.status.unwrap_or_default();
            if face.already_marked {
                tr!("face-already-marked", name = &best.student.name, status = status.as_str())
            } else {
                marked_as(&best.student.name, status)
            }
        }
        (FaceVerdict::Check, Some(_)) => tr!("face-please-check", names = names_in_words(&face.candidates)),
        (FaceVerdict::TooSmall, _) => tr!("face-too-small-to-compare"),
        (verdict @ (FaceVerdict::Certain | FaceVerdict::Check), None) => verdict_word(verdict),
        (FaceVerdict::Unknown, _) => tr!("face-nobody"),
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
            <ul class="strip" aria-label=tr!("shot-strip") data-test="shot-strip">{tiles}</ul>
        </ShowWhen>
    }
}

#[component]
fn Tile(shot: Shot, shots: Shots) -> impl IntoView {
    let number = shot.number;
    let state = shot.state.clone();
    let words = move || match &*state.read() {
        ShotState::Waiting => tr!("shot-tile-waiting", number = number),
        ShotState::Sending => tr!("shot-tile-sending", number = number),
        ShotState::Done(outcome) => tr!("shot-tile-done", number = number, count = outcome.new_marks),
        ShotState::Failed(AppError::WaitsOnDevice) => tr!("shot-tile-kept", number = number),
        ShotState::Failed(_) => tr!("shot-tile-failed", number = number),
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
                <span>{words}</span>
            </button>
        </li>
    }
}
