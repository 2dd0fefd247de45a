//! One face, one person: the best assignment of people to the faces of one photo.

use std::collections::HashMap;

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// For each face the index into its candidate list of the person it is given, or `None`.
///
/// `candidates[face]` lists `(person, distance)`. Only candidates at or below `distance_max` take part. The assignment
/// maximises the summed closeness (`distance_max - distance`) over the photo; no person is given twice, and no face
/// is given a person it did not list.
pub fn assign(candidates: &[Vec<(u64, f32)>], distance_max: f32) -> Vec<Option<usize>> {
    let takes_part = |distance: f32| distance <= distance_max;
    let mut columns: HashMap<u64, usize> = HashMap::new();
    for (person, _) in candidates.iter().flatten().filter(|(_, d)| takes_part(*d)) {
        let next = columns.len();
        columns.entry(*person).or_insert(next);
    }
    if columns.is_empty() {
        return vec![None; candidates.len()];
    }
    // Each face also gets a column of its own worth nothing, "nobody", so that there are never fewer columns than rows.
    let people = columns.len();
    let mut worth = Matrix::new(candidates.len(), people + candidates.len(), 0_i64);
    for (face, list) in candidates.iter().enumerate() {
        for (person, distance) in list.iter().filter(|(_, d)| takes_part(*d)) {
            if let Some(value) = columns.get(person).and_then(|column| worth.get_mut((face, *column))) {
                *value = (*value).max(closeness(*distance, distance_max));
            }
        }
    }
    let (_, chosen) = kuhn_munkres(&worth);
    candidates
        .iter()
        .zip(chosen)
        .map(|(list, column)| {
            let mine = |(person, distance): &(u64, f32)| takes_part(*distance) && columns.get(person) == Some(&column);
            let listed = list.iter().enumerate().filter(|(_, c)| mine(c));
            listed.min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1)).map(|(at, _)| at)
        })
        .collect()
}

/// Whole numbers, at least 1 for anybody who takes part: being named is always worth more than "nobody".
fn closeness(distance: f32, distance_max: f32) -> i64 {
    1 + (f64::from(distance_max - distance) * 1e6).round() as i64
}
