//! A student's enrolment photos; admins add and remove them.

use crate::app::components::dialog::Confirm;
use crate::app::components::field::SubmitButton;
use crate::app::components::icon::IconName;
use crate::app::components::notice::{ErrorNotice, NoticeKind, Toasts, use_toasts};
use crate::app::components::photo_file::PickedPhoto;
use crate::app::components::photo_picker::{PhotoPicker, Picker};
use crate::app::components::server_form::url_error;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::{Chip, QualityChip};
use crate::app::components::when::changing;
use crate::app::error::AppError;
use crate::app::pages::check::check_now;
use crate::app::server_fns::{AddStudentPhoto, RemoveStudentPhoto, add_student_photo};
use crate::app::types::{StudentDetail, StudentId, StudentPhoto};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::{ServerFn, codec::MultipartData};
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::FormData;

/// The form that adds photos, as far as it outlives a reload of the page's data.
#[derive(Clone, Copy)]
pub struct Adding {
    picker: Picker,
    pending: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    /// Counts what was stored or removed; the page reloads by it.
    changed: RwSignal<u32>,
}

impl Adding {
    /// `id`: the student's id as it stands in the address.
    pub fn new(id: Memo<String>, changed: RwSignal<u32>) -> Self {
        let on_photo = Callback::new(move |photo| check_now(photo, id.get_untracked().parse().ok()));
        Self {
            picker: Picker::new(on_photo),
            pending: RwSignal::new(false),
            // A plain form brings its error back in the page's address.
            error: RwSignal::new(url_error::<AddStudentPhoto>()),
            changed,
        }
    }

    /// Sends every accepted photo, one request each, and says what became of them.
    async fn send(self, student: StudentId, toasts: Toasts) {
        self.pending.set(true);
        self.error.set(None);
        let mut stored = 0_u32;
        let photos = self.picker.photos.get_untracked();
        if photos.is_empty() {
            self.error.set(Some(AppError::field("photo", tr!("student-photos-none-chosen"))));
        }
        for photo in photos.into_iter().filter(PickedPhoto::is_accepted) {
            let answer = match form_of(student, &photo.blob) {
                Ok(form) => add_student_photo(MultipartData::from(form)).await.map(drop),
                Err(_) => Err(AppError::Malformed(tr!("student-photos-not-sent"))),
            };
            match answer {
                Ok(()) => {
                    stored += 1;
                    self.picker.remove(photo.id);
                }
                Err(error) => {
                    self.error.set(Some(error));
                    break;
                }
            }
        }
        self.pending.set(false);
        if stored > 0 {
            toasts.say(NoticeKind::Success, tr!("student-photos-stored", count = stored));
            self.changed.update(|times| *times += 1);
        }
    }
}

/// The photos and, for admins, the form that adds more.
#[component]
pub fn StudentPhotos(detail: StudentDetail, is_admin: bool, adding: Adding) -> impl IntoView {
    let student = detail.row.id;
    let remove = FormAction::<RemoveStudentPhoto>::new();
    let error = remove.error();
    let toasts = use_toasts();
    Effect::new(move |_| {
        if remove.value().read().as_ref().is_some_and(Result::is_ok) {
            toasts.say(NoticeKind::Success, tr!("student-photos-removed"));
            adding.changed.update(|times| *times += 1);
        }
    });
    let photos = if detail.photos.is_empty() {
        let words = if is_admin { tr!("student-photos-none-add") } else { tr!("student-photos-none") };
        view! { <p class="muted" data-test="no-photos">{words}</p> }.into_any()
    } else {
        let name = detail.row.name;
        detail
            .photos
            .into_iter()
            .map(
                |photo| view! { <Tile student=student name=name.clone() photo=photo is_admin=is_admin remove=remove/> },
            )
            .collect_view()
            .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="photos-title">
            <h2 id="photos-title">{tr!("student-photos-title")}</h2>
            <ErrorNotice error=error/>
            <div class="photo-grid" data-test="student-photos">{photos}</div>
            {is_admin.then(|| view! { <AddForm student=student adding=adding/> })}
        </section>
    }
}

#[component]
fn Tile(
    student: StudentId,
    name: String,
    photo: StudentPhoto,
    is_admin: bool,
    remove: FormAction<RemoveStudentPhoto>,
) -> impl IntoView {
    let quality = match photo.quality {
        Some(verdict) => view! { <QualityChip verdict=verdict/> }.into_any(),
        None => view! { <Chip hue="late" icon=IconName::Warning word=tr!("student-photos-not-usable")/> }.into_any(),
    };
    let added = dates::moment(photo.created_at.naive_utc(), "%-d %b %Y");
    let alt = tr!("student-photos-alt", name = name, added = added.as_str());
    let form = move || {
        view! {
            <Confirm
                label=tr!("student-photos-remove")
                class="button"
                question=tr!("student-photos-remove-question")
                consequence=tr!("student-photos-remove-consequence")
                left=true
                test="photo-delete"
            >
                <ServerForm action=remove>
                    <input type="hidden" name="student" value=student.to_string()/>
                    <input type="hidden" name="photo" value=photo.id.to_string()/>
                    <SubmitButton
                        label=tr!("student-photos-remove-go")
                        pending=remove.pending()
                        class="button button-danger-solid button-wide"
                        test="photo-delete-confirm"
                    />
                </ServerForm>
            </Confirm>
        }
    };
    view! {
        <figure class="photo-tile" data-test="student-photo">
            <img src=photo.path alt=alt loading="lazy" width="160" height="160"/>
            <figcaption>
                <span>{quality}</span>
                {photo.set_aside.map(|why| view! { <span class="small" data-test="set-aside">{why}</span> })}
                <span class="muted small">{if photo.is_current { tr!("student-photos-shown", added = added) } else { added }}</span>
                {is_admin.then(form)}
            </figcaption>
        </figure>
    }
}

#[component]
fn AddForm(student: StudentId, adding: Adding) -> impl IntoView {
    let picker = adding.picker;
    let toasts = use_toasts();
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(adding.send(student, toasts));
    };
    let usable = move || picker.photos.get().iter().any(PickedPhoto::is_accepted);
    let none_usable = move || {
        let photos = picker.photos.get();
        !photos.is_empty() && photos.iter().all(|photo| !photo.is_pending() && !photo.is_accepted())
    };
    let button = move || {
        (usable() || picker.photos.read().is_empty())
            .then(|| view! { <SubmitButton label=tr!("student-photos-add") pending=adding.pending test="add-photo"/> })
    };
    view! {
        <form
            method="post"
            action=AddStudentPhoto::url()
            enctype="multipart/form-data"
            class="form"
            on:submit=send
            data-test="add-photo-form"
        >
            <input type="hidden" name="student" value=student.to_string()/>
            <ErrorNotice error=adding.error/>
            <PhotoPicker picker=picker/>
            <p class="field-hint">{tr!("student-photos-agreed")}</p>
            <div class="form-actions">{button}</div>
            {changing(move || none_usable().then(|| view! { <p class="field-hint">{tr!("student-photos-none-usable")}</p> }))}
        </form>
    }
}

fn form_of(student: StudentId, photo: &web_sys::Blob) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("student", &student.to_string())?;
    form.append_with_blob_and_filename("photo", photo, "photo.jpg")?;
    Ok(form)
}
