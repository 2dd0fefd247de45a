//! Reports: how attendance goes over a period, by subject and by department; every chart with its numbers below it.

pub mod frame;
pub mod students;
pub mod tables;
pub mod without_register;

use crate::app::components::charts::{Bar, Bars, LineChart, LinePoint};
use crate::app::components::counters::CountersBar;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::export_links::ExportLinks;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::address;
use crate::app::resource::fetch;
use crate::app::server_fns::get_report;
use crate::app::types::{
    Counters, DepartmentRef, MySummary, Report, ReportFigures, ReportFilter, ReportFrame, ReportPart, TrendStep,
};
use chrono::NaiveDate;
use frame::{Filters, STUDENTS, Trouble, UNSAVED, filter_here, lead, with};
use leptos::prelude::*;
use tables::CountsTable;

/// Where the report's first page is.
const PATH: &str = "/reports";
/// Bars of one chart; the table below has all.
const BARS_MAX: usize = 15;

/// `/reports`
#[component]
pub fn ReportsPage() -> impl IntoView {
    let filter = filter_here();
    let data = fetch(
        {
            let filter = filter.clone();
            move || filter.clone()
        },
        get_report,
    );
    loaded(data, move |report| view! { <Screen report=report filter=filter.clone()/> })
}

#[component]
fn Screen(report: Report, filter: ReportFilter) -> impl IntoView {
    let Report { frame, figures } = report;
    let inside = match figures {
        Some(figures) if figures.overall.records.sessions == 0 => {
            view! { <Nothing filter=filter.clone() figures=figures frame=frame.clone()/> }.into_any()
        }
        Some(figures) => view! { <Figures figures=figures filter=filter.clone() frame=frame.clone()/> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <PageFrame title="Reports" lead=lead(&frame, &filter) test="reports">
            <Filters path=PATH filter=filter.clone() frame=frame.clone()/>
            <Trouble path=PATH filter=filter frame=frame/>
            {inside}
        </PageFrame>
    }
}

/// Nothing was counted: why, and what may help.
#[component]
fn Nothing(filter: ReportFilter, figures: ReportFigures, frame: ReportFrame) -> impl IntoView {
    let longer = frame::days_back(&frame, &filter, 365);
    view! {
        <WithoutRegister count=figures.without_register filter=filter/>
        <section class="card card-flush">
            <EmptyState
                icon=IconName::Chart
                title="No saved registers in this period"
                why="Reports count the sessions whose register a person has saved. None fits this period and these filters."
                test="report-empty"
            >
                <a class="button" href=longer data-test="report-longer">"Look at the last 365 days"</a>
                <a class="button" href=PATH data-test="report-clear">"Clear the filters"</a>
            </EmptyState>
        </section>
    }
}

#[component]
fn Figures(figures: ReportFigures, filter: ReportFilter, frame: ReportFrame) -> impl IntoView {
    let ReportFigures { overall, step, trend, subjects, departments, without_register } = figures;
    let by_subject = |name: &str| address(PATH, &with(&filter, "subject", name));
    let by_department = |name: &str| {
        let found = frame.departments.iter().find(|department| department.name == name);
        found.map(|found| address(PATH, &with(&filter, "department", &found.id.to_string()))).unwrap_or_default()
    };
    let (subject_bars, department_bars) = (bars(&subjects, by_subject), bars(&departments, by_department));
    view! {
        <Whole overall=overall filter=filter.clone() low_below=frame.low_below/>
        <WithoutRegister count=without_register filter=filter.clone()/>
        <Trend step=step trend=trend/>
        <section class="card stack" aria-labelledby="subjects-title" data-test="by-subject">
            <h2 id="subjects-title">"By subject"</h2>
            {lowest_first(subjects.len())}
            <Bars bars=subject_bars test="subject-bars"/>
            <CountsTable caption="Attendance by subject" first="Subject" rows=named(subjects) test="subject-table"/>
        </section>
        <section class="card stack" aria-labelledby="departments-title" data-test="by-department">
            <h2 id="departments-title">"By department"</h2>
            {lowest_first(departments.len())}
            <Bars bars=department_bars test="department-bars"/>
            <CountsTable
                caption="Attendance by department" first="Department" rows=named(departments) test="department-table"
            />
        </section>
        <section class="card stack no-print" aria-label="Files">
            <ExportLinks label="This report" path="/exports/report" query=filter.pairs() test="export-report"/>
            <ExportLinks label="Records behind it" path="/exports/records" query=filter.pairs() test="export-records"/>
        </section>
    }
}

/// The headline: the percentage with its arithmetic.
#[component]
fn Whole(overall: ReportPart<()>, filter: ReportFilter, low_below: u8) -> impl IntoView {
    let ReportPart { sessions, records, .. } = overall;
    let MySummary { present, late, absent, excused, .. } = records;
    let counters = Counters { total: records.sessions, present, late, absent, excused, unmarked: 0 };
    let low = address(STUDENTS, &with(&filter, "below", &low_below.to_string()));
    let sessions = if sessions == 1 { "1 saved session".to_owned() } else { format!("{sessions} saved sessions") };
    view! {
        <section class="card share" aria-label="Percentage">
            <div>
                <p class="share-number" data-test="report-percentage">{records.percentage_words()}</p>
                <p class="share-arithmetic" data-test="report-arithmetic">
                    {format!("{}, in {sessions}", records.arithmetic())}
                </p>
                <p class="muted small">"Present and late count as attended. Only saved registers are counted."</p>
            </div>
            <CountersBar counters=counters total_words="records"/>
            <p class="no-print">
                <a class="button" href=low data-test="low-link">
                    <Icon name=IconName::People/>
                    {format!("Students below {low_below} %")}
                </a>
            </p>
        </section>
    }
}

/// How many registers are missing in the numbers, with the way to them.
#[component]
fn WithoutRegister(count: u64, filter: ReportFilter) -> impl IntoView {
    let words = match count {
        0 => return ().into_any(),
        1 => "1 session without a register".to_owned(),
        many => format!("{many} sessions without a register"),
    };
    view! {
        <p class="report-owed" data-test="without-register">
            <Icon name=IconName::Warning/>
            <span>
                <a href=address(UNSAVED, &filter.pairs()) data-test="without-register-link">{words}</a>
                " in this period: not saved, or closed by the clock and not confirmed. They are not in the numbers."
            </span>
        </p>
    }
    .into_any()
}

#[component]
fn Trend(step: TrendStep, trend: Vec<ReportPart<NaiveDate>>) -> impl IntoView {
    let (first, tick) = match step {
        TrendStep::Day => ("Day", "%-d %b"),
        TrendStep::Week => ("Week from", "%-d %b"),
        TrendStep::Month => ("Month", "%b %Y"),
    };
    let words = move |date: NaiveDate| match step {
        TrendStep::Day => date.format("%a %-d %b %Y").to_string(),
        TrendStep::Week => date.format("%-d %b %Y").to_string(),
        TrendStep::Month => date.format("%B %Y").to_string(),
    };
    let counted = trend.iter().filter(|part| part.records.counted > 0);
    let points: Vec<LinePoint> = counted
        .map(|part| LinePoint {
            date: part.key,
            percent: part.records.percentage,
            words: format!("{}: {}, {}", words(part.key), part.records.percentage_words(), part.records.arithmetic()),
        })
        .collect();
    let label = format!("Attended, by {}", step.as_str());
    let rows = trend
        .iter()
        .map(|part| (words(part.key), ReportPart { key: (), sessions: part.sessions, records: part.records }))
        .collect();
    view! {
        <section class="card stack" aria-labelledby="trend-title" data-test="trend">
            <h2 id="trend-title">{format!("Over time, by {}", step.as_str())}</h2>
            <LineChart points=points label=label.clone() tick=tick test="trend-line"/>
            <CountsTable caption=label first=first rows=rows test="trend-table"/>
        </section>
    }
}

/// Said above bars that leave some out.
fn lowest_first(count: usize) -> Option<impl IntoView> {
    (count > BARS_MAX).then(|| {
        view! {
            <p class="muted small">{format!("The {BARS_MAX} lowest of {count}; the table has all of them.")}</p>
        }
    })
}

/// Bars of the parts in which anything counts, the lowest first.
fn bars(parts: &[ReportPart<String>], href: impl Fn(&str) -> String) -> Vec<Bar> {
    let mut counted: Vec<_> = parts.iter().filter(|part| part.records.counted > 0).collect();
    counted.sort_by(|a, b| a.records.percentage.total_cmp(&b.records.percentage));
    let shown = counted.into_iter().take(BARS_MAX).map(|part| Bar {
        label: part.key.clone(),
        href: href(&part.key),
        percent: part.records.percentage,
        words: part.records.percentage_words(),
    });
    shown.collect()
}

fn named(parts: Vec<ReportPart<String>>) -> Vec<(String, ReportPart<()>)> {
    parts
        .into_iter()
        .map(|ReportPart { key, sessions, records }| (key, ReportPart { key: (), sessions, records }))
        .collect()
}

/// The department that a filter names.
fn department_of<'a>(frame: &'a ReportFrame, filter: &ReportFilter) -> Option<&'a DepartmentRef> {
    frame.departments.iter().find(|department| Some(department.id) == filter.department)
}
