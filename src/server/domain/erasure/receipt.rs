//! What was done in which place: counted while it is done, kept with the erasure, readable ever after.

use super::places::{BESIDE, TABLES, is_personal};
use crate::app::types::{ErasedHow, ErasurePlace};
use std::collections::BTreeMap;

/// What was done so far.
#[derive(Debug, Default)]
pub struct Receipt(BTreeMap<(&'static str, ErasedHow), u64>);

impl Receipt {
    /// Adds what was done to so many rows or files of a place.
    pub fn add(&mut self, place: &'static str, how: ErasedHow, count: u64) {
        debug_assert!(BESIDE.contains(&place) || TABLES.iter().any(|(table, _)| *table == place), "{place}");
        if count > 0 {
            *self.0.entry((place, how)).or_default() += count;
        }
    }

    /// Every place that may hold something of a person, with what was done there; a place where nothing was found
    /// is named with a count of zero.
    pub fn lines(&self) -> Vec<ErasurePlace> {
        let tables = TABLES.iter().filter(|table| is_personal(table)).map(|(table, _)| *table);
        let mut lines = Vec::new();
        for place in tables.chain(BESIDE.iter().copied()) {
            let before = lines.len();
            let done = self.0.iter().filter(|((at, _), _)| *at == place);
            lines.extend(done.map(|((_, how), count)| ErasurePlace {
                place: place.to_owned(),
                how: *how,
                count: *count,
            }));
            if lines.len() == before {
                lines.push(ErasurePlace { place: place.to_owned(), how: ErasedHow::Nothing, count: 0 });
            }
        }
        lines
    }
}
