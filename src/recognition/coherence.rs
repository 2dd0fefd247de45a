//! Whether the templates of one person agree with each other, and which of them does more harm than good.

use super::index::cosine_distance;

/// Why a template should not be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// It is far from everything else of its person and nearer to somebody else.
    NearerToOther,
    /// It is far from everything else of its person, and the rest agree.
    UnlikeTheRest,
}

/// How far the loneliest of these vectors is from the nearest of the others: cosine distance, 0..=2; `None` for fewer
/// than two. Up to the review line a person's templates are coherent.
pub fn spread(vectors: &[Vec<f32>]) -> Option<f32> {
    distances_to_own(vectors)?.into_iter().max_by(f32::total_cmp)
}

/// Positions of the templates that lower accuracy, with why; `review` is the review line. `nearest_other` gives the
/// distance of a position's vector to the nearest template of anybody else, and is asked only about those far from
/// their own.
///
/// When all would have to go, or each of two might be the wrong one, none does: that is for a person to say.
pub fn harmful(
    vectors: &[Vec<f32>],
    review: f32,
    nearest_other: impl Fn(usize) -> Option<f32>,
) -> Vec<(usize, Harm)> {
    let Some(to_own) = distances_to_own(vectors) else { return Vec::new() };
    let lonely: Vec<(usize, f32)> = to_own.into_iter().enumerate().filter(|(_, own)| *own > review).collect();
    let rest_agree = vectors.len() >= 3 && lonely.len() == 1;
    let judge = |&(at, own): &(usize, f32)| {
        if nearest_other(at).is_some_and(|other| other < own) {
            Some((at, Harm::NearerToOther))
        } else {
            rest_agree.then_some((at, Harm::UnlikeTheRest))
        }
    };
    let found: Vec<(usize, Harm)> = lonely.iter().filter_map(judge).collect();
    if found.len() == vectors.len() { Vec::new() } else { found }
}

/// Each vector's distance to the nearest of the others.
fn distances_to_own(vectors: &[Vec<f32>]) -> Option<Vec<f32>> {
    if vectors.len() < 2 {
        return None;
    }
    let nearest = |(at, vector): (usize, &Vec<f32>)| {
        let others = vectors.iter().enumerate().filter(|(other, _)| *other != at);
        others.map(|(_, other)| cosine_distance(vector, other)).min_by(f32::total_cmp)
    };
    vectors.iter().enumerate().map(nearest).collect()
}
