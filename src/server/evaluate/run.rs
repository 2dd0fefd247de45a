//! `rollcall evaluate`: enrols people from portraits, runs labelled group photos through the engine as marking does,
//! and counts right, wrong, reviewed and missed.

use std::fmt;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Serialize;

use super::labels::{LabelledPhoto, read_labels};
use super::people::{Enrolment, enrol_people, read_people};
use super::score::{Tally, score_photo};
use crate::recognition::engine::Engine;
use crate::recognition::photo::{PhotoLimits, decode_photo};

/// Whom a photo's faces are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterMode {
    /// The people in the photo and, up to 40, others drawn with a fixed seed: a class.
    Present,
    /// Everybody enrolled.
    All,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EvaluateOptions {
    pub identities: PathBuf,
    pub groups: PathBuf,
    /// Photos enrolled per person, from the first.
    pub enroll: usize,
    pub roster: RosterMode,
}

/// The whole result; `Display` is the readable form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    pub pack: String,
    pub roster: RosterMode,
    pub people: usize,
    pub enrolled_faces: usize,
    /// Enrolment photos in which no face could be used.
    pub without_face: Vec<PathBuf>,
    pub photos: Vec<PhotoResult>,
    pub total: Tally,
    /// Milliseconds from the bytes of a photo to its decisions.
    pub ms_p50: f32,
    pub ms_p95: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhotoResult {
    pub photo: String,
    pub roster: usize,
    pub tally: Tally,
    pub ms: f32,
    /// What did not go right, in words.
    pub notes: Vec<String>,
}

const ROSTER_SIZE: usize = 40;

/// Runs the evaluation.
pub fn evaluate(engine: &Engine, options: &EvaluateOptions) -> Result<Evaluation> {
    let people = read_people(&options.identities)?;
    let enrolment = enrol_people(engine, &people, options.enroll)?;
    let mut photos = Vec::new();
    for photo in read_labels(&options.groups)? {
        let roster = match options.roster {
            RosterMode::All => (0..enrolment.names.len() as u64).collect(),
            RosterMode::Present => class_roster(&photo, &enrolment),
        };
        photos.push(evaluate_photo(engine, &enrolment, &photo, &roster)?);
    }
    let mut total = Tally::default();
    photos.iter().for_each(|photo| total.add(&photo.tally));
    let mut times: Vec<f32> = photos.iter().map(|photo| photo.ms).collect();
    times.sort_by(f32::total_cmp);
    Ok(Evaluation {
        pack: engine.pack().name.clone(),
        roster: options.roster,
        people: enrolment.names.len(),
        enrolled_faces: enrolment.faces,
        without_face: enrolment.without_face,
        total,
        ms_p50: percentile(&times, 0.50),
        ms_p95: percentile(&times, 0.95),
        photos,
    })
}

fn evaluate_photo(
    engine: &Engine,
    enrolment: &Enrolment,
    photo: &LabelledPhoto,
    roster: &[u64],
) -> Result<PhotoResult> {
    let bytes = std::fs::read(&photo.path).with_context(|| format!("cannot read {}", photo.path.display()))?;
    let started = Instant::now();
    let image = decode_photo(&bytes, &PhotoLimits::default()).with_context(|| photo.title.clone())?;
    let result = engine.identify(&image, &enrolment.gallery, roster)?;
    let ms = started.elapsed().as_secs_f32() * 1000.0;
    let number_of = |name: &str| enrolment.number(name).filter(|number| roster.contains(number));
    let name_of = |number: u64| enrolment.name(number).unwrap_or("?").to_owned();
    let (tally, notes) = score_photo(&photo.faces, &result, number_of, name_of);
    Ok(PhotoResult { photo: photo.title.clone(), roster: roster.len(), tally, ms, notes })
}

/// Those present and others up to [`ROSTER_SIZE`]; the draw depends on the photo's title alone.
fn class_roster(photo: &LabelledPhoto, enrolment: &Enrolment) -> Vec<u64> {
    let labelled = photo.faces.iter().filter_map(|face| face.name.as_ref());
    let mut roster: Vec<u64> = labelled.chain(&photo.present).filter_map(|name| enrolment.number(name)).collect();
    roster.sort_unstable();
    roster.dedup();
    let mut others: Vec<u64> = (0..enrolment.names.len() as u64).filter(|n| !roster.contains(n)).collect();
    let mut seed = photo.title.bytes().fold(0x5eed_u64, |s, b| s.wrapping_mul(31).wrapping_add(u64::from(b)));
    while roster.len() < ROSTER_SIZE && !others.is_empty() {
        let drawn = (next_random(&mut seed) % others.len() as u64) as usize;
        roster.push(others.swap_remove(drawn));
    }
    roster
}

/// SplitMix64: small, and the same on every machine.
pub(super) fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Nearest-rank percentile of sorted values; 0 for none.
pub(super) fn percentile(sorted: &[f32], share: f64) -> f32 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

impl Evaluation {
    /// Whether nobody was given a wrong name, stranger or not.
    pub fn nobody_named_wrong(&self) -> bool {
        self.total.named_wrong == 0 && self.total.strangers_named == 0
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roster = match self.roster {
            RosterMode::Present => "those present and others up to 40",
            RosterMode::All => "everybody enrolled",
        };
        writeln!(f, "Pack {}; roster: {roster}", self.pack)?;
        writeln!(f, "Enrolled: {} people, {} faces", self.people, self.enrolled_faces)?;
        for photo in &self.without_face {
            writeln!(f, "  no usable face in {}", photo.display())?;
        }
        writeln!(
            f,
            "\n{:44} {:>8} {:>9} {:>6} {:>6} {:>7} {:>6} {:>9} {:>7}",
            "photo", "detected", "right", "wrong", "review", "(wrong)", "missed", "strangers", "ms"
        )?;
        for photo in &self.photos {
            write_row(f, &photo.photo, &photo.tally, photo.ms)?;
            for note in &photo.notes {
                writeln!(f, "    {note}")?;
            }
        }
        write_row(f, "total", &self.total, self.ms_p50)?;
        let t = &self.total;
        writeln!(f, "\nnamed right          {} of {}", t.named_right, t.known)?;
        writeln!(f, "named wrong          {}", t.named_wrong)?;
        writeln!(
            f,
            "sent to review       {} (right name first {}, not {})",
            t.review_right + t.review_wrong,
            t.review_right,
            t.review_wrong
        )?;
        writeln!(f, "missed               {}", t.missed)?;
        writeln!(f, "strangers named      {} of {}", t.strangers_named, t.strangers)?;
        writeln!(f, "strangers to review  {}", t.strangers_to_review)?;
        writeln!(
            f,
            "detected / labelled  {} / {} (and {} faces nobody labelled)",
            t.detected, t.labelled, t.unlabelled
        )?;
        writeln!(f, "ms per photo         p50 {:.0}, p95 {:.0}", self.ms_p50, self.ms_p95)
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, title: &str, t: &Tally, ms: f32) -> fmt::Result {
    writeln!(
        f,
        "{title:44} {:>8} {:>9} {:>6} {:>6} {:>7} {:>6} {:>9} {ms:>7.0}",
        format!("{}/{}", t.detected, t.labelled),
        format!("{}/{}", t.named_right, t.known),
        t.named_wrong,
        t.review_right,
        t.review_wrong,
        t.missed,
        format!("{}+{}", t.strangers_named, t.strangers_to_review),
    )
}
