//! One account with everything that an admin needs to look after it.

use super::audit::{AuditFilter, list_audit};
use super::front_desk::sends_mail;
use super::user_details::{UserDetail, get_user};
use super::{account_links, audit_sentences, invitations, outbox_desk, user_changes};
use crate::app::types::{AccountEvent, DepartmentRef, Role, UserCard, UserId};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::departments;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{EntityTrait, QueryOrder};

/// Lines of the audit log that are shown.
const HISTORY_LINES: u64 = 10;

/// One account, and why it can be deleted, switched off or sent a link, or cannot.
///
/// # Errors
/// `NotFound`, or internals.
pub async fn get_user_card(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<UserCard> {
    let user = get_user(ctx, id).await?;
    let student = account_links::student_of(ctx, id).await?;
    let suggested = match user.role {
        Role::Student if student.is_none() => account_links::free_student(ctx, &user.email).await?,
        _ => None,
    };
    let is_last_admin = user.role == Role::Admin && user.is_active && !user_changes::has_other_admin(ctx, id).await?;
    let filter = AuditFilter { object_type: "user".to_owned(), object_id: id.to_string(), ..AuditFilter::default() };
    let history = list_audit(ctx, &filter, 1, HISTORY_LINES).await?.results;
    let names = audit_sentences::names_of(&ctx.db, &history).await?;
    let history = history.iter().map(|row| AccountEvent {
        at: ctx.clock.wall_at(row.at),
        sentence: audit_sentences::told_or(row, &names, || row.sentence.clone()),
    });
    let is_me = actor.user_id == id;
    Ok(UserCard {
        kept_because: kept_because(ctx, id, is_me, is_last_admin, student.is_some()).await?,
        messages: outbox_desk::messages_to(ctx, &user.email).await?,
        link: invitations::link_for(user.is_active, user.email_verified, user.last_login.is_some()),
        all_departments: all_departments(ctx).await?,
        name: name_of(&user),
        joined: ctx.clock.wall_at(user.date_joined),
        last_login: user.last_login.map(|at| ctx.clock.wall_at(at)),
        departments: match user.role {
            Role::Teacher => user.departments,
            _ => user.department.into_iter().collect(),
        },
        history: history.collect(),
        sends_mail: sends_mail(&ctx.config),
        id,
        username: user.username,
        email: user.email,
        first_name: user.first_name,
        last_name: user.last_name,
        phone: user.phone,
        role: user.role,
        is_active: user.is_active,
        email_verified: user.email_verified,
        is_me,
        is_last_admin,
        student,
        suggested,
    })
}

/// All departments by code, for a choice.
///
/// # Errors
/// When the database fails.
pub async fn all_departments(ctx: &Ctx) -> Result<Vec<DepartmentRef>> {
    let rows = departments::Entity::find().order_by_asc(departments::Column::Code).all(&ctx.db).await?;
    Ok(rows.into_iter().map(DepartmentRef::from).collect())
}

async fn kept_because(
    ctx: &Ctx,
    id: UserId,
    is_me: bool,
    is_last_admin: bool,
    is_linked: bool,
) -> Result<Option<String>> {
    if is_me {
        return Ok(Some(tr!("domain-account-own-delete")));
    }
    if is_last_admin {
        return Ok(Some(tr!("domain-account-last-admin")));
    }
    let uses = user_changes::count_records(&ctx.db, id).await?;
    Ok(match (uses, is_linked) {
        (0, _) => None,
        (1, true) => Some(tr!("domain-account-stands")),
        _ => Some(tr!("domain-account-named", count = uses)),
    })
}

fn name_of(user: &UserDetail) -> String {
    let full = format!("{} {}", user.first_name, user.last_name).trim().to_owned();
    if full.is_empty() { user.username.clone() } else { full }
}
