//! One page of a list.

use serde::{Deserialize, Serialize};

/// Rows shown when the caller does not say.
pub const PAGE_SIZE_DEFAULT: u64 = 20;
/// Most rows of one page.
pub const PAGE_SIZE_MAX: u64 = 100;

/// One page of a list and the size of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// Rows in the whole list, under the filter.
    pub count: u64,
    /// Counted from 1.
    pub page: u64,
    pub page_size: u64,
    pub results: Vec<T>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { count: 0, page: 0, page_size: 0, results: Vec::new() }
    }
}

impl<T> Page<T> {
    /// Number of the last page; an empty list has one page.
    pub fn last(&self) -> u64 {
        self.count.div_ceil(self.page_size.max(1)).max(1)
    }
}
