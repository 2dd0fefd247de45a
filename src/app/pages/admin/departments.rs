//! Departments: list, and one form that creates or, with `?edit=`, changes.

use crate::app::components::admin_tabs::AdminTabs;
use crate::app::components::dialog::Confirm;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SubmitButton, TextArea, TextField, field_error, form_error};
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{ErrorNotice, NoticeKind, use_toasts};
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::table::Table;
use crate::app::components::when::changing;
use crate::app::resource::fetch;
use crate::app::server_fns::{DeleteDepartment, SaveDepartment, list_departments};
use crate::app::types::{Department, DepartmentId};
use crate::tr;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// `/admin/departments`
#[component]
pub fn DepartmentsPage() -> impl IntoView {
    let save = FormAction::<SaveDepartment>::new();
    let delete = FormAction::<DeleteDepartment>::new();
    let (saved, deleted) = (save.successes(), delete.successes());
    let departments = fetch(move || (saved.get(), deleted.get()), |_| list_departments());
    let query = use_query_map();
    let edited = Memo::new(move |_| query.read().get("edit").and_then(|id| id.parse::<DepartmentId>().ok()));
    let delete_error = delete.error();
    say_what_was_done(save, delete);
    view! {
        <PageFrame
            title=tr!("area-departments")
            lead=tr!("departments-lead")
            test="departments"
        >
            <AdminTabs/>
            <ErrorNotice error=delete_error/>
            {loaded_part(departments, move |list| {
                view! {
                    <div class="split">
                        <DepartmentList list=list.clone() delete=delete/>
                        <div class="split-side">
                            {changing(move || {
                                let chosen = edited.get().and_then(|id| list.iter().find(|d| d.id == id).cloned());
                                view! { <DepartmentFormCard chosen=chosen save=save/> }
                            })}
                        </div>
                    </div>
                }
            })}
        </PageFrame>
    }
}

fn say_what_was_done(save: FormAction<SaveDepartment>, delete: FormAction<DeleteDepartment>) {
    let toasts = use_toasts();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(department)) = save.value().get() {
            toasts.say(NoticeKind::Success, tr!("departments-saved", name = department.name));
            navigate("/admin/departments", NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    });
    Effect::new(move |_| {
        if delete.value().read().as_ref().is_some_and(Result::is_ok) {
            toasts.say(NoticeKind::Success, tr!("departments-deleted"));
        }
    });
}

#[component]
fn DepartmentList(list: Vec<Department>, delete: FormAction<DeleteDepartment>) -> impl IntoView {
    if list.is_empty() {
        return view! {
            <section class="card card-flush">
                <EmptyState
                    icon=IconName::Building
                    title=tr!("departments-none")
                    why=tr!("departments-none-why")
                    test="departments-empty"
                />
            </section>
        }
        .into_any();
    }
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
    .into_any()
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
                <a href=format!("/students?department={}", row.id) rel="external">{row.students}</a>
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
                                pending=delete.pending()
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
                            pending=save.pending()
                            test="department-save"
                        />
                        {editing.then(|| view! { <a class="button" href="/admin/departments">{tr!("word-cancel")}</a> })}
                    </div>
                </div>
            </ServerForm>
        </section>
    }
}
