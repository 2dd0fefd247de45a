//! Spreadsheets. Texts are stored as texts: no cell is ever a formula.

use super::{Cell, Report, Table};
use crate::app::words::Locale;
use anyhow::Context;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::fs::File;
use std::path::Path;
use tokio::sync::mpsc::Receiver;

/// Longest text of one cell, UTF-16 units.
const CELL_CHARS_MAX: usize = 32_767;
/// Widest column, pixels.
const COLUMN_PX_MAX: u32 = 360;

/// One sheet per table; the head stands above the first.
pub fn write(report: &Report, locale: Locale) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    for (at, table) in report.tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        begin(sheet, table, locale)?;
        let facts = if at == 0 { report.facts.as_slice() } else { &[] };
        let first = write_facts(sheet, facts, &bold)?;
        write_table(sheet, first, table, &bold)?;
    }
    Ok(book.save_to_buffer()?)
}

/// A table too long for memory: its rows come some at a time, in their order, and wait in `folder` until the book is
/// written to `to`.
///
/// # Errors
/// When the disk refuses.
pub fn write_long(
    report: &Report,
    locale: Locale,
    rows: &mut Receiver<Vec<Vec<Cell>>>,
    folder: &Path,
    to: File,
) -> anyhow::Result<()> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let table = report.tables.first().context("a report has a table")?;
    begin(sheet, table, locale)?;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(at, f64::from(column.share))?;
    }
    let mut row = write_facts(sheet, &report.facts, &bold)?;
    write_names(sheet, row, table, &bold)?;
    while let Some(some) = rows.blocking_recv() {
        for cells in &some {
            row += 1;
            write_row(sheet, row, cells)?;
        }
    }
    Ok(book.save_to_writer(to)?)
}

fn begin(sheet: &mut Worksheet, table: &Table, locale: Locale) -> anyhow::Result<()> {
    sheet.set_name(&table.name).context("naming a sheet")?;
    sheet.set_right_to_left(locale.direction() == "rtl");
    Ok(())
}

/// Writes the head and returns the row of the headings below it.
fn write_facts(sheet: &mut Worksheet, facts: &[(String, String)], bold: &Format) -> anyhow::Result<u32> {
    for (row, (name, value)) in (0..).zip(facts) {
        sheet.write_string_with_format(row, 0, name, bold)?;
        sheet.write_string(row, 1, short(value))?;
    }
    Ok(if facts.is_empty() { 0 } else { u32::try_from(facts.len())? + 1 })
}

fn write_names(sheet: &mut Worksheet, row: u32, table: &Table, bold: &Format) -> anyhow::Result<()> {
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(row, at, &column.name, bold)?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell]) -> anyhow::Result<()> {
    for (at, cell) in (0..).zip(cells) {
        match cell {
            Cell::Text(text) => sheet.write_string(row, at, short(text))?,
            Cell::Number(number) => sheet.write_number(row, at, *number)?,
        };
    }
    Ok(())
}

fn write_table(sheet: &mut Worksheet, first: u32, table: &Table, bold: &Format) -> anyhow::Result<()> {
    write_names(sheet, first, table, bold)?;
    for (row, cells) in (first + 1..).zip(&table.rows) {
        write_row(sheet, row, cells)?;
    }
    if first == 0 {
        sheet.set_freeze_panes(1, 0)?;
    }
    sheet.set_autofit_max_width(COLUMN_PX_MAX);
    sheet.autofit();
    Ok(())
}

/// What one cell can hold; nothing in the database is longer.
fn short(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL_CHARS_MAX
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}
