//! The list of students: filtered, ordered, paged, and counted as a whole.

use super::student_counts::student_counts;
use super::student_rows::to_rows;
use crate::app::types::{PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, Page, StudentFilter, StudentOrdering, StudentRow};
use crate::server::db::entities::{departments, face_templates, students};
use crate::server::error::{Error, Result};
use crate::server::state::{Ctx, SearchCounts, StudentCount};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use std::collections::BTreeMap;
use std::sync::PoisonError;

/// Longest search text that is looked at, characters.
const SEARCH_CHARS_MAX: usize = 100;
/// Most words of a search that are looked for.
const SEARCH_WORDS_MAX: usize = 5;
/// Searches whose counts are kept until the next write; they live for a second at most.
const SEARCHES_KEPT_MAX: usize = 256;
/// Pages beyond this are empty in any case; bounds the offset.
const PAGE_MAX: u64 = 1_000_000;

/// By what a list of students is ordered; equals are told apart by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StudentSort {
    Name,
    #[default]
    RollNo,
    CreatedAt,
}

/// An order and its direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StudentOrder {
    pub by: StudentSort,
    pub descending: bool,
}

/// How many students there are, whatever a list was filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudentFacets {
    pub total: u64,
    pub active: u64,
    pub inactive: u64,
    /// Active and inactive students by the department's name; departments without students are absent.
    pub by_department: BTreeMap<String, u64>,
}

impl From<StudentOrdering> for StudentOrder {
    fn from(asked: StudentOrdering) -> Self {
        let by = match asked {
            StudentOrdering::RollNo => StudentSort::RollNo,
            StudentOrdering::Name => StudentSort::Name,
            StudentOrdering::Newest => StudentSort::CreatedAt,
        };
        Self { by, descending: asked == StudentOrdering::Newest }
    }
}

/// One page of students under the filter, in its order. A page past the end is empty.
///
/// # Errors
/// When the database fails.
pub async fn list_students(ctx: &Ctx, filter: &StudentFilter) -> Result<Page<StudentRow>> {
    list_students_by(ctx, filter, filter.ordering.into()).await
}

/// The same in an order that no page offers.
///
/// # Errors
/// When the database fails.
pub async fn list_students_by(ctx: &Ctx, filter: &StudentFilter, order: StudentOrder) -> Result<Page<StudentRow>> {
    let page = filter.page.clamp(1, PAGE_MAX);
    let page_size = match filter.page_size {
        0 => PAGE_SIZE_DEFAULT,
        asked => Ord::min(asked, PAGE_SIZE_MAX),
    };
    let mut wanted = Condition::all().add_option(search_condition(&filter.search));
    if let Some(department) = filter.department {
        wanted = wanted.add(students::Column::DepartmentId.eq(department.0));
    }
    if let Some(is_active) = filter.is_active {
        wanted = wanted.add(students::Column::IsActive.eq(is_active));
    }
    if let Some(has_face) = filter.has_face {
        let known = with_face(ctx);
        wanted = wanted.add(match has_face {
            true => students::Column::Id.in_subquery(known),
            false => students::Column::Id.not_in_subquery(known),
        });
    }
    let column = match order.by {
        // The key folds every script the same way on both databases.
        StudentSort::Name => students::Column::NameKey,
        StudentSort::RollNo => students::Column::RollNo,
        StudentSort::CreatedAt => students::Column::CreatedAt,
    };
    let direction = if order.descending { Order::Desc } else { Order::Asc };
    let matching = students::Entity::find().filter(wanted);
    let words = search_words(&filter.search);
    let count = match words.is_empty() && filter.has_face.is_none() {
        true => count_unsearched(ctx, filter).await?,
        false => count_found(ctx, filter, words, matching.clone()).await?,
    };
    let rows = matching
        .find_also_related(departments::Entity)
        .order_by(column, direction.clone())
        .order_by(students::Column::Id, direction)
        .limit(page_size)
        .offset((page - 1) * page_size)
        .all(&ctx.db)
        .await?;
    Ok(Page { count, page, page_size, results: to_rows(ctx, rows).await? })
}

/// Ids of the students whom the loaded model knows, as a query to look into.
pub fn with_face(ctx: &Ctx) -> SelectStatement {
    face_templates::Entity::find()
        .select_only()
        .column(face_templates::Column::StudentId)
        .filter(face_templates::Column::ModelSha256.eq(ctx.gallery.model_sha256()))
        .into_query()
}

/// How many students there are, and in which departments.
///
/// # Errors
/// When the database fails.
pub async fn student_facets(ctx: &Ctx) -> Result<StudentFacets> {
    let mut facets = StudentFacets::default();
    for row in student_counts(ctx).await?.iter() {
        facets.total += row.students;
        if row.is_active {
            facets.active += row.students;
        } else {
            facets.inactive += row.students;
        }
        *facets.by_department.entry(row.name.clone()).or_default() += row.students;
    }
    Ok(facets)
}

/// How many students a filter without a search finds.
async fn count_unsearched(ctx: &Ctx, filter: &StudentFilter) -> Result<u64> {
    let wanted = |row: &&StudentCount| {
        filter.department.is_none_or(|department| department.0 == row.department)
            && filter.is_active.is_none_or(|is_active| is_active == row.is_active)
    };
    Ok(student_counts(ctx).await?.iter().filter(wanted).map(|row| row.students).sum())
}

/// How many students a search finds: counted once between two writes, however many of its pages are read. Every name
/// has to be looked at for it, and for a page only those before its end.
async fn count_found(
    ctx: &Ctx,
    filter: &StudentFilter,
    words: Vec<String>,
    matching: Select<students::Entity>,
) -> Result<u64> {
    let known = ctx.search_counts.get(async { Ok::<_, Error>(SearchCounts::default()) }).await?;
    let key = (words, filter.department.map(|department| department.0), filter.is_active, filter.has_face);
    if let Some(count) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(*count);
    }
    let count = matching.count(&ctx.db).await?;
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() < SEARCHES_KEPT_MAX {
        known.insert(key, count);
    }
    Ok(count)
}

/// Each word of the search stands in the name, the roll number or the email, whatever the case; `%` and `_` mean
/// themselves. No name holds control characters, and PostgreSQL refuses NUL in any text.
fn search_condition(search: &str) -> Option<Condition> {
    let mut wanted = Condition::all();
    for word in search_words(search) {
        let pattern = format!("%{}%", word.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        let like = || LikeExpr::new(pattern.clone()).escape('!');
        let roll_no = Func::lower(Expr::col((students::Entity, students::Column::RollNo)));
        let any = Condition::any()
            .add(students::Column::NameKey.like(like()))
            .add(students::Column::Email.like(like()))
            .add(Expr::expr(roll_no).like(like()));
        wanted = wanted.add(any);
    }
    (!wanted.is_empty()).then_some(wanted)
}

/// The words of a search, as names are compared.
fn search_words(search: &str) -> Vec<String> {
    let text: String = search.chars().filter(|c| !c.is_control()).take(SEARCH_CHARS_MAX).collect();
    students::search_key(&text).split_whitespace().take(SEARCH_WORDS_MAX).map(str::to_owned).collect()
}
