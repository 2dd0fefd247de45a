//! Marking.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

/// Marks everybody the photo shows for certain. Multipart: `session`, `image`.
#[server(prefix = "/fn", endpoint = "mark_photo", input = MultipartFormData, output = Postcard)]
pub async fn mark_photo(data: MultipartData) -> Result<MarkOutcome, AppError> {
    use crate::server::{domain, door, upload};
    door::staff(async |ctx, actor| {
        let form = upload::read_server_fn(data, upload::MARK).await?;
        let session = SessionId(form.id("session")?);
        let outcome =
            domain::records::mark_photo_taken(&ctx, &actor, session, form.photo("image")?, door::made_at(&ctx)).await?;
        door::redirect_plain_form(&format!("/sessions/{session}"));
        Ok(outcome)
    })
    .await
}

/// A person's decision about one student.
#[server(prefix = "/fn", endpoint = "set_record", output = Postcard)]
pub async fn set_record(form: RecordForm) -> Result<RosterEntry, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::records::set_record_made(&ctx, &actor, form, door::made_at(&ctx)).await)
        .await
}

/// Gives every unmarked student of an active session this status; returns how many.
#[server(prefix = "/fn", endpoint = "mark_rest", output = Postcard)]
pub async fn mark_rest(session: SessionId, status: RecordStatus) -> Result<u64, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, actor| domain::records::mark_rest(&ctx, &actor, session, status).await).await
}
