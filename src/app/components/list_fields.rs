//! The order of a list and how much of it one page shows: fields of the form of its filters.

use super::field::SelectField;
use crate::app::types::PAGE_SIZE_DEFAULT;
use crate::tr;
use leptos::prelude::*;

/// Rows of a page that can be chosen.
const PAGE_SIZES: [u64; 3] = [20, 50, 100];

/// By what the list goes; the options are pairs of value and words.
#[component]
pub fn SortField(options: Vec<(&'static str, String)>, value: &'static str) -> impl IntoView {
    let options = options.into_iter().map(|(value, words)| (value.to_owned(), words)).collect();
    view! { <SelectField label=tr!("list-sort") name="sort" submits=true value=value options=options test="list-sort"/> }
}

/// How many rows a page shows; 0 is the default.
#[component]
pub fn PageSizeField(page_size: u64) -> impl IntoView {
    let value = if page_size == 0 { PAGE_SIZE_DEFAULT } else { page_size }.to_string();
    let options = PAGE_SIZES.map(|size| (size.to_string(), tr!("list-page-size", count = size))).to_vec();
    view! { <SelectField label=tr!("list-show") name="page_size" submits=true value=value options=options test="list-page-size"/> }
}
