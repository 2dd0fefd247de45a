//! The administrator's first screen: counts, open registers, what is missing.

use crate::app::components::contests_link::OpenContests;
use crate::app::components::counters::CountersMini;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded_part;
use crate::app::components::page::PageFrame;
use crate::app::components::status_chip::StageChip;
use crate::app::error::AppResult;
use crate::app::resource::fetch;
use crate::app::server_fns::{count_contests, list_departments, list_sessions, list_users};
use crate::app::types::{Department, PAGE_SIZE_MAX, Page, Role, SessionFilter, SessionRow, SessionStatus, UserRow};
use leptos::prelude::*;

/// Everything on the screen.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
struct Overview {
    departments: Vec<Department>,
    users: Vec<UserRow>,
    /// Active sessions: registers that nobody has saved.
    open: Page<SessionRow>,
    /// Objections to records that wait for a decision.
    contests: u64,
}

async fn read_overview() -> AppResult<Overview> {
    let open =
        SessionFilter { status: Some(SessionStatus::Active), page_size: PAGE_SIZE_MAX, ..SessionFilter::default() };
    Ok(Overview {
        departments: list_departments().await?,
        users: list_users().await?,
        open: list_sessions(open).await?,
        contests: count_contests().await?,
    })
}

/// `/admin`
#[component]
pub fn OverviewPage() -> impl IntoView {
    let data = fetch(|| (), |()| read_overview());
    view! {
        <PageFrame title="Overview" lead="What is going on, and what is still missing." test="overview">
            {loaded_part(data, |overview| view! { <Screen overview=overview/> })}
        </PageFrame>
    }
}

#[component]
fn Screen(overview: Overview) -> impl IntoView {
    let students: u64 = overview.departments.iter().map(|department| department.students).sum();
    let teachers = overview.users.iter().filter(|user| user.role == Role::Teacher && user.is_active).count();
    let figures = [
        ("/students?active=true", "active students", students, "figure-students"),
        ("/admin/departments", "departments", overview.departments.len() as u64, "figure-departments"),
        ("/admin/users", "teachers", teachers as u64, "figure-teachers"),
        ("/sessions?status=active", "open registers", overview.open.count, "figure-open"),
    ];
    let figures = figures.map(|(href, word, number, test)| {
        view! {
            <a class="figure" href=href data-test=test>
                <span class="figure-number">{number}</span>
                <span class="figure-word">{word}</span>
            </a>
        }
    });
    view! {
        <div class="figures">{figures.collect_view()}</div>
        <OpenContests count=overview.contests/>
        <FirstSteps departments=overview.departments.is_empty() students={students == 0} teachers={teachers == 0}/>
        <OpenRegisters open=overview.open.results/>
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

#[component]
fn OpenRegisters(open: Vec<SessionRow>) -> impl IntoView {
    let inside = if open.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Check
                title="No register is open"
                why="When a teacher starts a session it appears here until its register is saved."
                test="no-open-registers"
            />
        }
        .into_any()
    } else {
        let rows = open.into_iter().map(|session| view! { <OpenRow session=session/> }).collect_view();
        view! { <ul class="link-list" data-test="open-registers">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card card-flush" aria-labelledby="open-title">
            <div class="card-head"><h2 id="open-title">"Open registers"</h2></div>
            {inside}
        </section>
    }
}

#[component]
fn OpenRow(session: SessionRow) -> impl IntoView {
    let when = format!("{}, {}", session.date.format("%a %-d %b"), session.start_time.format("%H:%M"));
    view! {
        <li>
            <a class="link-row" href=format!("/sessions/{}", session.id) data-test="open-register">
                <span class="link-row-text">
                    <strong>{session.subject}</strong>
                    <span class="muted small">{format!("{when} · {} · {}", session.department.code, session.teacher)}</span>
                </span>
                <CountersMini counters=session.counters/>
                <StageChip stage=session.stage/>
                <Icon name=IconName::Forward/>
            </a>
        </li>
    }
}
