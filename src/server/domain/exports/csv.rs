//! Comma-separated values, safe to open in a spreadsheet program.

use super::{Cell, Report, Table};
use anyhow::Context;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use tokio::sync::mpsc::Receiver;

/// Tells spreadsheet programs that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The head as pairs, then each table after an empty line.
pub fn write(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut file = Vec::new();
    write_facts(&mut file, report)?;
    for table in &report.tables {
        write_names(&mut file, table)?;
        write_rows(&mut file, &table.rows)?;
    }
    Ok(file)
}

/// A table too long for memory: its rows come some at a time, in their order.
///
/// # Errors
/// When the disk refuses.
pub fn write_long(report: &Report, rows: &mut Receiver<Vec<Vec<Cell>>>, to: File) -> anyhow::Result<()> {
    let mut file = BufWriter::new(to);
    write_facts(&mut file, report)?;
    for table in &report.tables {
        write_names(&mut file, table)?;
    }
    while let Some(some) = rows.blocking_recv() {
        write_rows(&mut file, &some)?;
    }
    Ok(file.flush()?)
}

fn write_facts(file: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    file.write_all(BYTE_ORDER_MARK)?;
    append(file, report.facts.iter().map(|(name, value)| vec![Cow::Borrowed(name.as_str()), neutral(value)]))
}

fn write_names(file: &mut impl Write, table: &Table) -> anyhow::Result<()> {
    file.write_all(b"\r\n")?;
    let names = table.columns.iter().map(|column| Cow::Borrowed(column.name.as_str())).collect();
    append(file, std::iter::once(names))
}

fn write_rows(file: &mut impl Write, rows: &[Vec<Cell>]) -> anyhow::Result<()> {
    append(file, rows.iter().map(|row| row.iter().map(cell).collect()))
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

fn append<'a>(file: &mut impl Write, rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> anyhow::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).terminator(::csv::Terminator::CRLF).from_writer(file);
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.as_bytes())).context("writing a line of CSV")?;
    }
    writer.flush().context("finishing the CSV")
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
