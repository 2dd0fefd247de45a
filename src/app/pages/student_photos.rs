//! A student's enrolment photos; admins add and remove them.

use crate::app::components::dialog::Confirm;
use crate::app::components::field::SubmitButton;
use crate::app::components::notice::{ErrorNotice, NoticeKind, use_toasts};
use crate::app::components::photo_picker::{PhotoPicker, Picker};
use crate::app::components::status_chip::{Chip, QualityChip};
use crate::app::components::icon::IconName;
use crate::app::error::{AppError, AppResult};
use crate::app::pages::check::{check_now, url_error};
use crate::app::server_fns::{AddStudentPhoto, RemoveStudentPhoto, add_student_photo};
use crate::app::types::{StudentDetail, StudentId, StudentPhoto};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::{ServerFn, codec::MultipartData};
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::FormData;

/// The photos and, for admins, the form that adds more.
#[component]
pub fn StudentPhotos(detail: StudentDetail, is_admin: bool, changed: RwSignal<u32>) -> impl IntoView {
    let student = detail.row.id;
    let remove = ServerAction::<RemoveStudentPhoto>::new();
    let error = Signal::derive(move || remove.value().get().and_then(Result::err));
    let toasts = use_toasts();
    Effect::new(move |_| {
        if remove.value().read().as_ref().is_some_and(Result::is_ok) {
            toasts.say(NoticeKind::Success, "The photo and its face data are gone.");
            changed.update(|times| *times += 1);
        }
    });
    let photos = if detail.photos.is_empty() {
        let words = if is_admin {
            "No photo yet. Without one this student is marked by hand."
        } else {
            "No photo yet. This student is marked by hand."
        };
        view! { <p class="muted" data-test="no-photos">{words}</p> }.into_any()
    } else {
        let name = detail.row.name;
        detail
            .photos
            .into_iter()
            .map(|photo| view! { <Tile student=student name=name.clone() photo=photo is_admin=is_admin remove=remove/> })
            .collect_view()
            .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="photos-title">
            <h2 id="photos-title">"Face"</h2>
            <ErrorNotice error=error/>
            <div class="photo-grid" data-test="student-photos">{photos}</div>
            {is_admin.then(|| view! { <AddForm student=student changed=changed/> })}
        </section>
    }
}

#[component]
fn Tile(
    student: StudentId,
    name: String,
    photo: StudentPhoto,
    is_admin: bool,
    remove: ServerAction<RemoveStudentPhoto>,
) -> impl IntoView {
    let quality = match photo.quality {
        Some(verdict) => view! { <QualityChip verdict=verdict/> }.into_any(),
        None => view! { <Chip hue="late" icon=IconName::Warning word="Not usable yet"/> }.into_any(),
    };
    let added = photo.created_at.format("%-d %b %Y").to_string();
    let form = move || {
        view! {
            <Confirm
                label="Remove"
                class="button button-quiet"
                question="Remove this photo?"
                consequence="The photo and the face data made from it are deleted at once and cannot be brought back."
                left=true
                test="photo-delete"
            >
                <ActionForm action=remove>
                    <input type="hidden" name="student" value=student.to_string()/>
                    <input type="hidden" name="photo" value=photo.id.to_string()/>
                    <SubmitButton
                        label="Remove photo"
                        pending=remove.pending()
                        class="button button-danger-solid button-wide"
                        test="photo-delete-confirm"
                    />
                </ActionForm>
            </Confirm>
        }
    };
    view! {
        <figure class="photo-tile" data-test="student-photo">
            <img src=photo.path alt=format!("Photo of {name}, added {added}") loading="lazy" width="160" height="160"/>
            <figcaption class="stack">
                <span>{quality}</span>
                <span class="muted small">{if photo.is_current { format!("{added} · shown in lists") } else { added }}</span>
                {is_admin.then(form)}
            </figcaption>
        </figure>
    }
}

#[component]
fn AddForm(student: StudentId, changed: RwSignal<u32>) -> impl IntoView {
    let picker = Picker::new(Callback::new(move |photo| check_now(photo, Some(student))));
    let pending = RwSignal::new(false);
    // A plain form brings its error back in the page's address.
    let error = RwSignal::new(url_error::<AddStudentPhoto>());
    let toasts = use_toasts();
    let ready = move || picker.photos.get().iter().any(|photo| photo.is_accepted());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            match send_all(picker, student).await {
                Ok(0) => {}
                Ok(1) => toasts.say(NoticeKind::Success, "Photo added."),
                Ok(many) => toasts.say(NoticeKind::Success, format!("{many} photos added.")),
                Err(trouble) => error.set(Some(trouble)),
            }
            pending.set(false);
            changed.update(|times| *times += 1);
        });
    };
    view! {
        <form method="post" action=AddStudentPhoto::url() enctype="multipart/form-data" class="form" on:submit=send data-test="add-photo-form">
            <input type="hidden" name="student" value=student.to_string()/>
            <ErrorNotice error=error/>
            <PhotoPicker picker=picker/>
            <p class="field-hint">"By adding a photo you confirm that the student agreed to it."</p>
            <div class="form-actions">
                <SubmitButton label="Add photos" pending=pending class="button button-primary" test="add-photo"/>
            </div>
            {move || {
                (!picker.photos.get().is_empty() && !ready())
                    .then(|| view! { <p class="field-hint">"None of these photos can be stored yet."</p> })
            }}
        </form>
    }
}

/// Sends every accepted photo, one request each; returns how many were stored.
async fn send_all(picker: Picker, student: StudentId) -> AppResult<usize> {
    let photos = picker.photos.get_untracked();
    let mut stored = 0;
    for photo in photos.into_iter().filter(|photo| photo.is_accepted()) {
        let form = form_of(student, &photo.blob).map_err(|_| AppError::Unreachable(String::new()))?;
        add_student_photo(MultipartData::from(form)).await?;
        stored += 1;
    }
    picker.clear();
    Ok(stored)
}

fn form_of(student: StudentId, photo: &web_sys::Blob) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("student", &student.to_string())?;
    form.append_with_blob_and_filename("photo", photo, "photo.jpg")?;
    Ok(form)
}
