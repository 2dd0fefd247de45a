//! Spreadsheets. Texts are stored as texts: no cell is ever a formula.

use super::{Cell, Report, Table};
use anyhow::Context;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// Longest text of one cell, UTF-16 units.
const CELL_CHARS_MAX: usize = 32_767;
/// Widest column, pixels.
const COLUMN_PX_MAX: u32 = 360;

/// One sheet per table; the head stands above the first.
pub fn write(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    for (at, table) in report.tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(table.name).context("naming a sheet")?;
        let facts = if at == 0 { report.facts.as_slice() } else { &[] };
        for (row, (name, value)) in (0..).zip(facts) {
            sheet.write_string_with_format(row, 0, *name, &bold)?;
            sheet.write_string(row, 1, short(value))?;
        }
        let first = if facts.is_empty() { 0 } else { u32::try_from(facts.len())? + 1 };
        write_table(sheet, first, table, &bold)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write_table(sheet: &mut Worksheet, first: u32, table: &Table, bold: &Format) -> anyhow::Result<()> {
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(first, at, column.name, bold)?;
    }
    for (row, cells) in (first + 1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, at, short(text))?,
                Cell::Number(number) => sheet.write_number(row, at, *number)?,
            };
        }
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
