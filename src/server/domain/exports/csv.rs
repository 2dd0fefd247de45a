//! Comma-separated values, safe to open in a spreadsheet program.

use super::{Cell, Report};
use anyhow::Context;
use std::borrow::Cow;

/// Tells spreadsheet programs that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The head as pairs, then each table after an empty line.
pub fn write(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut file = BYTE_ORDER_MARK.to_vec();
    let head = report.facts.iter().map(|(name, value)| vec![Cow::Borrowed(*name), neutral(value)]);
    append(&mut file, head)?;
    for table in &report.tables {
        file.extend_from_slice(b"\r\n");
        let names = std::iter::once(table.columns.iter().map(|column| Cow::Borrowed(column.name)).collect());
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
        append(&mut file, names.chain(rows))?;
    }
    Ok(file)
}

/// One table alone: headings and rows, that the same program can read again.
///
/// # Errors
/// When the table cannot be written.
pub fn write_table<'a>(headings: &'a [&'a str], rows: impl Iterator<Item = Vec<String>>) -> anyhow::Result<Vec<u8>> {
    let mut file = BYTE_ORDER_MARK.to_vec();
    let names = std::iter::once(headings.iter().map(|name| Cow::Borrowed(*name)).collect());
    let rows = rows.map(|row| row.iter().map(|cell| Cow::Owned(neutral(cell).into_owned())).collect());
    append(&mut file, names.chain(rows))?;
    Ok(file)
}

fn append<'a>(file: &mut Vec<u8>, rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> anyhow::Result<()> {
    let mut writer =
        ::csv::WriterBuilder::new().flexible(true).terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.as_bytes())).context("writing a line of CSV")?;
    }
    file.extend(writer.into_inner().map_err(|error| anyhow::anyhow!("finishing the CSV: {error}"))?);
    Ok(())
}

fn cell(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => neutral(text),
        Cell::Number(_) => Cow::Owned(cell.words()),
    }
}

/// A text that a spreadsheet program would take for a formula gets an apostrophe before it.
fn neutral(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
