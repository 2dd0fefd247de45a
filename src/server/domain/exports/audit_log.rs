//! The audit log to take away.

use super::{Cell, Column, Export, Format, ROWS_MAX, Report, Table, write};
use crate::app::types::AuditQuery;
use crate::server::domain::audit_sentences;
use crate::server::error::Result;
use crate::server::state::Ctx;
use crate::tr;

/// Lines read at once.
const LINES_READ: u64 = 100;

/// The log under the filters of its page, as CSV; of a longer one the newest lines.
///
/// # Errors
/// As the list of the page.
pub async fn export_audit(ctx: &Ctx, query: AuditQuery) -> Result<Export> {
    let mut rows = Vec::new();
    for page in 1..=ROWS_MAX / LINES_READ {
        let asked = AuditQuery { page, page_size: LINES_READ, ..query.clone() };
        let lines = audit_sentences::list_lines(ctx, &asked).await?.results;
        let read = lines.len() as u64;
        rows.extend(lines.into_iter().map(|line| {
            let at = line.at.format("%Y-%m-%d %H:%M:%S").to_string();
            [at, line.actor, line.title, line.sentence, line.action].map(Cell::text).to_vec()
        }));
        if read < LINES_READ {
            break;
        }
    }
    let columns = [
        (tr!("export-when"), 2),
        (tr!("export-who"), 2),
        (tr!("export-what"), 2),
        (tr!("export-sentence"), 6),
        (tr!("export-action"), 2),
    ];
    let columns = columns.map(|(name, share)| Column { name, share }).to_vec();
    let title = tr!("area-audit");
    let report = Report {
        title: title.clone(),
        facts: vec![(tr!("export-time-zone"), ctx.clock.timezone().name().to_owned())],
        tables: vec![Table { name: title, columns, rows }],
        signature: None,
    };
    write(report, format!("audit-log-{}", ctx.clock.wall().date()), Format::Csv).await
}
