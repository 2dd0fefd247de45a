//! Accounts: listed, created, switched on and off.

use super::register::display_name;
use super::validate;
use super::{audit, students};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{CreatedUser, DepartmentId, DepartmentRef, Role, UserForm, UserId, UserRow};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::db::entities::{departments, login_sessions, teacher_departments, user_profiles, users};
use crate::server::error::{Error, Result};
use crate::server::secrets::random_bytes;
use crate::server::state::Ctx;
use anyhow::Context;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder,
};
use std::collections::HashMap;

const USERNAME_TAKEN: &str = "User with this username already exists";
const EMAIL_TAKEN: &str = "User with this email already exists";
/// Length of a password that the server makes up.
const ONE_TIME_CHARS: usize = 16;
/// 64 characters that are hard to confuse in print: six random bits choose one of them.
const ONE_TIME_ALPHABET: &[u8; 64] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+=?@";

/// All accounts by username.
///
/// # Errors
/// When the database fails.
pub async fn list_users(ctx: &Ctx) -> Result<Vec<UserRow>> {
    load_rows(ctx, None).await
}

/// Creates an active account whose email counts as verified; without a password one is made up.
///
/// A student's account is linked to the student with the same email.
///
/// # Errors
/// [`AppError::Invalid`] with all faults, [`AppError::Busy`], or internals.
pub async fn create_user(ctx: &Ctx, actor: Option<&Actor>, form: UserForm) -> Result<CreatedUser> {
    let account = check(ctx, &form).await?;
    let one_time_password = form.password.is_empty().then(make_password);
    let password_hash = ctx.hasher.hash(one_time_password.as_deref().unwrap_or(&form.password)).await?;

    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    let user = users::ActiveModel {
        username_key: Set(account.username.to_lowercase()),
        username: Set(account.username),
        email: Set(account.email),
        password_hash: Set(password_hash),
        first_name: Set(account.first_name),
        last_name: Set(account.last_name),
        is_active: Set(true),
        is_staff: Set(form.role.is_staff()),
        is_superuser: Set(form.role == Role::Admin),
        email_verified_at: Set(Some(now)),
        session_epoch: Set(0),
        date_joined: Set(now),
        ..Default::default()
    };
    let user = user.insert(&txn).await.map_err(taken)?;
    store_profile(&txn, user.id, form.role, account.phone, &account.departments).await?;
    if form.role == Role::Student {
        students::link_account(&txn, &user).await?;
    }
    let who = actor.map_or("system", |actor| actor.name.as_str());
    let sentence = format!("{who} created the {} account {}", form.role.as_str(), user.username);
    audit::record(&txn, ctx, actor, "user.create", "user", user.id, &sentence).await?;
    txn.commit().await?;

    let row = load_rows(ctx, Some(user.id)).await?.pop();
    Ok(CreatedUser { user: row.context("a created user has no row")?, one_time_password })
}

/// Switches an account on or off and ends its login sessions and tokens at once.
///
/// An admin who switches an account on vouches for its email.
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Rule`] for one's own account, or internals.
pub async fn set_user_active(ctx: &Ctx, actor: &Actor, id: UserId, is_active: bool) -> Result<()> {
    if actor.user_id == id && !is_active {
        return Err(AppError::Rule("You cannot switch off your own account.".to_owned()).into());
    }
    let now = ctx.clock.now();
    let txn = db::begin_write(&ctx.db).await?;
    let user = users::Entity::find_by_id(id.0).one(&txn).await?;
    let user = user.ok_or_else(|| AppError::not_found("User", id))?;
    if user.is_active == is_active {
        return Ok(());
    }
    users::Entity::update_many()
        .col_expr(users::Column::IsActive, Expr::value(is_active))
        .col_expr(users::Column::SessionEpoch, Expr::col(users::Column::SessionEpoch).add(1))
        .filter(users::Column::Id.eq(id.0))
        .exec(&txn)
        .await?;
    login_sessions::Entity::update_many()
        .col_expr(login_sessions::Column::RevokedAt, Expr::value(now))
        .filter(login_sessions::Column::UserId.eq(id.0))
        .filter(login_sessions::Column::RevokedAt.is_null())
        .exec(&txn)
        .await?;
    if is_active && user.email_verified_at.is_none() {
        users::ActiveModel { id: Set(id.0), email_verified_at: Set(Some(now)), ..Default::default() }
            .update(&txn)
            .await?;
    }
    let (action, did) = if is_active { ("user.activate", "on") } else { ("user.deactivate", "off") };
    let sentence = format!("{} switched the account {} {did}", actor.name, user.username);
    audit::record(&txn, ctx, Some(actor), action, "user", id, &sentence).await?;
    txn.commit().await?;
    Ok(())
}

/// A new account whose fields are in order.
struct Account {
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    phone: String,
    departments: Vec<DepartmentId>,
}

/// Checks all fields and names all faults together.
async fn check(ctx: &Ctx, form: &UserForm) -> Result<Account> {
    let mut faults = FieldErrors::new();
    let account = Account {
        username: validate::username(&mut faults, "username", &form.username),
        email: validate::email(&mut faults, "email", &form.email, validate::ACCOUNT_EMAIL_CHARS_MAX),
        first_name: validate::optional_line(
            &mut faults,
            "first_name",
            &form.first_name,
            validate::PERSON_NAME_CHARS_MAX,
        ),
        last_name: validate::optional_line(&mut faults, "last_name", &form.last_name, validate::PERSON_NAME_CHARS_MAX),
        phone: validate::phone(&mut faults, "phone", &form.phone),
        departments: without_repeats(&form.departments),
    };
    if !form.password.is_empty() {
        validate::password(&mut faults, "password", &form.password);
    }
    check_departments(ctx, &mut faults, form.role, &account.departments).await?;
    refuse_taken(ctx, &mut faults, &account).await?;
    faults.finish()?;
    Ok(account)
}

async fn check_departments(ctx: &Ctx, faults: &mut FieldErrors, role: Role, ids: &[DepartmentId]) -> Result<()> {
    if role == Role::Teacher && ids.is_empty() {
        faults.add("departments", "A teacher needs at least one department.");
    }
    let known = departments::Entity::find()
        .filter(departments::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(&ctx.db)
        .await?;
    if known.len() < ids.len() {
        faults.add("departments", "This department does not exist.");
    }
    Ok(())
}

/// Names all duplicates together; the constraints still decide when two people save at once.
async fn refuse_taken(ctx: &Ctx, faults: &mut FieldErrors, account: &Account) -> Result<()> {
    let key = account.username.to_lowercase();
    // A faulty text may hold what a database does not take, and is refused anyway.
    let taken = Condition::any()
        .add_option((!faults.has("username")).then(|| users::Column::UsernameKey.eq(&key)))
        .add_option((!faults.has("email")).then(|| users::Column::Email.eq(&account.email)));
    if taken.is_empty() {
        return Ok(());
    }
    let others = users::Entity::find().filter(taken).all(&ctx.db).await?;
    if others.iter().any(|other| other.username_key == key) {
        faults.add("username", USERNAME_TAKEN);
    }
    if others.iter().any(|other| other.email == account.email) {
        faults.add("email", EMAIL_TAKEN);
    }
    Ok(())
}

fn taken(error: DbErr) -> Error {
    if db::is_unique(&error, "uq_users_username") {
        AppError::field("username", USERNAME_TAKEN).into()
    } else if db::is_unique(&error, "uq_users_email") {
        AppError::field("email", EMAIL_TAKEN).into()
    } else {
        error.into()
    }
}

/// Writes role, phone and departments; only teachers belong to several.
async fn store_profile(
    txn: &impl ConnectionTrait,
    user: i64,
    role: Role,
    phone: String,
    ids: &[DepartmentId],
) -> Result<()> {
    let profile = user_profiles::ActiveModel {
        user_id: Set(user),
        role: Set(role.as_str().to_owned()),
        phone: Set(phone),
        department_id: Set(ids.first().map(|id| id.0)),
        ..Default::default()
    };
    profile.insert(txn).await?;
    if role != Role::Teacher {
        return Ok(());
    }
    for (position, id) in (0..).zip(ids) {
        let row =
            teacher_departments::ActiveModel { user_id: Set(user), department_id: Set(id.0), position: Set(position) };
        row.insert(txn).await?;
    }
    Ok(())
}

/// All accounts, or only one, with role and departments, by username.
async fn load_rows(ctx: &Ctx, only: Option<i64>) -> Result<Vec<UserRow>> {
    let mut accounts = users::Entity::find().order_by_asc(users::Column::UsernameKey);
    let mut memberships = teacher_departments::Entity::find().order_by_asc(teacher_departments::Column::Position);
    if let Some(id) = only {
        accounts = accounts.filter(users::Column::Id.eq(id));
        memberships = memberships.filter(teacher_departments::Column::UserId.eq(id));
    }
    let mut departments: HashMap<i64, Vec<DepartmentRef>> = HashMap::new();
    for (membership, department) in memberships.find_also_related(departments::Entity).all(&ctx.db).await? {
        departments.entry(membership.user_id).or_default().extend(department.map(DepartmentRef::from));
    }
    let accounts = accounts.find_also_related(user_profiles::Entity).all(&ctx.db).await?;
    let rows = accounts.into_iter().map(|(user, profile)| UserRow {
        id: UserId(user.id),
        name: display_name(&user),
        role: profile.and_then(|profile| profile.role.parse().ok()).unwrap_or_default(),
        departments: departments.remove(&user.id).unwrap_or_default(),
        username: user.username,
        email: user.email,
        is_active: user.is_active,
        last_login: user.last_login,
    });
    Ok(rows.collect())
}

fn without_repeats(ids: &[DepartmentId]) -> Vec<DepartmentId> {
    let mut unique = Vec::new();
    for id in ids {
        if !unique.contains(id) {
            unique.push(*id);
        }
    }
    unique
}

/// A password that satisfies the policy: draws until it does, about one draw in four fails.
fn make_password() -> String {
    loop {
        let bytes = random_bytes::<ONE_TIME_CHARS>();
        let drawn = bytes.iter().filter_map(|byte| ONE_TIME_ALPHABET.get(usize::from(byte % 64)));
        let password: String = drawn.copied().map(char::from).collect();
        if validate::is_strong_password(&password) {
            return password;
        }
    }
}
