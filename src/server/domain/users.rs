//! Accounts: listed, created, switched on and off.

use super::user_changes::{self, UserChange};
use super::user_details::{self, UserDetail, UserFilter, UserOrder};
use super::validate;
use super::{audit, students};
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{
    AccountFilter, AccountOrdering, CreatedUser, DepartmentId, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, Page, Role, UserForm,
    UserId, UserRow,
};
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::db::entities::{departments, teacher_departments, user_profiles, users};
use crate::server::error::{Error, Result};
use crate::server::secrets::random_bytes;
use crate::server::state::Ctx;
use crate::tr;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter,
};
use std::collections::HashSet;

/// Most departments of one account.
const DEPARTMENTS_MAX: usize = 50;
/// Length of a password that the server makes up.
const ONE_TIME_CHARS: usize = 16;
/// 64 characters that are hard to confuse in print: six random bits choose one of them.
const ONE_TIME_ALPHABET: &[u8; 64] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+=?@";

fn username_taken() -> String {
    tr!("domain-account-username-taken")
}

fn email_taken() -> String {
    tr!("domain-account-email-taken")
}

/// One page of accounts under the filter. A page past the end is empty.
///
/// # Errors
/// When the database fails.
pub async fn list_users(ctx: &Ctx, filter: &AccountFilter) -> Result<Page<UserRow>> {
    let order = match filter.ordering {
        AccountOrdering::Username => UserOrder::Username,
        AccountOrdering::Email => UserOrder::Email,
        AccountOrdering::Newest => UserOrder::JoinedDown,
    };
    let page_size = if filter.page_size == 0 { PAGE_SIZE_DEFAULT } else { Ord::min(filter.page_size, PAGE_SIZE_MAX) };
    let asked = UserFilter {
        role: filter.role,
        is_active: filter.is_active,
        search: filter.search.clone(),
        department: filter.department.map(|department| department.0),
        order,
        page: filter.page,
        page_size,
    };
    let Page { count, page, page_size, results } = user_details::list_user_page(ctx, &asked).await?;
    Ok(Page { count, page, page_size, results: results.into_iter().map(to_row).collect() })
}

fn to_row(user: UserDetail) -> UserRow {
    let name = format!("{} {}", user.first_name, user.last_name);
    UserRow {
        id: user.id,
        name: if name.trim().is_empty() { user.username.clone() } else { name.trim().to_owned() },
        role: user.role,
        departments: user.departments,
        username: user.username,
        email: user.email,
        is_active: user.is_active,
        last_login: user.last_login,
    }
}

/// Creates an active account whose email counts as verified; without a password one is made up.
///
/// A student's account is linked to the student with the same email.
///
/// # Errors
/// [`AppError::Invalid`] with all faults, [`AppError::Busy`], or internals.
pub async fn create_user(ctx: &Ctx, actor: Option<&Actor>, form: UserForm) -> Result<CreatedUser> {
    let account = check(ctx, FieldErrors::new(), &form, "departments").await?;
    let one_time_password = form.password.is_empty().then(make_password);
    let password_hash = ctx.hasher.hash(one_time_password.as_deref().unwrap_or(&form.password)).await?;

    let txn = db::begin_write(&ctx.db).await?;
    let verified_at = Some(ctx.clock.now());
    let user = insert_account(&txn, ctx, account, password_hash, verified_at).await?;
    let who = actor.map_or("system", |actor| actor.name.as_str());
    let sentence = format!("{who} created the {} account {}", form.role.as_str(), user.username);
    audit::record(&txn, ctx, actor, "user.create", "user", user.id, &sentence).await?;
    txn.commit().await?;

    let user = user_details::get_user(ctx, UserId(user.id)).await?;
    Ok(CreatedUser { user: to_row(user), one_time_password })
}

/// Switches an account on or off and ends its login sessions and tokens at once.
///
/// An admin who switches an account on vouches for its email.
///
/// # Errors
/// As [`user_changes::change_user`].
pub async fn set_user_active(ctx: &Ctx, actor: &Actor, id: UserId, is_active: bool) -> Result<()> {
    let change = UserChange { is_active: Some(is_active), ..UserChange::default() };
    user_changes::change_user(ctx, actor, id, change).await.map(drop)
}

/// Writes an account with its profile. Without a time of verification it is not active: its email comes first.
///
/// A verified student's account is linked to the student with the same email.
///
/// # Errors
/// [`AppError::Invalid`] when somebody else was faster, or internals.
pub async fn insert_account(
    txn: &impl ConnectionTrait,
    ctx: &Ctx,
    account: NewAccount,
    password_hash: String,
    verified_at: Option<DateTime<Utc>>,
) -> Result<users::Model> {
    let user = users::ActiveModel {
        username_key: Set(account.username.to_lowercase()),
        username: Set(account.username),
        email: Set(account.email),
        password_hash: Set(password_hash),
        first_name: Set(account.first_name),
        last_name: Set(account.last_name),
        is_active: Set(verified_at.is_some()),
        is_staff: Set(account.role.is_staff()),
        is_superuser: Set(account.role == Role::Admin),
        email_verified_at: Set(verified_at),
        session_epoch: Set(0),
        date_joined: Set(ctx.clock.now()),
        ..Default::default()
    };
    let user = user.insert(txn).await.map_err(taken)?;
    let profile = user_profiles::ActiveModel {
        user_id: Set(user.id),
        role: Set(account.role.as_str().to_owned()),
        phone: Set(account.phone),
        department_id: Set(account.departments.first().map(|id| id.0)),
        ..Default::default()
    };
    profile.insert(txn).await?;
    store_departments(txn, user.id, account.role, &account.departments).await?;
    if account.role == Role::Student && verified_at.is_some() {
        students::link_account(txn, &user).await?;
    }
    Ok(user)
}

/// A new account whose fields are in order.
pub struct NewAccount {
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    phone: String,
    role: Role,
    departments: Vec<DepartmentId>,
}

/// Checks all fields and names all faults together, those that were found before included. Faults of the departments
/// go under the name that the caller's form has for them. A password may be missing.
///
/// # Errors
/// [`AppError::Invalid`], or internals.
pub async fn check(ctx: &Ctx, mut faults: FieldErrors, form: &UserForm, departments_field: &str) -> Result<NewAccount> {
    let account = NewAccount {
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
        role: form.role,
        departments: without_repeats(&form.departments),
    };
    if !form.password.is_empty() {
        validate::password(&mut faults, "password", &form.password);
    }
    check_departments(&ctx.db, &mut faults, departments_field, form.role, &account.departments).await?;
    refuse_taken(&ctx.db, &mut faults, None, Some(&account.username), Some(&account.email)).await?;
    faults.finish()?;
    Ok(account)
}

/// Asks that the departments are there, and that a teacher has one.
///
/// # Errors
/// When the database fails.
pub async fn check_departments(
    db: &impl ConnectionTrait,
    faults: &mut FieldErrors,
    field: &str,
    role: Role,
    ids: &[DepartmentId],
) -> Result<()> {
    if role == Role::Teacher && ids.is_empty() {
        faults.add(field, tr!("domain-account-teacher-department"));
    }
    if ids.len() > DEPARTMENTS_MAX {
        faults.add(field, tr!("domain-account-departments", most = DEPARTMENTS_MAX));
        return Ok(());
    }
    let known =
        departments::Entity::find().filter(departments::Column::Id.is_in(ids.iter().map(|id| id.0))).count(db).await?;
    if known < ids.len() as u64 {
        faults.add(field, tr!("domain-no-department"));
    }
    Ok(())
}

/// Names all duplicates together; the constraints still decide when two people save at once.
///
/// # Errors
/// When the database fails.
pub async fn refuse_taken(
    db: &impl ConnectionTrait,
    faults: &mut FieldErrors,
    own: Option<UserId>,
    username: Option<&str>,
    email: Option<&str>,
) -> Result<()> {
    // A faulty text may hold what a database does not take, and is refused anyway.
    let key = username.filter(|_| !faults.has("username")).map(str::to_lowercase);
    let email = email.filter(|_| !faults.has("email"));
    let taken = Condition::any()
        .add_option(key.as_deref().map(|key| users::Column::UsernameKey.eq(key)))
        .add_option(email.map(|email| users::Column::Email.eq(email)));
    if taken.is_empty() {
        return Ok(());
    }
    let not_own = users::Column::Id.ne(own.unwrap_or_default().0);
    let others = users::Entity::find().filter(taken).filter(not_own).all(db).await?;
    if key.is_some_and(|key| others.iter().any(|other| other.username_key == key)) {
        faults.add("username", username_taken());
    }
    if email.is_some_and(|email| others.iter().any(|other| other.email == email)) {
        faults.add("email", email_taken());
    }
    Ok(())
}

/// The refusal of a name or address that somebody else has.
pub fn taken(error: DbErr) -> Error {
    if db::is_unique(&error, "uq_users_username") {
        AppError::field("username", username_taken()).into()
    } else if db::is_unique(&error, "uq_users_email") {
        AppError::field("email", email_taken()).into()
    } else {
        error.into()
    }
}

/// Writes the departments of an account that has none yet; only teachers belong to several.
///
/// # Errors
/// When the database fails.
pub async fn store_departments(txn: &impl ConnectionTrait, user: i64, role: Role, ids: &[DepartmentId]) -> Result<()> {
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

/// Each department once, in the order of their first mention.
pub fn without_repeats(ids: &[DepartmentId]) -> Vec<DepartmentId> {
    let mut seen = HashSet::new();
    ids.iter().copied().filter(|id| seen.insert(*id)).collect()
}

/// A password that satisfies the policy: draws until it does, about one draw in four fails.
pub fn make_password() -> String {
    loop {
        let bytes = random_bytes::<ONE_TIME_CHARS>();
        let drawn = bytes.iter().filter_map(|byte| ONE_TIME_ALPHABET.get(usize::from(byte % 64)));
        let password: String = drawn.copied().map(char::from).collect();
        if validate::is_strong_password(&password) {
            return password;
        }
    }
}
