//! Boxes and names over a photo. Each verdict has its own line, icon and word,
//! so that colour never stands alone.
//!
//! Only drawn in the browser: labels are placed through the element's style object.

use super::icon::{Icon, IconName};
use crate::app::types::{FaceVerdict, MarkedFace};
use crate::tr;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// With more faces a narrow screen shows their numbers alone: names would cover each other, and stand in the list below.
const NAMED_ON_PHONES: usize = 3;

/// Name of a verdict in class names and attributes.
pub fn verdict_name(verdict: FaceVerdict) -> &'static str {
    match verdict {
        FaceVerdict::Certain => "certain",
        FaceVerdict::Check => "check",
        FaceVerdict::Unknown => "unknown",
        FaceVerdict::TooSmall => "too-small",
    }
}

/// Word of a verdict as it starts a sentence.
pub fn verdict_word(verdict: FaceVerdict) -> String {
    match verdict {
        FaceVerdict::Certain => tr!("face-certain"),
        FaceVerdict::Check => tr!("face-check"),
        FaceVerdict::Unknown => tr!("face-unknown"),
        FaceVerdict::TooSmall => tr!("face-too-small"),
    }
}

/// How many faces have a verdict, such as "4 certain".
fn verdict_counted(verdict: FaceVerdict, count: usize) -> String {
    match verdict {
        FaceVerdict::Certain => tr!("face-count-certain", count = count),
        FaceVerdict::Check => tr!("face-count-check", count = count),
        FaceVerdict::Unknown => tr!("face-count-unknown", count = count),
        FaceVerdict::TooSmall => tr!("face-count-too-small", count = count),
    }
}

/// Icon of a verdict.
pub fn verdict_icon(verdict: FaceVerdict) -> IconName {
    match verdict {
        FaceVerdict::Certain => IconName::Check,
        FaceVerdict::Check => IconName::Question,
        FaceVerdict::Unknown => IconName::Person,
        FaceVerdict::TooSmall => IconName::Search,
    }
}

/// How many faces of each kind, in words: "6 faces: 4 certain, 1 please check, 1 not known".
pub fn faces_in_words(faces: &[MarkedFace]) -> String {
    let kinds = [FaceVerdict::Certain, FaceVerdict::Check, FaceVerdict::Unknown, FaceVerdict::TooSmall];
    let parts: Vec<String> = kinds
        .into_iter()
        .map(|kind| (kind, faces.iter().filter(|face| face.verdict == kind).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| verdict_counted(kind, count))
        .collect();
    match faces.len() {
        0 => tr!("face-none"),
        many => tr!("face-sum", count = many, kinds = parts.join(tr!("word-list-separator").as_str())),
    }
}

/// Gives the frame around a picture the picture's proportions.
pub fn set_ratio(frame: &web_sys::Element, width: u32, height: u32) {
    if width == 0 || height == 0 {
        return;
    }
    if let Some(frame) = frame.dyn_ref::<web_sys::HtmlElement>() {
        let ratio = f64::from(width) / f64::from(height);
        // Without it the picture is only not as large as it could be.
        let _ = frame.style().set_property("--ratio", &format!("{ratio:.4}"));
    }
}

/// A share of the whole as a CSS length.
fn percent(part: f32, whole: u32) -> String {
    format!("{:.2}%", 100.0 * f64::from(part) / f64::from(whole.max(1)))
}

/// The overlay of one photo; stands inside a frame of the photo's proportions.
#[component]
pub fn FaceOverlay(
    /// Pixels of the photo, in which the boxes are given.
    width: u32,
    height: u32,
    faces: Vec<MarkedFace>,
) -> impl IntoView {
    let summary = faces_in_words(&faces);
    let is_many = faces.len() > NAMED_ON_PHONES;
    let boxes = faces.iter().map(face_box).collect_view();
    let labels = faces.iter().enumerate().map(|(at, face)| face_label(at + 1, face, width, height)).collect_view();
    view! {
        <svg
            class="faces"
            viewBox=format!("0 0 {width} {height}")
            role="img"
            aria-label=summary
            data-test="face-overlay"
        >
            {boxes}
        </svg>
        // The list below the photo says the same in full.
        <div class="face-labels" class:face-labels-many=is_many aria-hidden="true">{labels}</div>
    }
}

fn face_box(face: &MarkedFace) -> impl IntoView + use<> {
    let [x1, y1, x2, y2] = face.bbox;
    let name = verdict_name(face.verdict);
    let (width, height) = ((x2 - x1).max(1.0), (y2 - y1).max(1.0));
    let radius = (width.min(height) * 0.08).to_string();
    view! {
        // A dark line under the coloured one stays visible on any photo.
        <rect
            class="face-box-under"
            x=x1.to_string()
            y=y1.to_string()
            width=width.to_string()
            height=height.to_string()
            rx=radius.clone()
        ></rect>
        <rect
            class=format!("face-box face-box-{name}")
            data-test="face-box"
            data-verdict=name
            x=x1.to_string()
            y=y1.to_string()
            width=width.to_string()
            height=height.to_string()
            rx=radius
        ></rect>
    }
}

fn face_label(number: usize, face: &MarkedFace, width: u32, height: u32) -> impl IntoView + use<> {
    let [x1, _, x2, y2] = face.bbox;
    let name = verdict_name(face.verdict);
    let words = match (face.verdict, face.candidates.first()) {
        (FaceVerdict::Certain, Some(candidate)) => candidate.student.name.clone(),
        (verdict, _) => verdict_word(verdict),
    };
    view! {
        <span
            class=format!("face-label face-label-{name}")
            data-test="face-label"
            style:left=percent((x1 + x2) / 2.0, width)
            style:top=percent(y2, height)
        >
            <Icon name=verdict_icon(face.verdict)/>
            <span class="face-label-words">{number.to_string()}<span class="face-label-name">{format!(" {words}")}</span></span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(verdict: FaceVerdict) -> MarkedFace {
        MarkedFace {
            bbox: [0.0, 0.0, 10.0, 10.0],
            verdict,
            candidates: Vec::new(),
            reasons: Vec::new(),
            status: None,
            timestamp: None,
            already_marked: false,
            crop: None,
        }
    }

    #[test]
    fn faces_are_summed_up_by_kind() {
        assert_eq!(faces_in_words(&[]), "No face found");
        let faces = [face(FaceVerdict::Certain), face(FaceVerdict::TooSmall), face(FaceVerdict::Certain)];
        assert_eq!(faces_in_words(&faces), "3 faces: 2 certain, 1 too small");
    }

    #[test]
    fn labels_are_placed_in_percent_of_the_photo() {
        assert_eq!(percent(480.0, 1920), "25.00%");
        assert_eq!(percent(1.0, 0), "100.00%");
    }
}
