//! What the pages of the report share: their tabs, the filters in the address, and what to do when these do not fit.

use super::department_of;
use crate::app::components::field::{SelectField, TextField};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::list_fields::{PageSizeField, SortField};
use crate::app::components::notice::{Notice, NoticeKind};
use crate::app::components::pagination::address;
use crate::app::types::{ReportFilter, ReportFrame, ReportOrdering, TrendStep};
use crate::app::words::dates;
use crate::tr;
use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the students by their attendance are.
pub const STUDENTS: &str = "/reports/students";
/// Where the sessions without a register are.
pub const UNSAVED: &str = "/reports/without-register";

/// The filter in this page's address.
pub fn filter_here() -> ReportFilter {
    let query = use_query_map().get_untracked();
    ReportFilter::read(|name| query.get(name))
}

/// The filter's pairs with one of them changed.
pub fn with(filter: &ReportFilter, name: &str, value: &str) -> Vec<(&'static str, String)> {
    let mut pairs = filter.pairs();
    for (key, held) in &mut pairs {
        if *key == name {
            value.clone_into(held);
        }
    }
    pairs
}

/// "27 Oct 2025 to 25 Nov 2025 · Physics · Optics": what the numbers are of, on screen and on paper.
pub fn lead(frame: &ReportFrame, filter: &ReportFilter) -> String {
    let day = |date: NaiveDate| dates::day(date, "%-d %b %Y");
    let mut words = vec![tr!("reports-period", from = day(frame.from), to = day(frame.to))];
    let department = department_of(frame, filter).map(|department| department.name.clone());
    words.push(department.unwrap_or_else(|| tr!("reports-of-all-departments")));
    if !filter.subject.is_empty() {
        words.push(tr!("reports-of-subject", subject = filter.subject.as_str()));
    }
    words.extend(frame.student.as_ref().map(|student| format!("{} ({})", student.name, student.roll_no)));
    words.join(" · ")
}

/// The address of the first page for so many days up to today, the other filters kept.
pub fn days_back(frame: &ReportFrame, filter: &ReportFilter, days: u64) -> String {
    let from = frame.today.checked_sub_days(Days::new(days - 1)).unwrap_or(frame.today);
    address(super::PATH, &period(filter, from, frame.today))
}

fn period(filter: &ReportFilter, from: NaiveDate, to: NaiveDate) -> Vec<(&'static str, String)> {
    ReportFilter { from: Some(from), to: Some(to), ..filter.clone() }.pairs()
}

/// Periods at one tap: their words, and their first day.
fn periods(today: NaiveDate) -> [(String, NaiveDate); 4] {
    let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    [
        (tr!("reports-this-week"), back(today.weekday().num_days_from_monday().into())),
        (tr!("reports-last-30-days"), back(29)),
        (tr!("reports-last-90-days"), back(89)),
        (tr!("reports-last-365-days"), back(364)),
    ]
}

/// Tabs, quick periods and the form of the filters.
#[component]
pub fn Filters(path: &'static str, filter: ReportFilter, frame: ReportFrame) -> impl IntoView {
    let quick = periods(frame.today).map(|(words, from)| {
        let current = (frame.from == from && frame.to == frame.today).then_some("true");
        let href = address(path, &period(&filter, from, frame.today));
        view! { <li><a class="button quick" href=href aria-current=current>{words}</a></li> }
    });
    let mut departments = vec![(String::new(), tr!("reports-all-departments"))];
    departments.extend(frame.departments.iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))));
    let mut steps = vec![(String::new(), tr!("reports-step-by-length"))];
    steps.extend(TrendStep::ALL.map(|step| (step.as_str().to_owned(), step_words(step))));
    let of_students = path == STUDENTS;
    view! {
        <Tabs path=path filter=filter.clone() low_below=frame.low_below/>
        <form class="card stack no-print" method="get" action=path role="search" aria-label=tr!("reports-filters")>
            <ul class="row" data-test="periods">{quick.collect_view()}</ul>
            <div class="report-filters">
                <TextField label=tr!("reports-from") name="from" kind="date" bare=true value=frame.from.to_string() test="report-from"/>
                <TextField label=tr!("reports-to") name="to" kind="date" bare=true value=frame.to.to_string() test="report-to"/>
                <SelectField label=tr!("reports-department") name="department" submits=true options=departments
                    value=filter.department.map(|id| id.to_string()).unwrap_or_default() test="report-department"/>
                <TextField label=tr!("reports-subject") name="subject" kind="search" bare=true value=filter.subject
                    maxlength="100" test="report-subject"/>
                {(path != UNSAVED).then(|| view! {
                    <TextField label=tr!("reports-student") name="student" kind="search" bare=true value=filter.student
                        maxlength="100" hint=tr!("reports-student-hint") test="report-student"/>
                })}
                {(path == super::PATH).then(|| view! {
                    <SelectField label=tr!("reports-over-time") name="step" submits=true options=steps
                        value=filter.step.map(TrendStep::as_str).unwrap_or_default() test="report-step"/>
                })}
                {of_students.then(|| view! {
                    <TextField label=tr!("reports-below") name="below" kind="number" bare=true inputmode="numeric"
                        value=filter.below.map(|below| below.to_string()).unwrap_or_default()
                        hint=tr!("reports-below-hint") test="report-below"/>
                    <SortField value=filter.ordering.as_str() options=ReportOrdering::ALL.map(|sort| (sort.as_str(), sort_word(sort))).to_vec()/>
                    <PageSizeField page_size=filter.page_size/>
                })}
            </div>
            <div class="row">
                <button type="submit" class="button button-primary" data-test="report-apply">
                    <Icon name=IconName::Search/>
                    {tr!("reports-show")}
                </button>
                <a class="button" href=path data-test="report-reset">{tr!("reports-clear")}</a>
            </div>
        </form>
    }
}

fn sort_word(sort: ReportOrdering) -> String {
    match sort {
        ReportOrdering::Lowest => tr!("reports-sort-lowest"),
        ReportOrdering::Highest => tr!("reports-sort-highest"),
        ReportOrdering::Name => tr!("reports-sort-name"),
        ReportOrdering::RollNo => tr!("reports-sort-roll"),
    }
}

fn step_words(step: TrendStep) -> String {
    match step {
        TrendStep::Day => tr!("reports-step-day"),
        TrendStep::Week => tr!("reports-step-week"),
        TrendStep::Month => tr!("reports-step-month"),
    }
}

/// The pages of the report, for the same filters.
#[component]
fn Tabs(path: &'static str, filter: ReportFilter, low_below: u8) -> impl IntoView {
    let below = if path == STUDENTS { filter.below } else { None };
    let pairs = |below: Option<u8>| ReportFilter { below, ..filter.clone() }.pairs();
    let tabs = [
        (super::PATH, pairs(None), tr!("nav-overview"), path == super::PATH, "tab-overview"),
        (STUDENTS, pairs(None), tr!("nav-students"), path == STUDENTS && below.is_none(), "tab-students"),
        (STUDENTS, pairs(below.or(Some(low_below))), tr!("reports-tab-low"), below.is_some(), "tab-low"),
        (UNSAVED, pairs(None), tr!("reports-tab-without-register"), path == UNSAVED, "tab-without-register"),
    ];
    let items = tabs.map(|(path, pairs, words, here, test)| {
        let current = here.then_some("page");
        view! { <li><a class="area-tab" href=address(path, &pairs) aria-current=current data-test=test>{words}</a></li> }
    });
    view! {
        <nav class="area-tabs no-print" aria-label=tr!("nav-reports")>
            <ul class="area-tabs-list">{items.collect_view()}</ul>
        </nav>
    }
}

/// Why there are no numbers, or no file; and the students whom a search may mean.
#[component]
pub fn Trouble(path: &'static str, filter: ReportFilter, frame: ReportFrame) -> impl IntoView {
    let refused = use_query_map().read_untracked().get("refused").is_some_and(|word| word == "rows");
    let refused = refused.then(|| {
        view! {
            <Notice kind=NoticeKind::Warning title=tr!("reports-too-much") test="export-refused">
                <p>{tr!("reports-too-much-why")}</p>
            </Notice>
        }
    });
    let candidates = frame
        .candidates
        .into_iter()
        .map(|student| {
            let href = address(path, &with(&filter, "student", &student.roll_no));
            view! {
                <li>
                    <a class="link-row" href=href data-test="candidate">
                        <span class="link-row-text">
                            <strong>{student.name}</strong>
                            <span class="muted small">{student.roll_no}</span>
                        </span>
                        <Icon name=IconName::Forward/>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let trouble = (!frame.trouble.is_empty()).then(|| {
        view! {
            <section class="card card-flush">
                <div class="notice-in-card">
                    <Notice kind=NoticeKind::Warning test="report-trouble"><p>{frame.trouble}</p></Notice>
                </div>
                <ul class="link-list">{candidates}</ul>
            </section>
        }
    });
    view! {
        {refused}
        {trouble}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::types::DepartmentId;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 11, day).expect("a date")
    }

    #[test]
    fn filter_survives_the_address() {
        let query =
            [("from", "2025-11-03"), ("department", "2"), ("subject", " Optics "), ("below", "101"), ("step", "x")];
        let value = |name: &str| query.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let filter = ReportFilter::read(value);
        assert_eq!((filter.from, filter.department), (Some(day(3)), Some(DepartmentId(2))));
        assert_eq!((filter.subject.as_str(), filter.below, filter.step), ("Optics", None, None));
        let pairs = filter.pairs();
        let again = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        assert_eq!(ReportFilter::read(again), filter);
    }

    #[test]
    fn week_begins_on_monday() {
        assert_eq!(periods(day(5))[0], ("This week".to_owned(), day(3)));
        assert_eq!(periods(day(3))[0], ("This week".to_owned(), day(3)));
        assert_eq!(periods(day(30))[1].1, day(1), "thirty days with both ends");
    }
}
