//! How many students there are, counted once between two writes.

use crate::server::db::entities::{departments, students};
use crate::server::error::Result;
use crate::server::state::{Ctx, StudentCount};
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait};
use sea_orm::{EntityTrait, QuerySelect};
use std::collections::HashMap;
use std::sync::Arc;

/// Students by department and state; where there are none, there is no entry. Every list asks for them, and ten
/// thousand students take a database longer to count than to list.
///
/// # Errors
/// When the database fails.
pub async fn student_counts(ctx: &Ctx) -> Result<Arc<Vec<StudentCount>>> {
    ctx.student_counts.get(read(ctx)).await
}

/// Counts all students from an index alone, and names the departments apart: joined, the same counts take the
/// database ten times as long.
async fn read(ctx: &Ctx) -> Result<Vec<StudentCount>> {
    let names: HashMap<i64, String> = departments::Entity::find()
        .select_only()
        .columns([departments::Column::Id, departments::Column::Name])
        .into_tuple::<(i64, String)>()
        .all(&ctx.db)
        .await?
        .into_iter()
        .collect();
    let rows: Vec<(i64, bool, i64)> = students::Entity::find()
        .select_only()
        .columns([students::Column::DepartmentId, students::Column::IsActive])
        .column_as(Expr::col(Asterisk).count(), "students")
        .group_by(students::Column::DepartmentId)
        .group_by(students::Column::IsActive)
        .into_tuple()
        .all(&ctx.db)
        .await?;
    let named = rows.into_iter().filter_map(|(department, is_active, students)| {
        let name = names.get(&department)?.clone();
        Some(StudentCount { department, name, is_active, students: students.unsigned_abs() })
    });
    Ok(named.collect())
}
