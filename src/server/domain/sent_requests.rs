//! Requests that a device may send again because an answer was lost on the way: each is carried out once.
//!
//! A request is claimed under its key before it is carried out, and its answer is kept when it succeeded. What was
//! refused had no effect and is judged anew. A claim without an answer belongs to a request under way or to a server
//! that ended meanwhile; the latter is taken over after a while, which is harmless: a mark written twice is one mark.

use crate::app::error::AppError;
use crate::app::types::{MarkOutcome, UserId};
use crate::app::wire;
use crate::server::db::{self, entities::sent_requests};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// How long a key is known.
pub const KEPT: Duration = Duration::hours(48);
/// Longest key, characters.
pub const KEY_CHARS_MAX: usize = 64;
/// No request takes longer; whoever claimed a key before that is gone.
const UNDER_WAY: Duration = Duration::minutes(2);
/// What a sender should wait while the same request is under way, seconds.
const RETRY_S: u64 = 2;

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// A request under its key.
#[derive(Clone, Debug)]
pub struct SentRequest {
    pub user: UserId,
    pub key: String,
    /// What it asks for.
    pub path: String,
}

impl SentRequest {
    /// # Errors
    /// [`AppError::Malformed`] for keys that are empty, too long or more than letters, digits, `-` and `_`.
    pub fn new(user: UserId, key: &str, path: &str) -> std::result::Result<Self, AppError> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if key.is_empty() || key.len() > KEY_CHARS_MAX || !key.chars().all(fits) {
            return Err(AppError::Malformed(tr!("domain-request-key")));
        }
        Ok(Self { user, key: key.to_owned(), path: path.to_owned() })
    }
}

/// Claims the request for whoever asks; the answer instead when it was carried out before.
///
/// # Errors
/// [`AppError::Busy`] while it is being carried out, [`AppError::Rule`] when the key stands for something else, or
/// internals.
pub async fn claim(ctx: &Ctx, request: &SentRequest) -> Result<Option<Answer>> {
    let now = ctx.clock.now();
    let row = sent_requests::ActiveModel {
        user_id: Set(request.user.0),
        request_key: Set(request.key.clone()),
        path: Set(request.path.clone()),
        status: Set(0),
        body: Set(Vec::new()),
        created_at: Set(now),
    };
    let key = [sent_requests::Column::UserId, sent_requests::Column::RequestKey];
    let txn = db::begin_write(&ctx.db).await?;
    let inserted = sent_requests::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(&txn)
        .await;
    let is_new = match inserted {
        Ok(rows) => rows > 0,
        Err(DbErr::RecordNotInserted) => false,
        Err(error) => return Err(error.into()),
    };
    let answer = if is_new { None } else { find(&txn, request, now).await? };
    txn.commit().await?;
    Ok(answer)
}

/// The answer to a request that was claimed before; nothing when the claim was left behind and is now the caller's.
async fn find(txn: &impl ConnectionTrait, request: &SentRequest, now: DateTime<Utc>) -> Result<Option<Answer>> {
    let busy = AppError::Busy { retry_after_s: RETRY_S };
    let id = (request.user.0, request.key.clone());
    let Some(known) = sent_requests::Entity::find_by_id(id).one(txn).await? else { return Err(busy.into()) };
    if known.path != request.path {
        return Err(AppError::Rule(tr!("domain-request-key-used")).into());
    }
    if known.status != 0 {
        return Ok(Some(Answer { status: u16::try_from(known.status).unwrap_or(200), body: known.body }));
    }
    // Of several who take a claim over, one changes the row that it has seen.
    let taken = sent_requests::Entity::update_many()
        .col_expr(sent_requests::Column::CreatedAt, Expr::value(now))
        .filter(of(request))
        .filter(sent_requests::Column::Status.eq(0))
        .filter(sent_requests::Column::CreatedAt.lt(now - UNDER_WAY))
        .exec(txn)
        .await?;
    if taken.rows_affected == 1 { Ok(None) } else { Err(busy.into()) }
}

/// Keeps what a claimed request was answered; a refusal gives the claim back.
///
/// # Errors
/// When the database fails.
pub async fn settle(ctx: &Ctx, request: &SentRequest, answer: Answer) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    if (200..300).contains(&answer.status) {
        sent_requests::Entity::update_many()
            .col_expr(sent_requests::Column::Status, Expr::value(i32::from(answer.status)))
            .col_expr(sent_requests::Column::Body, Expr::value(without_crops(answer.body)))
            .filter(of(request))
            .exec(&txn)
            .await?;
    } else {
        sent_requests::Entity::delete_many().filter(of(request)).exec(&txn).await?;
    }
    txn.commit().await?;
    Ok(())
}

/// Pictures of faces are never stored, so the answer to a photo is kept without them.
fn without_crops(body: Vec<u8>) -> Vec<u8> {
    match wire::from_bytes::<MarkOutcome>(&body) {
        Ok(mut outcome) => {
            outcome.faces.iter_mut().for_each(|face| face.crop = None);
            wire::to_bytes(&outcome).unwrap_or_default()
        }
        Err(_) => body,
    }
}

fn of(request: &SentRequest) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(sent_requests::Column::UserId.eq(request.user.0))
        .add(sent_requests::Column::RequestKey.eq(&*request.key))
}

/// Forgets keys that are older than [`KEPT`].
///
/// # Errors
/// When the database fails.
pub async fn purge(ctx: &Ctx) -> Result<()> {
    sent_requests::Entity::delete_many()
        .filter(sent_requests::Column::CreatedAt.lt(ctx.clock.now() - KEPT))
        .exec(&ctx.db)
        .await?;
    Ok(())
}
