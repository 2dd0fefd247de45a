//! The administrator's first screen: counts, today's registers, what is owed and missing, what went wrong, how it runs.

use crate::app::components::amounts::{bytes_words, ms_words};
use crate::app::components::contests_link::OpenContests;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::session_list::SessionCards;
use crate::app::components::status_chip::Chip;
use crate::app::plain::relation;
use crate::app::resource::fetch;
use crate::app::server_fns::{count_contests, get_overview};
use crate::app::types::{Overview, Problem, SessionRow, SessionStage, SystemHealth, Times, WithoutFace};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;

/// `/admin`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let data = fetch(|| (), |()| async { Ok((get_overview().await?, count_contests().await?)) });
    view! {
        <PageFrame title=tr!("nav-overview") lead=tr!("overview-lead") test="overview">
            {loaded(data, |(overview, contests)| view! { <Screen overview=overview contests=contests/> })}
        </PageFrame>
    }
}

#[component]
fn Screen(overview: Overview, contests: u64) -> impl IntoView {
    let Overview { now, students, departments, teachers, today, owed, owed_since, without_face, problems, health } =
        overview;
    let open = today.iter().filter(|session| session.stage == SessionStage::Open).count() as u64;
    let figures = [
        ("/students?active=true", tr!("overview-active-students"), students, "figure-students"),
        ("/admin/departments", tr!("overview-departments"), departments, "figure-departments"),
        ("/admin/users", tr!("overview-teachers"), teachers, "figure-teachers"),
        ("/sessions?status=active", tr!("overview-open-registers"), open, "figure-open"),
    ];
    let figures = figures.map(|(href, word, number, test)| {
        view! {
            <a class="figure" href=href data-test=test>
                <span class="figure-number">{number}</span>
                <span class="figure-word">{word}</span>
            </a>
        }
    });
    let since = dates::day(owed_since, "%-d %b");
    view! {
        <div class="figures">{figures.collect_view()}</div>
        <OpenContests count=contests/>
        <FirstSteps departments={departments == 0} students={students == 0} teachers={teachers == 0}/>
        <TodayBoard day=dates::moment(now, "%A, %-d %B") sessions=today/>
        <Owed sessions=owed since=since/>
        <div class="halves">
            {without_face.map(|students| view! { <Faceless students=students/> })}
            <Problems problems=problems/>
            <Health health=health/>
        </div>
    }
}

/// Steps of a new installation that are still to be taken; nothing when all are.
#[component]
fn FirstSteps(departments: bool, students: bool, teachers: bool) -> impl IntoView {
    let steps = [
        (
            departments,
            "/admin/departments",
            IconName::Building,
            tr!("overview-make-department"),
            tr!("overview-make-department-why"),
        ),
        (
            students,
            "/admin/students/new",
            IconName::Person,
            tr!("overview-add-student"),
            tr!("overview-add-student-why"),
        ),
        (teachers, "/admin/users", IconName::Key, tr!("overview-make-teacher"), tr!("overview-make-teacher-why")),
    ];
    let open: Vec<_> = steps.into_iter().filter(|step| step.0).collect();
    if open.is_empty() {
        return ().into_any();
    }
    let items = open
        .into_iter()
        .map(|(_, href, icon, title, why)| {
            view! {
                <li>
                    <a class="link-row" href=href>
                        <Icon name=icon/>
                        <span class="link-row-text"><strong>{title}</strong><span class="muted small">{why}</span></span>
                        <Icon name=IconName::Forward/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card card-flush" aria-labelledby="steps-title" data-test="first-steps">
            <div class="card-head"><h2 id="steps-title">{tr!("overview-first-steps")}</h2></div>
            <ul class="link-list">{items}</ul>
        </section>
    }
    .into_any()
}

/// How many sessions stand at a stage.
fn stage_count_words(stage: SessionStage, count: usize) -> String {
    match stage {
        SessionStage::NotStarted => tr!("overview-count-not-started", count = count),
        SessionStage::Open => tr!("overview-count-open", count = count),
        SessionStage::ToConfirm => tr!("overview-count-to-confirm", count = count),
        SessionStage::Done => tr!("overview-count-done", count = count),
        SessionStage::Cancelled => tr!("overview-count-cancelled", count = count),
    }
}

/// Today's sessions with how many stand where.
#[component]
fn TodayBoard(day: String, sessions: Vec<SessionRow>) -> impl IntoView {
    const STAGES: [SessionStage; 5] = [
        SessionStage::NotStarted,
        SessionStage::Open,
        SessionStage::ToConfirm,
        SessionStage::Done,
        SessionStage::Cancelled,
    ];
    let counts: Vec<String> = STAGES
        .into_iter()
        .map(|stage| (stage, sessions.iter().filter(|session| session.stage == stage).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(stage, count)| stage_count_words(stage, count))
        .collect();
    let inside = if sessions.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Calendar
                title=tr!("overview-no-session")
                why=tr!("overview-no-session-why")
                test="no-sessions-today"
            >
                <a class="button" href="/sessions" rel=relation("/sessions")>{tr!("overview-all-sessions")}</a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <SessionCards sessions=sessions test="today-registers"/> }.into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="board-title">
            <div class="card-head">
                <h2 id="board-title">{tr!("overview-registers-of", day = day)}</h2>
                <p class="muted" data-test="board-counts">{counts.join(" · ")}</p>
            </div>
            {inside}
        </section>
    }
}

#[component]
fn Owed(sessions: Vec<SessionRow>, since: String) -> impl IntoView {
    if sessions.is_empty() {
        return view! {
            <p class="row muted" data-test="nothing-owed">
                <Icon name=IconName::Check class="icon-small"/>
                {tr!("overview-nothing-owed", since = since)}
            </p>
        }
        .into_any();
    }
    let count = sessions.len();
    view! {
        <section class="card card-flush" aria-labelledby="owed-title">
            <div class="card-head">
                <h2 id="owed-title">{tr!("overview-owed")}</h2>
                <p class="muted">{tr!("overview-owed-since", count = count, since = since)}</p>
            </div>
            <SessionCards sessions=sessions with_day=true test="owed-registers"/>
        </section>
    }
    .into_any()
}

#[component]
fn Faceless(students: WithoutFace) -> impl IntoView {
    let WithoutFace { count, some } = students;
    if count == 0 {
        return view! {
            <section class="card" aria-labelledby="faceless-title">
                <h2 id="faceless-title">{tr!("overview-faceless")}</h2>
                <p data-test="faceless-count">{tr!("overview-faceless-none")}</p>
            </section>
        }
        .into_any();
    }
    let all = (count > some.len() as u64).then(|| {
        let href = "/students?active=true&face=false";
        view! {
            <a href=href rel=relation(href) data-test="faceless-all">{tr!("overview-faceless-all", count = count)}</a>
        }
    });
    let rows = some
        .into_iter()
        .map(|student| {
            view! {
                <li>
                    <a class="link-row" href=format!("/students/{}", student.id) data-test="faceless-student">
                        <span class="link-row-text">
                            <strong>{student.name}</strong>
                            <span class="muted small">{student.roll_no}</span>
                        </span>
                        <Icon name=IconName::Forward/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card card-flush" aria-labelledby="faceless-title">
            <div class="card-head">
                <h2 id="faceless-title">{tr!("overview-faceless")}</h2>
                <p class="muted" data-test="faceless-count">{count}</p>
            </div>
            <ul class="link-list">{rows}</ul>
            <p class="card-foot muted small">
                {format!("{} ", tr!("overview-faceless-why"))}
                {all}
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Problems(problems: Vec<Problem>) -> impl IntoView {
    if problems.is_empty() {
        return view! {
            <section class="card" aria-labelledby="problems-title">
                <h2 id="problems-title">{tr!("overview-problems")}</h2>
                <p data-test="no-problems">{tr!("overview-problems-none")}</p>
            </section>
        }
        .into_any();
    }
    let rows = problems
        .into_iter()
        .map(|problem| {
            let at = dates::moment(problem.at, "%-d %b, %H:%M");
            view! {
                <li class="problem" data-test="problem">
                    <p class="row">
                        <Chip hue="late" icon=IconName::Warning word=problem.kind/>
                        <span class="muted small">{at}</span>
                    </p>
                    <p>
                        {problem.sentence}
                        {problem.href.map(|href| {
                            let relation = relation(&href);
                            view! { " " <a href=href rel=relation>{tr!("overview-problem-look")}</a> }
                        })}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="problems-title">
            <div class="card-head"><h2 id="problems-title">{tr!("overview-problems")}</h2></div>
            <ul class="problems">{rows}</ul>
        </section>
    }
    .into_any()
}

/// "340 ms, 95 in 100 within 1.2 s (of 500)".
fn times_words(times: Option<Times>) -> String {
    times.map_or_else(
        || tr!("overview-times-none"),
        |times| {
            let (half, most) = (ms_words(times.p50_ms), ms_words(times.p95_ms));
            tr!("overview-times", half = half, most = most, count = times.count)
        },
    )
}

fn photos_words(photos: u64, times: Option<Times>) -> String {
    if times.is_some() {
        tr!("overview-photos-times", count = photos, times = times_words(times))
    } else {
        tr!("overview-photos-count", count = photos)
    }
}

#[component]
fn Health(health: SystemHealth) -> impl IntoView {
    let models = match (&health.models, &health.reason) {
        (Some(models), _) => format!("{} ({})", models.title, models.pack),
        (None, Some(reason)) => reason.clone(),
        (None, None) => tr!("overview-models-none"),
    };
    let licence = health.models.as_ref().map(|models| models.licence.clone());
    let disk = health
        .disk_free
        .map_or_else(|| tr!("overview-disk-unknown"), |free| tr!("overview-disk-free", amount = bytes_words(free)));
    let gallery = [tr!("overview-gallery-templates", count = health.templates), bytes_words(health.gallery_bytes)];
    let version =
        tr!("overview-version-since", version = health.version, hours = format!("{:.1}", health.uptime_hours));
    let facts = [
        (tr!("area-models"), models),
        (tr!("overview-licence"), licence.unwrap_or_else(|| tr!("overview-licence-none"))),
        (tr!("overview-gallery"), gallery.join(&tr!("word-list-separator"))),
        (tr!("overview-queue"), tr!("overview-queue-taken", taken = health.waiting, places = health.waiting_max)),
        (tr!("overview-photos"), photos_words(health.photos, health.photo_times)),
        (tr!("overview-answers"), times_words(health.answer_times)),
        (tr!("overview-memory"), bytes_words(health.memory_bytes)),
        (tr!("overview-disk"), disk),
        (tr!("overview-database"), health.database),
        (tr!("overview-version"), version),
    ];
    let rows = facts.map(|(word, value)| view! { <dt>{word}</dt> <dd>{value}</dd> }).collect_view();
    view! {
        <section class="card" aria-labelledby="health-title" data-test="health">
            <div class="card-head">
                <h2 id="health-title">{tr!("overview-system")}</h2>
                <a href="/admin/models" rel=relation("/admin/models")>{tr!("area-models")}</a>
            </div>
            <dl class="facts">{rows}</dl>
        </section>
    }
}
