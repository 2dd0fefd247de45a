//! Rows of an import with their verdicts.

use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::IconName;
use crate::app::components::import_chip::RowChip;
use crate::app::components::pagination::Pagination;
use crate::app::components::table::Table;
use crate::app::types::*;
use crate::tr;
use leptos::prelude::*;

/// One page of rows.
#[component]
pub fn RowsCard(id: ImportId, rows: Page<ImportLine>, filter: ImportFilter) -> impl IntoView {
    let path = format!("/admin/import/{id}");
    if rows.count == 0 {
        return view! {
            <section class="card">
                <EmptyState icon=IconName::List title=tr!("import-rows-none") why=tr!("import-rows-none-why") test="no-rows">
                    <a class="button" href=path>{tr!("import-rows-show-all")}</a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let (count, page, size) = (rows.count, rows.page, rows.page_size);
    let caption = match RowVerdict::named(&filter.verdict) {
        Some(RowVerdict::Created) => tr!("import-rows-created", count = count),
        Some(RowVerdict::Changed) => tr!("import-rows-changed", count = count),
        Some(RowVerdict::Unchanged) => tr!("import-rows-unchanged", count = count),
        Some(RowVerdict::Problem) => tr!("import-rows-problem", count = count),
        None if filter.verdict.is_empty() => tr!("import-rows-all", count = count),
        None => tr!("import-rows-left", count = count),
    };
    let columns =
        vec![tr!("import-rows-student"), tr!("import-rows-line"), tr!("import-rows-verdict"), tr!("import-rows-says")];
    let all = (!filter.verdict.is_empty())
        .then(|| view! { <a class="button button-quiet" href=path.clone()>{tr!("import-rows-show-all")}</a> });
    let lines = rows.results.into_iter().map(|line| view! { <RowLine line=line/> }).collect_view();
    view! {
        <section class="card card-flush" aria-labelledby="rows-title">
            <div class="card-head"><h2 id="rows-title">{tr!("import-rows-title")}</h2> {all}</div>
            <Table caption=caption columns=columns test="import-rows">
                {lines}
            </Table>
            <Pagination count=count page=page page_size=size path=path query=vec![("verdict", filter.verdict)]/>
        </section>
    }
    .into_any()
}

#[component]
fn RowLine(line: ImportLine) -> impl IntoView {
    let name = if line.name.is_empty() { tr!("import-row-no-name") } else { line.name.clone() };
    let below = [line.roll_no.as_str(), line.email.as_str(), line.department.as_str()];
    let below = below.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let person = match line.student {
        Some(student) => view! { <a class="cell-link" href=format!("/students/{student}")>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let (at, verdict, outcome, waits) = (line.line, line.verdict, line.outcome, line.waits);
    view! {
        <tr data-test="import-line" data-verdict=verdict.as_str() data-line=at.to_string()>
            <th scope="row">
                <span class="cell-person-text">
                    {person}
                    <span class="muted small">{below}</span>
                </span>
            </th>
            <td data-label=tr!("import-rows-line")>{at}</td>
            <td data-label=tr!("import-rows-verdict")><RowChip verdict=verdict outcome=outcome waits=waits/></td>
            <td class="import-says"><Says line=line/></td>
        </tr>
    }
}

/// Problems, changes, photos, and what became of them.
#[component]
fn Says(line: ImportLine) -> impl IntoView {
    let problems = line.problems.into_iter().map(|problem| {
        view! { <li data-test="row-problem"><strong>{problem.field}</strong> ": " {problem.message}</li> }
    });
    let changes = line.changes.into_iter().map(|change| {
        let words = match (change.from.is_empty(), change.to.is_empty()) {
            (true, _) => change.to,
            (false, true) => tr!("import-row-cleared", from = change.from),
            (false, false) => tr!("import-row-change", from = change.from, to = change.to),
        };
        view! { <li data-test="row-change"><strong>{change.field}</strong> ": " {words}</li> }
    });
    let photos = line.photos.into_iter().map(|photo| {
        let quality = photo.quality.map(|quality| match quality {
            QualityVerdict::Good => tr!("import-photo-good"),
            QualityVerdict::Fair => tr!("import-photo-fair"),
            QualityVerdict::Poor => tr!("import-photo-poor"),
        });
        let verdict = match (quality, photo.words.is_empty()) {
            (Some(quality), true) => quality,
            (Some(quality), false) => format!("{quality} {}", photo.words),
            (None, _) => photo.words,
        };
        let verdict = if photo.refused { tr!("import-photo-left-out", why = verdict) } else { verdict };
        view! { <li data-test="row-photo"><strong>{photo.file}</strong> ": " {verdict}</li> }
    });
    let words = (!line.words.is_empty()).then(|| view! { <li data-test="row-words">{line.words}</li> });
    view! { <ul class="import-list">{problems.collect_view()} {changes.collect_view()} {photos.collect_view()} {words}</ul> }
}
