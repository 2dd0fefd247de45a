//! What the enrolment forms and the camera of a student share: the verdict on the spot.

use crate::app::components::photo_file::PickedPhoto;
use crate::app::error::AppError;
use crate::app::server_fns::{check_my_photo, check_photo};
use crate::app::types::StudentId;
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::codec::MultipartData;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::FormData;

/// Has the server look at a photo and writes the verdict beside it.
/// `student`: whose own face is no lookalike.
pub fn check_now(photo: PickedPhoto, student: Option<StudentId>) {
    spawn_local(async move {
        let answer = match form_of(&photo, student) {
            Ok(form) => check_photo(MultipartData::from(form)).await,
            Err(_) => Err(AppError::Malformed(tr!("check-not-sent"))),
        };
        photo.verdict.set(Some(answer));
    });
}

/// The same for a photo that a student took of themselves.
pub fn check_own_now(photo: PickedPhoto) {
    spawn_local(async move {
        let answer = match form_of(&photo, None) {
            Ok(form) => check_my_photo(MultipartData::from(form)).await,
            Err(_) => Err(AppError::Malformed(tr!("check-not-sent"))),
        };
        photo.verdict.set(Some(answer));
    });
}

fn form_of(photo: &PickedPhoto, student: Option<StudentId>) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    if let Some(student) = student {
        form.append_with_str("student", &student.to_string())?;
    }
    form.append_with_blob_and_filename("photo", &photo.blob, "photo.jpg")?;
    Ok(form)
}
