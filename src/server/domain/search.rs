//! One search over everything that a teacher or an admin may find.

use super::departments::{DepartmentFilter, page_departments};
use super::user_details::{UserDetail, UserFilter, list_user_page};
use super::{days, session_list, student_list};
use crate::app::types::{Found, Page, Role, SessionFilter, StudentFilter, StudentId, UserRow};
use crate::server::auth::actor::Actor;
use crate::server::db::entities::students;
use crate::server::error::Result;
use crate::server::state::Ctx;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Longest text that is looked for, characters.
const TEXT_CHARS_MAX: usize = 100;
/// Rows of each kind; links lead to the rest.
const ROWS_MAX: u64 = 5;

/// Students by name, roll number and email, sessions by subject or day; for admins also accounts and departments.
///
/// # Errors
/// When the database fails.
pub async fn search_everything(ctx: &Ctx, actor: &Actor, text: &str) -> Result<Found> {
    let text: String = text.chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX).collect();
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Ok(Found::default());
    }
    let filter = StudentFilter { search: text.clone(), page_size: ROWS_MAX, ..StudentFilter::default() };
    let day = days::parse_day(&text, ctx.clock.wall().date());
    let sessions = SessionFilter {
        subject: day.map_or_else(|| text.clone(), |_| String::new()),
        date_from: day,
        date_to: day,
        page_size: ROWS_MAX,
        ..SessionFilter::default()
    };
    let is_admin = actor.role == Role::Admin;
    Ok(Found {
        exact: student_with_roll_no(ctx, &text).await?,
        students: student_list::list_students(ctx, &filter).await?,
        sessions: session_list::list_sessions(ctx, actor, &sessions).await?,
        day,
        users: if is_admin { Some(users_of(ctx, &text).await?) } else { None },
        departments: if is_admin {
            let filter = DepartmentFilter { search: text.clone(), page: 1, page_size: ROWS_MAX, ..Default::default() };
            Some(page_departments(ctx, &filter).await?)
        } else {
            None
        },
        text,
    })
}

/// The student with exactly this roll number, as it is written or in capitals, in which roll numbers are given out.
async fn student_with_roll_no(ctx: &Ctx, text: &str) -> Result<Option<StudentId>> {
    let found = students::Entity::find()
        .filter(students::Column::RollNo.is_in([text.to_owned(), text.to_uppercase()]))
        .one(&ctx.db)
        .await?;
    Ok(found.map(|student| StudentId(student.id)))
}

async fn users_of(ctx: &Ctx, text: &str) -> Result<Page<UserRow>> {
    let filter = UserFilter { search: text.to_owned(), page: 1, page_size: ROWS_MAX, ..UserFilter::default() };
    let page = list_user_page(ctx, &filter).await?;
    let results = page.results.into_iter().map(to_row).collect();
    Ok(Page { count: page.count, page: page.page, page_size: page.page_size, results })
}

fn to_row(user: UserDetail) -> UserRow {
    let full = format!("{} {}", user.first_name, user.last_name).trim().to_owned();
    UserRow {
        id: user.id,
        name: if full.is_empty() { user.username.clone() } else { full },
        username: user.username,
        email: user.email,
        role: user.role,
        departments: user.departments,
        is_active: user.is_active,
        last_login: user.last_login,
    }
}
