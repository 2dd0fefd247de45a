//! Departments: list, and one form that creates or, with `?edit=`, changes.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::dialog::Confirm;
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SubmitButton, TextArea, TextField, field_error, form_error};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::list_fields::SortField;
use crate::app::components::loaded::loaded;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::{DeleteDepartment, SaveDepartment, list_departments};
use crate::app::types::{Department, DepartmentId};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::cmp::Reverse;

/// `/admin/departments`
#[component]
pub fn DepartmentsPage() -> impl IntoView {
    let save = FormAction::<SaveDepartment>::new();
    let delete = FormAction::<DeleteDepartment>::new();
    let departments = fetch(|| (), |()| list_departments());
    let query = use_query_map().read_untracked().clone();
    let edited = query.get("edit").and_then(|id| id.parse::<DepartmentId>().ok());
    let choice =
        Choice { search: query.get("search").unwrap_or_default(), sort: sort_of(query.get("sort").as_deref()) };
    let delete_error = delete.error();
    let done = vec![("saved", tr!("departments-saved")), ("deleted", tr!("departments-deleted"))];
    view! {
        <PageFrame
            title=tr!("area-departments")
            lead=tr!("departments-lead")
            test="departments"
        >
            <AdminTabs/>
            <Done sentences=done/>
            <ErrorNotice error=delete_error/>
            {loaded(departments, move |list| {
                let chosen = edited.and_then(|id| list.iter().find(|department| department.id == id).cloned());
                let none = list.is_empty();
                let list = choice.of(list);
                view! {
                    {(!none).then(|| view! { <Filters choice=choice.clone()/> })}
                    <div class="split">
                        {if none {
                            view! { <NoDepartments/> }.into_any()
                        } else if list.is_empty() {
                            view! { <NoneFits/> }.into_any()
                        } else {
                            view! { <DepartmentList list=list delete=delete/> }.into_any()
                        }}
                        <div class="split-side"><DepartmentFormCard chosen=chosen save=save/></div>
                    </div>
                }
            })}
        </PageFrame>
    }
}

/// Which departments are shown, in which order. There are dozens: they come whole, and are chosen here.
#[derive(Clone)]
struct Choice {
    search: String,
    sort: &'static str,
}

/// Words of the address; the first is the default.
const SORTS: [&str; 4] = ["code", "name", "students", "sessions"];

fn sort_of(word: Option<&str>) -> &'static str {
    SORTS.into_iter().find(|sort| Some(*sort) == word).unwrap_or(SORTS[0])
}

impl Choice {
    /// Ascending by code and name, descending by counts; equals stay by code.
    fn of(&self, mut list: Vec<Department>) -> Vec<Department> {
        let wanted = self.search.trim().to_lowercase();
        list.retain(|row| row.name.to_lowercase().contains(&wanted) || row.code.to_lowercase().contains(&wanted));
        match self.sort {
            "name" => list.sort_by_key(|row| row.name.to_lowercase()),
            "students" => list.sort_by_key(|row| Reverse(row.students)),
            "sessions" => list.sort_by_key(|row| Reverse(row.sessions)),
            _ => {}
        }
        list
    }
}

#[component]
fn Filters(choice: Choice) -> impl IntoView {
    let words = [tr!("departments-code"), tr!("departments-name"), tr!("nav-students"), tr!("nav-sessions")];
    let options = SORTS.into_iter().zip(words).collect();
    view! {
        <form method="get" action="/admin/departments">
            <div class="filters" role="search">
                <TextField label=tr!("departments-search") name="search" bare=true value=choice.search maxlength="100" test="departments-search"/>
                <SortField value=choice.sort options=options/>
                <button type="submit" class="button" data-test="departments-filter">
                    <Icon name=IconName::Search/>
                    {tr!("word-search")}
                </button>
            </div>
        </form>
    }
}

#[component]
fn NoDepartments() -> impl IntoView {
    view! {
        <section class="card card-flush">
            <EmptyState
                icon=IconName::Building
                title=tr!("departments-none")
                why=tr!("departments-none-why")
                test="departments-empty"
            />
        </section>
    }
}

#[component]
fn NoneFits() -> impl IntoView {
    view! {
        <section class="card card-flush">
            <EmptyState
                icon=IconName::Search
                title=tr!("departments-none-fits")
                why=tr!("departments-none-fits-why")
                test="departments-none-fits"
            >
                <a class="button" href="/admin/departments">{tr!("departments-show-all")}</a>
            </EmptyState>
        </section>
    }
}

#[component]
fn DepartmentList(list: Vec<Department>, delete: FormAction<DeleteDepartment>) -> impl IntoView {
    let count = list.len();
    let rows = list.into_iter().map(|row| view! { <DepartmentLine row=row delete=delete/> }).collect_view();
    view! {
        <section class="card card-flush">
            <Table
                caption=tr!("departments-caption", count = count)
                columns=vec![
                    tr!("departments-name"),
                    tr!("departments-code"),
                    tr!("nav-students"),
                    tr!("nav-sessions"),
                    String::new(),
                ]
                test="departments-table"
            >
                {rows}
            </Table>
        </section>
    }
}

#[component]
fn DepartmentLine(row: Department, delete: FormAction<DeleteDepartment>) -> impl IntoView {
    let in_use = row.students + row.sessions > 0;
    let consequence = if in_use { tr!("departments-in-use") } else { tr!("departments-empty") };
    let code = row.code.clone();
    view! {
        <tr data-test="department-row" data-code=code>
            <th scope="row">
                <span class="cell-person-text">
                    <span>{row.name.clone()}</span>
                    {(!row.description.is_empty()).then(|| view! { <span class="muted small">{row.description}</span> })}
                </span>
            </th>
            <td data-label=tr!("departments-code")><span class="mono">{row.code}</span></td>
            <td data-label=tr!("nav-students")>
                <a href=format!("/students?department={}", row.id)>{row.students}</a>
            </td>
            <td data-label=tr!("nav-sessions")>{row.sessions}</td>
            <td class="actions">
                <div class="row">
                    <a class="button button-quiet" href=format!("/admin/departments?edit={}", row.id) data-test="department-edit">
                        {tr!("departments-edit")}
                        <span class="visually-hidden">{format!(" {}", row.name)}</span>
                    </a>
                    <Confirm
                        label=tr!("word-delete")
                        class="button button-quiet"
                        question=tr!("departments-delete-question", name = row.name.as_str())
                        consequence=consequence
                        test="department-delete"
                    >
                        <ServerForm action=delete>
                            <input type="hidden" name="id" value=row.id.to_string()/>
                            <SubmitButton
                                label=tr!("departments-delete-go")
                                class="button button-danger-solid button-wide"
                                test="department-delete-confirm"
                            />
                        </ServerForm>
                    </Confirm>
                </div>
            </td>
        </tr>
    }
}

#[component]
fn DepartmentFormCard(chosen: Option<Department>, save: FormAction<SaveDepartment>) -> impl IntoView {
    let error = save.error();
    let editing = chosen.is_some();
    let id = chosen.as_ref().map(|d| d.id.to_string());
    let title = chosen
        .as_ref()
        .map_or_else(|| tr!("departments-new"), |d| tr!("departments-edit-title", name = d.name.as_str()));
    let (name, code, description) = chosen.map(|d| (d.name, d.code, d.description)).unwrap_or_default();
    view! {
        <section class="card" aria-labelledby="department-form-title">
            <div class="card-head"><h2 id="department-form-title">{title}</h2></div>
            <ServerForm action=save>
                <div class="form">
                    <ErrorNotice error=form_error(error, &["name", "code", "description"])/>
                    {id.map(|id| view! { <input type="hidden" name="form[id]" value=id/> })}
                    <TextField label=tr!("departments-name") name="form[name]" required=true value=name maxlength="100" autocomplete="off"
                        error=field_error(error, "name") test="department-name"/>
                    <TextField label=tr!("departments-code") name="form[code]" required=true value=code maxlength="10"
                        autocomplete="off" spellcheck="false" autocapitalize="characters" pattern="[A-Za-z0-9]{1,10}"
                        pattern_words=tr!("departments-code-pattern")
                        hint=tr!("departments-code-hint")
                        error=field_error(error, "code") test="department-code"/>
                    <TextArea label=tr!("departments-description") name="form[description]" value=description maxlength="1000"
                        error=field_error(error, "description") test="department-description"/>
                    <div class="form-actions">
                        <SubmitButton
                            label=if editing { tr!("departments-save") } else { tr!("departments-make") }
                            test="department-save"
                        />
                        {editing.then(|| view! { <a class="button" href="/admin/departments">{tr!("word-cancel")}</a> })}
                    </div>
                </div>
            </ServerForm>
        </section>
    }
}
