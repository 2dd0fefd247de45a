//! The list of students, for staff; filters and page stand in the URL.

use crate::app::components::avatar::Avatar;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, TextField};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::list_fields::{PageSizeField, SortField};
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::status_chip::{ActiveChip, FaceChip};
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::{list_departments, list_students};
use crate::app::types::{CurrentUser, Department, Page, Role, StudentFilter, StudentOrdering, StudentRow};
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::params::ParamsMap;

fn sort_of(query: &ParamsMap) -> StudentOrdering {
    let asked = query.get("sort").unwrap_or_default();
    StudentOrdering::ALL.into_iter().find(|sort| sort.as_str() == asked).unwrap_or_default()
}

/// The list's filter as it stands in the URL; what cannot be read is no filter.
fn filter_of(query: &ParamsMap) -> StudentFilter {
    let parsed = |name: &str| query.get(name).and_then(|text| text.parse().ok());
    StudentFilter {
        search: query.get("search").unwrap_or_default(),
        department: query.get("department").and_then(|text| text.parse().ok()),
        is_active: query.get("active").and_then(|text| text.parse().ok()),
        has_face: query.get("face").and_then(|text| text.parse().ok()),
        ordering: sort_of(query),
        page: parsed("page").unwrap_or_default(),
        page_size: parsed("page_size").unwrap_or_default(),
    }
}

/// The filter's pairs for links to other pages of the list.
fn pairs_of(filter: &StudentFilter) -> Vec<(&'static str, String)> {
    let mut pairs = vec![
        ("search", filter.search.clone()),
        ("department", filter.department.map(|id| id.to_string()).unwrap_or_default()),
        ("active", filter.is_active.map(|active| active.to_string()).unwrap_or_default()),
        ("face", filter.has_face.map(|known| known.to_string()).unwrap_or_default()),
    ];
    if filter.ordering != StudentOrdering::default() {
        pairs.push(("sort", filter.ordering.as_str().to_owned()));
    }
    if filter.page_size > 0 {
        pairs.push(("page_size", filter.page_size.to_string()));
    }
    pairs
}

/// `/students` and `/admin/students`
#[component]
pub fn StudentsPage() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let is_admin = use_context::<CurrentUser>().is_some_and(|user| user.role == Role::Admin);
    let query = use_query_map();
    let filter = filter_of(&query.read_untracked());
    let asked = filter.clone();
    let departments = fetch(|| (), |()| list_departments());
    let students = fetch(move || asked.clone(), list_students);
    let actions = move || is_admin.then(|| view! { <NewStudentLink/> });
    let (filters_path, filters) = (path.clone(), filter.clone());
    view! {
        <PageFrame
            title=tr!("students-title")
            lead=tr!("students-lead")
            actions=actions
            test="students"
        >
            {loaded(departments, move |departments| {
                view! { <Filters path=filters_path.clone() filter=filters.clone() departments=departments/> }
            })}
            {loaded(students, move |page| {
                view! { <StudentList page=page filter=filter.clone() path=path.clone() is_admin=is_admin/> }
            })}
        </PageFrame>
    }
}

#[component]
fn NewStudentLink() -> impl IntoView {
    view! {
        <a class="button button-primary" href="/admin/students/new" data-test="new-student">
            <Icon name=IconName::Plus/>
            {tr!("students-new")}
        </a>
    }
}

#[component]
fn Filters(path: String, filter: StudentFilter, departments: Vec<Department>) -> impl IntoView {
    let mut options = vec![(String::new(), tr!("students-all-departments"))];
    options.extend(departments.into_iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))));
    let states = vec![
        (String::new(), tr!("students-any-state")),
        ("true".to_owned(), tr!("students-active-only")),
        ("false".to_owned(), tr!("students-inactive-only")),
    ];
    let faces = vec![
        (String::new(), tr!("students-any-face")),
        ("false".to_owned(), tr!("students-without-face")),
        ("true".to_owned(), tr!("students-with-face")),
    ];
    view! {
        <form method="get" action=path>
            <div class="filters" role="search">
                <TextField
                    label=tr!("word-search")
                    name="search"
                    kind="search"
                    bare=true
                    value=filter.search
                    maxlength="100"
                    test="students-search"
                />
                <SelectField
                    label=tr!("student-department")
                    name="department"
                    submits=true
                    value=filter.department.map(|id| id.to_string()).unwrap_or_default()
                    options=options
                    test="students-department"
                />
                <SelectField
                    label=tr!("student-state")
                    name="active"
                    submits=true
                    value=filter.is_active.map(|active| active.to_string()).unwrap_or_default()
                    options=states
                    test="students-active"
                />
                <SelectField
                    label=tr!("students-face")
                    name="face"
                    submits=true
                    value=filter.has_face.map(|known| known.to_string()).unwrap_or_default()
                    options=faces
                    test="students-face"
                />
                <SortField value=filter.ordering.as_str() options=StudentOrdering::ALL.map(|sort| (sort.as_str(), sort_word(sort))).to_vec()/>
                <PageSizeField page_size=filter.page_size/>
                <button type="submit" class="button" data-test="students-filter">
                    <Icon name=IconName::Search/>
                    {tr!("word-search")}
                </button>
            </div>
        </form>
    }
}

fn sort_word(sort: StudentOrdering) -> String {
    match sort {
        StudentOrdering::RollNo => tr!("student-roll-number"),
        StudentOrdering::Name => tr!("students-sort-name"),
        StudentOrdering::Newest => tr!("students-sort-newest"),
    }
}

#[component]
fn StudentList(page: Page<StudentRow>, filter: StudentFilter, path: String, is_admin: bool) -> impl IntoView {
    let filtered = filter.department.is_some()
        || filter.is_active.is_some()
        || filter.has_face.is_some()
        || !filter.search.is_empty();
    if page.results.is_empty() {
        return view! { <section class="card card-flush"><NoStudents filtered=filtered path=path is_admin=is_admin/></section> }
            .into_any();
    }
    let rows = page.results.into_iter().map(|student| view! { <StudentLine student=student/> }).collect_view();
    view! {
        <section class="card card-flush">
            <Table
                caption=tr!("students-caption", count = page.count)
                columns=vec![
                    tr!("students-student"),
                    tr!("student-roll-number"),
                    tr!("student-department"),
                    tr!("students-face"),
                    tr!("student-state"),
                ]
                dense=true
                test="students-table"
            >
                {rows}
            </Table>
            <Pagination count=page.count page=page.page page_size=page.page_size path=path query=pairs_of(&filter)/>
        </section>
    }
    .into_any()
}

#[component]
fn NoStudents(filtered: bool, path: String, is_admin: bool) -> impl IntoView {
    if filtered {
        return view! {
            <EmptyState
                icon=IconName::Search
                title=tr!("students-none-match")
                why=tr!("students-none-match-why")
                test="students-none-match"
            >
                <a class="button" href=path data-test="students-clear">{tr!("students-show-all")}</a>
            </EmptyState>
        }
        .into_any();
    }
    let why = if is_admin { tr!("students-empty-add") } else { tr!("students-empty-wait") };
    view! {
        <EmptyState icon=IconName::People title=tr!("students-empty") why=why test="students-empty">
            {is_admin.then(|| view! { <NewStudentLink/> })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn StudentLine(student: StudentRow) -> impl IntoView {
    let href = format!("/students/{}", student.id);
    let roll_no = student.roll_no.clone();
    view! {
        <tr class:is-off=!student.is_active data-test="student-row" data-roll-no=roll_no>
            <th scope="row">
                <span class="cell-person">
                    <Avatar name=student.name.clone() photo=student.photo/>
                    <span class="cell-person-text">
                        <a class="cell-link" href=href data-test="student-link">{student.name}</a>
                        <span class="muted small">{student.email}</span>
                    </span>
                </span>
            </th>
            <td data-label=tr!("student-roll-number")><span class="nowrap">{student.roll_no}</span></td>
            <td data-label=tr!("student-department")><span title=student.department.name>{student.department.code}</span></td>
            <td data-label=tr!("students-face")><FaceChip templates=student.templates/></td>
            <td class="cell-state" data-label=tr!("student-state")><ActiveChip active=student.is_active/></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::types::DepartmentId;

    #[test]
    fn filter_survives_the_url() {
        let mut query = ParamsMap::new();
        for (name, value) in [
            ("search", "ann"),
            ("department", "3"),
            ("active", "true"),
            ("face", "false"),
            ("sort", "name"),
            ("page", "x"),
        ] {
            query.insert(name, value.to_owned());
        }
        let filter = filter_of(&query);
        assert_eq!(filter.department, Some(DepartmentId(3)));
        assert_eq!((filter.is_active, filter.has_face, filter.page), (Some(true), Some(false), 0));
        let pairs = pairs_of(&filter);
        assert_eq!((&pairs[0], &pairs[3]), (&("search", "ann".to_owned()), &("face", "false".to_owned())));
        assert_eq!(pairs[4], ("sort", "name".to_owned()));
    }
}
