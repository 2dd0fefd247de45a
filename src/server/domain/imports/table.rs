//! Tables out of CSV files, however a spreadsheet program wrote them. No database in here.

use super::columns;
use super::{COLUMNS_MAX, CSV_BYTES_MAX, ROWS_MAX};
use crate::app::error::{AppError, AppResult};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Lines by which the character between the cells is guessed.
const GUESS_LINES: usize = 20;

/// A file's headings and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Word for what stands between the cells.
    pub delimiter: &'static str,
    /// Name of the text's encoding.
    pub encoding: &'static str,
    pub headings: Vec<String>,
    pub rows: Vec<Line>,
}

/// One row and the line of the file where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub line: u32,
    pub cells: Vec<String>,
}

/// Reads a file: UTF-8 or UTF-16 with a byte order mark, else UTF-8, else the Western code page of older spreadsheet
/// programs; cells between commas, semicolons or tabs.
///
/// # Errors
/// A field error on `csv` for what is no table, has no rows, or too many.
pub fn read(bytes: &[u8]) -> AppResult<Table> {
    if bytes.len() as u64 > CSV_BYTES_MAX {
        return Err(fault(format!("The file is larger than {} MB.", CSV_BYTES_MAX / 1024 / 1024)));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(fault("This is a workbook. In the spreadsheet program choose \"Save as\" and \"CSV UTF-8\"."));
    }
    let (text, encoding) = decode(bytes);
    if text.contains('\0') {
        return Err(fault("This is not a text file. Save the table as CSV."));
    }
    let (text, lines_before, named) = without_separator_line(&text);
    let (byte, delimiter) = named.unwrap_or_else(|| guess_delimiter(text));
    let mut lines = records(text, byte, usize::MAX)?.into_iter();
    let headings = lines.next().map(|line| line.cells).unwrap_or_default();
    if headings.len() > COLUMNS_MAX {
        return Err(fault(format!("The file has more than {COLUMNS_MAX} columns.")));
    }
    let rows: Vec<Line> = lines.map(|line| Line { line: line.line + lines_before, ..line }).collect();
    if rows.is_empty() {
        return Err(fault("The file has no rows below its headings."));
    }
    if rows.len() > ROWS_MAX {
        return Err(fault(format!("The file has {} rows; at most {ROWS_MAX} are taken at once.", rows.len())));
    }
    Ok(Table { delimiter, encoding, headings, rows })
}

fn fault(message: impl Into<String>) -> AppError {
    AppError::field("csv", message)
}

fn decode(bytes: &[u8]) -> (String, &'static str) {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    // Takes the byte order mark away; what cannot be read becomes a sign that the rehearsal shows.
    let (text, encoding, _) = encoding.decode(bytes);
    (text.into_owned(), encoding.name())
}

const DELIMITERS: [(u8, &str); 3] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab")];

/// Excel's own first line `sep=;` says what stands between the cells.
fn without_separator_line(text: &str) -> (&str, u32, Option<(u8, &'static str)>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end_matches('\r').strip_prefix("sep=").and_then(|sign| {
        let [sign] = sign.as_bytes() else { return None };
        DELIMITERS.into_iter().find(|(byte, _)| byte == sign)
    });
    if named.is_some() { (rest, 1, named) } else { (text, 0, None) }
}

/// The character that makes the most of the headings: those we know count first, then how many there are.
fn guess_delimiter(text: &str) -> (u8, &'static str) {
    let merit = |byte: u8| {
        let lines = records(text, byte, GUESS_LINES).unwrap_or_default();
        let Some(first) = lines.first() else { return (0, 0, 0) };
        let width = first.cells.len();
        let alike = lines.iter().filter(|line| line.cells.len() == width).count();
        (columns::known(&first.cells), width, alike)
    };
    // The first of equals: a table of one column has no delimiter at all.
    DELIMITERS.into_iter().rev().max_by_key(|(byte, _)| merit(*byte)).unwrap_or(DELIMITERS[0])
}

/// Up to `most` rows that hold anything.
fn records(text: &str, delimiter: u8, most: usize) -> AppResult<Vec<Line>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(format!("The file cannot be read: {error}.")))?;
        let line = record.position().map_or(0, |position| position.line() + empty_lines(text, position.byte()));
        let mut cells: Vec<String> = record.iter().map(plain).collect();
        // Spreadsheet programs write the empty cells of the widest row into every row.
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if !cells.is_empty() {
            lines.push(Line { line: u32::try_from(line).unwrap_or(u32::MAX), cells });
        }
        // One more than is taken, so that the caller can tell.
        if lines.len() > most.min(ROWS_MAX.saturating_add(1)) && most != usize::MAX {
            break;
        }
    }
    Ok(lines)
}

/// Empty lines that the reader skips between one row and the next: it names the line where it began to look.
fn empty_lines(text: &str, from: u64) -> u64 {
    let rest = text.as_bytes().iter().skip(usize::try_from(from).unwrap_or(usize::MAX));
    rest.take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count() as u64
}

/// A cell without the apostrophe that our own files put before what a spreadsheet program would calculate.
fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}
