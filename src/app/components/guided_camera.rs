//! A camera that leads from photo to photo: what to do, the shutter, the verdict, again or on.
//!
//! Knows no server: each photo leaves by a callback, and all stay in the page until whoever asked for them takes them.

use super::camera::{Camera, Facing};
use super::icon::{Icon, IconName};
use super::photo_file::{PickedPhoto, refusal, shrink};
use super::photo_verdict::PickedTile;
use super::when::{ShowWhen, changing};
use crate::app::error::AppError;
use crate::tr;
use leptos::{html, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use web_sys::{Blob, Url};

/// One photo that is asked for.
#[derive(Clone)]
pub struct Step {
    /// Name of its field.
    pub name: &'static str,
    pub label: String,
    /// What to do.
    pub hint: String,
    shot: RwSignal<Shot>,
}

/// What became of a step.
#[derive(Clone)]
enum Shot {
    Open,
    Skipped,
    Taken(PickedPhoto),
}

impl Step {
    pub fn new(name: &'static str, label: String, hint: String) -> Self {
        Self { name, label, hint, shot: RwSignal::new(Shot::Open) }
    }

    /// Nothing more is to be done about it.
    fn is_settled(&self) -> bool {
        match &*self.shot.read() {
            Shot::Open => false,
            Shot::Skipped => true,
            Shot::Taken(photo) => photo.is_accepted(),
        }
    }

    /// Puts another shot in the place of this one.
    fn replace(&self, shot: Shot) {
        let before = self.shot.try_update(|now| std::mem::replace(now, shot));
        if let Some(Shot::Taken(photo)) = before {
            photo.release();
        }
    }
}

/// The photos that are asked for, one after another.
#[derive(Clone, Copy)]
pub struct Guide {
    steps: StoredValue<Vec<Step>>,
    /// The first step that is not settled; their count when all are.
    current: Memo<usize>,
    next: StoredValue<u64>,
    /// Why the last file was not taken.
    refused: RwSignal<Option<String>>,
    /// Told about each new photo, so that the page can have it checked.
    on_photo: Callback<PickedPhoto>,
    heading: NodeRef<html::H2>,
}

impl Guide {
    /// `steps`: the first cannot be skipped.
    pub fn new(steps: Vec<Step>, on_photo: Callback<PickedPhoto>) -> Self {
        let steps = StoredValue::new(steps);
        let first_open =
            move |steps: &Vec<Step>| steps.iter().position(|step| !step.is_settled()).unwrap_or(steps.len());
        Self {
            steps,
            current: Memo::new(move |_| steps.with_value(first_open)),
            next: StoredValue::new(0),
            refused: RwSignal::new(None),
            on_photo,
            heading: NodeRef::new(),
        }
    }

    /// Every photo that was taken, with the name of its field.
    pub fn photos(self) -> Vec<(&'static str, PickedPhoto)> {
        let taken = |step: &Step| match step.shot.get_untracked() {
            Shot::Taken(photo) => Some((step.name, photo)),
            _ => None,
        };
        self.steps.with_value(|steps| steps.iter().filter_map(taken).collect())
    }

    /// Marks the photos that an error names, so that they are taken again; says whether it named any.
    pub fn refuse(self, error: &AppError) -> bool {
        let mut named = false;
        for (name, photo) in self.photos() {
            if let Some(fault) = error.of_field(name) {
                photo.verdict.set(Some(Err(AppError::field(name, fault))));
                named = true;
            }
        }
        named
    }

    /// Forgets all photos.
    fn clear(self) {
        self.steps.try_with_value(|steps| steps.iter().for_each(|step| step.replace(Shot::Open)));
    }

    fn count(self) -> usize {
        self.steps.with_value(Vec::len)
    }

    fn is_done(self) -> bool {
        self.current.get() >= self.count()
    }

    fn step(self, at: usize) -> Option<Step> {
        self.steps.try_with_value(|steps| steps.get(at).cloned()).flatten()
    }

    fn take(self, blob: Blob) {
        self.refused.set(refusal(&blob.type_(), blob.size()));
        let Some(step) = self.step(self.current.get_untracked()) else { return };
        if self.refused.read_untracked().is_some() {
            return;
        }
        spawn_local(async move {
            let blob = shrink(blob).await;
            let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
            let id = self.next.try_update_value(|next| {
                *next += 1;
                *next
            });
            // The page was left meanwhile.
            let Some(id) = id else { return };
            let (name, verdict) = (step.label.clone(), ArcRwSignal::new(None));
            let photo = PickedPhoto { id, name, url, blob: SendWrapper::new(blob), verdict };
            step.replace(Shot::Taken(photo.clone()));
            self.on_photo.run(photo);
        });
    }

    /// Settles or opens a step from its own button, which goes away: the focus moves to what is next.
    fn decide(self, step: &Step, shot: Shot) {
        self.refused.set(None);
        step.replace(shot);
        focus(self.heading);
    }
}

/// Moves the focus to the heading that is drawn next.
fn focus(place: NodeRef<html::H2>) {
    request_animation_frame(move || {
        if let Some(element) = place.try_get_untracked().flatten() {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    });
}

/// Words, camera, photos so far, and the button that stores them.
#[component]
pub fn GuidedCamera(
    guide: Guide,
    /// What the button that stores the photos says.
    store: String,
    on_store: Callback<()>,
    /// The photos are on their way.
    #[prop(into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let is_taking = Memo::new(move |_| !guide.is_done());
    // With the camera its shutter comes and goes, which may have the focus.
    Effect::new(move |before: Option<bool>| {
        let taking = is_taking.get();
        if before.is_some_and(|before| before != taking) {
            focus(guide.heading);
        }
        taking
    });
    Effect::new(move |_| {
        // A browser may keep a page that was left.
        let left = window_event_listener_untyped("pagehide", move |_| guide.clear());
        on_cleanup(move || {
            left.remove();
            guide.clear();
        });
    });
    let tiles = guide.steps.get_value().into_iter().enumerate();
    let tiles = tiles.map(|(at, step)| view! { <Tile guide=guide at=at step=step/> }).collect_view();
    view! {
        <div class="guide needs-scripts" data-test="guide">
            <div class="guide-words">{changing(move || view! { <Words guide=guide at=guide.current.get()/> })}</div>
            <p class="visually-hidden" role="status" data-test="guide-said">
                {move || announcement(guide, guide.current.get())}
            </p>
            <div class="live-region" role="status" data-test="guide-verdict">
                {changing(move || remark(guide))}
            </div>
            <div class="guide-stage">
                <ShowWhen
                    when=is_taking
                    fallback=move || view! { <Store words=store.clone() on_store=on_store pending=pending/> }
                >
                    <Camera
                        on_photo=move |blob| guide.take(blob)
                        facing=Facing::Holder
                        at_once=true
                        overlay=|| view! { <div class="guide-oval" aria-hidden="true"></div> }
                    />
                </ShowWhen>
            </div>
            <ol class="guide-photos" aria-label=tr!("guide-photos")>{tiles}</ol>
        </div>
    }
}

/// What a screen reader hears when the step changes.
fn announcement(guide: Guide, at: usize) -> String {
    match guide.step(at) {
        Some(Step { label, hint, .. }) => {
            tr!("guide-said", number = at + 1, count = guide.count(), label = label, hint = hint)
        }
        None => format!("{}. {}", tr!("guide-done"), tr!("guide-done-hint")),
    }
}

/// The step, what to do, and the way past it.
#[component]
fn Words(guide: Guide, at: usize) -> impl IntoView {
    let step = guide.step(at);
    let (label, hint) = match &step {
        Some(step) => (step.label.clone(), step.hint.clone()),
        None => (tr!("guide-done"), tr!("guide-done-hint")),
    };
    let count = step.is_some().then(|| tr!("guide-count", number = at + 1, count = guide.count()));
    let skip = step.filter(|_| at > 0).map(|step| {
        view! {
            <button
                type="button"
                class="button"
                data-test="guide-skip"
                on:click=move |_| guide.decide(&step, Shot::Skipped)
            >
                {tr!("guide-skip")}
            </button>
        }
    });
    view! {
        <div>
            <p class="guide-count" data-test="guide-count">{count}</p>
            <h2 node_ref=guide.heading tabindex="-1">{label}</h2>
            <p>{hint}</p>
        </div>
        {skip}
    }
}

/// Why the last photo does not do, and that the server is looking at it.
fn remark(guide: Guide) -> AnyView {
    if let Some(why) = guide.refused.get() {
        return view! { <Refusal why=why/> }.into_any();
    }
    let Some(Shot::Taken(photo)) = guide.step(guide.current.get()).map(|step| step.shot.get()) else {
        return ().into_any();
    };
    match photo.verdict.get() {
        None => view! { <p class="muted">{tr!("pick-checking")}</p> }.into_any(),
        Some(Ok(verdict)) if verdict.accepted => ().into_any(),
        Some(Ok(verdict)) => view! { <Refusal why=verdict.sentence/> }.into_any(),
        Some(Err(error)) => view! { <Refusal why=error.sentence()/> }.into_any(),
    }
}

#[component]
fn Refusal(why: String) -> impl IntoView {
    view! {
        <p class="guide-refusal" data-test="guide-refused">
            <Icon name=IconName::Warning/>
            <span><strong>{why}</strong> " " {tr!("guide-refused")}</span>
        </p>
    }
}

#[component]
fn Store(words: String, on_store: Callback<()>, pending: Signal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button-primary camera-shutter"
            disabled=move || pending.get()
            aria-busy=move || pending.get().then_some("true")
            data-test="guide-store"
            on:click=move |_| on_store.run(())
        >
            <Icon name=IconName::Check/>
            {words}
        </button>
    }
}

/// One step among the photos so far.
#[component]
fn Tile(guide: Guide, at: usize, step: Step) -> impl IntoView {
    let shot = step.shot;
    let state = move || match &*shot.read() {
        Shot::Open => "open",
        Shot::Skipped => "skipped",
        Shot::Taken(_) => "taken",
    };
    let is_current = move || guide.current.get() == at;
    let inside = move || {
        let again = step.clone();
        match shot.get() {
            Shot::Taken(photo) => {
                view! { <PickedTile photo=photo on_remove=move |()| guide.decide(&again, Shot::Open) again=true/> }
                    .into_any()
            }
            Shot::Skipped => view! {
                <div class="guide-empty">
                    <span><strong>{again.label.clone()}</strong> <span class="muted">{tr!("guide-skipped")}</span></span>
                    <button
                        type="button"
                        class="button"
                        aria-label=tr!("guide-after-all-name", name = again.label.clone())
                        data-test="guide-after-all"
                        on:click=move |_| guide.decide(&again, Shot::Open)
                    >
                        {tr!("guide-after-all")}
                    </button>
                </div>
            }
            .into_any(),
            Shot::Open => {
                let when = changing(move || if is_current() { tr!("guide-now") } else { tr!("guide-to-come") });
                view! {
                    <div class="guide-empty">
                        <span><strong>{again.label}</strong> <span class="muted">{when}</span></span>
                    </div>
                }
                .into_any()
            }
        }
    };
    view! {
        <li aria-current=move || is_current().then_some("step") data-test="guide-photo" data-state=state>
            {changing(inside)}
        </li>
    }
}
