//! Photos of one row: judged by the recogniser, one at a time and behind everybody who marks.

use super::archive::Photos;
use super::judge::Cells;
use crate::app::error::AppError;
use crate::app::types::{RowPhoto, StudentId};
use crate::server::db::entities::photos as photo_rows;
use crate::server::domain::enrolment::{self, Intake, PHOTOS_MAX, PreparedPhoto};
use crate::server::error::{Error, Result};
use crate::server::state::Ctx;
use crate::server::upload::UploadedPhoto;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::time::Duration;

/// Longest time that one photo waits for those who mark, before it takes its turn among them.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks whether they are done.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How often a photo is tried again that found no place in the queue.
const TRIES_MAX: u32 = 60;
/// Where templates of imports come from, as written with each.
pub const SOURCE: &str = "import";

/// What the recogniser said of a row's photos.
#[derive(Debug, Default)]
pub struct Looked {
    /// Photos that can be stored; their files lie in the store, in no row yet.
    pub prepared: Vec<PreparedPhoto>,
    /// One entry per photo, in the order of the row; those of `prepared` first have no `refused`.
    pub told: Vec<RowPhoto>,
}

impl Looked {
    pub fn is_refused(&self) -> bool {
        self.told.iter().any(|photo| photo.refused)
    }

    /// Files that are new to the student.
    pub fn fresh(&self) -> usize {
        self.prepared.len()
    }
}

/// Reads and judges the photos of a row. `own` is the known student whom they are meant for.
///
/// # Errors
/// Internals; what is wrong with a photo is told in the answer.
pub async fn look(ctx: &Ctx, photos: &mut Photos, cells: &Cells, of: Of<'_>) -> Result<Looked> {
    let matched = photos.find(cells, of.roll_no, of.email);
    let mut looked = Looked::default();
    for (file, words) in matched.faults {
        looked.told.push(RowPhoto { file, words, refused: true, ..RowPhoto::default() });
    }
    if matched.files.is_empty() {
        return Ok(looked);
    }
    let there = stored_hashes(ctx, of.own).await?;
    let may_store = enrolment::consent_stands(&ctx.db, ctx, of.own).await;
    for (at, file) in matched.files {
        let one = match &may_store {
            Err(Error::User(refusal)) => Err(refusal.clone()),
            _ => photos.read(at),
        };
        let room = there.len() + looked.prepared.len() < PHOTOS_MAX as usize;
        let done = match one {
            Ok(bytes) => judge_one(ctx, bytes, of.own, looked.prepared.first()).await,
            Err(refusal) => Err(refusal.into()),
        };
        let mut told = RowPhoto { file, ..RowPhoto::default() };
        match done {
            Ok(photo) if there.contains(&photo.sha256) => {
                told.words = "This photo is stored already.".to_owned();
                enrolment::discard(ctx, vec![photo]).await;
            }
            Ok(photo) if !room => {
                told.words = format!("A student has at most {PHOTOS_MAX} photos.");
                told.refused = true;
                enrolment::discard(ctx, vec![photo]).await;
            }
            Ok(photo) => {
                told.quality = Some(photo.verdict);
                told.stored = photo.name.clone();
                told.words = photo.lookalike.as_ref().map_or_else(String::new, |other| {
                    format!("This face is already {} {}.", other.roll_no, other.name)
                });
                looked.prepared.push(photo);
            }
            Err(Error::User(refusal)) => {
                told.words = refusal.sentence();
                told.refused = true;
            }
            Err(error) => {
                enrolment::discard(ctx, looked.prepared).await;
                return Err(error);
            }
        }
        looked.told.push(told);
    }
    Ok(looked)
}

/// Whose photos they are.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    pub own: Option<StudentId>,
    /// By which files are found that the row does not name.
    pub roll_no: &'a str,
    pub email: &'a str,
}

/// Lets those who mark go first, then asks the recogniser; a full queue is tried again.
async fn judge_one(
    ctx: &Ctx,
    bytes: Vec<u8>,
    own: Option<StudentId>,
    first: Option<&PreparedPhoto>,
) -> Result<PreparedPhoto> {
    let mut tries = 0;
    loop {
        let mut waited = Duration::ZERO;
        while ctx.recognizer.waiting() > 0 && waited < PATIENCE {
            tokio::time::sleep(LOOK_EVERY).await;
            waited += LOOK_EVERY;
        }
        let file = UploadedPhoto { field: "photo".into(), file_name: String::new(), bytes: bytes.clone() };
        match enrolment::prepare_one(ctx, file, own, &Intake::upload().rules, first).await {
            Err(Error::User(AppError::Busy { retry_after_s })) if tries < TRIES_MAX => {
                tries += 1;
                tokio::time::sleep(Duration::from_secs(retry_after_s)).await;
            }
            done => return done,
        }
    }
}

/// Checksums of what the student has already, so that the same file twice adds nothing.
async fn stored_hashes(ctx: &Ctx, own: Option<StudentId>) -> Result<Vec<String>> {
    let Some(own) = own else { return Ok(Vec::new()) };
    Ok(photo_rows::Entity::find()
        .select_only()
        .column(photo_rows::Column::Sha256)
        .filter(photo_rows::Column::StudentId.eq(own.0))
        .into_tuple()
        .all(&ctx.db)
        .await?)
}
