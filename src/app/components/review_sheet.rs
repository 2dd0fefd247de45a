//! The review: what the photos settled, what they left open, and who is missing.
//! One key per decision; the machine proposes, a person decides.

pub mod check_card;
pub mod piles;

pub use piles::{SeenFace, SeenFaces, names_in_words};

use self::{check_card::CheckCard, piles::Piles};
use super::{
    avatar::{Avatar, AvatarSize},
    icon::{Icon, IconName},
    keys::{RowKey, leave_row, move_focus, row_key},
    live::{Register, RegisterRow, words::made_by},
    status_chip::{status_icon, status_name, status_word},
};
use crate::app::components::when::{ShowWhen, changing};
use crate::app::types::{RecordStatus, StudentId};
use crate::tr;
use leptos::{ev::KeyboardEvent, prelude::*};

/// The four piles of this page.
pub fn pile_up(register: Register, faces: SeenFaces) -> Memo<Piles> {
    let rows = register.rows();
    Memo::new(move |_| {
        let roster: Vec<(StudentId, Option<RecordStatus>)> =
            rows.iter().map(|row| (row.student, row.status())).collect();
        faces.sort(&roster)
    })
}

/// The sheet.
#[component]
pub fn ReviewSheet(register: Register, faces: SeenFaces, piles: Memo<Piles>) -> impl IntoView {
    let sum = move || {
        let piles = piles.read();
        tr!(
            "review-sum",
            certain = piles.certain.len(),
            check = piles.check.len(),
            unseen = piles.unseen.len(),
            nobody = piles.nobody.len(),
        )
    };
    view! {
        <section class="review card" aria-labelledby="review-title" data-test="review">
            <h2 id="review-title">{tr!("review-title")}</h2>
            <a class="skip-here" href="#register-title" rel="external" data-test="skip-review">{tr!("review-skip")}</a>
            <p class="muted" data-test="review-sum">{sum}</p>
            <ShowWhen when=move || register.is_open()>
                <p class="keys-hint">
                    {tr!("review-keys")} <kbd>"↑"</kbd> <kbd>"↓"</kbd> {tr!("review-keys-move")} <kbd>"Enter"</kbd>
                    {tr!("review-keys-accept")} <kbd>"1"</kbd> <kbd>"2"</kbd> {tr!("review-keys-choose")}
                    <kbd>"N"</kbd> {tr!("review-keys-none")} <kbd>"P"</kbd> <kbd>"L"</kbd> <kbd>"A"</kbd>
                    <kbd>"E"</kbd> {tr!("review-keys-set")} <kbd>"U"</kbd> {tr!("review-keys-undo")}
                </p>
            </ShowWhen>
            <div data-rows="">
                <CheckPile register=register faces=faces piles=piles/>
                <UnseenPile register=register faces=faces piles=piles/>
                <NobodyPile piles=piles/>
                <CertainPile register=register faces=faces piles=piles/>
            </div>
        </section>
    }
}

/// Head of a pile: icon, words, count.
#[component]
fn PileHead(
    icon: IconName,
    #[prop(into)] words: String,
    #[prop(into)] count: Signal<usize>,
    test: &'static str,
) -> impl IntoView {
    view! {
        <h3 class="pile-head">
            <Icon name=icon/>
            {words}
            <span class="pile-count" data-test=test>{changing(move || count.get())}</span>
        </h3>
    }
}

#[component]
fn CheckPile(register: Register, faces: SeenFaces, piles: Memo<Piles>) -> impl IntoView {
    let count = Signal::derive(move || piles.read().check.len());
    let is_any = move || count.get() > 0;
    view! {
        <div class="pile pile-check" data-test="pile-check">
            <PileHead icon=IconName::Question words=tr!("review-check") count=count test="count-check"/>
            <ShowWhen
                when=is_any
                fallback=|| view! { <p class="muted small">{tr!("review-check-none")}</p> }
            >
                <ol class="check-cards">
                    <For each=move || piles.get().check key=SeenFace::look let:face>
                        <CheckCard register=register faces=faces face=face/>
                    </For>
                </ol>
            </ShowWhen>
        </div>
    }
}

#[component]
fn UnseenPile(register: Register, faces: SeenFaces, piles: Memo<Piles>) -> impl IntoView {
    let count = Signal::derive(move || piles.read().unseen.len());
    let is_any = move || count.get() > 0;
    view! {
        <div class="pile" data-test="pile-unseen">
            <PileHead icon=IconName::Unmarked words=tr!("review-unseen") count=count test="count-unseen"/>
            <ShowWhen
                when=is_any
                fallback=|| view! { <p class="muted small">{tr!("review-unseen-none")}</p> }
            >
                <p class="muted small">{tr!("review-unseen-note")}</p>
                <ul class="pile-rows">
                    <For each=move || piles.get().unseen key=|student| *student let:student>
                        {register.row(student).map(|row| view! { <UnseenRow register=register faces=faces row=row/> })}
                    </For>
                </ul>
            </ShowWhen>
        </div>
    }
}

/// What a key does to a student of a pile.
fn work_keys(register: Register, faces: SeenFaces, student: StudentId, event: &KeyboardEvent) {
    let Some(key) = row_key(event) else { return };
    match key {
        RowKey::Up => move_focus(event, false),
        RowKey::Down => move_focus(event, true),
        RowKey::Set(status) if register.is_open() => {
            leave_row(event);
            register.decide(student, Some(status));
        }
        RowKey::Undo if register.is_open() => faces.undo(register),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

#[component]
fn UnseenRow(register: Register, faces: SeenFaces, row: RegisterRow) -> impl IntoView {
    let who = row.who();
    let photo = row.entry.with_untracked(|entry| entry.photo.clone());
    view! {
        <li
            class="pile-row"
            tabindex="0"
            data-row=row.student.to_string()
            data-test="unseen-row"
            data-roll-no=who.roll_no.clone()
            aria-label=tr!("review-unseen-row", name = &who.name, roll = &who.roll_no)
            on:keydown=move |event| work_keys(register, faces, row.student, &event)
        >
            <Avatar name=who.name.clone() photo=photo size=AvatarSize::Small/>
            <span class="register-name">
                <strong>{who.name.clone()}</strong>
                <span class="muted small">{who.roll_no.clone()}</span>
            </span>
            <ShowWhen when=move || register.is_open()>
                <ShortButtons register=register row=row/>
            </ShowWhen>
        </li>
    }
}

/// The four decisions as icons; the words are read out and shown on hover.
#[component]
fn ShortButtons(register: Register, row: RegisterRow) -> impl IntoView {
    let who = row.who();
    let buttons = RecordStatus::ALL
        .map(|status| {
            let word = status_word(Some(status));
            view! {
                <button
                    type="button"
                    class=format!("status-button status-button-{} status-button-short", status.as_str())
                    aria-label=tr!("review-mark", name = &who.name, status = status.as_str())
                    title=word
                    data-test=format!("review-{}", status.as_str())
                    on:click=move |_| register.decide(row.student, Some(status))
                >
                    <Icon name=status_icon(Some(status))/>
                </button>
            }
        })
        .collect_view();
    view! { <span class="status-buttons-short">{buttons}</span> }
}

#[component]
fn NobodyPile(piles: Memo<Piles>) -> impl IntoView {
    let count = Signal::derive(move || piles.read().nobody.len());
    let is_any = move || count.get() > 0;
    view! {
        <div class="pile" data-test="pile-nobody">
            <PileHead icon=IconName::Person words=tr!("review-nobody") count=count test="count-nobody"/>
            <ShowWhen when=is_any>
                <p class="muted small">{tr!("review-nobody-note")}</p>
                <ul class="nobody-faces">
                    <For each=move || piles.get().nobody key=|face| face.id let:face>
                        <NobodyFace face=face/>
                    </For>
                </ul>
            </ShowWhen>
        </div>
    }
}

#[component]
fn NobodyFace(face: SeenFace) -> impl IntoView {
    let place = face.photo.map_or_else(|| tr!("review-live-picture"), |number| tr!("review-photo", number = number));
    let words = if face.dismissed { tr!("review-dismissed", place = place) } else { place };
    let picture = match face.crop {
        Some(crop) => view! { <img src=crop alt=""/> }.into_any(),
        None => view! { <Icon name=IconName::Person class="icon-large"/> }.into_any(),
    };
    view! { <li data-test="nobody-face">{picture} <span class="small">{words}</span></li> }
}

#[component]
fn CertainPile(register: Register, faces: SeenFaces, piles: Memo<Piles>) -> impl IntoView {
    let count = Signal::derive(move || piles.read().certain.len());
    view! {
        <details class="pile" data-test="pile-certain" open>
            <summary><PileHead icon=IconName::Check words=tr!("review-certain") count=count test="count-certain"/></summary>
            <ul class="certain-list">
                <For each=move || piles.get().certain key=|student| *student let:student>
                    {register.row(student).map(|row| view! { <CertainRow register=register faces=faces row=row/> })}
                </For>
            </ul>
        </details>
    }
}

#[component]
fn CertainRow(register: Register, faces: SeenFaces, row: RegisterRow) -> impl IntoView {
    let who = row.who();
    let name = who.name.clone();
    let words = move || {
        let status = status_word(row.status()).to_lowercase();
        tr!("live-status-line", status = status, maker = made_by(&row.entry.read()))
    };
    view! {
        <li
            class="certain-row"
            tabindex="0"
            data-row=row.student.to_string()
            data-test="certain-row"
            data-status=move || status_name(row.status())
            aria-label=move || tr!("review-certain-row", name = &name, status = words())
            on:keydown=move |event| work_keys(register, faces, row.student, &event)
        >
            {changing(move || view! { <Icon name=status_icon(row.status())/> })}
            <span>
                <strong>{who.name.clone()}</strong>
                <span class="muted small">" " {words}</span>
            </span>
        </li>
    }
}
