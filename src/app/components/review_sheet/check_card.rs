//! One question: a face of a photo beside the enrolment photos of the best two.

use super::piles::{SeenFace, SeenFaces, likeness, names_in_words};
use crate::app::{
    components::{
        avatar::{Avatar, AvatarSize},
        icon::{Icon, IconName},
        keys::{RowKey, leave_row, move_focus, row_key},
        live::Register,
    },
    types::{Candidate, RecordStatus, StudentId},
};
use crate::tr;
use leptos::{ev::KeyboardEvent, prelude::*};

/// Candidates shown.
const CANDIDATES_MAX: usize = 2;

/// The question in words: "Please check: likely Jane Smith, possible John Doe".
fn question(face: &SeenFace) -> String {
    let shown = face.candidates.iter().take(CANDIDATES_MAX);
    tr!("face-please-check", names = names_in_words(shown))
}

/// Does what a key asks for.
fn work_keys(register: Register, faces: SeenFaces, id: u64, students: &[StudentId], event: &KeyboardEvent) {
    let Some(key) = row_key(event) else { return };
    let choose = |at: usize, status: RecordStatus| {
        if let Some(student) = students.get(at) {
            leave_row(event);
            faces.choose(register, id, *student, status);
        }
    };
    match key {
        RowKey::Up => move_focus(event, false),
        RowKey::Down => move_focus(event, true),
        _ if !register.is_open() => return,
        RowKey::Accept => choose(0, RecordStatus::Present),
        RowKey::Choose(at) => choose(at, RecordStatus::Present),
        RowKey::Set(status) => choose(0, status),
        RowKey::Nobody => {
            leave_row(event);
            faces.dismiss(register, id);
        }
        RowKey::Undo => faces.undo(register),
    }
    event.prevent_default();
}

/// The card.
#[component]
pub fn CheckCard(register: Register, faces: SeenFaces, face: SeenFace) -> impl IntoView {
    let id = face.id;
    let label = question(&face);
    let students: Vec<StudentId> =
        face.candidates.iter().take(CANDIDATES_MAX).map(|candidate| candidate.student.id).collect();
    let (place, alt) = match face.photo {
        Some(number) => (tr!("review-photo", number = number), tr!("review-face-in-photo", number = number)),
        None => (tr!("review-the-live-picture"), tr!("review-face-live")),
    };
    let candidates = face
        .candidates
        .iter()
        .take(CANDIDATES_MAX)
        .enumerate()
        .map(|(at, candidate)| view! { <Choice register=register faces=faces face=id at=at candidate=candidate.clone()/> })
        .collect_view();
    let crop = match face.crop {
        Some(crop) => view! { <img class="check-crop" src=crop alt=alt/> }.into_any(),
        None => {
            view! { <span class="check-crop check-crop-none"><Icon name=IconName::Face class="icon-large"/></span> }
                .into_any()
        }
    };
    let reasons = (!face.reasons.is_empty())
        .then(|| view! { <p class="muted small" data-test="check-reasons">{face.reasons.join(" ")}</p> });
    view! {
        <li
            class="check-card"
            tabindex="0"
            data-row=format!("face-{id}")
            data-test="check-card"
            aria-label=label
            on:keydown=move |event| work_keys(register, faces, id, &students, &event)
        >
            <figure class="check-face">
                {crop}
                <figcaption class="small">{place}</figcaption>
            </figure>
            <div class="check-choices">
                {candidates}
                {reasons}
                <button
                    type="button"
                    class="button button-quiet"
                    data-test="check-nobody"
                    on:click=move |_| faces.dismiss(register, id)
                >
                    {tr!("review-none-of-them")}
                </button>
            </div>
        </li>
    }
}

/// One candidate; pressing it marks the student present.
#[component]
fn Choice(register: Register, faces: SeenFaces, face: u64, at: usize, candidate: Candidate) -> impl IntoView {
    let word = likeness(&candidate);
    let student = candidate.student;
    let id = student.id;
    view! {
        <button
            type="button"
            class="check-choice"
            data-test=format!("choose-{}", at + 1)
            data-roll-no=student.roll_no.clone()
            disabled=move || !register.is_open()
            on:click=move |_| faces.choose(register, face, id, RecordStatus::Present)
        >
            <Avatar name=student.name.clone() photo=candidate.photo size=AvatarSize::Large alt=tr!("review-enrolment-photo", name = &student.name)/>
            <span class="check-words">
                <span class="check-likeness">{word}</span>
                <strong>{student.name.clone()}</strong>
                <span class="muted small">{student.roll_no.clone()}</span>
                <span class="check-do"><kbd>{at + 1}</kbd> {format!(" {}", tr!("review-mark-present"))}</span>
            </span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::types::StudentRef;

    #[test]
    fn question_names_two_candidates_in_words() {
        let candidate = |name: &str, confidence| Candidate {
            student: StudentRef { id: StudentId(1), roll_no: String::new(), name: name.into() },
            photo: None,
            distance: 0.6,
            confidence,
        };
        let candidates = vec![candidate("Jane", 0.7), candidate("John", 0.4), candidate("Max", 0.1)];
        let face = SeenFace {
            id: 1,
            photo: None,
            crop: None,
            candidates,
            reasons: Vec::new(),
            dismissed: false,
            chosen: None,
        };
        assert_eq!(question(&face), "Please check: likely Jane, possible John");
    }
}
