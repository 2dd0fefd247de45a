//! A table with a caption; on phones its rows become cards by the style sheet.

use crate::tr;
use leptos::prelude::*;

/// Head and frame of a table; the children are its rows. Cells carry
/// `data-label` with their column's word for narrow screens.
#[component]
pub fn Table(
    /// What the table holds; read out first.
    #[prop(into)]
    caption: String,
    /// Words of the columns; an empty one is a column of buttons.
    columns: Vec<String>,
    /// On phones a row's cells flow after one another without their column's word.
    #[prop(optional)]
    dense: bool,
    #[prop(default = "table")] test: &'static str,
    children: Children,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|word| {
            if word.is_empty() {
                view! { <th scope="col"><span class="visually-hidden">{tr!("word-actions")}</span></th> }.into_any()
            } else {
                view! { <th scope="col">{word}</th> }.into_any()
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class=if dense { "table table-dense" } else { "table" } data-test=test>
                <caption>{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
