//! Roll numbers `{DEPT_CODE}-{YEAR}-{SEQ}`: given out once, in order, and fixed for life.

use crate::app::error::AppError;
use crate::server::db::entities::{departments, roll_counters, students};
use crate::server::error::Result;
use crate::tr;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// Longest roll number that the table takes, characters.
pub const ROLL_NO_CHARS_MAX: usize = 20;

/// Gives out the next roll number. The counter's row is locked until the caller's
/// transaction ends, so two students never get the same one.
///
/// # Errors
/// [`AppError::Rule`] when the department has no number left, or database trouble.
pub async fn take(txn: &impl ConnectionTrait, department: &departments::Model, year: i32) -> Result<String> {
    let counter = roll_counters::ActiveModel { department_id: Set(department.id), year: Set(year), last_seq: Set(1) };
    let last_seq = Expr::col((roll_counters::Entity, roll_counters::Column::LastSeq));
    let counter = roll_counters::Entity::insert(counter)
        .on_conflict(
            OnConflict::columns([roll_counters::Column::DepartmentId, roll_counters::Column::Year])
                .value(roll_counters::Column::LastSeq, last_seq.add(1))
                .to_owned(),
        )
        .exec_with_returning(txn)
        .await?;
    let seq = first_free(txn, department, year, counter.last_seq).await?;
    if seq != counter.last_seq {
        roll_counters::Entity::update_many()
            .col_expr(roll_counters::Column::LastSeq, Expr::value(seq))
            .filter(roll_counters::Column::DepartmentId.eq(department.id))
            .filter(roll_counters::Column::Year.eq(year))
            .exec(txn)
            .await?;
    }
    let roll_no = format(&department.code, year, seq);
    if roll_no.len() > ROLL_NO_CHARS_MAX {
        return Err(AppError::Rule(tr!("domain-department-no-numbers", code = department.code.as_str())).into());
    }
    Ok(roll_no)
}

/// Gives out the next `count` roll numbers at once, as [`take`] would one after the other.
///
/// # Errors
/// As [`take`].
pub async fn take_many(
    txn: &impl ConnectionTrait,
    department: &departments::Model,
    year: i32,
    count: usize,
) -> Result<Vec<String>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    // The first one locks the counter.
    let first = take(txn, department, year).await?;
    let prefix = format!("{}-{year:04}-", department.code);
    let in_use = in_use(txn, &prefix).await?;
    let number = |roll_no: &str| roll_no.strip_prefix(&prefix)?.parse::<i32>().ok();
    let highest = in_use.iter().filter_map(|roll_no| number(roll_no)).max().unwrap_or_default();
    let in_use: HashSet<String> = in_use.into_iter().collect();
    let mut last = number(&first).unwrap_or_default();
    let mut given = vec![first];
    while given.len() < count {
        last = last.saturating_add(1);
        if in_use.contains(&format(&department.code, year, last)) {
            last = Ord::max(highest, last).saturating_add(1);
        }
        given.push(format(&department.code, year, last));
    }
    if given.iter().any(|roll_no| roll_no.len() > ROLL_NO_CHARS_MAX) {
        return Err(AppError::Rule(tr!("domain-department-no-numbers", code = department.code.as_str())).into());
    }
    roll_counters::Entity::update_many()
        .col_expr(roll_counters::Column::LastSeq, Expr::value(last))
        .filter(roll_counters::Column::DepartmentId.eq(department.id))
        .filter(roll_counters::Column::Year.eq(year))
        .exec(txn)
        .await?;
    Ok(given)
}

/// Roll numbers that begin like this. A code holds letters and digits alone, so the prefix means itself in a pattern.
async fn in_use(db: &impl ConnectionTrait, prefix: &str) -> Result<Vec<String>> {
    Ok(students::Entity::find()
        .select_only()
        .column(students::Column::RollNo)
        .filter(students::Column::RollNo.starts_with(prefix))
        .into_tuple()
        .all(db)
        .await?)
}

/// The roll number that [`take`] would give out now; nothing is given out.
///
/// # Errors
/// When the database fails.
pub async fn peek(db: &impl ConnectionTrait, department: &departments::Model, year: i32) -> Result<String> {
    let counter = roll_counters::Entity::find_by_id((department.id, year)).one(db).await?;
    let next = counter.map_or(1, |counter| counter.last_seq + 1);
    let seq = first_free(db, department, year, next).await?;
    Ok(format(&department.code, year, seq))
}

/// `candidate`, or the number after the highest one in use when `candidate` is taken:
/// imports bring their own numbers, and a code may have belonged to another department.
async fn first_free(
    db: &impl ConnectionTrait,
    department: &departments::Model,
    year: i32,
    candidate: i32,
) -> Result<i32> {
    let taken = students::Entity::find()
        .filter(students::Column::RollNo.eq(format(&department.code, year, candidate)))
        .one(db)
        .await?;
    if taken.is_none() {
        return Ok(candidate);
    }
    let prefix = format!("{}-{year:04}-", department.code);
    let in_use = in_use(db, &prefix).await?;
    let highest = in_use.iter().filter_map(|roll_no| roll_no.strip_prefix(&prefix)?.parse::<i32>().ok()).max();
    Ok(highest.map_or(candidate, |highest| Ord::max(highest, candidate)).saturating_add(1))
}

/// At least three digits, more after 999.
fn format(code: &str, year: i32, seq: i32) -> String {
    format!("{code}-{year:04}-{seq:03}")
}
