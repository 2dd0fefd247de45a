//! The rules, called directly, on both databases.

mod accounts;
mod attendance;
mod audit_sentences;
mod backups;
mod contests;
mod crowd;
mod departments;
mod doctor;
mod gallery_health;
mod me;
mod own_face;
mod percentage;
mod student_counts;
mod students;
mod users;
mod validate;

use crate::support::TestApp;
use crate::support::db::{TestDatabase, test_databases};
use rollcall::app::error::AppError;
use rollcall::server::auth::actor::Actor;
use rollcall::server::db::entities::audit_log;
use rollcall::server::error::{Error, Result};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use std::ops::Deref;

/// An application on one of the databases.
struct App {
    app: TestApp,
    _database: TestDatabase,
}

impl Deref for App {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        &self.app
    }
}

/// One application without recognition per database that this run has.
async fn apps() -> Vec<App> {
    let mut apps = Vec::new();
    for database in test_databases().await {
        apps.push(App { app: TestApp::start_on(&database.url).await, _database: database });
    }
    apps
}

impl App {
    /// An admin with an account.
    async fn admin(&self) -> Actor {
        self.account("boss", rollcall::app::types::Role::Admin, &[]).await;
        self.actor("boss").await
    }

    /// The actions of the audit log, in order.
    async fn audited(&self) -> Vec<String> {
        audit_log::Entity::find()
            .select_only()
            .column(audit_log::Column::Action)
            .order_by_asc(audit_log::Column::Id)
            .into_tuple()
            .all(&self.ctx.db)
            .await
            .expect("the audit log")
    }
}

/// What a user reads when this fails.
fn refusal<T: std::fmt::Debug>(result: Result<T>) -> AppError {
    match result {
        Err(Error::User(refusal)) => refusal,
        other => panic!("not a refusal: {other:?}"),
    }
}

/// The faults of a form, field by field.
fn invalid(faults: &[(&str, &[&str])]) -> AppError {
    AppError::Invalid(
        faults.iter().flat_map(|(field, messages)| messages.iter().map(move |message| (*field, *message))).collect(),
    )
}
