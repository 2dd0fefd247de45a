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
    let by = format!("Uploaded by {} on {}.", import.by, import.at.format("%-d %b %Y, %H:%M"));
    let above = vec![("/admin/import".to_owned(), "Import".to_owned())];
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
    let doing = match detail.import.state {
        ImportState::Applying => "Applying",
        ImportState::Undoing => "Undoing",
        _ => "Rehearsing",
    };
    let (done, total) = (detail.done, detail.total.max(1));
    let here = format!("/admin/import/{id}");
    let rehearsing = detail.import.state == ImportState::Rehearsing;
    view! {
        {(!still).then(|| view! { <Meta http_equiv="refresh" content=AGAIN_S/> })}
        <section class="card" aria-labelledby="running-title" data-test="import-running">
            <div class="card-head">
                <h2 id="running-title">{format!("{doing}: {done} of {} rows", detail.total)}</h2>
            </div>
            <div class="stack">
                <progress class="progress" max=total.to_string() value=done.to_string() aria-labelledby="running-title"></progress>
                <p class="muted">
                    "The server works on it by itself: you may leave this page and come back. Photos take longest, because taking attendance goes first."
                </p>
                <div class="row">
                    {if still {
                        view! {
                            <a class="button" href=here.clone()>"Show how far it is"</a>
                        }
                    } else {
                        view! {
                            <a class="button button-quiet" href=format!("{here}?still=1")>"Stop renewing this page"</a>
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
        <Notice kind=NoticeKind::Error title="The work stopped" test="import-stopped">
            <p>{message}</p>
            <p>"What was done so far is kept. Try again goes on from there."</p>
            <div class="row">
                <ServerForm action=proceed>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <SubmitButton label="Try again" test="import-proceed"/>
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
            label="Discard"
            class="button button-danger"
            left=true
            question="Discard this import?"
            consequence="The uploaded files and all verdicts are deleted. Students stay as they are."
            test="import-discard"
        >
            <ServerForm action=discard>
                <input type="hidden" name="id" value=id.to_string()/>
                <SubmitButton label="Discard it" class="button button-danger-solid button-wide" test="import-discard-sure"/>
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
        (0, 0) => "No row of this file would change anything.".to_owned(),
        (new, known) => format!("Applying creates {} and changes {}.", people(new), people(known)),
    };
    let left = (counts.problems > 0).then(|| {
        let rows = if counts.problems == 1 {
            "1 row has a problem and is".to_owned()
        } else {
            format!("{} rows have problems and are", counts.problems)
        };
        format!("{rows} left out: mend them in the file below and bring it as another import.")
    });
    let may_apply = counts.created + counts.changed > 0;
    view! {
        <section class="card" aria-labelledby="decision-title" data-test="import-decision">
            <div class="card-head"><h2 id="decision-title">"Nothing is written yet"</h2></div>
            <div class="stack">
                <p>{sentence}</p>
                {left.map(|left| view! { <p>{left}</p> })}
                {has_photos.then(|| view! {
                    <p class="muted">
                        {if detail.strict_consent {
                            "Photos are stored only of students whose consent is recorded already."
                        } else {
                            "By applying you attest that these students, or their guardians, agreed to their photos being stored. A withdrawn consent is never overruled."
                        }}
                    </p>
                })}
                {(unused > 0).then(|| view! { <Unused unused=unused names=detail.setup.unused_names.clone()/> })}
                <div class="row">
                    {may_apply.then(|| view! {
                        <ServerForm action=apply>
                            <input type="hidden" name="id" value=id.to_string()/>
                            <SubmitButton label="Apply the import" test="import-apply"/>
                        </ServerForm>
                    })}
                    {(counts.problems > 0).then(|| view! {
                        <a class="button" href=format!("/admin/import/{id}/problems.csv") rel="external"
                            download=format!("import-{id}-problems.csv") data-test="import-problems">"Download the problems"</a>
                    })}
                    <Discard id=id/>
                </div>
            </div>
        </section>
    }
}

fn people(count: u64) -> String {
    if count == 1 { "1 student".to_owned() } else { format!("{count} students") }
}

#[component]
fn Unused(unused: u64, names: Vec<String>) -> impl IntoView {
    let more = unused.saturating_sub(names.len() as u64);
    let items = names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    let title =
        if unused == 1 { "1 photo belongs to no row".to_owned() } else { format!("{unused} photos belong to no row") };
    view! {
        <details data-test="import-unused">
            <summary class="summary">{title}</summary>
            <ul class="import-names">{items} {(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}</ul>
        </details>
    }
}

/// What became of an import that is over.
#[component]
fn Result(detail: ImportDetail) -> impl IntoView {
    let counts = detail.import.counts;
    match detail.import.state {
        ImportState::Applied => {
            let title = format!("Applied: {} new, {} changed", counts.created, counts.changed);
            let left = detail.left_out;
            view! {
                <Notice kind=NoticeKind::Success title=title test="import-applied">
                    {(left > 0).then(|| view! {
                        <p>
                            {format!("Of these, {} left out because students had changed since the rehearsal. ", if left == 1 { "1 row was".to_owned() } else { format!("{left} rows were") })}
                            <a href=format!("/admin/import/{}?verdict=left", detail.import.id)>"Show them"</a>
                        </p>
                    })}
                    <p><a href="/admin/students">"Go to the students"</a></p>
                </Notice>
                {detail.undo.map(|plan| view! { <Undo id=detail.import.id plan=plan until=detail.undo_until/> })}
            }
            .into_any()
        }
        ImportState::Undone => view! {
            <Notice kind=NoticeKind::Info title="Undone" test="import-undone">
                <p>
                    {match detail.left_out {
                        0 => "Everything that this import wrote is taken back.".to_owned(),
                        1 => "1 student was kept, in whole or in part; the row below says why. ".to_owned(),
                        many => format!("{many} students were kept, in whole or in part; the rows below say why. "),
                    }}
                    {(detail.left_out > 0).then(|| view! {
                        <a href=format!("/admin/import/{}?verdict=left", detail.import.id)>"Show only these"</a>
                    })}
                </p>
            </Notice>
        }
        .into_any(),
        _ => view! {
            <Notice kind=NoticeKind::Info title="Discarded" test="import-discarded">
                <p>"Nothing was written to students. " <a href="/admin/import">"Upload another file"</a></p>
            </Notice>
        }
        .into_any(),
    }
}

/// The way back, and what it would do now.
#[component]
fn Undo(id: ImportId, plan: UndoPlan, until: Option<chrono::NaiveDateTime>) -> impl IntoView {
    let undo = FormAction::<UndoImport>::new();
    let until = until.map(|until| until.format("%-d %b %Y, %H:%M").to_string()).unwrap_or_default();
    let will = format!(
        "{} removed with their photos, {} changed back.",
        match plan.removed {
            1 => "1 student is".to_owned(),
            many => format!("{many} students are"),
        },
        match plan.restored {
            1 => "1 is".to_owned(),
            many => format!("{many} are"),
        }
    );
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
            <div class="card-head"><h2 id="undo-title">"Undo this import"</h2></div>
            <div class="stack">
                <p>{format!("Until {until} it can be taken back. Undoing now: {will}")}</p>
                {(plan.kept > 0).then(|| view! {
                    <details open=true>
                        <summary class="summary">{format!("{} kept, in whole or in part", people(plan.kept))}</summary>
                        <ul class="import-names">{kept} {(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}</ul>
                    </details>
                })}
                <div class="row">
                    <Confirm label="Undo this import" class="button button-danger" left=true
                        question="Undo this import?" consequence=consequence test="import-undo">
                        <ServerForm action=undo>
                            <input type="hidden" name="id" value=id.to_string()/>
                            <SubmitButton label="Undo it" class="button button-danger-solid button-wide" test="import-undo-sure"/>
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
            RowVerdict::Problem => {
                if count == 1 {
                    "Problem"
                } else {
                    "Problems"
                }
            }
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
    view! { <nav class="figures" aria-label="Rows by verdict">{figures.collect_view()}</nav> }
}
