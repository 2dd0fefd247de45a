//! The numbers under a chart.

use crate::app::components::table::Table;
use crate::app::types::ReportPart;
use crate::tr;
use leptos::prelude::*;

/// Rows that stand open; a longer table opens on demand, and always on paper.
const OPEN_ROWS_MAX: usize = 14;

/// Words of the columns after the first one.
pub fn columns() -> [String; 6] {
    [
        tr!("nav-sessions"),
        tr!("status-present"),
        tr!("status-late"),
        tr!("status-absent"),
        tr!("status-excused"),
        tr!("reports-attended"),
    ]
}

/// One row per part: its word, its counts and the percentage with its arithmetic.
#[component]
pub fn CountsTable(
    #[prop(into)] caption: String,
    /// Word of the first column.
    first: String,
    rows: Vec<(String, ReportPart<()>)>,
    test: &'static str,
) -> impl IntoView {
    let count = rows.len();
    let summary = tr!("reports-numbers", count = count);
    let rows = rows.into_iter().map(|(word, part)| {
        view! {
            <tr data-test="count-row">
                <th scope="row">{word}</th>
                {number_cells(&part)}
            </tr>
        }
    });
    let columns = std::iter::once(first).chain(columns()).collect();
    view! {
        <details class="numbers" open={count <= OPEN_ROWS_MAX}>
            <summary data-test=format!("{test}-open")>{summary}</summary>
            <div class="numbers-table">
                <Table caption=caption columns=columns test=test>{rows.collect_view()}</Table>
            </div>
        </details>
    }
}

/// The cells after the first one.
pub fn number_cells<K>(part: &ReportPart<K>) -> impl IntoView + use<K> {
    let records = part.records;
    let counts = [part.sessions, records.present, records.late, records.absent, records.excused];
    let [sessions, present, late, absent, excused, attended] = columns();
    let cells = counts.into_iter().zip([sessions, present, late, absent, excused]).map(|(count, word)| {
        view! { <td class="number" data-label=word>{count}</td> }
    });
    view! {
        {cells.collect::<Vec<_>>()}
        <td class="number" data-label=attended>
            <span class="numbers-share">
                <strong>{records.percentage_words()}</strong>
                <span class="muted small">{tr!("reports-attended-of", attended = records.attended, counted = records.counted)}</span>
            </span>
        </td>
    }
}
