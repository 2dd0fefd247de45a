//! A chosen photo with the server's verdict: the face's box, words and advice.

use super::icon::{Icon, IconName};
use super::photo_file::PickedPhoto;
use super::status_chip::{Chip, QualityChip};
use crate::app::components::when::changing;
use crate::app::error::AppResult;
use crate::app::types::{FaceQuality, PhotoVerdict};
use crate::tr;
use leptos::prelude::*;

/// Preview, verdict and the button that takes the photo out again.
#[component]
pub fn PickedTile(
    photo: PickedPhoto,
    #[prop(into)] on_remove: Callback<()>,
    /// The button says that another photo is taken in its place.
    #[prop(optional)]
    again: bool,
) -> impl IntoView {
    let verdict = photo.verdict.clone();
    let class = {
        let verdict = verdict.clone();
        move || match &*verdict.read() {
            None => "pick",
            Some(Ok(verdict)) if verdict.accepted => "pick pick-accepted",
            Some(_) => "pick pick-refused",
        }
    };
    let state = {
        let verdict = verdict.clone();
        move || match &*verdict.read() {
            None => "checking",
            Some(Ok(verdict)) if verdict.accepted => "accepted",
            Some(_) => "refused",
        }
    };
    let boxes = {
        let verdict = verdict.clone();
        move || verdict.get().and_then(Result::ok).map(|verdict| view! { <Boxes verdict=verdict/> })
    };
    let preview = tr!("pick-preview", name = photo.name.clone());
    let (class_out, take_out, inside) = if again {
        ("button", tr!("pick-again-name", name = photo.name.clone()), tr!("pick-again").into_any())
    } else {
        let cross = view! { <Icon name=IconName::Close/> }.into_any();
        ("button button-quiet button-icon", tr!("pick-take-out", name = photo.name.clone()), cross)
    };
    view! {
        <article class=class data-test="photo-pick" data-state=state>
            <figure class="pick-figure">
                <img src=photo.url alt=preview/>
                {boxes}
            </figure>
            <div class="pick-text">
                <div class="pick-head">
                    <span class="small muted">{photo.name}</span>
                    <button
                        type="button"
                        class=class_out
                        aria-label=take_out
                        data-test="photo-remove"
                        on:click=move |_| on_remove.run(())
                    >
                        {inside}
                    </button>
                </div>
                {changing(move || view! { <Verdict verdict=verdict.get()/> })}
            </div>
        </article>
    }
}

/// The boxes of all faces, in pixels of the photo.
#[component]
fn Boxes(verdict: PhotoVerdict) -> impl IntoView {
    let rects = verdict
        .faces
        .iter()
        .flat_map(|[x1, y1, x2, y2]| {
            ["pick-box-under", "pick-box"].map(|class| {
                view! {
                    <rect
                        class=class
                        x=x1.to_string()
                        y=y1.to_string()
                        width=(x2 - x1).max(0.0).to_string()
                        height=(y2 - y1).max(0.0).to_string()
                    ></rect>
                }
            })
        })
        .collect_view();
    view! {
        <svg viewBox=format!("0 0 {} {}", verdict.width, verdict.height) aria-hidden="true">
            {rects}
        </svg>
    }
}

/// Words about the photo.
#[component]
fn Verdict(verdict: Option<AppResult<PhotoVerdict>>) -> impl IntoView {
    match verdict {
        None => view! { <p class="muted" data-test="photo-checking">{tr!("pick-checking")}</p> }.into_any(),
        Some(Err(error)) => {
            view! { <p class="field-error" data-test="photo-sentence">{error.sentence()}</p> }.into_any()
        }
        Some(Ok(verdict)) => {
            let lookalike = verdict.lookalike.map(|other| {
                let sentence = tr!("pick-lookalike", name = other.name, roll = other.roll_no);
                view! {
                    <p class="row" data-test="photo-lookalike">
                        <Chip hue="late" icon=IconName::Warning word=tr!("pick-looks-alike")/>
                        <span>
                            {sentence} " "
                            <a href=format!("/students/{}", other.id) target="_blank" rel="noopener">{tr!("pick-compare")}</a>
                        </span>
                    </p>
                }
            });
            // What the sentence says already is not said again.
            let quality = verdict.quality.map(|mut quality| {
                quality.advice.retain(|advice| !verdict.sentence.contains(advice));
                view! { <Quality quality=quality/> }
            });
            view! {
                <p data-test="photo-sentence"><strong>{verdict.sentence}</strong></p>
                {quality}
                {lookalike}
            }
            .into_any()
        }
    }
}

#[component]
fn Quality(quality: FaceQuality) -> impl IntoView {
    let advice = quality.advice.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
    view! {
        <p><QualityChip verdict=quality.verdict/></p>
        <ul class="pick-advice">{advice}</ul>
        <p class="pick-measures">
            <span>{tr!("pick-face-size", px = quality.face_size)}</span>
            <span>{tr!("pick-sharpness", percent = format!("{:.0}", quality.blur_score * 100.0))}</span>
            <span>{tr!("pick-brightness", percent = format!("{:.0}", quality.brightness * 100.0))}</span>
            <span>{tr!("pick-turned", degrees = format!("{:.0}", quality.angle))}</span>
        </p>
    }
}
