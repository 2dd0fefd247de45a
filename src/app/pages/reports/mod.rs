//! Reports: how attendance goes over a period, by subject and by department; every chart with its numbers below it.

pub mod frame;
pub mod long_export;
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
use crate::app::words::dates;
use crate::tr;
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
        <PageFrame title=tr!("nav-reports") lead=lead(&frame, &filter) test="reports">
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
                title=tr!("reports-empty")
                why=tr!("reports-empty-why")
                test="report-empty"
            >
                <a class="button" href=longer data-test="report-longer">{tr!("reports-longer")}</a>
                <a class="button" href=PATH data-test="report-clear">{tr!("reports-clear")}</a>
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
            <h2 id="subjects-title">{tr!("reports-by-subject")}</h2>
            {lowest_first(subjects.len())}
            <Bars bars=subject_bars test="subject-bars"/>
            <CountsTable
                caption=tr!("reports-by-subject-caption")
                first=tr!("reports-subject")
                rows=named(subjects)
                test="subject-table"
            />
        </section>
        <section class="card stack" aria-labelledby="departments-title" data-test="by-department">
            <h2 id="departments-title">{tr!("reports-by-department")}</h2>
            {lowest_first(departments.len())}
            <Bars bars=department_bars test="department-bars"/>
            <CountsTable
                caption=tr!("reports-by-department-caption")
                first=tr!("reports-department")
                rows=named(departments)
                test="department-table"
            />
        </section>
        <section class="card stack no-print" aria-label=tr!("reports-files")>
            <ExportLinks label=tr!("reports-file-report") path="/exports/report" query=filter.pairs() test="export-report"/>
            <ExportLinks label=tr!("reports-file-records") path="/exports/records" query=filter.pairs() test="export-records"/>
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
    let arithmetic = tr!("reports-arithmetic", arithmetic = records.arithmetic(), count = sessions);
    view! {
        <section class="card share" aria-label=tr!("reports-percentage")>
            <div>
                <p class="share-number" data-test="report-percentage">{records.percentage_words()}</p>
                <p class="share-arithmetic" data-test="report-arithmetic">{arithmetic}</p>
                <p class="muted small">{tr!("share-rule")}</p>
            </div>
            <CountersBar counters=counters total_words=tr!("reports-records")/>
            <p class="no-print">
                <a class="button" href=low data-test="low-link">
                    <Icon name=IconName::People/>
                    {tr!("reports-students-below", limit = low_below)}
                </a>
            </p>
        </section>
    }
}

/// How many registers are missing in the numbers, with the way to them.
#[component]
fn WithoutRegister(count: u64, filter: ReportFilter) -> impl IntoView {
    if count == 0 {
        return ().into_any();
    }
    view! {
        <p class="report-owed" data-test="without-register">
            <Icon name=IconName::Warning/>
            <span>
                <a href=address(UNSAVED, &filter.pairs()) data-test="without-register-link">{tr!("reports-owed", count = count)}</a>
                {format!(" {}", tr!("reports-owed-why"))}
            </span>
        </p>
    }
    .into_any()
}

#[component]
fn Trend(step: TrendStep, trend: Vec<ReportPart<NaiveDate>>) -> impl IntoView {
    let (first, tick) = match step {
        TrendStep::Day => (tr!("reports-day"), "%-d %b"),
        TrendStep::Week => (tr!("reports-week"), "%-d %b"),
        TrendStep::Month => (tr!("reports-month"), "%b %Y"),
    };
    let words = move |date: NaiveDate| match step {
        TrendStep::Day => dates::day(date, "%a %-d %b %Y"),
        TrendStep::Week => dates::day(date, "%-d %b %Y"),
        TrendStep::Month => dates::day(date, "%B %Y"),
    };
    let counted = trend.iter().filter(|part| part.records.counted > 0);
    let points: Vec<LinePoint> = counted
        .map(|part| LinePoint {
            date: part.key,
            percent: part.records.percentage,
            words: tr!(
                "reports-point",
                when = words(part.key),
                percentage = part.records.percentage_words(),
                arithmetic = part.records.arithmetic()
            ),
        })
        .collect();
    let (title, label) = match step {
        TrendStep::Day => (tr!("reports-trend-day"), tr!("reports-trend-day-label")),
        TrendStep::Week => (tr!("reports-trend-week"), tr!("reports-trend-week-label")),
        TrendStep::Month => (tr!("reports-trend-month"), tr!("reports-trend-month-label")),
    };
    let rows = trend
        .iter()
        .map(|part| (words(part.key), ReportPart { key: (), sessions: part.sessions, records: part.records }))
        .collect();
    view! {
        <section class="card stack" aria-labelledby="trend-title" data-test="trend">
            <h2 id="trend-title">{title}</h2>
            <LineChart points=points label=label.clone() tick=tick test="trend-line"/>
            <CountsTable caption=label first=first rows=rows test="trend-table"/>
        </section>
    }
}

/// Said above bars that leave some out.
fn lowest_first(count: usize) -> Option<impl IntoView> {
    (count > BARS_MAX).then(|| {
        view! {
            <p class="muted small">{tr!("reports-lowest-first", shown = BARS_MAX, count = count)}</p>
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
