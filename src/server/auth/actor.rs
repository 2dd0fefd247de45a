//! The actor of a request, read from the database each time, and the guards.

use crate::app::error::AppError;
use crate::app::types::{CurrentUser, DepartmentId, DepartmentRef, Role, UserId};
use crate::app::words::Locale;
use crate::server::auth::tokens::TokenType;
use crate::server::db;
use crate::server::db::entities::{departments, login_sessions, teacher_departments, user_profiles, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::Duration;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Idle limit of a cookie login session, minutes.
pub const IDLE_MINUTES: i64 = 60;
/// `last_seen_at` is written at most this often, seconds.
const SEEN_EVERY_S: i64 = 60;

/// Who acts, with the rights they have now.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user_id: UserId,
    pub username: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// A teacher's departments, the first first.
    pub departments: Vec<DepartmentRef>,
    /// The language they chose to read.
    pub language: Option<Locale>,
    /// Row of `login_sessions`; empty on the command line.
    pub login_session: String,
}

impl Actor {
    /// Whoever acts when nobody is there to: the clock, and a start after a restore.
    pub fn system() -> Self {
        Self {
            user_id: UserId(0),
            username: "system".to_owned(),
            name: "The system".to_owned(),
            email: String::new(),
            role: Role::Admin,
            departments: Vec::new(),
            language: None,
            login_session: String::new(),
        }
    }

    pub fn into_current_user(self) -> CurrentUser {
        CurrentUser {
            id: self.user_id,
            username: self.username,
            name: self.name,
            email: self.email,
            role: self.role,
            departments: self.departments,
        }
    }

    /// Whether they may create, mark and correct in this department.
    pub fn may_mark_in(&self, id: DepartmentId) -> bool {
        self.role == Role::Admin
            || self.role == Role::Teacher && self.departments.iter().any(|department| department.id == id)
    }

    /// # Errors
    /// [`AppError::Forbidden`] for anybody but teachers and admins.
    pub fn staff(self) -> std::result::Result<Self, AppError> {
        if self.role.is_staff() { Ok(self) } else { Err(AppError::forbidden()) }
    }

    /// # Errors
    /// [`AppError::Forbidden`] for anybody but admins.
    pub fn admin(self) -> std::result::Result<Self, AppError> {
        if self.role == Role::Admin { Ok(self) } else { Err(AppError::forbidden()) }
    }

    /// # Errors
    /// [`AppError::Forbidden`] for anybody but students.
    pub fn student(self) -> std::result::Result<Self, AppError> {
        if self.role == Role::Student { Ok(self) } else { Err(AppError::forbidden()) }
    }
}

/// The actor behind a row of `login_sessions`, or nobody when it ended, expired,
/// idled out, or the account changed or was switched off since.
///
/// # Errors
/// When the database fails.
pub async fn load(ctx: &Ctx, login_session: &str) -> Result<Option<Actor>> {
    let row = login_sessions::Entity::find_by_id(login_session).find_also_related(users::Entity).one(&ctx.db).await?;
    let Some((session, Some(user))) = row else { return Ok(None) };
    let now = ctx.clock.now();
    let idle = session.kind == "cookie" && now - session.last_seen_at > Duration::minutes(IDLE_MINUTES);
    let ended = session.revoked_at.is_some() || session.expires_at <= now || idle;
    let usable = user.is_active && user.email_verified_at.is_some();
    if ended || session.epoch != user.session_epoch || !usable {
        return Ok(None);
    }
    if now - session.last_seen_at > Duration::seconds(SEEN_EVERY_S) {
        let seen = login_sessions::Entity::update_many()
            .col_expr(login_sessions::Column::LastSeenAt, Expr::value(now))
            .filter(login_sessions::Column::Id.eq(login_session))
            .exec(&ctx.db)
            .await;
        match seen {
            // On a full disk everything that is there can still be read.
            Err(error) if db::failure(&error).is_some_and(|failure| failure != db::Failure::Lost) => {
                tracing::warn!("when somebody was last seen is not noted: {error}");
            }
            seen => {
                seen?;
            }
        }
    }
    of_user(ctx, user, login_session).await.map(Some)
}

/// The actor behind a bearer token.
///
/// # Errors
/// [`AppError::TokenInvalid`] or [`AppError::TokenExpired`]; database trouble.
pub async fn from_token(ctx: &Ctx, token: &str) -> Result<Actor> {
    let claims = ctx.token_key.verify(token, TokenType::Access, ctx.clock.now())?;
    let actor = load(ctx, &claims.sid).await?.filter(|actor| actor.user_id.0 == claims.user_id);
    Ok(actor.ok_or(AppError::TokenInvalid)?)
}

/// Role, name and departments of a user, as they are now.
///
/// # Errors
/// When the database fails or the profile is missing.
pub async fn of_user(ctx: &Ctx, user: users::Model, login_session: &str) -> Result<Actor> {
    let profile = user_profiles::Entity::find().filter(user_profiles::Column::UserId.eq(user.id)).one(&ctx.db).await?;
    let role = profile.and_then(|profile| profile.role.parse().ok()).unwrap_or_default();
    let departments = match role {
        Role::Teacher => departments_of(ctx, user.id).await?,
        _ => Vec::new(),
    };
    let full = format!("{} {}", user.first_name, user.last_name).trim().to_owned();
    Ok(Actor {
        user_id: UserId(user.id),
        name: if full.is_empty() { user.username.clone() } else { full },
        username: user.username,
        email: user.email,
        role,
        departments,
        language: user.language.as_deref().and_then(Locale::from_tag),
        login_session: login_session.to_owned(),
    })
}

async fn departments_of(ctx: &Ctx, user_id: i64) -> Result<Vec<DepartmentRef>> {
    let rows = teacher_departments::Entity::find()
        .filter(teacher_departments::Column::UserId.eq(user_id))
        .order_by_asc(teacher_departments::Column::Position)
        .find_also_related(departments::Entity)
        .all(&ctx.db)
        .await?;
    let departments = rows.into_iter().filter_map(|(_, department)| department);
    Ok(departments.map(|row| DepartmentRef { id: DepartmentId(row.id), name: row.name, code: row.code }).collect())
}
