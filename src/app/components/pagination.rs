//! Links to the other pages of a list; the state of a list lives in the URL.

use super::icon::{Icon, IconName};
use crate::tr;
use leptos::prelude::*;

/// Percent-encodes one value of a query string.
fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// An address with a query string; empty values are left out.
pub fn address(path: &str, query: &[(&str, String)]) -> String {
    let pairs: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// "1–20 of 57", previous and next.
#[component]
pub fn Pagination(
    /// Rows in the whole list.
    count: u64,
    /// Counted from 1.
    page: u64,
    page_size: u64,
    #[prop(into)] path: String,
    /// The list's filters, without the page.
    query: Vec<(&'static str, String)>,
) -> impl IntoView {
    let page = page.max(1);
    let size = page_size.max(1);
    let last = count.div_ceil(size).max(1);
    let from = if count == 0 { 0 } else { (page - 1) * size + 1 };
    let to = count.min(page * size);
    let link = |to: u64, word: String, icon: IconName, test: &'static str| {
        let mut query = query.clone();
        query.push(("page", to.to_string()));
        view! {
            <a class="button" href=address(&path, &query) data-test=test>
                <Icon name=icon/>
                {word}
            </a>
        }
    };
    let previous = (page > 1).then(|| link(page - 1, tr!("pagination-previous"), IconName::Back, "page-previous"));
    let next = (page < last).then(|| link(page + 1, tr!("pagination-next"), IconName::Forward, "page-next"));
    view! {
        <nav class="pagination" aria-label=tr!("pagination-label")>
            <p class="muted" data-test="page-range">{tr!("pagination-range", from = from, to = to, count = count)}</p>
            <div class="pagination-links">{previous} {next}</div>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn address_leaves_out_empty_values_and_encodes_the_rest() {
        assert_eq!(address("/students", &[]), "/students");
        assert_eq!(
            address("/students", &[("search", "Ann & Bö".into()), ("department", String::new()), ("page", "2".into())]),
            "/students?search=Ann%20%26%20B%C3%B6&page=2"
        );
    }
}
