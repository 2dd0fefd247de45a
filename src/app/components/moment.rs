//! A date with its time, as the institution's wall shows it.

use crate::app::words::dates;
use chrono::NaiveDateTime;
use leptos::prelude::*;

/// Such as "3 Nov 2025, 10:00".
pub fn moment_words(at: NaiveDateTime) -> String {
    dates::moment(at, "%-d %b %Y, %H:%M")
}

/// The same for programs to read as well.
#[component]
pub fn Moment(at: NaiveDateTime) -> impl IntoView {
    view! { <time class="nowrap" datetime=at.format("%Y-%m-%dT%H:%M").to_string()>{moment_words(at)}</time> }
}
