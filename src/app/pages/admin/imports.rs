//! Bringing students in from a file: the upload, what the file has to look like, and past imports.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{field_error, form_error};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::import_chip::ImportChip;
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::server_form::url_error;
use crate::app::components::table::Table;
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{UploadImport, list_imports};
use crate::app::types::{ImportRow, Page};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

const DONE: &[(&str, &str)] = &[("discarded", "The import is discarded. Nothing was written to students.")];

/// Column, what it holds, an example.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("Name", "Needed for new students. First and last name may stand in two columns.", "Ada Example"),
    ("Email", "Needed for new students; no two students share one.", "ada@example.edu"),
    ("Phone", "10 to 15 digits; may be left out.", "+44 20 7946 0123"),
    ("Department", "Code or name. Without the column, choose one department for the whole file.", "CS"),
    ("Roll number", "Only where students have one already; others get the next one of their department.", "2019/0042"),
    (
        "Photo",
        "Names of files in the ZIP, several separated by a semicolon. Without it, a file called like the roll number or the email is taken.",
        "ada.jpg",
    ),
];

/// `/admin/import`
#[component]
pub fn ImportsPage() -> impl IntoView {
    let page = use_query_map().read_untracked().get("page").and_then(|text| text.parse().ok()).unwrap_or(1_u64);
    let imports = fetch(move || page, list_imports);
    view! {
        <PageFrame
            title="Import"
            lead="Bring students in from a spreadsheet. You see what each row would do before anything is written, and an applied import can be undone for 24 hours."
            test="imports"
        >
            <AdminTabs/>
            <Done sentences=DONE/>
            <div class="split">
                <UploadCard/>
                <div class="split-side"><HelpCard/></div>
            </div>
            {loaded_part(imports, |imports| view! { <Imports imports=imports/> })}
        </PageFrame>
    }
}

#[component]
fn UploadCard() -> impl IntoView {
    let error = Signal::stored(url_error::<UploadImport>());
    view! {
        <section class="card" aria-labelledby="upload-title">
            <div class="card-head"><h2 id="upload-title">"Upload a file"</h2></div>
            <form action=UploadImport::url() method="post" enctype="multipart/form-data">
                <div class="form">
                    <ErrorNotice error=form_error(error, &["csv", "zip"])/>
                    <FileField
                        label="CSV file"
                        name="csv"
                        accept=".csv,.txt,.tsv,text/csv"
                        required=true
                        hint="Up to 10,000 rows and 10 MB, with headings in the first row. Commas, semicolons and tabs are all fine."
                        error=error
                    />
                    <FileField
                        label="ZIP with photos"
                        name="zip"
                        accept=".zip,application/zip"
                        required=false
                        hint="JPEG and PNG, one person on each photo, at most 5 MB a photo and 1 GB in all."
                        error=error
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button-primary" data-test="import-upload">"Upload and check"</button>
                    </div>
                </div>
            </form>
        </section>
    }
}

#[component]
fn FileField(
    label: &'static str,
    name: &'static str,
    accept: &'static str,
    required: bool,
    hint: &'static str,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let fault = field_error(error, name).get_untracked();
    let described = match fault {
        Some(_) => format!("{name}-error {name}-hint"),
        None => format!("{name}-hint"),
    };
    let invalid = fault.is_some().then_some("true");
    view! {
        <div class="field">
            <label class="field-label" for=format!("{name}-file")>
                {label}
                {(!required).then(|| view! { <span class="field-optional">" (optional)"</span> })}
            </label>
            <input
                class="control"
                type="file"
                id=format!("{name}-file")
                name=name
                accept=accept
                required=required
                aria-describedby=described
                aria-invalid=invalid
                data-test=format!("import-{name}")
            />
            <p class="field-hint" id=format!("{name}-hint")>{hint}</p>
            {fault.map(|fault| {
                view! {
                    <p class="field-error" id=format!("{name}-error") role="alert" data-test="field-error">
                        <Icon name=IconName::Warning class="icon-small"/>
                        <span>{fault}</span>
                    </p>
                }
            })}
        </div>
    }
}

#[component]
fn HelpCard() -> impl IntoView {
    let columns = COLUMNS
        .iter()
        .map(|(word, what, example)| {
            view! {
                <div>
                    <dt>{*word}</dt>
                    <dd>{*what} " " <span class="muted">"Example: " <code>{*example}</code></span></dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="help-title">
            <div class="card-head"><h2 id="help-title">"What the file holds"</h2></div>
            <div class="stack">
                <a class="button" href="/admin/import/template.csv" rel="external" download="students-template.csv" data-test="import-template">
                    "Download a template"
                </a>
                <details data-test="import-help">
                    <summary class="summary">"Columns and examples"</summary>
                    <dl class="import-columns">{columns}</dl>
                </details>
                <p class="muted small">
                    "A student who is there already is found by roll number or email and gets what is new; an empty cell leaves what is there. Nobody is ever removed by an import."
                </p>
            </div>
        </section>
    }
}

#[component]
fn Imports(imports: Page<ImportRow>) -> impl IntoView {
    if imports.count == 0 {
        return view! {
            <section class="card">
                <EmptyState
                    icon=IconName::List
                    title="No imports yet"
                    why="Files that you upload appear here, with what became of them. Start with the template if you have no list yet."
                    test="no-imports"
                >
                    <a class="button" href="/admin/import/template.csv" rel="external">"Download a template"</a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let (count, page, size) = (imports.count, imports.page, imports.page_size);
    let rows = imports.results.into_iter().map(|row| view! { <ImportLink row=row/> }).collect_view();
    view! {
        <section class="card card-flush">
            <Table
                caption=format!("Imports, the newest first: {count}")
                columns=vec!["File", "When", "By", "Rows", "State"]
                test="imports-table"
            >
                {rows}
            </Table>
            <Pagination count=count page=page page_size=size path="/admin/import" query=Vec::new()/>
        </section>
    }
    .into_any()
}

#[component]
fn ImportLink(row: ImportRow) -> impl IntoView {
    let counts = row.counts;
    let words = if counts.total() == 0 {
        "Not rehearsed".to_owned()
    } else {
        format!(
            "{} new, {} changed, {} unchanged, {} with problems",
            counts.created, counts.changed, counts.unchanged, counts.problems
        )
    };
    let photos = (!row.zip_name.is_empty()).then(|| format!("with {}", row.zip_name));
    view! {
        <tr data-test="import-row" data-state=row.state.as_str()>
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=format!("/admin/import/{}", row.id)>{row.csv_name}</a>
                    {photos.map(|photos| view! { <span class="muted small">{photos}</span> })}
                </span>
            </th>
            <td data-label="When"><span class="nowrap">{row.at.format("%-d %b %Y, %H:%M").to_string()}</span></td>
            <td data-label="By">{row.by}</td>
            <td data-label="Rows">{words}</td>
            <td data-label="State"><ImportChip state=row.state is_stopped=row.is_stopped/></td>
        </tr>
    }
}
