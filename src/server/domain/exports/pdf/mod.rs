//! PDF on A4, in a font that is part of the program. Letters it lacks become boxes; everything else stands.
//!
//! Everything is laid out from the left; where the reader's language runs from the right, pages are mirrored.

mod shape;

use super::{Column, Report, Table};
use crate::app::words::Locale;
use anyhow::{Context, anyhow};
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::{Page, PageSettings};
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::Font;
use rustybuzz::Face;

/// DejaVu Sans: Latin, Greek, Cyrillic, Arabic and more; its licence lies beside it.
static FONT: &[u8] = include_bytes!("../../../../../public/fonts/DejaVuSans.ttf");

/// A4 and its margin, points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 42.0;
/// Sizes of letters, points.
const TITLE: f32 = 15.0;
const BODY: f32 = 8.5;
/// Height of one line of the body, points.
const LINE: f32 = 12.0;
/// Room between columns, points.
const GAP: f32 = 6.0;
/// Width of an average letter as a share of its size; cells are cut at their edge in any case.
const LETTER: f32 = 0.6;
/// Lines of one cell; what goes beyond is left out.
const CELL_LINES_MAX: usize = 4;
/// Height of the lines for a signature, with the room above them, points.
const FOOT: f32 = 5.0 * LINE;

/// The report, page by page.
pub fn write(report: &Report, locale: Locale) -> anyhow::Result<Vec<u8>> {
    let font = Font::new(FONT.to_vec().into(), 0).ok_or_else(|| anyhow!("the font cannot be read"))?;
    let face = Face::from_slice(FONT, 0).ok_or_else(|| anyhow!("the font's tables cannot be read"))?;
    let hand = Hand { font, face, from_right: locale.direction() == "rtl" };
    let pages = lay_out(report);
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(report.title.clone()).language(locale.tag().to_owned()));
    let count = pages.len();
    for (at, marks) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| anyhow!("a page has a size"))?;
        let mut page = document.start_page_with(settings);
        draw_page(&mut page, &hand, marks, &format!("{} / {count}", at + 1));
        page.finish();
    }
    document.finish().map_err(|error| anyhow!("{error:?}")).context("writing the PDF")
}

/// What draws.
struct Hand<'f> {
    font: Font,
    face: Face<'f>,
    /// Pages are read from the right.
    from_right: bool,
}

/// Something on a page; `y` is a text's baseline or a line's height, from the top.
enum Mark {
    Text { x: f32, y: f32, width: f32, size: f32, text: String },
    Line { x: f32, y: f32, width: f32 },
}

/// Where the next mark goes.
struct Pen {
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Pen {
    fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    fn fits(&self, height: f32) -> bool {
        self.y + height <= HEIGHT - MARGIN - LINE
    }

    fn text(&mut self, x: f32, width: f32, size: f32, text: String) {
        self.put(Mark::Text { x, y: self.y + size, width, size, text });
    }

    fn line(&mut self) {
        self.put(Mark::Line { x: MARGIN, y: self.y, width: WIDTH - 2.0 * MARGIN });
    }
}

fn lay_out(report: &Report) -> Vec<Vec<Mark>> {
    let mut pen = Pen { pages: vec![Vec::new()], y: MARGIN };
    let width = WIDTH - 2.0 * MARGIN;
    pen.text(MARGIN, width, TITLE, report.title.clone());
    pen.y += TITLE + LINE;
    for (name, value) in &report.facts {
        pen.text(MARGIN, 110.0, BODY, name.clone());
        for line in wrap(value, width - 115.0) {
            pen.text(MARGIN + 115.0, width - 115.0, BODY, line);
            pen.y += LINE;
        }
    }
    let foot = if report.signature.is_some() { FOOT } else { 0.0 };
    for (at, table) in report.tables.iter().enumerate() {
        pen.y += LINE;
        let is_last = at + 1 == report.tables.len();
        lay_table(&mut pen, table, if is_last { foot } else { 0.0 });
    }
    if let Some(signature) = &report.signature {
        if !pen.fits(FOOT) {
            pen.new_page();
        }
        pen.y += 4.0 * LINE;
        pen.put(Mark::Line { x: MARGIN, y: pen.y, width: 200.0 });
        pen.put(Mark::Line { x: WIDTH - MARGIN - 160.0, y: pen.y, width: 160.0 });
        pen.y += 2.0;
        pen.text(MARGIN, 200.0, BODY, signature.by.clone());
        pen.text(WIDTH - MARGIN - 160.0, 160.0, BODY, signature.on.clone());
    }
    pen.pages
}

/// `foot` is the height of what is kept on one page with the last row: a signature alone on a page signs nothing.
fn lay_table(pen: &mut Pen, table: &Table, foot: f32) {
    let columns = places(&table.columns);
    if !pen.fits(3.0 * LINE) {
        pen.new_page();
    }
    lay_head(pen, table, &columns);
    for (at, row) in table.rows.iter().enumerate() {
        let cells: Vec<Vec<String>> =
            row.iter().zip(&columns).map(|(cell, (_, width))| wrap(&cell.words(), *width)).collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
        let kept = if at + 1 == table.rows.len() { foot } else { 0.0 };
        if !pen.fits(LINE * lines as f32 + kept) {
            pen.new_page();
            lay_head(pen, table, &columns);
        }
        let top = pen.y;
        for (cell, (x, width)) in cells.into_iter().zip(&columns) {
            for (at, line) in cell.into_iter().enumerate() {
                pen.y = top + LINE * at as f32;
                pen.text(*x, *width, BODY, line);
            }
        }
        pen.y = top + LINE * lines as f32;
    }
}

fn lay_head(pen: &mut Pen, table: &Table, columns: &[(f32, f32)]) {
    for (column, (x, width)) in table.columns.iter().zip(columns) {
        pen.text(*x, *width, BODY, column.name.clone());
    }
    pen.y += LINE;
    pen.line();
    pen.y += 2.0;
}

/// Left edge and width of each column.
fn places(columns: &[Column]) -> Vec<(f32, f32)> {
    let shares: f32 = columns.iter().map(|column| f32::from(column.share)).sum();
    let unit = (WIDTH - 2.0 * MARGIN) / shares.max(1.0);
    let mut x = MARGIN;
    let place = |column: &Column| {
        let width = unit * f32::from(column.share);
        x += width;
        (x - width, width - GAP)
    };
    columns.iter().map(place).collect()
}

/// Lines of about this width: broken between words, and within words that are longer than a line.
fn wrap(text: &str, width: f32) -> Vec<String> {
    let letters = ((width / (BODY * LETTER)) as usize).max(1);
    let mut lines = vec![String::new()];
    let mut left = letters;
    for word in text.split_whitespace() {
        let chars: Vec<char> = word.chars().collect();
        for (at, piece) in chars.chunks(letters).enumerate() {
            let space = usize::from(at == 0 && left < letters);
            if piece.len() + space > left {
                lines.push(String::new());
                left = letters;
            }
            if let Some(line) = lines.last_mut() {
                if at == 0 && !line.is_empty() {
                    line.push(' ');
                    left -= 1;
                }
                line.extend(piece);
                left = left.saturating_sub(piece.len());
            }
        }
    }
    if lines.len() > CELL_LINES_MAX {
        lines.truncate(CELL_LINES_MAX);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn draw_page(page: &mut Page<'_>, hand: &Hand<'_>, marks: &[Mark], number: &str) {
    let mut surface = page.surface();
    let ink = Fill { paint: luma::Color::black().into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero };
    surface.set_fill(Some(ink));
    for mark in marks {
        match mark {
            Mark::Text { x, y, width, size, text } => draw_text(&mut surface, hand, (*x, *y), *width, *size, text),
            Mark::Line { x, y, width } => {
                if let Some(line) = rectangle(hand.place(*x, *width), *y, *width, 0.6) {
                    surface.draw_path(&line);
                }
            }
        }
    }
    draw_text(&mut surface, hand, (WIDTH - MARGIN - 40.0, HEIGHT - MARGIN + LINE), 40.0, BODY, number);
    surface.finish();
}

impl Hand<'_> {
    /// Left edge of something of this width that is laid out at `x`.
    fn place(&self, x: f32, width: f32) -> f32 {
        if self.from_right { WIDTH - x - width } else { x }
    }
}

/// One line from the side on which reading begins, cut at its width.
fn draw_text(surface: &mut Surface<'_>, hand: &Hand<'_>, (x, y): (f32, f32), width: f32, size: f32, text: &str) {
    if text.is_empty() {
        return;
    }
    let left = hand.place(x, width);
    let Some(window) = rectangle(left, y - 1.1 * size, width, 1.5 * size) else { return };
    let runs = shape::shape(&hand.face, text);
    let drawn: f32 = runs.iter().map(|run| run.width * size).sum();
    let mut at = if hand.from_right { left + width - drawn } else { left };
    surface.push_clip_path(&window, &FillRule::NonZero);
    for run in runs {
        surface.draw_glyphs(Point::from_xy(at, y), &run.glyphs, hand.font.clone(), &run.text, size, false);
        at += run.width * size;
    }
    surface.pop();
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<krilla::geom::Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Signature};
    use super::*;

    /// A register of this many students.
    fn register(students: usize) -> Report {
        let columns =
            [("Roll no", 1), ("Name", 2)].map(|(name, share)| Column { name: name.to_owned(), share }).to_vec();
        let row = |at: usize| vec![Cell::text(format!("CS-2025-{at:03}")), Cell::text("Ann Ace")];
        Report {
            title: "Register".to_owned(),
            facts: vec![("Subject".to_owned(), "Algebra".to_owned())],
            tables: vec![Table { name: "Register".to_owned(), columns, rows: (0..students).map(row).collect() }],
            signature: Some(Signature { by: "Signature: Asha".to_owned(), on: "Date".to_owned() }),
        }
    }

    /// Whether a text that begins with these words stands on the page.
    fn holds(page: &[Mark], words: &str) -> bool {
        page.iter().any(|mark| matches!(mark, Mark::Text { text, .. } if text.starts_with(words)))
    }

    #[test]
    fn no_page_is_blank_or_holds_the_signature_alone() {
        for students in 1..250 {
            let pages = lay_out(&register(students));
            for (at, page) in pages.iter().enumerate() {
                assert!(holds(page, "CS-2025-"), "page {} of {} for {students} students", at + 1, pages.len());
            }
            let signed: Vec<bool> = pages.iter().map(|page| holds(page, "Signature")).collect();
            assert_eq!(signed.iter().filter(|signed| **signed).count(), 1);
            assert_eq!(signed.last(), Some(&true), "the last page is signed");
            let rows = pages
                .iter()
                .flatten()
                .filter(|mark| matches!(mark, Mark::Text { text, .. } if text.starts_with("CS-")));
            assert_eq!(rows.count(), students);
        }
        assert_eq!(lay_out(&register(0)).len(), 1);
    }

    #[test]
    fn class_of_fifty_is_one_page_and_its_file_says_so() {
        for (students, pages) in [(50, 1), (60, 2), (120, 3)] {
            assert_eq!(lay_out(&register(students)).len(), pages, "{students}");
            for locale in Locale::ALL {
                let file = write(&register(students), locale).expect("a file");
                let text = String::from_utf8_lossy(&file);
                assert!(text.contains(&format!("/Count {pages}")), "{students} students: {pages} pages");
            }
        }
    }
}
