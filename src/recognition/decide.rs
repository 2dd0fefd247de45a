//! The one place that turns distances into an outcome, and distances into the confidence people read.
//!
//! `distance` is always the cosine distance: 0 identical, 1 unrelated, 2 opposite. Everything here is pure.

use serde::{Deserialize, Serialize};

use super::quality::{Quality, QualityLimits, Verdict};

/// A pack's lines. Distances are cosine distances.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Below this a match is called excellent.
    pub distance_excellent: f32,
    /// The automatic-accept line: at or below it the machine may decide alone.
    pub distance_accept: f32,
    /// Up to this a person is asked; beyond it the face is unknown.
    pub distance_review: f32,
    /// Up to this the margin to the runner-up need only be `margin_min`.
    pub distance_sure: f32,
    /// How much nearer the best person must be than the runner-up for the machine to decide alone, up to
    /// `distance_sure`.
    pub margin_min: f32,
    /// The same at `distance_accept`; in between the margin asked for grows evenly. A far match is still safe when
    /// everybody else is much farther.
    pub margin_far: f32,
    /// Steepness of the logistic confidence, per unit of distance.
    pub confidence_slope: f32,
    pub quality: QualityLimits,
}

impl Default for Thresholds {
    /// What a pack gets that declares none: the bands 0.25 / 0.35 / 0.45 of the specification, and a slope that lies
    /// between those of its three samples (0.15 -> 0.95, 0.25 -> 0.88, 0.52 -> 0.32).
    fn default() -> Self {
        Self {
            distance_excellent: 0.25,
            distance_accept: 0.35,
            distance_review: 0.45,
            distance_sure: 0.35,
            margin_min: 0.05,
            margin_far: 0.05,
            confidence_slope: 10.0,
            quality: QualityLimits::default(),
        }
    }
}

impl Thresholds {
    /// Why the lines make no sense together, if they do not.
    pub fn check(&self) -> Result<(), String> {
        let ordered = 0.0 < self.distance_excellent
            && self.distance_excellent <= self.distance_accept
            && 0.0 < self.distance_sure
            && self.distance_sure <= self.distance_accept
            && self.distance_accept <= self.distance_review
            && self.distance_review <= 2.0;
        if !ordered {
            return Err("excellent <= accept, sure <= accept and accept <= review must hold within 0..2".to_owned());
        }
        if !(0.0 <= self.margin_min && self.margin_min <= self.margin_far && self.confidence_slope > 0.0) {
            return Err("0 <= margin_min <= margin_far must hold and confidence_slope must be positive".to_owned());
        }
        Ok(())
    }

    /// The margin to the runner-up that a match at `distance` needs to be accepted.
    pub fn margin_needed(&self, distance: f32) -> f32 {
        let span = self.distance_accept - self.distance_sure;
        if span <= 0.0 {
            return self.margin_min;
        }
        let way = ((distance - self.distance_sure) / span).clamp(0.0, 1.0);
        self.margin_min + way * (self.margin_far - self.margin_min)
    }
}

/// What shall happen with one face.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "reasons")]
pub enum Outcome {
    /// The machine may name this face alone.
    Accept,
    /// A person should confirm the best candidate.
    Review(Vec<ReviewReason>),
    /// Nobody of those searched.
    Unknown(UnknownReason),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewReason {
    /// Between the accept and the review line.
    Distant,
    /// The runner-up is nearly as near.
    RunnerUpClose,
    /// The face is blurred, dark, turned away or otherwise poor.
    PoorQuality,
    /// This other person, who is searched too, looks like the best one: no distance tells them apart safely.
    Lookalike(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownReason {
    /// Too few pixels to be matched.
    TooSmall,
    /// Nobody was there to compare with, or everybody near belongs to another face of the photo.
    NoCandidate,
    /// The nearest person is beyond the review line.
    TooFar,
}

/// What else is known about the best person, besides distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Doubts {
    /// Somebody else of those searched who looks like them.
    pub lookalike: Option<u64>,
}

/// The decision on one face by its distances and quality alone: [`decide_with`] without doubts.
pub fn decide(best: Option<f32>, runner_up: Option<f32>, quality: &Quality, thresholds: &Thresholds) -> Outcome {
    decide_with(best, runner_up, quality, thresholds, Doubts::default())
}

/// The decision on one face: `best` and `runner_up` are the distances of the person the face was assigned to and of
/// the nearest other person, if any. Not-a-number counts as no candidate.
///
/// Guarantees: a smaller `best`, a larger `runner_up` or a better quality never makes the outcome worse; `Accept` only
/// at `best <= distance_accept`; a face too small is never matched; never `Accept` with a doubt.
pub fn decide_with(
    best: Option<f32>,
    runner_up: Option<f32>,
    quality: &Quality,
    thresholds: &Thresholds,
    doubts: Doubts,
) -> Outcome {
    if quality.verdict == Verdict::TooSmall {
        return Outcome::Unknown(UnknownReason::TooSmall);
    }
    let Some(best) = best.filter(|d| !d.is_nan()) else {
        return Outcome::Unknown(UnknownReason::NoCandidate);
    };
    if best > thresholds.distance_review {
        return Outcome::Unknown(UnknownReason::TooFar);
    }
    let mut reasons = Vec::new();
    if best > thresholds.distance_accept {
        reasons.push(ReviewReason::Distant);
    }
    if runner_up.is_some_and(|other| other - best < thresholds.margin_needed(best)) {
        reasons.push(ReviewReason::RunnerUpClose);
    }
    if quality.verdict == Verdict::Poor {
        reasons.push(ReviewReason::PoorQuality);
    }
    reasons.extend(doubts.lookalike.map(ReviewReason::Lookalike));
    if reasons.is_empty() { Outcome::Accept } else { Outcome::Review(reasons) }
}

/// Confidence in 0..=1 as a logistic of the distance, with `confidence(distance_accept)` = 0.80 exactly.
pub fn confidence_calibrated(distance: f32, thresholds: &Thresholds) -> f32 {
    // Odds of 4 : 1, that is 0.80, at the accept line; the slope carries them from there.
    let exponent = f64::from(thresholds.confidence_slope) * f64::from(distance - thresholds.distance_accept);
    let confidence = 1.0 / (1.0 + 0.25 * exponent.exp());
    if confidence.is_nan() { 0.0 } else { confidence as f32 }
}

/// The specification's literal formula, `1 - distance / 2`.
pub fn confidence_linear(distance: f32) -> f32 {
    if distance.is_nan() { 0.0 } else { (1.0 - distance / 2.0).clamp(0.0, 1.0) }
}

/// The word of the specification for a distance: bands below the excellent, accept and review lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchQuality {
    Excellent,
    Good,
    Fair,
    Poor,
}

/// `distance < excellent`, `< accept`, `< review`, else poor.
pub fn match_quality(distance: f32, thresholds: &Thresholds) -> MatchQuality {
    if distance < thresholds.distance_excellent {
        MatchQuality::Excellent
    } else if distance < thresholds.distance_accept {
        MatchQuality::Good
    } else if distance < thresholds.distance_review {
        MatchQuality::Fair
    } else {
        MatchQuality::Poor
    }
}
