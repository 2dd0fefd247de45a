//! The rows behind the browser's cookie, for tower-sessions.
//!
//! They say who a cookie belongs to; whether that still holds is asked of
//! `login_sessions` on every request. What the cookie says stands nowhere: the
//! rows are found by its hash, so that whoever reads them can use none.

use crate::server::db::entities::browser_sessions;
use crate::server::secrets::sha256_hex;
use async_trait::async_trait;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, ExpiredDeletion, Result, SessionStore};

/// tower-sessions' records in `browser_sessions`.
#[derive(Clone, Debug)]
pub struct DatabaseStore {
    db: DatabaseConnection,
}

impl DatabaseStore {
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }
}

#[async_trait]
impl SessionStore for DatabaseStore {
    async fn save(&self, record: &Record) -> Result<()> {
        let row = browser_sessions::ActiveModel {
            id: Set(hash_of(&record.id)),
            data: Set(serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?),
            expires_at: Set(to_chrono(record.expiry_date)),
        };
        browser_sessions::Entity::insert(row)
            .on_conflict(
                OnConflict::column(browser_sessions::Column::Id)
                    .update_columns([browser_sessions::Column::Data, browser_sessions::Column::ExpiresAt])
                    .to_owned(),
            )
            .exec_without_returning(&self.db)
            .await
            .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = browser_sessions::Entity::find_by_id(hash_of(id)).one(&self.db).await.map_err(backend)?;
        let Some(row) = row.filter(|row| row.expires_at > chrono::Utc::now()) else { return Ok(None) };
        let data = serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expires = OffsetDateTime::from_unix_timestamp(row.expires_at.timestamp());
        let expiry_date = expires.map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        browser_sessions::Entity::delete_by_id(hash_of(id)).exec(&self.db).await.map_err(backend)?;
        Ok(())
    }
}

#[async_trait]
impl ExpiredDeletion for DatabaseStore {
    async fn delete_expired(&self) -> Result<()> {
        browser_sessions::Entity::delete_many()
            .filter(browser_sessions::Column::ExpiresAt.lt(chrono::Utc::now()))
            .exec(&self.db)
            .await
            .map_err(backend)?;
        Ok(())
    }
}

fn hash_of(id: &Id) -> String {
    sha256_hex(&id.to_string())
}

fn to_chrono(at: OffsetDateTime) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(at.unix_timestamp(), 0).unwrap_or(chrono::DateTime::<chrono::Utc>::MAX_UTC)
}

fn backend(error: sea_orm::DbErr) -> Error {
    Error::Backend(error.to_string())
}
