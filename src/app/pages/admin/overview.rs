//! The administrator's first screen: counts, today's registers, what is owed and missing, what went wrong, how it runs.

use crate::app::components::amounts::{bytes_words, counted, ms_words};
use crate::app::components::contests_link::OpenContests;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::page::PageFrame;
use crate::app::components::session_list::SessionCards;
use crate::app::components::status_chip::{Chip, stage_word};
use crate::app::plain::relation;
use crate::app::resource::fetch;
use crate::app::server_fns::{count_contests, get_overview};
use crate::app::types::{Overview, Problem, SessionRow, SessionStage, SystemHealth, Times, WithoutFace};
use leptos::prelude::*;

/// `/admin`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let data = fetch(|| (), |()| async { Ok((get_overview().await?, count_contests().await?)) });
    view! {
        <PageFrame title="Overview" lead="What is going on, and what is still missing." test="overview">
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
        ("/students?active=true", "active students", students, "figure-students"),
        ("/admin/departments", "departments", departments, "figure-departments"),
        ("/admin/users", "teachers", teachers, "figure-teachers"),
        ("/sessions?status=active", "open registers today", open, "figure-open"),
    ];
    let figures = figures.map(|(href, word, number, test)| {
        view! {
            <a class="figure" href=href data-test=test>
                <span class="figure-number">{number}</span>
                <span class="figure-word">{word}</span>
            </a>
        }
    });
    let since = owed_since.format("%-d %b").to_string();
    view! {
        <div class="figures">{figures.collect_view()}</div>
        <OpenContests count=contests/>
        <FirstSteps departments={departments == 0} students={students == 0} teachers={teachers == 0}/>
        <TodayBoard day=now.format("%A, %-d %B").to_string() sessions=today/>
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
            "Make a department",
            "Students and teachers belong to one.",
        ),
        (
            students,
            "/admin/students/new",
            IconName::Person,
            "Add the first student",
            "With photos, or without: then attendance is taken by hand.",
        ),
        (
            teachers,
            "/admin/users",
            IconName::Key,
            "Make an account for a teacher",
            "Teachers start sessions and photograph the class.",
        ),
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
            <div class="card-head"><h2 id="steps-title">"First steps"</h2></div>
            <ul class="link-list">{items}</ul>
        </section>
    }
    .into_any()
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
        .map(|(stage, count)| format!("{count} {}", stage_word(stage).to_lowercase()))
        .collect();
    let inside = if sessions.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Calendar
                title="No session today"
                why="When a teacher starts a session today it stands here with its register."
                test="no-sessions-today"
            >
                <a class="button" href="/sessions" rel=relation("/sessions")>"All sessions"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <SessionCards sessions=sessions test="today-registers"/> }.into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="board-title">
            <div class="card-head">
                <h2 id="board-title">{format!("Registers of {day}")}</h2>
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
                {format!("Every register since {since} is saved.")}
            </p>
        }
        .into_any();
    }
    let count = counted(sessions.len() as u64, "session");
    view! {
        <section class="card card-flush" aria-labelledby="owed-title">
            <div class="card-head">
                <h2 id="owed-title">"Without a saved register"</h2>
                <p class="muted">{format!("{count} since {since}")}</p>
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
                <h2 id="faceless-title">"Students without a face"</h2>
                <p data-test="faceless-count">"None: a photo can mark every active student."</p>
            </section>
        }
        .into_any();
    }
    let more = count.saturating_sub(some.len() as u64);
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
                <h2 id="faceless-title">"Students without a face"</h2>
                <p class="muted" data-test="faceless-count">{count}</p>
            </div>
            <ul class="link-list">{rows}</ul>
            <p class="card-foot muted small">
                {(more > 0).then(|| format!("And {more} more. "))}
                "They are marked by hand until a photo of theirs is added. "
                <a href="/students?active=true" rel=relation("/students?active=true")>"All students"</a>
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
                <h2 id="problems-title">"Recent problems"</h2>
                <p data-test="no-problems">"None: no mail was refused, no sign-in failed, nothing broke."</p>
            </section>
        }
        .into_any();
    }
    let rows = problems
        .into_iter()
        .map(|problem| {
            let at = problem.at.format("%-d %b, %H:%M").to_string();
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
                            view! { " " <a href=href rel=relation>"Look into it"</a> }
                        })}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="problems-title">
            <div class="card-head"><h2 id="problems-title">"Recent problems"</h2></div>
            <ul class="problems">{rows}</ul>
        </section>
    }
    .into_any()
}

/// "340 ms, 95 in 100 within 1.2 s (of 500)".
fn times_words(times: Option<Times>) -> String {
    times.map_or_else(
        || "none yet".to_owned(),
        |times| {
            let (half, most) = (ms_words(times.p50_ms), ms_words(times.p95_ms));
            format!("half within {half}, 95 % within {most} (last {})", times.count)
        },
    )
}

fn photos_words(photos: u64, times: Option<Times>) -> String {
    let counted = format!("{photos} since the start");
    if times.is_some() { format!("{counted}; {}", times_words(times)) } else { counted }
}

#[component]
fn Health(health: SystemHealth) -> impl IntoView {
    let models = match (&health.models, &health.reason) {
        (Some(models), _) => format!("{} ({})", models.title, models.pack),
        (None, Some(reason)) => reason.clone(),
        (None, None) => "none".to_owned(),
    };
    let licence = health.models.as_ref().map(|models| models.licence.clone());
    let disk = health
        .disk_free
        .map_or_else(|| "not told by the system".to_owned(), |free| format!("{} free", bytes_words(free)));
    let facts = [
        ("Models", models),
        ("Licence", licence.unwrap_or_else(|| "no weights are loaded".to_owned())),
        ("Gallery", format!("{}, {}", counted(health.templates, "template"), bytes_words(health.gallery_bytes))),
        ("Queue", format!("{} of {} places taken", health.waiting, health.waiting_max)),
        ("Photos", photos_words(health.photos, health.photo_times)),
        ("Answers", times_words(health.answer_times)),
        ("Memory", bytes_words(health.memory_bytes)),
        ("Disk", disk),
        ("Database", health.database),
        ("Version", format!("{}, up for {:.1} h", health.version, health.uptime_hours)),
    ];
    let rows = facts.map(|(word, value)| view! { <dt>{word}</dt> <dd>{value}</dd> }).collect_view();
    view! {
        <section class="card" aria-labelledby="health-title" data-test="health">
            <div class="card-head">
                <h2 id="health-title">"System"</h2>
                <a href="/admin/models" rel=relation("/admin/models")>"Models"</a>
            </div>
            <dl class="facts">{rows}</dl>
        </section>
    }
}
