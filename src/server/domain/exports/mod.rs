//! Lists to take away: registers, records and statistics as CSV, spreadsheet or PDF.

mod audit_log;
mod csv;
pub mod long;
mod pdf;
mod reports;
mod xlsx;

pub use audit_log::export_audit;
pub use csv::write_table;
pub use reports::{export_records, export_session, export_statistics};

use crate::app::words::Locale;
use crate::server::auth::actor::Actor;
use crate::server::db;
use crate::server::domain::audit;
use crate::server::error::Result;
use crate::server::state::Ctx;
use serde::Deserialize;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Most rows of one export.
pub const ROWS_MAX: u64 = 50_000;
/// Most rows of a PDF: more nobody prints.
pub const PDF_ROWS_MAX: u64 = 5_000;

/// Exports that are made at once. The others wait for their turn: a few large files must not fill the memory, nor take
/// all threads.
static TURNS: Semaphore = Semaphore::const_new(2);

async fn turn() -> Result<SemaphorePermit<'static>> {
    Ok(TURNS.acquire().await.map_err(anyhow::Error::new)?)
}

/// Notes who took what away.
async fn note(ctx: &Ctx, actor: &Actor, name: &str) -> Result<()> {
    let txn = db::begin_write(&ctx.db).await?;
    let sentence = format!("{} exported {name}", actor.name);
    audit::record(&txn, ctx, Some(actor), "export", "file", name, &sentence).await?;
    Ok(txn.commit().await?)
}

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Csv,
    Xlsx,
    Pdf,
}

impl Format {
    pub const ALL: [Format; 3] = [Format::Csv, Format::Xlsx, Format::Pdf];

    /// The word of the API and the end of the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Pdf => "pdf",
        }
    }

    /// The media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Pdf => "application/pdf",
        }
    }
}

/// A file to take away.
#[derive(Clone, Debug)]
pub struct Export {
    /// ASCII letters, digits, dashes and a dot.
    pub name: String,
    pub format: Format,
    pub bytes: Vec<u8>,
}

/// What all formats write: a head, tables, and room for a signature.
#[derive(Clone, Debug, Default)]
struct Report {
    title: String,
    /// Names and values of the head.
    facts: Vec<(String, String)>,
    tables: Vec<Table>,
    signature: Option<Signature>,
}

/// Words under the lines on which somebody signs.
#[derive(Clone, Debug)]
struct Signature {
    by: String,
    on: String,
}

#[derive(Clone, Debug, Default)]
struct Table {
    name: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// A column and its share of a page's width.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    share: u16,
}

#[derive(Clone, Debug)]
enum Cell {
    Text(String),
    Number(f64),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn count(count: u64) -> Self {
        Self::Number(count as f64)
    }

    /// As people read it; whole numbers without a point.
    fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Writes a report off the async threads: large ones take a while. Its words are there already; the reader's language
/// says from which side a sheet or a page is read.
async fn write(report: Report, name: String, format: Format) -> Result<Export> {
    let locale = Locale::current();
    let written = tokio::task::spawn_blocking(move || match format {
        Format::Csv => csv::write(&report),
        Format::Xlsx => xlsx::write(&report, locale),
        Format::Pdf => pdf::write(&report, locale),
    });
    let bytes = written.await.map_err(anyhow::Error::new)??;
    Ok(Export { name: format!("{name}.{}", format.as_str()), format, bytes })
}
