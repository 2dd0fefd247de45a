//! What all lists share: pages, ranges of dates, parts of texts.

use crate::app::error::{AppError, AppResult};
use crate::tr;
use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{ColumnTrait, Condition};

/// Rows before a page. Neither database counts further than `i64`.
pub fn offset_of(page: u64, page_size: u64) -> u64 {
    Ord::min(page.saturating_sub(1).saturating_mul(page_size), i64::MAX.unsigned_abs())
}

/// # Errors
/// A field error when the range ends before it begins, or for years that no database keeps.
pub fn require_range(from: Option<NaiveDate>, to: Option<NaiveDate>) -> AppResult<()> {
    for (name, date) in [("date_from", from), ("date_to", to)] {
        if date.is_some_and(|date| !(1..=9_999).contains(&date.year())) {
            return Err(AppError::field(name, tr!("domain-date-needed")));
        }
    }
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(AppError::field("date_from", tr!("domain-range-reversed"))),
        _ => Ok(()),
    }
}

/// Rows whose text holds this part, without regard to case; nothing for an empty part.
pub fn contains(column: impl ColumnTrait, part: &str) -> Option<Condition> {
    let part = part.trim().replace(char::is_control, " ");
    if part.is_empty() {
        return None;
    }
    let like = |part: &str| {
        let escaped = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        LikeExpr::new(format!("%{escaped}%")).escape('\\')
    };
    // SQLite lowers ASCII alone: words in other scripts are also looked for as they were typed.
    let lower = Expr::expr(Func::lower(Expr::col(column.as_column_ref())));
    Some(Condition::any().add(lower.like(like(&part.to_lowercase()))).add(column.like(like(&part))))
}
