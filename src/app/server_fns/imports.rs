//! Imports of students.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

/// One page of all imports, the newest first.
#[server(prefix = "/fn", endpoint = "list_imports", output = Postcard)]
pub async fn list_imports(page: u64) -> Result<Page<ImportRow>, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::imports::list_imports(&ctx, page).await).await
}

/// One import with a page of its rows.
#[server(prefix = "/fn", endpoint = "get_import", output = Postcard)]
pub async fn get_import(id: ImportId, filter: ImportFilter) -> Result<ImportScreen, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::imports::get_import(&ctx, id, &filter).await).await
}

/// Takes files in. Multipart: `csv`, and `zip` with photos.
#[server(prefix = "/fn", endpoint = "upload_import", input = MultipartFormData, output = Postcard)]
pub async fn upload_import(data: MultipartData) -> Result<ImportId, AppError> {
    use crate::server::{domain::imports, door, upload_files};
    door::admin(async |ctx, actor| {
        let incoming = imports::files::Incoming::begin(&ctx)?;
        let names = upload_files::receive(data, &incoming).await?;
        let id = imports::upload(&ctx, &actor, incoming, names).await?;
        door::redirect_plain_form(&format!("/admin/import/{id}"));
        Ok(id)
    })
    .await
}

/// Has a file rehearsed with these columns.
#[server(prefix = "/fn", endpoint = "rehearse_import", output = Postcard)]
pub async fn rehearse_import(form: ImportForm) -> Result<(), AppError> {
    use crate::server::{domain::imports, door};
    door::admin(async |ctx, actor| {
        imports::rehearse(&ctx, &actor, form).await?;
        door::redirect_plain_form(&format!("/admin/import/{}", form.id));
        Ok(())
    })
    .await
}

/// Has all rows without problems written.
#[server(prefix = "/fn", endpoint = "apply_import", output = Postcard)]
pub async fn apply_import(id: ImportId) -> Result<(), AppError> {
    use crate::server::{domain::imports, door};
    door::admin(async |ctx, actor| {
        imports::apply(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/import/{id}"));
        Ok(())
    })
    .await
}

/// Throws an import away that was not applied.
#[server(prefix = "/fn", endpoint = "discard_import", output = Postcard)]
pub async fn discard_import(id: ImportId) -> Result<(), AppError> {
    use crate::server::{domain::imports, door};
    door::admin(async |ctx, actor| {
        imports::discard(&ctx, &actor, id).await?;
        door::redirect_plain_form("/admin/import?done=discarded");
        Ok(())
    })
    .await
}

/// Has an applied import taken back.
#[server(prefix = "/fn", endpoint = "undo_import", output = Postcard)]
pub async fn undo_import(id: ImportId) -> Result<(), AppError> {
    use crate::server::{domain::imports, door};
    door::admin(async |ctx, actor| {
        imports::undo(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/import/{id}"));
        Ok(())
    })
    .await
}

/// Has work that stopped tried again.
#[server(prefix = "/fn", endpoint = "proceed_import", output = Postcard)]
pub async fn proceed_import(id: ImportId) -> Result<(), AppError> {
    use crate::server::{domain::imports, door};
    door::admin(async |ctx, actor| {
        imports::proceed(&ctx, &actor, id).await?;
        door::redirect_plain_form(&format!("/admin/import/{id}"));
        Ok(())
    })
    .await
}
