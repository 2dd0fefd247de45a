//! Imports: files of students, from their upload to the end of their undo.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let states = ["uploaded", "rehearsing", "rehearsed", "applying", "applied", "undoing", "undone", "discarded"];
        let imports = Table::create()
            .table("imports")
            .col(id())
            .col(short("state", 12))
            // What of the state's work is done already; empty at its beginning.
            .col(short("step", 12).default(""))
            .col(big_integer_null("created_by_id"))
            .col(text("created_by_name"))
            // Whoever asked for the work that runs now.
            .col(big_integer_null("acting_id"))
            .col(short("csv_name", 200))
            .col(short("zip_name", 200).default(""))
            .col(text("setup"))
            .col(integer("rows_total").default(0))
            .col(integer("created").default(0))
            .col(integer("changed").default(0))
            .col(integer("unchanged").default(0))
            .col(integer("problems").default(0))
            // Why the work stopped; empty while nothing is wrong.
            .col(text("message"))
            // Which program works on it, and when it last said so.
            .col(short("worker", 32).default(""))
            .col(instant_null("beat_at"))
            .col(instant("created_at"))
            .col(instant_null("applied_at"))
            .col(instant_null("finished_at"))
            .foreign_key(&mut key("imports", "created_by_id", "users", OnDelete::Forget))
            .foreign_key(&mut key("imports", "acting_id", "users", OnDelete::Forget))
            .check(one_of("ck_imports_state", "state", &states))
            .take();
        manager.create_table(imports).await?;
        manager.create_index(index("idx_imports_state", "imports", &["state"])).await
    }
}
