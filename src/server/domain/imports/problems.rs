//! Tables to take away: the rows with problems, to be mended and brought again, and an empty one to begin with.

use super::find;
use super::findings::{Findings, cells_of, problem};
use crate::app::types::{ImportId, RowVerdict};
use crate::server::db::entities::{departments, import_rows};
use crate::server::domain::exports::{Export, Format, write_table};
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Headings of our own tables; the import knows them again.
const HEADINGS: [&str; 6] = ["Name", "Email", "Phone", "Department", "Roll number", "Photo"];

/// The rows with problems as they stand in the file, with their lines and what is wrong.
///
/// # Errors
/// [`crate::app::error::AppError::NotFound`], or internals.
pub async fn problems_csv(ctx: &Ctx, id: ImportId) -> Result<Export> {
    let import = find(&ctx.db, id).await?;
    let rows = import_rows::Entity::find()
        .filter(import_rows::Column::ImportId.eq(import.id))
        .filter(import_rows::Column::Verdict.eq(RowVerdict::Problem.as_str()))
        .order_by_asc(import_rows::Column::Line)
        .all(&ctx.db)
        .await?;
    let mut lines = Vec::new();
    for row in rows {
        let (cells, findings) = (cells_of(&row)?, Findings::of(&row)?);
        let problems = findings.problems.into_iter().map(problem);
        let problems = problems.map(|problem| format!("{}: {}", problem.field, problem.message));
        let problems = problems.collect::<Vec<_>>().join(" ");
        lines.push(vec![
            cells.name,
            cells.email,
            cells.phone,
            cells.department,
            cells.roll_no,
            cells.photo,
            row.line.to_string(),
            problems,
        ]);
    }
    let (line, problems) = (tr!("export-line"), tr!("export-problems"));
    let headings = [&HEADINGS[..], &[line.as_str(), problems.as_str()]].concat();
    let bytes = write_table(&headings, lines.into_iter())?;
    Ok(Export { name: format!("import-{id}-problems.csv"), format: Format::Csv, bytes })
}

/// A table with all headings and two rows to be written over.
///
/// # Errors
/// When the database fails.
pub async fn template_csv(ctx: &Ctx) -> Result<Export> {
    let department = departments::Entity::find().order_by_asc(departments::Column::Code).one(&ctx.db).await?;
    let code = department.map_or_else(|| "CS".to_owned(), |department| department.code);
    let row = |name: &str, email: &str, phone: &str, roll_no: &str, photo: &str| {
        [name, email, phone, &code, roll_no, photo].map(str::to_owned).to_vec()
    };
    let rows = [
        row("Ada Example", "ada@example.edu", "+44 20 7946 0123", "", "ada.jpg"),
        row("Ben Example", "ben@example.edu", "", "2019/0042", "ben-1.jpg;ben-2.jpg"),
    ];
    let bytes = write_table(&HEADINGS, rows.into_iter())?;
    Ok(Export { name: "students-template.csv".to_owned(), format: Format::Csv, bytes })
}
