//! The server that serves this database.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "server_leases")]
pub struct Model {
    /// Always 1: there is one server.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The data folder's own name, the same at every start.
    pub node: String,
    /// This start's own name.
    pub run: String,
    /// Machine, process and address, for people.
    pub holder: String,
    pub started_at: DateTimeUtc,
    /// When it last showed that it lives.
    pub beat_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
