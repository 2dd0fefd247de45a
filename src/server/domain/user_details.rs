//! Accounts as admins and their owners read them.

use crate::app::error::AppError;
use crate::app::types::{DepartmentRef, Page, Role, UserId};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::{departments, students, teacher_departments, user_profiles, users};
use crate::server::error::Result;
use crate::server::state::Ctx;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// Longest search text that is looked at, characters.
const SEARCH_CHARS_MAX: usize = 100;
/// Most words of a search that are looked for.
const SEARCH_WORDS_MAX: usize = 5;
/// Pages beyond this are empty in any case; bounds the offset.
const PAGE_MAX: u64 = 1_000_000;

/// One account with everything but its password.
#[derive(Clone, Debug, PartialEq)]
pub struct UserDetail {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// Digits, or empty.
    pub phone: String,
    pub role: Role,
    /// A teacher's first department; a student's own.
    pub department: Option<DepartmentRef>,
    /// A teacher's departments, the first first; empty for others.
    pub departments: Vec<DepartmentRef>,
    pub is_active: bool,
    pub email_verified: bool,
    pub date_joined: DateTime<Utc>,
    pub last_login: Option<DateTime<Utc>>,
}

/// The column that a list goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserOrder {
    #[default]
    Username,
    UsernameDown,
    Email,
    EmailDown,
    Joined,
    JoinedDown,
}

/// Which accounts, which page.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    pub role: Option<Role>,
    pub is_active: Option<bool>,
    /// Part of the username, the email or the name.
    pub search: String,
    /// Teachers and students of this department.
    pub department: Option<i64>,
    pub order: UserOrder,
    /// From 1.
    pub page: u64,
    pub page_size: u64,
}

/// One page of accounts under the filter. A page past the end is empty.
///
/// # Errors
/// When the database fails.
pub async fn list_user_page(ctx: &Ctx, filter: &UserFilter) -> Result<Page<UserDetail>> {
    let page = filter.page.clamp(1, PAGE_MAX);
    let mut wanted = Condition::all().add_option(search_condition(&filter.search));
    if let Some(role) = filter.role {
        wanted = wanted.add(user_profiles::Column::Role.eq(role.as_str()));
    }
    if let Some(is_active) = filter.is_active {
        wanted = wanted.add(users::Column::IsActive.eq(is_active));
    }
    if let Some(department) = filter.department {
        let teachers = Query::select()
            .column(teacher_departments::Column::UserId)
            .from(teacher_departments::Entity)
            .and_where(teacher_departments::Column::DepartmentId.eq(department))
            .take();
        let belongs = Condition::any()
            .add(user_profiles::Column::DepartmentId.eq(department))
            .add(users::Column::Id.in_subquery(teachers));
        wanted = wanted.add(belongs);
    }
    let matching = users::Entity::find().find_also_related(user_profiles::Entity).filter(wanted);
    let count = matching.clone().count(&ctx.db).await?;
    let (column, order) = match filter.order {
        UserOrder::Username => (users::Column::UsernameKey, Order::Asc),
        UserOrder::UsernameDown => (users::Column::UsernameKey, Order::Desc),
        UserOrder::Email => (users::Column::Email, Order::Asc),
        UserOrder::EmailDown => (users::Column::Email, Order::Desc),
        UserOrder::Joined => (users::Column::DateJoined, Order::Asc),
        UserOrder::JoinedDown => (users::Column::DateJoined, Order::Desc),
    };
    let rows = matching
        .order_by(column, order)
        .order_by_asc(users::Column::Id)
        .limit(filter.page_size)
        .offset((page - 1) * filter.page_size)
        .all(&ctx.db)
        .await?;
    Ok(Page { count, page, page_size: filter.page_size, results: to_details(&ctx.db, rows).await? })
}

/// Every word of the search stands in the username, the email or a name, whatever the case; `%` and `_` mean
/// themselves. PostgreSQL refuses NUL in any text.
fn search_condition(search: &str) -> Option<Condition> {
    let text: String = search.chars().take(SEARCH_CHARS_MAX).collect::<String>().to_lowercase();
    let words = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let mut wanted = Condition::all();
    for word in words.take(SEARCH_WORDS_MAX) {
        let pattern = format!("%{}%", word.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        let like = || LikeExpr::new(pattern.clone()).escape('!');
        let lower = |column: users::Column| Expr::expr(Func::lower(Expr::col((users::Entity, column)))).like(like());
        let any = Condition::any()
            .add(users::Column::UsernameKey.like(like()))
            .add(users::Column::Email.like(like()))
            .add(lower(users::Column::FirstName))
            .add(lower(users::Column::LastName));
        wanted = wanted.add(any);
    }
    (!wanted.is_empty()).then_some(wanted)
}

/// One account.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn get_user(ctx: &Ctx, id: UserId) -> Result<UserDetail> {
    get_user_from(&ctx.db, id).await
}

/// One account as this transaction sees it.
///
/// # Errors
/// [`AppError::NotFound`], or internals.
pub async fn get_user_from(db: &impl ConnectionTrait, id: UserId) -> Result<UserDetail> {
    let row = users::Entity::find_by_id(id.0).find_also_related(user_profiles::Entity).one(db).await?;
    let row = row.ok_or_else(|| AppError::not_found("User", id))?;
    let detail = to_details(db, vec![row]).await?.pop();
    Ok(detail.ok_or_else(|| AppError::not_found("User", id))?)
}

/// The actor's own account.
///
/// # Errors
/// When the database fails.
pub async fn get_own(ctx: &Ctx, actor: &Actor) -> Result<UserDetail> {
    get_user(ctx, actor.user_id).await
}

/// The rows with their departments, in their order.
async fn to_details(
    db: &impl ConnectionTrait,
    rows: Vec<(users::Model, Option<user_profiles::Model>)>,
) -> Result<Vec<UserDetail>> {
    let ids: Vec<i64> = rows.iter().map(|(user, _)| user.id).collect();
    let memberships = teacher_departments::Entity::find()
        .filter(teacher_departments::Column::UserId.is_in(ids.clone()))
        .order_by_asc(teacher_departments::Column::Position)
        .find_also_related(departments::Entity)
        .all(db)
        .await?;
    let mut of_teacher: HashMap<i64, Vec<DepartmentRef>> = HashMap::new();
    for (membership, department) in memberships {
        of_teacher.entry(membership.user_id).or_default().extend(department.map(DepartmentRef::from));
    }
    let named = rows.iter().filter_map(|(_, profile)| profile.as_ref()?.department_id);
    let named = departments::Entity::find().filter(departments::Column::Id.is_in(named)).all(db).await?;
    let named: HashMap<i64, DepartmentRef> = named.into_iter().map(|row| (row.id, DepartmentRef::from(row))).collect();
    let linked = students::Entity::find()
        .filter(students::Column::UserId.is_in(ids))
        .find_also_related(departments::Entity)
        .all(db)
        .await?;
    let mut of_student: HashMap<i64, DepartmentRef> = linked
        .into_iter()
        .filter_map(|(student, department)| Some((student.user_id?, DepartmentRef::from(department?))))
        .collect();
    let details = rows.into_iter().map(|(user, profile)| {
        let role = profile.as_ref().and_then(|profile| profile.role.parse().ok()).unwrap_or_default();
        let departments = match role {
            Role::Teacher => of_teacher.remove(&user.id).unwrap_or_default(),
            _ => Vec::new(),
        };
        let named = profile.as_ref().and_then(|profile| named.get(&profile.department_id?)).cloned();
        let department = match role {
            Role::Admin => None,
            Role::Teacher => departments.first().cloned(),
            // The register knows better than the registration.
            Role::Student => of_student.remove(&user.id).or(named),
        };
        UserDetail {
            id: UserId(user.id),
            username: user.username,
            email: user.email,
            first_name: user.first_name,
            last_name: user.last_name,
            phone: profile.map(|profile| profile.phone).unwrap_or_default(),
            role,
            department,
            departments,
            is_active: user.is_active,
            email_verified: user.email_verified_at.is_some(),
            date_joined: user.date_joined,
            last_login: user.last_login,
        }
    });
    Ok(details.collect())
}
