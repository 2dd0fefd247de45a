//! Students by their attendance, the lowest first; with a limit, those below it.

use super::frame::{Filters, STUDENTS, Trouble, filter_here, lead};
use super::tables::{COLUMNS, number_cells};
use crate::app::components::empty_state::EmptyState;
use crate::app::components::export_links::ExportLinks;
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::{Pagination, address};
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::list_report_students;
use crate::app::types::{ReportFilter, ReportList, ReportPart, StudentRef};
use leptos::prelude::*;

type Students = ReportList<ReportPart<StudentRef>>;

/// `/reports/students`
#[component]
pub fn ReportStudentsPage() -> impl IntoView {
    let filter = filter_here();
    let asked = filter.clone();
    let data = fetch(move || asked.clone(), list_report_students);
    loaded(data, move |list| view! { <Screen list=list filter=filter.clone()/> })
}

#[component]
fn Screen(list: Students, filter: ReportFilter) -> impl IntoView {
    let ReportList { frame, page } = list;
    let title = match filter.below {
        Some(below) => format!("Students below {below} %"),
        None => "Attendance by student".to_owned(),
    };
    let body = if !frame.trouble.is_empty() {
        ().into_any()
    } else if page.results.is_empty() {
        nobody(&filter, page.count > 0).into_any()
    } else {
        let rows = page.results.into_iter().map(|part| view! { <Row part=part/> }).collect_view();
        let columns = std::iter::once("Student").chain(COLUMNS).collect();
        view! {
            <section class="card card-flush numbers-table">
                <Table caption=format!("Students, the lowest first: {}", page.count) columns=columns test="report-students">
                    {rows}
                </Table>
                <Pagination count=page.count page=page.page page_size=page.page_size path=STUDENTS query=filter.pairs()/>
            </section>
            <section class="card stack no-print" aria-label="Files">
                <ExportLinks label="All students of this filter" path="/exports/students" query=filter.pairs() test="export-students"/>
            </section>
        }
        .into_any()
    };
    view! {
        <PageFrame title=title lead=lead(&frame, &filter) above=vec![("/reports".to_owned(), "Reports".to_owned())] test="report-by-student">
            <Filters path=STUDENTS filter=filter.clone() frame=frame.clone()/>
            <Trouble path=STUDENTS filter=filter frame=frame/>
            {body}
        </PageFrame>
    }
}

#[component]
fn Row(part: ReportPart<StudentRef>) -> impl IntoView {
    let cells = number_cells(&part);
    let StudentRef { id, roll_no, name } = part.key;
    view! {
        <tr data-test="student-line">
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=format!("/students/{id}") data-test="student-link">{name}</a>
                    <span class="muted small">{roll_no}</span>
                </span>
            </th>
            {cells}
        </tr>
    }
}

/// Nobody to list: why, and what may help.
fn nobody(filter: &ReportFilter, past_the_end: bool) -> impl IntoView + use<> {
    let everybody = address(STUDENTS, &ReportFilter { below: None, ..filter.clone() }.pairs());
    let first = address(STUDENTS, &filter.pairs());
    let (title, why, href, words) = match filter.below {
        _ if past_the_end => {
            ("Nothing on this page", "The list is shorter by now.".to_owned(), first, "Go to its first page")
        }
        Some(below) => (
            "Nobody is below the limit",
            format!(
                "Every student with records in this period has attended at least {below} %, or nothing counts yet."
            ),
            everybody,
            "Show all students",
        ),
        None => (
            "No records in this period",
            "Students are listed here once a register that they stand on has been saved.".to_owned(),
            STUDENTS.to_owned(),
            "Clear the filters",
        ),
    };
    view! {
        <section class="card card-flush">
            <EmptyState icon=IconName::People title=title why=why test="report-nobody">
                <a class="button" href=href>{words}</a>
            </EmptyState>
        </section>
    }
}
