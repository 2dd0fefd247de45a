//! One search from anywhere: students, sessions, and for admins accounts and departments.

use crate::app::components::avatar::Avatar;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::loaded::loaded;
use crate::app::components::marked::Marked;
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::address;
use crate::app::components::session_head::clock_words;
use crate::app::components::status_chip::{ActiveChip, StageChip};
use crate::app::resource::fetch;
use crate::app::server_fns::search_everything;
use crate::app::types::{CurrentUser, Department, Found, Page, Role, SessionRow, StudentRow, UserRow};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/search`
#[component]
pub fn SearchPage() -> impl IntoView {
    let text = use_query_map().read_untracked().get("q").unwrap_or_default();
    let is_admin = use_context::<CurrentUser>().is_some_and(|user| user.role == Role::Admin);
    let asked = text.clone();
    let found = fetch(|| (), move |()| search_everything(asked.clone()));
    view! {
        <PageFrame title=tr!("word-search") test="search">
            <form class="search-form" method="get" action="/search" role="search" aria-label=tr!("search-form")>
                <label class="visually-hidden" for="search-text">{kinds(is_admin)}</label>
                <input
                    class="control"
                    id="search-text"
                    type="search"
                    name="q"
                    value=text
                    maxlength="100"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder=tr!("search-placeholder")
                    data-test="search-text"
                />
                <button type="submit" class="button button-primary" data-test="search-go">
                    <Icon name=IconName::Search/>
                    {tr!("word-search")}
                </button>
            </form>
            {loaded(found, move |found| view! { <Everything found=found is_admin=is_admin/> })}
        </PageFrame>
    }
}

/// What can be found, as a label.
fn kinds(is_admin: bool) -> String {
    if is_admin { tr!("search-kinds-admin") } else { tr!("search-kinds") }
}

#[component]
fn Everything(found: Found, is_admin: bool) -> impl IntoView {
    if found.text.is_empty() {
        let why = if is_admin { tr!("search-hint-admin") } else { tr!("search-hint") };
        return view! {
            <section class="card">
                <EmptyState icon=IconName::Search title=tr!("search-hint-title") why=why test="search-hint">
                    <a class="button" href="/students">{tr!("search-all-students")}</a>
                    <a class="button" href="/sessions">{tr!("search-all-sessions")}</a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let count = found.count();
    if count == 0 {
        return view! { <Nothing text=found.text is_admin=is_admin/> }.into_any();
    }
    let words: Vec<String> = found.text.split_whitespace().map(str::to_owned).collect();
    let told = tr!("search-matches", count = count, text = found.text.as_str());
    view! {
        <p role="status" data-test="search-count">{told}</p>
        <Students page=found.students text=found.text.clone() words=words.clone()/>
        <Sessions page=found.sessions text=found.text.clone() words=words.clone() day=found.day/>
        {found.users.map(|page| view! { <Users page=page words=words.clone()/> })}
        {found.departments.map(|page| view! { <Departments page=page words=words.clone()/> })}
    }
    .into_any()
}

#[component]
fn Nothing(text: String, is_admin: bool) -> impl IntoView {
    let title = tr!("search-nothing", text = text);
    view! {
        <section class="card">
            <EmptyState icon=IconName::Search title=title why=tr!("search-nothing-why") test="search-nothing">
                <a class="button" href="/students">{tr!("search-all-students")}</a>
                <a class="button" href="/sessions">{tr!("search-all-sessions")}</a>
                {is_admin.then(|| view! { <a class="button" href="/admin/students/new">{tr!("search-new-student")}</a> })}
            </EmptyState>
        </section>
    }
}

/// One kind of thing: heading with its count, rows, and the way to all of them.
#[component]
fn Group(
    title: String,
    count: u64,
    /// Where all of them stand, when there are more than are shown.
    rest: Option<String>,
    test: &'static str,
    children: Children,
) -> impl IntoView {
    let id = format!("{test}-title");
    let labelledby = id.clone();
    let rest = rest.map(|href| {
        view! {
            <p class="found-rest">
                <a class="button" href=href data-test=format!("{test}-all")>{tr!("search-show-all", count = count)}</a>
            </p>
        }
    });
    (count > 0).then(|| {
        view! {
            <section class="card card-flush" aria-labelledby=labelledby data-test=test>
                <div class="card-head">
                    <h2 id=id>{title} " " <span class="found-count">{count}</span></h2>
                </div>
                <ul class="found">{children()}</ul>
                {rest}
            </section>
        }
    })
}

/// The address of a whole list, when not all of it is shown.
fn rest_of<T>(page: &Page<T>, path: &str, query: &[(&str, String)]) -> Option<String> {
    (page.count > page.results.len() as u64).then(|| address(path, query))
}

#[component]
fn Students(page: Page<StudentRow>, text: String, words: Vec<String>) -> impl IntoView {
    let (count, rest) = (page.count, rest_of(&page, "/students", &[("search", text)]));
    let rows = page.results.into_iter().map(|student| {
        let (href, roll_no) = (format!("/students/{}", student.id), student.roll_no.clone());
        let off = (!student.is_active).then(|| view! { <ActiveChip active=false/> });
        view! {
            <li>
                <a class="found-row" href=href data-test="found-student" data-roll-no=roll_no>
                    <Avatar name=student.name.clone() photo=student.photo/>
                    <span class="found-what">
                        <strong><Marked text=student.name words=words.clone()/></strong>
                        <span class="muted small"><Marked text=student.email words=words.clone()/></span>
                    </span>
                    <span class="found-side">
                        <span class="nowrap"><Marked text=student.roll_no words=words.clone()/></span>
                        {off}
                    </span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <Group title=tr!("nav-students") count=count rest=rest test="found-students">{rows}</Group> }
}

#[component]
fn Sessions(page: Page<SessionRow>, text: String, words: Vec<String>, day: Option<chrono::NaiveDate>) -> impl IntoView {
    let query = match day {
        Some(day) => vec![("from", day.to_string()), ("to", day.to_string())],
        None => vec![("subject", text)],
    };
    let (count, rest) = (page.count, rest_of(&page, "/sessions", &query));
    let words = if day.is_some() { Vec::new() } else { words };
    let rows = page.results.into_iter().map(|session| {
        let when = format!("{} · {}", dates::day(session.date, "%a %-d %b %Y"), clock_words(&session));
        let day = if day.is_some() { view! { <mark>{when}</mark> }.into_any() } else { when.into_any() };
        view! {
            <li>
                <a class="found-row" href=format!("/sessions/{}", session.id) data-test="found-session">
                    <span class="found-what">
                        <strong><Marked text=session.subject words=words.clone()/></strong>
                        <span class="muted small">{format!("{} · {}", session.department.name, session.teacher)}</span>
                    </span>
                    <span class="found-side"><span>{day}</span> <StageChip stage=session.stage/></span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <Group title=tr!("nav-sessions") count=count rest=rest test="found-sessions">{rows}</Group> }
}

#[component]
fn Users(page: Page<UserRow>, words: Vec<String>) -> impl IntoView {
    let (count, rest) = (page.count, rest_of(&page, "/admin/users", &[]));
    let rows = page.results.into_iter().map(|user| {
        let off = (!user.is_active).then(|| view! { <ActiveChip active=false/> });
        let href = format!("/admin/users/{}", user.id);
        view! {
            <li>
                <a class="found-row" href=href data-test="found-user">
                    <Avatar name=user.name.clone() photo=None/>
                    <span class="found-what">
                        <strong><Marked text=user.name words=words.clone()/></strong>
                        <span class="muted small">
                            <Marked text=user.username words=words.clone()/> " · " <Marked text=user.email words=words.clone()/>
                        </span>
                    </span>
                    <span class="found-side"><span>{role_word(user.role)}</span> {off}</span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <Group title=tr!("nav-users") count=count rest=rest test="found-users">{rows}</Group> }
}

fn role_word(role: Role) -> String {
    match role {
        Role::Student => tr!("role-student"),
        Role::Teacher => tr!("role-teacher"),
        Role::Admin => tr!("role-admin"),
    }
}

#[component]
fn Departments(page: Page<Department>, words: Vec<String>) -> impl IntoView {
    let (count, rest) = (page.count, rest_of(&page, "/admin/departments", &[]));
    let rows = page.results.into_iter().map(|department| {
        let href = address("/students", &[("department", department.id.to_string())]);
        view! {
            <li>
                <a class="found-row" href=href data-test="found-department">
                    <span class="found-what">
                        <strong><Marked text=department.name words=words.clone()/></strong>
                        <span class="muted small"><Marked text=department.code words=words.clone()/></span>
                    </span>
                    <span class="found-side"><span>{tr!("search-active-students", count = department.students)}</span></span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! { <Group title=tr!("search-departments") count=count rest=rest test="found-departments">{rows}</Group> }
}
