//! One import: its columns, the rehearsal, what was applied, and the way back.

use super::import_columns::ColumnsCard;
use super::import_rows::RowsCard;
use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::dialog::Confirm;
use crate::app::components::field::SubmitButton;
use crate::app::components::import_chip::{ImportChip, verdict_word};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::address;
use crate::app::components::server_form::{FormAction, ServerForm, url_error};
use crate::app::components::trouble::Trouble;
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{ApplyImport, DiscardImport, ProceedImport, UndoImport, get_import};
use crate::app::types::*;
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Seconds after which the page of a running import is asked for again.
const AGAIN_S: &str = "3";

/// `/admin/import/{id}`
#[component]
pub fn ImportPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|text| text.parse::<ImportId>().ok());
    let Some(id) = id else { return view! { <Trouble error=AppError::NoSuchPage/> }.into_any() };
    let query = use_query_map();
    let query = query.read_untracked();
    let filter = ImportFilter {
        verdict: query.get("verdict").unwrap_or_default(),
        page: query.get("page").and_then(|text| text.parse().ok()).unwrap_or_default(),
    };
    let still = query.get("still").is_some();
    let asked = filter.clone();
    let screen = fetch(move || asked.clone(), move |filter| get_import(id, filter));
    loaded(screen, move |screen: ImportScreen| {
        let filter = filter.clone();
        view! { <Screen screen=screen filter=filter still=still/> }
    })
    .into_any()
}

#[component]
fn Screen(screen: ImportScreen, filter: ImportFilter, still: bool) -> impl IntoView {
    let ImportScreen { detail, rows } = screen;
    let import = detail.import.clone();
    let (state, id) = (import.state, import.id);
    let by = tr!("import-uploaded", by = import.by, at = dates::moment(import.at, "%-d %b %Y, %H:%M"));
    let above = vec![("/admin/import".to_owned(), tr!("area-import"))];
    let chip = move || view! { <ImportChip state=state is_stopped=import.is_stopped/> };
    // Rows that are all there, or that belong to a file that was thrown away.
    let shows_rows = rows.count > 0 || !filter.verdict.is_empty();
    let setup = detail.setup.clone();
    let counts = detail.import.counts;
    view! {
        <PageFrame title=detail.import.csv_name.clone() lead=by above=above actions=chip test="import">
            <AdminTabs/>
            <Errors/>
            {(!detail.message.is_empty()).then(|| view! { <Stopped id=id message=detail.message.clone()/> })}
            {(state.is_running() && detail.message.is_empty()).then(|| view! { <Running detail=detail.clone() still=still/> })}
            {(state == ImportState::Rehearsed).then(|| view! { <Decision detail=detail.clone()/> })}
            {state.is_over().then(|| view! { <Result detail=detail.clone()/> })}
            {(counts.total() > 0).then(|| view! { <Figures id=id counts=counts chosen=filter.verdict.clone()/> })}
            {(state == ImportState::Uploaded).then(|| view! { <ColumnsCard id=id setup=setup.clone() detail=detail.clone() again=false/> })}
            {shows_rows.then(|| view! { <RowsCard id=id rows=rows filter=filter.clone()/> })}
            {(state == ImportState::Rehearsed).then(|| view! { <ColumnsCard id=id setup=setup detail=detail.clone() again=true/> })}
            {(state == ImportState::Uploaded).then(|| view! { <Discard id=id/> })}
        </PageFrame>
    }
}

/// What a form of this page was refused for.
#[component]
fn Errors() -> impl IntoView {
    let error = url_error::<ApplyImport>()
        .or_else(url_error::<DiscardImport>)
        .or_else(url_error::<UndoImport>)
        .or_else(url_error::<ProceedImport>);
    view! { <ErrorNotice error=Signal::stored(error)/> }
}

#[component]
fn Running(detail: ImportDetail, still: bool) -> impl IntoView {
    let id = detail.import.id;
    let (done, rows, total) = (detail.done, detail.total, detail.total.max(1));
    let title = match detail.import.state {
        ImportState::Applying => tr!("import-applying", done = done, total = rows),
        ImportState::Undoing => tr!("import-undoing", done = done, total = rows),
        _ => tr!("import-rehearsing", done = done, total = rows),
    };
    let here = format!("/admin/import/{id}");
    let rehearsing = detail.import.state == ImportState::Rehearsing;
    view! {
        {(!still).then(|| view! { <Meta http_equiv="refresh" content=AGAIN_S/> })}
        <section class="card" aria-labelledby="running-title" data-test="import-running">
            <div class="card-head">
                <h2 id="running-title">{title}</h2>
            </div>
            <div class="stack">
                <progress class="progress" max=total.to_string() value=done.to_string() aria-labelledby="running-title"></progress>
                <p class="muted">{tr!("import-running-why")}</p>
                <div class="row">
                    {if still {
                        view! {
                            <a class="button" href=here.clone()>{tr!("import-show-progress")}</a>
                        }
                    } else {
                        view! {
                            <a class="button button-quiet" href=format!("{here}?still=1")>{tr!("import-stop-renewing")}</a>
                        }
                    }}
                    {rehearsing.then(|| view! { <Discard id=id/> })}
                </div>
            </div>
        </section>
    }
}

#[component]
fn Stopped(id: ImportId, message: String) -> impl IntoView {
    let proceed = FormAction::<ProceedImport>::new();
    view! {
        <Notice kind=NoticeKind::Error title=tr!("import-stopped") test="import-stopped">
            <p>{message}</p>
            <p>{tr!("import-stopped-why")}</p>
            <div class="row">
                <ServerForm action=proceed>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <SubmitButton label=tr!("word-try-again") test="import-proceed"/>
                </ServerForm>
                <Discard id=id/>
            </div>
        </Notice>
    }
}

#[component]
fn Discard(id: ImportId) -> impl IntoView {
    let discard = FormAction::<DiscardImport>::new();
    view! {
        <Confirm
            label=tr!("import-discard")
            class="button button-danger"
            left=true
            question=tr!("import-discard-question")
            consequence=tr!("import-discard-consequence")
            test="import-discard"
        >
            <ServerForm action=discard>
                <input type="hidden" name="id" value=id.to_string()/>
                <SubmitButton label=tr!("import-discard-go") class="button button-danger-solid button-wide" test="import-discard-sure"/>
            </ServerForm>
        </Confirm>
    }
}

/// After the rehearsal: what applying would do, and the two ways on.
#[component]
fn Decision(detail: ImportDetail) -> impl IntoView {
    let apply = FormAction::<ApplyImport>::new();
    let (id, counts) = (detail.import.id, detail.import.counts);
    let has_photos = !detail.import.zip_name.is_empty();
    let unused = detail.setup.unused;
    let sentence = match (counts.created, counts.changed) {
        (0, 0) => tr!("import-decision-nothing"),
        (created, changed) => tr!("import-decision", created = created, changed = changed),
    };
    let left = (counts.problems > 0).then(|| tr!("import-decision-problems", count = counts.problems));
    let may_apply = counts.created + counts.changed > 0;
    view! {
        <section class="card" aria-labelledby="decision-title" data-test="import-decision">
            <div class="card-head"><h2 id="decision-title">{tr!("import-decision-title")}</h2></div>
            <div class="stack">
                <p>{sentence}</p>
                {left.map(|left| view! { <p>{left}</p> })}
                {has_photos.then(|| view! {
                    <p class="muted">
                        {if detail.strict_consent {
                            tr!("import-consent-strict")
                        } else {
                            tr!("import-consent-attest")
                        }}
                    </p>
                })}
                {(unused > 0).then(|| view! { <Unused unused=unused names=detail.setup.unused_names.clone()/> })}
                <div class="row">
                    {may_apply.then(|| view! {
                        <ServerForm action=apply>
                            <input type="hidden" name="id" value=id.to_string()/>
                            <SubmitButton label=tr!("import-apply") test="import-apply"/>
                        </ServerForm>
                    })}
                    {(counts.problems > 0).then(|| view! {
                        <a class="button" href=format!("/admin/import/{id}/problems.csv") rel="external"
                            download=format!("import-{id}-problems.csv") data-test="import-problems">{tr!("import-download-problems")}</a>
                    })}
                    <Discard id=id/>
                </div>
            </div>
        </section>
    }
}

#[component]
fn Unused(unused: u64, names: Vec<String>) -> impl IntoView {
    let more = unused.saturating_sub(names.len() as u64);
    let items = names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <details data-test="import-unused">
            <summary class="summary">{tr!("import-unused", count = unused)}</summary>
            <ul class="import-names">{items} {(more > 0).then(|| view! { <li>{tr!("import-unused-more", count = more)}</li> })}</ul>
        </details>
    }
}

/// What became of an import that is over.
#[component]
fn Result(detail: ImportDetail) -> impl IntoView {
    let counts = detail.import.counts;
    match detail.import.state {
        ImportState::Applied => {
            let title = tr!("import-applied", created = counts.created, changed = counts.changed);
            let left = detail.left_out;
            view! {
                <Notice kind=NoticeKind::Success title=title test="import-applied">
                    {(left > 0).then(|| view! {
                        <p>
                            {tr!("import-applied-left", count = left)} " "
                            <a href=format!("/admin/import/{}?verdict=left", detail.import.id)>{tr!("import-applied-show-left")}</a>
                        </p>
                    })}
                    <p><a href="/admin/students">{tr!("import-to-students")}</a></p>
                </Notice>
                {detail.undo.map(|plan| view! { <Undo id=detail.import.id plan=plan until=detail.undo_until/> })}
            }
            .into_any()
        }
        ImportState::Undone => view! {
            <Notice kind=NoticeKind::Info title=tr!("import-state-undone") test="import-undone">
                <p>
                    {match detail.left_out {
                        0 => tr!("import-undone-all"),
                        kept => tr!("import-undone-kept", count = kept),
                    }}
                    {(detail.left_out > 0).then(|| view! {
                        " "
                        <a href=format!("/admin/import/{}?verdict=left", detail.import.id)>{tr!("import-undone-show-kept")}</a>
                    })}
                </p>
            </Notice>
        }
        .into_any(),
        _ => view! {
            <Notice kind=NoticeKind::Info title=tr!("import-state-discarded") test="import-discarded">
                <p>{tr!("import-discarded-nothing")} " " <a href="/admin/import">{tr!("import-upload-another")}</a></p>
            </Notice>
        }
        .into_any(),
    }
}

/// The way back, and what it would do now.
#[component]
fn Undo(id: ImportId, plan: UndoPlan, until: Option<chrono::NaiveDateTime>) -> impl IntoView {
    let undo = FormAction::<UndoImport>::new();
    let until = until.map(|until| dates::moment(until, "%-d %b %Y, %H:%M")).unwrap_or_default();
    let will = tr!("import-undo-will", removed = plan.removed, restored = plan.restored);
    let more = plan.kept.saturating_sub(plan.kept_names.len() as u64);
    let kept = plan.kept_names.into_iter().map(|kept| {
        view! {
            <li>
                <a href=format!("/students/{}", kept.student.id)>{format!("{} {}", kept.student.roll_no, kept.student.name)}</a>
                ": " {kept.why}
            </li>
        }
    });
    let kept = kept.collect_view();
    let consequence = will.clone();
    view! {
        <section class="card" aria-labelledby="undo-title" data-test="import-undo-plan">
            <div class="card-head"><h2 id="undo-title">{tr!("import-undo")}</h2></div>
            <div class="stack">
                <p>{tr!("import-undo-until", until = until, will = will)}</p>
                {(plan.kept > 0).then(|| view! {
                    <details open=true>
                        <summary class="summary">{tr!("import-undo-kept", count = plan.kept)}</summary>
                        <ul class="import-names">{kept} {(more > 0).then(|| view! { <li>{tr!("import-undo-more", count = more)}</li> })}</ul>
                    </details>
                })}
                <div class="row">
                    <Confirm label=tr!("import-undo") class="button button-danger" left=true
                        question=tr!("import-undo-question") consequence=consequence test="import-undo">
                        <ServerForm action=undo>
                            <input type="hidden" name="id" value=id.to_string()/>
                            <SubmitButton label=tr!("import-undo-go") class="button button-danger-solid button-wide" test="import-undo-sure"/>
                        </ServerForm>
                    </Confirm>
                </div>
            </div>
        </section>
    }
}

/// Counts by verdict; each leads to its rows.
#[component]
fn Figures(id: ImportId, counts: ImportCounts, chosen: String) -> impl IntoView {
    let path = format!("/admin/import/{id}");
    let figures = RowVerdict::ALL.into_iter().map(|verdict| {
        let is_chosen = chosen == verdict.as_str();
        let to = if is_chosen { String::new() } else { verdict.as_str().to_owned() };
        let count = counts.of(verdict);
        let word = match verdict {
            RowVerdict::Problem => tr!("import-figure-problems", count = count),
            other => verdict_word(other),
        };
        let warns = verdict == RowVerdict::Problem && count > 0;
        view! {
            <a class=if warns { "figure figure-warn" } else { "figure" } href=address(&path, &[("verdict", to)])
                aria-current=is_chosen.then_some("true") data-test=format!("figure-{}", verdict.as_str())>
                <span class="figure-number">{count}</span>
                <span class="figure-word">{word}</span>
            </a>
        }
    });
    view! { <nav class="figures" aria-label=tr!("import-figures-label")>{figures.collect_view()}</nav> }
}
