//! A line of text as glyphs in the order in which they stand on paper: Arabic letters are joined, and scripts that are
//! read from the right run from the right, whatever stands beside them.

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::BidiInfo;

/// Letters of one direction, with their text: whoever copies them out of the file gets it in its own order.
pub struct Run {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// A share of the letters' size.
    pub width: f32,
}

/// The runs of a line from left to right. The first letter with a direction says from which side the line is read.
pub fn shape(face: &Face<'_>, text: &str) -> Vec<Run> {
    let bidi = BidiInfo::new(text, None);
    let mut runs = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for range in ranges {
            let from_right = levels.get(range.start).is_some_and(|level| level.is_rtl());
            if let Some(part) = text.get(range) {
                runs.push(shape_run(face, part, from_right));
            }
        }
    }
    runs
}

fn shape_run(face: &Face<'_>, text: &str, from_right: bool) -> Run {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if from_right { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = rustybuzz::shape(face, &[], buffer);
    let em = face.units_per_em() as f32;
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|glyph| glyph.cluster as usize).collect();
    starts.sort_unstable();
    let end_of = |start: usize| starts.get(starts.partition_point(|other| *other <= start)).copied();
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(glyph, place)| {
        let start = glyph.cluster as usize;
        KrillaGlyph::new(
            GlyphId::new(glyph.glyph_id),
            place.x_advance as f32 / em,
            place.x_offset as f32 / em,
            place.y_offset as f32 / em,
            place.y_advance as f32 / em,
            start..end_of(start).unwrap_or(text.len()),
            None,
        )
    });
    let glyphs: Vec<KrillaGlyph> = glyphs.collect();
    let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
    Run { text: text.to_owned(), glyphs, width }
}

#[cfg(test)]
mod tests {
    use super::super::FONT;
    use super::*;

    fn lines(text: &str) -> Vec<Run> {
        shape(&Face::from_slice(FONT, 0).expect("the font"), text)
    }

    /// Glyphs of each letter standing alone.
    fn alone(text: &str) -> Vec<GlyphId> {
        text.chars()
            .flat_map(|letter| lines(&letter.to_string()))
            .flat_map(|run| run.glyphs)
            .map(|g| g.glyph_id)
            .collect()
    }

    #[test]
    fn arabic_letters_are_joined_and_run_from_the_right() {
        let name = "محمد";
        let runs = lines(name);
        assert_eq!(runs.len(), 1);
        let starts: Vec<usize> = runs[0].glyphs.iter().map(|glyph| glyph.text_range.start).collect();
        assert_eq!(starts, [6, 4, 2, 0], "the last letter stands leftmost");
        let mut joined: Vec<GlyphId> = runs[0].glyphs.iter().map(|glyph| glyph.glyph_id).collect();
        joined.reverse();
        for (at, (joined, alone)) in joined.iter().zip(alone(name)).enumerate() {
            assert_ne!(*joined, alone, "letter {at} has the form of its place");
        }
    }

    #[test]
    fn numbers_and_latin_stand_in_their_order_among_arabic() {
        let said = |text: &str| lines(text).iter().map(|run| run.text.trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(said("الجلسة 12 في CS"), ["CS", "في", "12", "الجلسة"], "read from the right");
        assert_eq!(said("CS-2025-001 محمد بن موسى"), ["CS-2025-001", "محمد بن موسى"], "read from the left");
        assert_eq!(said("2025-11-03 10:00"), ["2025-11-03 10:00"]);
    }

    #[test]
    fn marks_that_nobody_sees_take_no_room() {
        let (plain, marked) = (lines("محمد"), lines("\u{2068}محمد\u{2069}"));
        let width = |runs: &[Run]| runs.iter().map(|run| run.width).sum::<f32>();
        assert!((width(&plain) - width(&marked)).abs() < 1e-6);
        let glyphs =
            |runs: &[Run]| runs.iter().flat_map(|run| run.glyphs.clone()).all(|glyph| glyph.glyph_id.to_u32() != 0);
        assert!(glyphs(&marked), "no box stands for them");
    }
}
