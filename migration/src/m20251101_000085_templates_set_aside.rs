//! Templates that lower accuracy are kept and not searched.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        let reason = short_null("set_aside_reason", 40);
        manager.alter_table(Table::alter().table("face_templates").add_column(reason).take()).await?;
        let kept = boolean("is_kept").default(false).take();
        manager.alter_table(Table::alter().table("face_templates").add_column(kept).take()).await?;
        let set_aside = "CREATE INDEX idx_face_templates_set_aside ON face_templates (set_aside_reason) \
                         WHERE set_aside_reason IS NOT NULL";
        manager.get_connection().execute_unprepared(set_aside).await?;
        Ok(())
    }
}
