//! A student's own attendance: the percentage with its arithmetic, by subject, day by day, and every session.

use super::my_record::ContestWords;
use crate::app::components::charts::{HeatDay, HeatMap};
use crate::app::components::counters::{CountersBar, CountersMini};
use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, TextField};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::status_chip::{StageChip, StatusChip};
use crate::app::components::table::Table;
use crate::app::resource::fetch;
use crate::app::server_fns::my_attendance;
use crate::app::types::{Counters, MyDay, MyFilter, MyPage, MySession, MySubject, MySummary, SessionStage};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

const PATH: &str = "/me";

/// What forms that lead here have done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![("contested", tr!("me-done-contested"))]
}

/// `/me`
#[component]
pub fn MePage() -> impl IntoView {
    let filter = filter_of(&use_query_map().read_untracked());
    let asked = filter.clone();
    let data = fetch(move || asked.clone(), |filter| my_attendance(Some(filter)));
    loaded(data, move |mine| view! { <Mine mine=mine filter=filter.clone()/> })
}

/// The filters of an address; what cannot be read counts as absent.
fn filter_of(query: &ParamsMap) -> MyFilter {
    let text = |name: &str| query.get(name).unwrap_or_default();
    MyFilter {
        subject: text("subject"),
        from: text("from").parse().ok(),
        to: text("to").parse().ok(),
        page: text("page").parse().unwrap_or_default(),
    }
}

/// The same as an address, without the page.
fn pairs_of(filter: &MyFilter) -> Vec<(&'static str, String)> {
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    vec![("subject", filter.subject.clone()), ("from", date(filter.from)), ("to", date(filter.to))]
}

/// A page for accounts that belong to no student yet; `why` tells what stands there afterwards.
pub fn not_linked(title: String, why: String) -> AnyView {
    view! {
        <PageFrame title=title test="me">
            <section class="card">
                <EmptyState icon=IconName::Person title=tr!("me-not-linked") why=why test="me-not-linked"/>
            </section>
        </PageFrame>
    }
    .into_any()
}

#[component]
fn Mine(mine: MyPage, filter: MyFilter) -> impl IntoView {
    let Some(student) = mine.student.clone() else {
        return not_linked(tr!("nav-my-attendance"), tr!("me-not-linked-why"));
    };
    let lead = format!("{} · {}", student.name, student.roll_no);
    if mine.days.is_empty() && mine.sessions.count == 0 && mine.subjects.is_empty() {
        return view! {
            <PageFrame title=tr!("nav-my-attendance") lead=lead test="me">
                <section class="card">
                    <EmptyState
                        icon=IconName::Calendar
                        title=tr!("me-empty")
                        why=tr!("me-empty-why")
                        test="me-no-sessions"
                    />
                </section>
            </PageFrame>
        }
        .into_any();
    }
    view! {
        <PageFrame title=tr!("nav-my-attendance") lead=lead test="me">
            <Done sentences=done_words()/>
            <Share mine=mine.clone()/>
            <Subjects subjects=mine.subjects.clone()/>
            <Calendar days=mine.days.clone()/>
            <Sessions mine=mine filter=filter/>
        </PageFrame>
    }
    .into_any()
}

fn counters_of(summary: MySummary) -> Counters {
    Counters {
        total: summary.sessions,
        present: summary.present,
        late: summary.late,
        absent: summary.absent,
        excused: summary.excused,
        unmarked: summary.sessions.saturating_sub(summary.attended + summary.absent + summary.excused),
    }
}

#[component]
fn Share(mine: MyPage) -> impl IntoView {
    let summary = mine.summary;
    let forecast = mine.forecast.sentence(mine.limit);
    view! {
        <section class="card share" aria-label=tr!("me-percentage")>
            <div>
                <p class="share-number" data-test="my-percentage">{summary.percentage_words()}</p>
                <p class="share-arithmetic" data-test="my-arithmetic">{summary.arithmetic()}</p>
                {(!forecast.is_empty()).then(|| view! { <p class="share-forecast" data-test="my-forecast">{forecast}</p> })}
                <p class="muted small">{tr!("share-rule")}</p>
            </div>
            {(summary.sessions > 0).then(|| view! { <CountersBar counters=counters_of(summary) total_words=tr!("share-sessions")/> })}
        </section>
    }
}

#[component]
fn Subjects(subjects: Vec<MySubject>) -> impl IntoView {
    let rows = subjects
        .into_iter()
        .map(|MySubject { subject, summary }| {
            view! {
                <tr data-test="my-subject">
                    <th scope="row">{subject}</th>
                    <td data-label=tr!("me-sessions")><CountersMini counters=counters_of(summary)/></td>
                    <td data-label=tr!("me-attended")>{summary.arithmetic()}</td>
                    <td data-label=tr!("me-percentage")>{summary.percentage_words()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card card-flush" aria-labelledby="my-subjects-title">
            <div class="card-head"><h2 id="my-subjects-title">{tr!("me-subjects")}</h2></div>
            <Table
                caption=tr!("me-subjects-caption")
                columns=vec![tr!("me-subject"), tr!("me-sessions"), tr!("me-attended"), tr!("me-percentage")]
                test="my-subjects"
            >
                {rows}
            </Table>
        </section>
    }
}

#[component]
fn Calendar(days: Vec<MyDay>) -> impl IntoView {
    let days: Vec<HeatDay> = days.iter().map(|day| HeatDay::of_sessions(day.date, &day.statuses)).collect();
    (!days.is_empty()).then(|| {
        view! {
            <section class="card stack" aria-labelledby="my-calendar-title">
                <h2 id="my-calendar-title">{tr!("me-calendar")}</h2>
                <HeatMap days=days test="my-calendar"/>
            </section>
        }
    })
}

#[component]
fn Sessions(mine: MyPage, filter: MyFilter) -> impl IntoView {
    let pairs = pairs_of(&filter);
    let is_filtered = pairs.iter().any(|(_, value)| !value.is_empty());
    let mut options = vec![(String::new(), tr!("me-all-subjects"))];
    options.extend(mine.subjects.iter().map(|subject| (subject.subject.clone(), subject.subject.clone())));
    let (page, count, size) = (mine.sessions.page, mine.sessions.count, mine.sessions.page_size);
    let list = match mine.sessions.results {
        sessions if sessions.is_empty() => view! {
            <EmptyState icon=IconName::Search title=tr!("me-none-match") why=tr!("me-none-match-why") test="my-none-match">
                <a class="button" href=PATH rel="external" data-test="my-clear">{tr!("me-show-all")}</a>
            </EmptyState>
        }
        .into_any(),
        sessions => {
            let rows = sessions.into_iter().map(|session| view! { <MySessionRow session=session/> }).collect_view();
            view! {
                <ul class="my-sessions" data-test="my-sessions">{rows}</ul>
                <Pagination count=count page=page page_size=size path=PATH query=pairs.clone()/>
            }
            .into_any()
        }
    };
    let [(_, subject), (_, from), (_, to)] = <[_; 3]>::try_from(pairs).unwrap_or_default();
    view! {
        <section class="card card-flush" aria-labelledby="my-sessions-title">
            <div class="card-head"><h2 id="my-sessions-title">{tr!("me-sessions")}</h2></div>
            <form method="get" action=PATH class="my-filters">
                <div class="filters" role="search" aria-label=tr!("me-sessions")>
                    <SelectField label=tr!("me-subject") name="subject" submits=true value=subject options=options test="my-filter-subject"/>
                    <TextField label=tr!("me-from") name="from" kind="date" bare=true value=from test="my-filter-from"/>
                    <TextField label=tr!("me-to") name="to" kind="date" bare=true value=to test="my-filter-to"/>
                    <button type="submit" class="button" data-test="my-filter-apply">
                        <Icon name=IconName::Search/>
                        {tr!("me-apply")}
                    </button>
                    {is_filtered.then(|| view! { <a class="button button-quiet" href=PATH rel="external">{tr!("me-clear")}</a> })}
                </div>
            </form>
            {list}
        </section>
    }
}

/// "09:00–10:00", or "09:00" for a session without an end.
pub fn times_of(session: &MySession) -> String {
    match session.end_time {
        Some(end) => format!("{}–{}", session.start_time.format("%H:%M"), end.format("%H:%M")),
        None => session.start_time.format("%H:%M").to_string(),
    }
}

#[component]
fn MySessionRow(session: MySession) -> impl IntoView {
    let times = times_of(&session);
    let unsettled = session.status.is_none() && session.stage != SessionStage::Done;
    let state = if unsettled {
        view! { <StageChip stage=session.stage/> }.into_any()
    } else {
        view! { <StatusChip status=session.status/> }.into_any()
    };
    let contest = session.record.filter(|_| session.may_contest).map(|record| {
        let day = dates::day(session.date, "%-d %B");
        let label = format!(" {}", tr!("me-was-there-when", day = day, subject = session.subject.as_str()));
        view! {
            <a class="button" href=format!("/me/record?id={record}") rel="external" data-test="i-was-there">
                {tr!("me-was-there")}
                <span class="visually-hidden">{label}</span>
            </a>
        }
    });
    view! {
        <li data-test="my-session" data-date=session.date.to_string()>
            <time datetime=session.date.to_string()>
                {dates::day(session.date, "%-d %b")}
                <span class="muted small">{dates::day(session.date, "%a %Y")}</span>
            </time>
            <div>
                <p><strong>{session.subject}</strong></p>
                <p class="muted small">{format!("{times} · {} · {}", session.department, session.teacher)}</p>
                {session.contest.map(|contest| view! { <ContestWords contest=contest/> })}
            </div>
            <div class="my-session-state">
                {state}
                {(!session.how.is_empty()).then(|| view! { <span class="muted small" data-test="my-session-how">{session.how}</span> })}
                {contest}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_of_the_student_survive_the_address() {
        let mut query = ParamsMap::new();
        for (name, value) in [("subject", "Linear algebra"), ("from", "2025-11-03"), ("to", "soon"), ("page", "3")] {
            query.insert(name, value.to_owned());
        }
        let filter = filter_of(&query);
        assert_eq!((filter.page, filter.to), (3, None));
        let pairs = [("subject", "Linear algebra"), ("from", "2025-11-03"), ("to", "")];
        assert_eq!(pairs_of(&filter), pairs.map(|(name, value)| (name, value.to_owned())));
    }
}
