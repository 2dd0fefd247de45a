//! Which column of a file holds what: guessed, shown, and to be changed.

use crate::app::components::field::{SelectField, SubmitButton, field_error, form_error};
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::error::AppError;
use crate::app::resource::fetch;
use crate::app::server_fns::{RehearseImport, list_departments};
use crate::app::types::{Department, ImportColumn, ImportDetail, ImportId, ImportSetup};
use crate::tr;
use leptos::prelude::*;

/// Names of the fields, as errors name them.
const FIELDS: &[&str] = &["name", "first_name", "last_name", "email", "phone", "department", "roll_no", "photo"];

fn part(column: ImportColumn) -> (&'static str, &'static str, &'static str) {
    match column {
        ImportColumn::Name => ("form[columns][name]", "name", "column-name"),
        ImportColumn::FirstName => ("form[columns][first_name]", "first_name", "column-first-name"),
        ImportColumn::LastName => ("form[columns][last_name]", "last_name", "column-last-name"),
        ImportColumn::Email => ("form[columns][email]", "email", "column-email"),
        ImportColumn::Phone => ("form[columns][phone]", "phone", "column-phone"),
        ImportColumn::Department => ("form[columns][department]", "department", "column-department"),
        ImportColumn::RollNo => ("form[columns][roll_no]", "roll_no", "column-roll-no"),
        ImportColumn::Photo => ("form[columns][photo]", "photo", "column-photo"),
    }
}

/// Words of a column.
pub fn column_words(column: ImportColumn) -> String {
    match column {
        ImportColumn::Name => tr!("domain-import-column-name"),
        ImportColumn::FirstName => tr!("domain-import-column-first-name"),
        ImportColumn::LastName => tr!("domain-import-column-last-name"),
        ImportColumn::Email => tr!("domain-import-column-email"),
        ImportColumn::Phone => tr!("domain-import-column-phone"),
        ImportColumn::Department => tr!("domain-import-column-department"),
        ImportColumn::RollNo => tr!("domain-import-column-roll-no"),
        ImportColumn::Photo => tr!("domain-import-column-photo"),
    }
}

/// The form of the columns, and what the file looks like.
#[component]
pub fn ColumnsCard(id: ImportId, setup: ImportSetup, detail: ImportDetail, again: bool) -> impl IntoView {
    let rehearse = FormAction::<RehearseImport>::new();
    let departments = fetch(|| (), |()| list_departments());
    let error = rehearse.error();
    let facts = tr!(
        "import-columns-facts",
        count = detail.total,
        encoding = setup.encoding.as_str(),
        delimiter = setup.delimiter.as_str()
    );
    let photos = (setup.photos > 0).then(|| {
        format!(" {}", tr!("import-columns-photos", count = setup.photos, name = detail.import.zip_name.as_str()))
    });
    let no_faces = (setup.photos > 0).then_some(detail.no_faces).flatten();
    let inner = setup.clone();
    let form = view! {
        <ServerForm action=rehearse>
            <div class="form">
                <ErrorNotice error=form_error(error, FIELDS)/>
                <input type="hidden" name="form[id]" value=id.to_string()/>
                {loaded_part(departments, move |departments: Vec<Department>| {
                    view! { <Choices setup=inner.clone() departments=departments error=error/> }
                })}
                <div class="form-actions">
                    <SubmitButton label=if again { tr!("import-rehearse-again") } else { tr!("import-rehearse") } test="import-rehearse"/>
                </div>
            </div>
        </ServerForm>
    };
    let title = if again { tr!("import-columns-change") } else { tr!("import-columns-check") };
    view! {
        <section class="card" aria-labelledby="columns-title" data-test="import-columns">
            <div class="card-head"><h2 id="columns-title">{title}</h2></div>
            <div class="stack">
                <p class="muted">{facts} {photos}</p>
                {no_faces.map(|reason| view! {
                    <Notice kind=NoticeKind::Warning title=tr!("import-columns-not-judged")><p>{reason}</p></Notice>
                })}
                {(!again).then(|| view! { <Sample setup=setup/> })}
                {if again {
                    view! {
                        <details>
                            <summary class="summary">{tr!("import-columns-open")}</summary>
                            {form}
                        </details>
                    }
                    .into_any()
                } else {
                    view! { {form} }.into_any()
                }}
            </div>
        </section>
    }
}

/// A choice per field, the department of rows that name none, and what a refused photo costs.
#[component]
fn Choices(setup: ImportSetup, departments: Vec<Department>, error: Signal<Option<AppError>>) -> impl IntoView {
    let mut headings = vec![("-1".to_owned(), tr!("import-columns-absent"))];
    headings.extend(setup.headings.iter().enumerate().map(|(at, heading)| {
        let words = if heading.is_empty() { tr!("import-columns-numbered", number = at + 1) } else { heading.clone() };
        (at.to_string(), words)
    }));
    let fields = ImportColumn::ALL.map(|column| {
        let (name, field, test) = part(column);
        let value = setup.columns.of(column).map_or_else(|| "-1".to_owned(), |at| at.to_string());
        view! {
            <SelectField label=column_words(column) name=name required=true options=headings.clone() value=value
                error=field_error(error, field) test=test/>
        }
    });
    let mut options = vec![("0".to_owned(), tr!("import-columns-no-department"))];
    options.extend(departments.into_iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))));
    let photos = (setup.photos > 0).then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="form[photos_must_fit]" value="true" checked=setup.photos_must_fit data-test="photos-must-fit"/>
                <span>{tr!("import-columns-photos-must-fit")}</span>
            </label>
        }
    });
    view! {
        <div class="import-choices">{fields.into_iter().collect_view()}</div>
        <SelectField label=tr!("import-columns-department") name="form[department]" required=true options=options
            value=setup.department.to_string() test="import-department"/>
        {photos}
    }
}

/// The first rows, as they stand in the file.
#[component]
fn Sample(setup: ImportSetup) -> impl IntoView {
    let head = setup.headings.iter().map(|heading| view! { <th scope="col">{heading.clone()}</th> }).collect_view();
    let width = setup.headings.len();
    let rows = setup
        .samples
        .into_iter()
        .map(|row| {
            let cells =
                (0..width).map(|at| view! { <td>{row.get(at).cloned().unwrap_or_default()}</td> }).collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="import-sample" tabindex="0" role="group" aria-label=tr!("import-columns-sample")>
            <table data-test="import-sample">
                <caption class="visually-hidden">{tr!("import-columns-sample")}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
