//! The administrator's own pages: overview, settings, models, audit log, backups.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;

/// The first screen.
#[server(prefix = "/fn", endpoint = "get_overview", output = Postcard)]
pub async fn get_overview() -> Result<Overview, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::overview::get_overview(&ctx).await).await
}

/// Settings that may be changed, and those that the environment fixes.
#[server(prefix = "/fn", endpoint = "get_settings_page", output = Postcard)]
pub async fn get_settings_page() -> Result<SettingsPageData, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::settings_page::get_settings_page(&ctx).await).await
}

/// Replaces all settings.
#[server(prefix = "/fn", endpoint = "save_settings", output = Postcard)]
pub async fn save_settings(form: SettingsValues) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::settings_page::save(&ctx, &actor, form).await?;
        door::redirect_plain_form("/admin/settings?done=saved");
        Ok(())
    })
    .await
}

/// The packs of models, with a look at their files.
#[server(prefix = "/fn", endpoint = "get_models", output = Postcard)]
pub async fn get_models() -> Result<ModelsPageData, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::engine_health::get_models(&ctx).await).await
}

/// How well the stored faces serve: one page of each of its lists.
#[server(prefix = "/fn", endpoint = "get_gallery_health", output = Postcard)]
pub async fn get_gallery_health(page: u64) -> Result<GalleryHealth, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::gallery_report::get_gallery_health(&ctx, page, 0).await).await
}

/// Searches a template again that was set aside.
#[server(prefix = "/fn", endpoint = "use_template_again", output = Postcard)]
pub async fn use_template_again(template: i64) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::gallery_health::use_again(&ctx, &actor, template).await?;
        door::redirect_plain_form("/admin/models?done=used");
        Ok(())
    })
    .await
}

/// One page of the audit log in sentences.
#[server(prefix = "/fn", endpoint = "list_audit", output = Postcard)]
pub async fn list_audit(query: AuditQuery) -> Result<Page<AuditLine>, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::audit_sentences::list_lines(&ctx, &query).await).await
}

/// The backups made from here, and what is being done.
#[server(prefix = "/fn", endpoint = "list_backups", output = Postcard)]
pub async fn list_backups() -> Result<Backups, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::backups::list_backups(&ctx).await).await
}

/// Starts making a backup, in the background.
#[server(prefix = "/fn", endpoint = "start_backup", output = Postcard)]
pub async fn start_backup() -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::backups::start_backup(&ctx, &actor).await?;
        door::redirect_plain_form("/admin/backup?done=started");
        Ok(())
    })
    .await
}

/// Reads a backup and compares it with its hashes.
#[server(prefix = "/fn", endpoint = "check_backup", output = Postcard)]
pub async fn check_backup(name: String) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| {
        domain::backups::check_backup(&ctx, &name).await?;
        door::redirect_plain_form("/admin/backup?done=checked");
        Ok(())
    })
    .await
}

/// Removes a backup for good.
#[server(prefix = "/fn", endpoint = "delete_backup", output = Postcard)]
pub async fn delete_backup(name: String) -> Result<(), AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| {
        domain::backups::delete_backup(&ctx, &actor, &name).await?;
        door::redirect_plain_form("/admin/backup?done=deleted");
        Ok(())
    })
    .await
}
