//! `rollcall calibrate`: how far photos of one person and of different people lie apart for the loaded pack, and the
//! lines that follow from it.

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use super::people::{embed_photo, read_people};
use super::rosters::{RosterRates, Sample, rates_for};
use super::run::percentile;
use crate::recognition::engine::Engine;
use crate::recognition::index::cosine_distance;

/// Distances of genuine (same person) and impostor (different people) pairs, error rates, and proposed lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    pub pack: String,
    pub people: usize,
    pub faces: usize,
    pub without_face: usize,
    pub genuine: Spread,
    pub impostor: Spread,
    /// Every twentieth.
    pub table: Vec<ErrorRates>,
    /// Every hundredth, for drawing.
    #[serde(skip)]
    pub curve: Vec<ErrorRates>,
    /// Distance at which both error rates are equal, and that rate.
    pub equal_error_distance: f32,
    pub equal_error_rate: f64,
    /// See [`ACCEPT_FMR`].
    pub proposed_accept: f32,
    /// See [`REVIEW_FMR`].
    pub proposed_review: f32,
    /// The pack's own decision on class rosters of some sizes.
    pub rosters: Vec<RosterRates>,
    /// The nearest pairs of different people, nearest first: look at them before trusting the figures, they may be
    /// wrong labels.
    pub nearest_impostors: Vec<NearPair>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearPair {
    pub a: String,
    pub b: String,
    pub distance: f32,
}

/// Percentiles of distances.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    pub pairs: usize,
    pub mean: f64,
    pub deviation: f64,
    pub min: f32,
    pub p01: f32,
    pub p05: f32,
    pub p50: f32,
    pub p95: f32,
    pub p99: f32,
    pub max: f32,
}

/// Error rates when pairs up to `distance` are called the same person. `fmr_normal` is the false match rate of a normal
/// distribution with the impostors' mean and deviation: an estimate where too few pairs are left to count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ErrorRates {
    pub distance: f32,
    pub fmr: f64,
    pub fmr_normal: f64,
    pub fnmr: f64,
}

/// The accept line is where one in a million pairs of different people would pass, by the fitted tail, and not beyond
/// the nearest pair that was really seen.
pub const ACCEPT_FMR: f64 = 1e-6;
/// The review line is where one in five thousand would: a stranger is proposed to the teacher of thirty about once in
/// 170 faces.
pub const REVIEW_FMR: f64 = 2e-4;

/// Compares all photos of all people in `identities` with each other.
pub fn calibrate(engine: &Engine, identities: &Path) -> Result<Calibration> {
    let people = read_people(identities)?;
    let mut faces: Vec<Sample> = Vec::new();
    let mut without_face = 0;
    for (number, person) in people.iter().enumerate() {
        for (i, photo) in person.photos.iter().enumerate() {
            let name = format!("{}/{}", person.name, i + 1);
            match embed_photo(engine, photo)? {
                Some(vector) => faces.push(Sample { person: number, name, vector }),
                None => without_face += 1,
            }
        }
    }
    let (mut genuine, mut impostor) = (Vec::new(), Vec::new());
    let mut near: Vec<NearPair> = Vec::new();
    for (i, a) in faces.iter().enumerate() {
        for b in faces.iter().skip(i + 1) {
            let distance = cosine_distance(&a.vector, &b.vector);
            if a.person == b.person {
                genuine.push(distance);
            } else {
                impostor.push(distance);
                keep_nearest(&mut near, &a.name, &b.name, distance);
            }
        }
    }
    if genuine.len() < 10 || impostor.len() < 100 {
        bail!("too few photos: at least ten pairs of one person and a hundred of different people are needed");
    }
    genuine.sort_by(f32::total_cmp);
    impostor.sort_by(f32::total_cmp);
    let counts = Counts { pack: engine.pack().name.clone(), people: people.len(), faces: faces.len(), without_face };
    let rosters = ROSTER_SIZES.iter().filter_map(|size| rates_for(&faces, *size, engine.thresholds())).collect();
    Ok(conclude(counts, &genuine, &impostor, rosters, near))
}

/// A school class and a lecture.
const ROSTER_SIZES: [usize; 2] = [30, 90];

struct Counts {
    pack: String,
    people: usize,
    faces: usize,
    without_face: usize,
}

fn conclude(
    counts: Counts,
    genuine: &[f32],
    impostor: &[f32],
    rosters: Vec<RosterRates>,
    nearest_impostors: Vec<NearPair>,
) -> Calibration {
    let spread = spread_of(impostor);
    let rates = |distance: f32| ErrorRates {
        distance,
        fmr: share_up_to(impostor, distance),
        fmr_normal: normal_below((f64::from(distance) - spread.mean) / spread.deviation),
        fnmr: 1.0 - share_up_to(genuine, distance),
    };
    let equal = (0..=2000).map(|i| rates(i as f32 / 1000.0)).find(|r| r.fmr >= r.fnmr);
    let line = |wanted: f64| {
        let passes = |d: &f32| rates(*d).fmr <= wanted && rates(*d).fmr_normal <= wanted;
        (0..=200).map(|i| i as f32 / 100.0).take_while(passes).last().unwrap_or(0.0)
    };
    Calibration {
        pack: counts.pack,
        people: counts.people,
        faces: counts.faces,
        without_face: counts.without_face,
        genuine: spread_of(genuine),
        impostor: spread,
        curve: (0..=200).map(|i| rates(i as f32 / 100.0)).collect(),
        table: (20..=90).step_by(5).map(|i| rates(i as f32 / 100.0)).collect(),
        equal_error_distance: equal.map_or(0.0, |r| r.distance),
        equal_error_rate: equal.map_or(0.0, |r| r.fmr.max(r.fnmr)),
        proposed_accept: line(ACCEPT_FMR),
        proposed_review: line(REVIEW_FMR),
        rosters,
        nearest_impostors,
    }
}

fn keep_nearest(near: &mut Vec<NearPair>, a: &str, b: &str, distance: f32) {
    const KEPT: usize = 5;
    let at = near.partition_point(|pair| pair.distance <= distance);
    if at < KEPT {
        near.insert(at, NearPair { a: a.to_owned(), b: b.to_owned(), distance });
        near.truncate(KEPT);
    }
}

fn spread_of(sorted: &[f32]) -> Spread {
    let count = sorted.len().max(1) as f64;
    let mean = sorted.iter().map(|d| f64::from(*d)).sum::<f64>() / count;
    let variance = sorted.iter().map(|d| (f64::from(*d) - mean).powi(2)).sum::<f64>() / count;
    Spread {
        pairs: sorted.len(),
        mean,
        deviation: variance.sqrt(),
        min: sorted.first().copied().unwrap_or(0.0),
        p01: percentile(sorted, 0.01),
        p05: percentile(sorted, 0.05),
        p50: percentile(sorted, 0.50),
        p95: percentile(sorted, 0.95),
        p99: percentile(sorted, 0.99),
        max: sorted.last().copied().unwrap_or(0.0),
    }
}

pub(super) fn share_up_to(sorted: &[f32], distance: f32) -> f64 {
    sorted.partition_point(|d| *d <= distance) as f64 / sorted.len().max(1) as f64
}

/// The share of a standard normal distribution below `z`, good to three digits in the lower tail (Zelen and Severo,
/// Abramowitz and Stegun 26.2.17, applied to the tail itself).
fn normal_below(z: f64) -> f64 {
    if z > 0.0 {
        return 1.0 - normal_below(-z);
    }
    let t = 1.0 / (1.0 - 0.231_641_9 * z);
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    density * series.iter().rev().fold(0.0, |sum, c| (sum + c) * t)
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (people, faces, without) = (self.people, self.faces, self.without_face);
        writeln!(f, "Pack {}: {people} people, {faces} faces ({without} photos without a usable face)", self.pack)?;
        self.write_distances(f)?;
        writeln!(f, "\nequal error rate {:.4} at {:.3}", self.equal_error_rate, self.equal_error_distance)?;
        writeln!(f, "proposed accept line  {:.2} (FMR {ACCEPT_FMR:.0e})", self.proposed_accept)?;
        writeln!(f, "proposed review line  {:.2} (FMR {REVIEW_FMR:.0e})", self.proposed_review)?;
        self.rosters.iter().try_for_each(|rates| write_roster(f, rates))?;
        writeln!(f, "nearest pairs of different people:")?;
        self.nearest_impostors.iter().try_for_each(|p| writeln!(f, "  {:.3}  {}  {}", p.distance, p.a, p.b))
    }
}

impl Calibration {
    fn write_distances(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{:9} {:>8}", "distance", "pairs")?;
        for title in ["mean", "min", "p01", "p05", "p50", "p95", "p99", "max"] {
            write!(f, " {title:>7}")?;
        }
        for (title, s) in [("genuine", &self.genuine), ("impostor", &self.impostor)] {
            write!(f, "\n{title:9} {:>8} {:>7.3}", s.pairs, s.mean)?;
            for value in [s.min, s.p01, s.p05, s.p50, s.p95, s.p99, s.max] {
                write!(f, " {value:>7.3}")?;
            }
        }
        writeln!(f, "\n\n{:>8} {:>10} {:>12} {:>8}", "distance", "FMR", "FMR (normal)", "FNMR")?;
        for row in &self.table {
            writeln!(f, "{:>8.2} {:>10.1e} {:>12.1e} {:>8.4}", row.distance, row.fmr, row.fmr_normal, row.fnmr)?;
        }
        Ok(())
    }
}

fn write_roster(f: &mut fmt::Formatter<'_>, r: &RosterRates) -> fmt::Result {
    let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    writeln!(
        f,
        "roster of {}: strangers accepted {:.3} %, to review {:.2} % of {} searches; people on it accepted right {:.2} %, \
         wrong {:.3} %, to review {:.2} % of {}",
        r.roster,
        share(r.strangers_accepted, r.strangers),
        share(r.strangers_reviewed, r.strangers),
        r.strangers,
        share(r.known_right, r.known),
        share(r.known_wrong, r.known),
        share(r.known_reviewed, r.known),
        r.known
    )
}
