//! Bringing students in from a file: the upload, what the file has to look like, and past imports.

use super::import_columns::column_words;
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
use crate::app::types::{ImportColumn, ImportRow, Page};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// Column, what it holds, an example.
fn columns() -> [(ImportColumn, String, &'static str); 6] {
    [
        (ImportColumn::Name, tr!("imports-help-name"), "Ada Example"),
        (ImportColumn::Email, tr!("imports-help-email"), "ada@example.edu"),
        (ImportColumn::Phone, tr!("imports-help-phone"), "+44 20 7946 0123"),
        (ImportColumn::Department, tr!("imports-help-department"), "CS"),
        (ImportColumn::RollNo, tr!("imports-help-roll-no"), "2019/0042"),
        (ImportColumn::Photo, tr!("imports-help-photo"), "ada.jpg"),
    ]
}

/// `/admin/import`
#[component]
pub fn ImportsPage() -> impl IntoView {
    let page = use_query_map().read_untracked().get("page").and_then(|text| text.parse().ok()).unwrap_or(1_u64);
    let imports = fetch(move || page, list_imports);
    view! {
        <PageFrame
            title=tr!("area-import")
            lead=tr!("imports-lead")
            test="imports"
        >
            <AdminTabs/>
            <Done sentences=vec![("discarded", tr!("imports-discarded"))]/>
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
            <div class="card-head"><h2 id="upload-title">{tr!("imports-upload-title")}</h2></div>
            <form action=UploadImport::url() method="post" enctype="multipart/form-data">
                <div class="form">
                    <ErrorNotice error=form_error(error, &["csv", "zip"])/>
                    <FileField
                        label=tr!("imports-csv")
                        name="csv"
                        accept=".csv,.txt,.tsv,text/csv"
                        required=true
                        hint=tr!("imports-csv-hint")
                        error=error
                    />
                    <FileField
                        label=tr!("imports-zip")
                        name="zip"
                        accept=".zip,application/zip"
                        required=false
                        hint=tr!("imports-zip-hint")
                        error=error
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button-primary" data-test="import-upload">{tr!("imports-upload")}</button>
                    </div>
                </div>
            </form>
        </section>
    }
}

#[component]
fn FileField(
    label: String,
    name: &'static str,
    accept: &'static str,
    required: bool,
    hint: String,
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
                {(!required).then(|| view! { <span class="field-optional">{format!(" {}", tr!("word-optional"))}</span> })}
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
    let columns = columns()
        .into_iter()
        .map(|(column, what, example)| {
            view! {
                <div>
                    <dt>{column_words(column)}</dt>
                    <dd>{what} " " <span class="muted">{tr!("imports-example")} " " <code>{example}</code></span></dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="help-title">
            <div class="card-head"><h2 id="help-title">{tr!("imports-help-title")}</h2></div>
            <div class="stack">
                <a class="button" href="/admin/import/template.csv" rel="external" download="students-template.csv" data-test="import-template">
                    {tr!("imports-template")}
                </a>
                <details data-test="import-help">
                    <summary class="summary">{tr!("imports-help")}</summary>
                    <dl class="import-columns">{columns}</dl>
                </details>
                <p class="muted small">{tr!("imports-help-rule")}</p>
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
                    title=tr!("imports-none")
                    why=tr!("imports-none-why")
                    test="no-imports"
                >
                    <a class="button" href="/admin/import/template.csv" rel="external">{tr!("imports-template")}</a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let (count, page, size) = (imports.count, imports.page, imports.page_size);
    let columns =
        vec![tr!("imports-file"), tr!("imports-when"), tr!("imports-by"), tr!("imports-rows"), tr!("imports-state")];
    let rows = imports.results.into_iter().map(|row| view! { <ImportLink row=row/> }).collect_view();
    view! {
        <section class="card card-flush">
            <Table
                caption=tr!("imports-caption", count = count)
                columns=columns
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
        tr!("imports-not-rehearsed")
    } else {
        tr!(
            "imports-counts",
            created = counts.created,
            changed = counts.changed,
            unchanged = counts.unchanged,
            problems = counts.problems
        )
    };
    let photos = (!row.zip_name.is_empty()).then(|| tr!("imports-with-zip", name = row.zip_name.as_str()));
    view! {
        <tr data-test="import-row" data-state=row.state.as_str()>
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=format!("/admin/import/{}", row.id)>{row.csv_name}</a>
                    {photos.map(|photos| view! { <span class="muted small">{photos}</span> })}
                </span>
            </th>
            <td data-label=tr!("imports-when")><span class="nowrap">{dates::moment(row.at, "%-d %b %Y, %H:%M")}</span></td>
            <td data-label=tr!("imports-by")>{row.by}</td>
            <td data-label=tr!("imports-rows")>{words}</td>
            <td data-label=tr!("imports-state")><ImportChip state=row.state is_stopped=row.is_stopped/></td>
        </tr>
    }
}
