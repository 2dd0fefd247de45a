//! A student's own face.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

/// What is stored of the signed-in student's face.
#[server(name = MyFaceFn, prefix = "/fn", endpoint = "my_face", output = Postcard)]
pub async fn my_face() -> Result<MyFace, AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| domain::my_face::get_my_face(&ctx, &actor).await).await
}

/// The signed-in student agrees to storing their face.
#[server(prefix = "/fn", endpoint = "give_my_consent", output = Postcard)]
pub async fn give_my_consent() -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| {
        domain::my_face::give_my_consent(&ctx, &actor).await?;
        door::redirect_plain_form("/me/face?done=given");
        Ok(())
    })
    .await
}

/// The signed-in student takes it back: photos and templates go at once.
#[server(prefix = "/fn", endpoint = "withdraw_my_consent", output = Postcard)]
pub async fn withdraw_my_consent() -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| {
        domain::my_face::withdraw_my_consent(&ctx, &actor).await?;
        door::redirect_plain_form("/me/face?done=withdrawn");
        Ok(())
    })
    .await
}

/// Whether the signed-in student can add photos of themselves now.
#[server(name = MyEnrolmentFn, prefix = "/fn", endpoint = "my_enrolment", output = Postcard)]
pub async fn my_enrolment() -> Result<MyEnrolment, AppError> {
    use crate::server::{domain, door};
    door::signed_in(async |ctx, actor| {
        let actor = actor.student()?;
        domain::self_enrolment::get_my_enrolment(&ctx, &actor).await
    })
    .await
}

/// Verdict on a photo of the signed-in student, on the spot; nothing is stored. Multipart: `photo`.
#[server(prefix = "/fn", endpoint = "check_my_photo", input = MultipartFormData, output = Postcard)]
pub async fn check_my_photo(data: MultipartData) -> Result<PhotoVerdict, AppError> {
    use crate::server::{domain, door, upload};
    door::signed_in(async |ctx, actor| {
        let actor = actor.student()?;
        let form = upload::read_server_fn(data, upload::ENROL).await?;
        domain::self_enrolment::check_my_photo(&ctx, &actor, form.photo("photo")?).await
    })
    .await
}

/// Enrols photos of the signed-in student. Multipart: `front`, `left`, `right`, at least one of them.
#[server(prefix = "/fn", endpoint = "enrol_my_face", input = MultipartFormData, output = Postcard)]
pub async fn enrol_my_face(data: MultipartData) -> Result<(), AppError> {
    use crate::server::{domain, door, upload};
    door::signed_in(async |ctx, actor| {
        let form = upload::read_server_fn(data, upload::ENROL).await?;
        let photos = ["front", "left", "right"].iter().flat_map(|field| form.photos(field)).collect();
        domain::self_enrolment::enrol_my_face(&ctx, &actor, photos).await?;
        door::redirect_plain_form("/me/face?done=enrolled");
        Ok(())
    })
    .await
}
