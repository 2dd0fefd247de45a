//! Students by their attendance, the lowest first; with a limit, those below it.

use super::frame::{Filters, STUDENTS, Trouble, filter_here, lead};
use super::tables::{columns, number_cells};
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
use crate::tr;
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
        Some(below) => tr!("reports-students-below", limit = below),
        None => tr!("reports-by-student"),
    };
    let body = if !frame.trouble.is_empty() {
        ().into_any()
    } else if page.results.is_empty() {
        nobody(&filter, page.count > 0).into_any()
    } else {
        let rows = page.results.into_iter().map(|part| view! { <Row part=part/> }).collect_view();
        let columns = std::iter::once(tr!("reports-student")).chain(columns()).collect();
        view! {
            <section class="card card-flush numbers-table">
                <Table caption=tr!("reports-by-student-caption", count = page.count) columns=columns test="report-students">
                    {rows}
                </Table>
                <Pagination count=page.count page=page.page page_size=page.page_size path=STUDENTS query=filter.pairs()/>
            </section>
            <section class="card stack no-print" aria-label=tr!("reports-files")>
                <ExportLinks label=tr!("reports-file-students") path="/exports/students" query=filter.pairs() test="export-students"/>
            </section>
        }
        .into_any()
    };
    view! {
        <PageFrame title=title lead=lead(&frame, &filter) above=vec![("/reports".to_owned(), tr!("nav-reports"))] test="report-by-student">
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
            (tr!("reports-past-end"), tr!("reports-past-end-why"), first, tr!("reports-past-end-first"))
        }
        Some(below) => (
            tr!("reports-nobody-below"),
            tr!("reports-nobody-below-why", limit = below),
            everybody,
            tr!("reports-all-students"),
        ),
        None => (tr!("reports-no-records"), tr!("reports-no-records-why"), STUDENTS.to_owned(), tr!("reports-clear")),
    };
    view! {
        <section class="card card-flush">
            <EmptyState icon=IconName::People title=title why=why test="report-nobody">
                <a class="button" href=href>{words}</a>
            </EmptyState>
        </section>
    }
}
