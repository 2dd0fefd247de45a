//! What changes nothing and is written down all the same: refusals, and looks at students' photos.
//!
//! Pages look at forty photos at once and ask again and again, so the same thing is written once in a while.

use super::audit;
use crate::app::types::{Role, StudentId, UserId};
use crate::server::auth::actor::{self, Actor};
use crate::server::db;
use crate::server::db::entities::users;
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, Duration, Utc};
use sea_orm::EntityTrait;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The same refusal of the same person is written at most this often.
const REFUSAL_EVERY: Duration = Duration::minutes(10);
/// A look of the same person at the same student's photo is written at most this often.
const LOOK_EVERY: Duration = Duration::days(1);
/// Things that are remembered; past it all are forgotten, and some are written once more.
const REMEMBERED_MAX: usize = 20_000;
/// Longest address that is written, characters.
const PATH_CHARS_MAX: usize = 120;

/// When each thing was last written.
#[derive(Clone, Default)]
pub struct Sightings(Arc<Mutex<HashMap<Sighting, DateTime<Utc>>>>);

/// Who did what.
type Sighting = (i64, String);

impl Sightings {
    /// Whether it is time to write this down again; if so, it counts as written.
    fn is_new(&self, who: i64, what: String, now: DateTime<Utc>, every: Duration) -> bool {
        // Nothing can panic while it is locked.
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= REMEMBERED_MAX {
            seen.clear();
        }
        let last = seen.entry((who, what)).or_insert(DateTime::<Utc>::MIN_UTC);
        let is_new = now - *last >= every;
        if is_new {
            *last = now;
        }
        is_new
    }
}

/// Writes down that somebody was refused what they asked for. Trouble with that is logged: the refusal stands.
pub async fn note_refusal(ctx: &Ctx, user: UserId, asked: &str) {
    let asked: String = asked.chars().take(PATH_CHARS_MAX).collect();
    if !ctx.sightings.is_new(user.0, format!("refused {asked}"), ctx.clock.now(), REFUSAL_EVERY) {
        return;
    }
    let noted = async {
        let Some(row) = users::Entity::find_by_id(user.0).one(&ctx.db).await? else { return Ok(()) };
        let actor = actor::of_user(ctx, row, "").await?;
        let sentence = format!("{} was refused {asked}", actor.name);
        write(ctx, &actor, "user.refused", "user", user.0, &sentence).await
    };
    warn(noted.await);
}

/// Writes down that staff looked at a student's photo. Trouble with that is logged: on a full disk photos are still
/// shown.
pub async fn note_look(ctx: &Ctx, actor: &Actor, student: StudentId, roll_no: &str) {
    let is_own_look = actor.role == Role::Student;
    let what = format!("photo of {student}");
    if is_own_look || !ctx.sightings.is_new(actor.user_id.0, what, ctx.clock.now(), LOOK_EVERY) {
        return;
    }
    let sentence = format!("{} looked at the photo of the student {roll_no}", actor.name);
    warn(write(ctx, actor, "student.photo_view", "student", student.0, &sentence).await);
}

async fn write(ctx: &Ctx, actor: &Actor, action: &str, kind: &str, id: i64, sentence: &str) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    audit::record(&txn, ctx, Some(actor), action, kind, id, sentence).await?;
    Ok(txn.commit().await?)
}

fn warn(noted: Result<()>) {
    if let Err(error) = noted {
        tracing::warn!("something is missing in the audit log: {error:#}");
    }
}
