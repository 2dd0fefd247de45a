//! Accounts: list and a form for a new one. What is done to one account stands on its own page.

use crate::app::components::done::Done;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::icon::{Icon, IconName};
use crate::app::components::list_fields::{PageSizeField, SortField};
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::pagination::Pagination;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::{ActiveChip, Chip};
use crate::app::components::table::Table;
use crate::app::components::when::changing;
use crate::app::pages::setup::password_hint_words;
use crate::app::resource::fetch;
use crate::app::server_fns::{CreateUser, list_departments, list_users};
use crate::app::types::{AccountFilter, AccountOrdering, CreatedUser, CurrentUser, Department, Page, Role, UserRow};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

const PATH: &str = "/admin/users";

/// Word of a role.
pub fn role_word(role: Role) -> String {
    match role {
        Role::Student => tr!("role-student"),
        Role::Teacher => tr!("role-teacher"),
        Role::Admin => tr!("role-admin"),
    }
}

/// `/admin/users`
#[component]
pub fn UsersPage() -> impl IntoView {
    let create = FormAction::<CreateUser>::new();
    let created = create.successes();
    let query = use_query_map();
    let users = fetch(move || (created.get(), filter_of(&query.read())), |(_, filter)| list_users(filter));
    let departments = fetch(|| (), |()| list_departments());
    let me = use_context::<CurrentUser>();
    let invite = || {
        view! {
            <a class="button button-primary" href="/admin/users/invite" rel="external" data-test="invite-link">
                {tr!("users-invite")}
            </a>
        }
    };
    view! {
        <PageFrame title=tr!("nav-users") lead=tr!("users-lead") actions=invite test="users">
            <Done sentences=vec![("deleted", tr!("users-deleted"))]/>
            {changing(move || create.value().get().and_then(Result::ok).map(|created| view! { <Created created=created/> }))}
            <Filters filter=filter_of(&query.read_untracked())/>
            <div class="split">
                <div>
                    {loaded_part(users, move |page| {
                        view! { <UserList page=page filter=filter_of(&query.read_untracked()) me=me.clone()/> }
                    })}
                </div>
                <div class="split-side">
                    {loaded_part(departments, move |list: Vec<Department>| {
                        // An empty form again after each new account.
                        move || {
                            created.track();
                            view! { <NewUserCard departments=list.clone() create=create/> }
                        }
                    })}
                </div>
            </div>
        </PageFrame>
    }
}

/// The new account and its one-time password, which nobody can read again.
#[component]
fn Created(created: CreatedUser) -> impl IntoView {
    let name = created.user.username;
    view! {
        <Notice kind=NoticeKind::Success title=tr!("users-created", name = name) test="user-created">
            {created.one_time_password.map(|password| {
                view! {
                    <p>{tr!("users-one-time-password")}</p>
                    <code class="secret" data-test="one-time-password">{password}</code>
                }
            })}
        </Notice>
    }
}

/// The list's filter as it stands in the URL; what cannot be read is no filter.
fn filter_of(query: &ParamsMap) -> AccountFilter {
    let text = |name: &str| query.get(name).unwrap_or_default();
    AccountFilter {
        search: text("search"),
        role: text("role").parse().ok(),
        department: None,
        is_active: text("active").parse().ok(),
        ordering: AccountOrdering::ALL.into_iter().find(|sort| sort.as_str() == text("sort")).unwrap_or_default(),
        page: text("page").parse().unwrap_or_default(),
        page_size: text("page_size").parse().unwrap_or_default(),
    }
}

/// The filter's pairs for links to other pages of the list.
fn pairs_of(filter: &AccountFilter) -> Vec<(&'static str, String)> {
    let ordering = filter.ordering;
    vec![
        ("search", filter.search.clone()),
        ("role", filter.role.map(|role| role.as_str().to_owned()).unwrap_or_default()),
        ("active", filter.is_active.map(|active| active.to_string()).unwrap_or_default()),
        ("sort", if ordering == AccountOrdering::default() { String::new() } else { ordering.as_str().to_owned() }),
        ("page_size", if filter.page_size == 0 { String::new() } else { filter.page_size.to_string() }),
    ]
}

/// A plain form: the browser asks for the list that it names.
#[component]
fn Filters(filter: AccountFilter) -> impl IntoView {
    let mut roles = vec![(String::new(), tr!("users-any-role"))];
    roles.extend([Role::Teacher, Role::Admin, Role::Student].map(|role| (role.as_str().to_owned(), role_word(role))));
    let states = vec![
        (String::new(), tr!("users-any-state")),
        ("true".to_owned(), tr!("state-active")),
        ("false".to_owned(), tr!("state-inactive")),
    ];
    let sorts = AccountOrdering::ALL.map(|sort| {
        let word = match sort {
            AccountOrdering::Username => tr!("users-username"),
            AccountOrdering::Email => tr!("users-email"),
            AccountOrdering::Newest => tr!("users-newest"),
        };
        (sort.as_str(), word)
    });
    view! {
        <form method="get" action=PATH>
            <div class="filters" role="search">
                <TextField label=tr!("word-search") name="search" kind="search" bare=true value=filter.search maxlength="100"
                    test="users-search"/>
                <SelectField label=tr!("users-role") name="role" prefix="filter-" submits=true options=roles
                    value=filter.role.map(Role::as_str).unwrap_or_default() test="users-role"/>
                <SelectField label=tr!("users-state") name="active" submits=true options=states
                    value=filter.is_active.map(|active| active.to_string()).unwrap_or_default() test="users-active"/>
                <SortField value=filter.ordering.as_str() options=sorts.to_vec()/>
                <PageSizeField page_size=filter.page_size/>
                <button type="submit" class="button" data-test="users-filter">
                    <Icon name=IconName::Search/>
                    {tr!("word-search")}
                </button>
            </div>
        </form>
    }
}

#[component]
fn UserList(page: Page<UserRow>, filter: AccountFilter, me: Option<CurrentUser>) -> impl IntoView {
    let Page { count, page, page_size, results } = page;
    if results.is_empty() {
        return view! {
            <section class="card card-flush">
                <EmptyState icon=IconName::Search title=tr!("users-none-match") why=tr!("users-none-match-why") test="users-none-match">
                    <a class="button" href=PATH rel="external" data-test="users-clear">{tr!("users-show-all")}</a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let rows = results
        .into_iter()
        .map(|user| {
            let is_me = me.as_ref().is_some_and(|me| me.id == user.id);
            view! { <UserLine user=user is_me=is_me/> }
        })
        .collect_view();
    view! {
        <section class="card card-flush">
            <Table
                caption=tr!("users-caption", count = count)
                columns=vec![
                    tr!("users-account"),
                    tr!("users-role"),
                    tr!("users-last-sign-in"),
                    tr!("users-state"),
                ]
                test="users-table"
            >
                {rows}
            </Table>
            <Pagination count=count page=page page_size=page_size path=PATH query=pairs_of(&filter)/>
        </section>
    }
    .into_any()
}

#[component]
fn UserLine(user: UserRow, is_me: bool) -> impl IntoView {
    let codes = user.departments.iter().map(|department| department.code.clone()).collect::<Vec<_>>();
    let codes = codes.join(&tr!("word-list-separator"));
    let icon = match user.role {
        Role::Admin => IconName::Key,
        Role::Teacher => IconName::Calendar,
        Role::Student => IconName::Person,
    };
    // Without a name of their own the username stands above already.
    let below = (user.name != user.username).then(|| user.username.clone());
    let seen = user.last_login.map_or_else(|| tr!("users-never"), |at| dates::day(at.date_naive(), "%-d %b %Y"));
    let (username, is_off) = (user.username.clone(), !user.is_active);
    let href = format!("/admin/users/{}", user.id);
    view! {
        <tr class:is-off=is_off data-test="user-row" data-username=username>
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=href rel="external" data-test="user-link">{user.name.clone()}</a>
                    {is_me.then(|| view! { <span class="muted small">{tr!("users-is-you")}</span> })}
                    {below.map(|username| view! { <span class="muted small">{username}</span> })}
                    <span class="muted small">{user.email.clone()}</span>
                </span>
            </th>
            <td data-label=tr!("users-role")>
                <span class="cell-person-text">
                    <Chip hue="accent" icon=icon word=role_word(user.role) test="user-role-chip"/>
                    {(!codes.is_empty()).then(|| view! { <span class="muted small">{codes}</span> })}
                </span>
            </td>
            <td data-label=tr!("users-last-sign-in")><span class="nowrap">{seen}</span></td>
            <td data-label=tr!("users-state")><ActiveChip active=user.is_active/></td>
        </tr>
    }
}

#[component]
fn NewUserCard(departments: Vec<Department>, create: FormAction<CreateUser>) -> impl IntoView {
    const FIELDS: &[&str] =
        &["username", "email", "first_name", "last_name", "phone", "role", "departments", "password"];
    let error = create.error();
    let roles = [Role::Teacher, Role::Admin, Role::Student].map(|role| (role.as_str().to_owned(), role_word(role)));
    let role = RwSignal::new(Role::Teacher.as_str().to_owned());
    view! {
        <section class="card" aria-labelledby="user-form-title">
            <div class="card-head"><h2 id="user-form-title">{tr!("users-new")}</h2></div>
            <ServerForm action=create>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    <SelectField label=tr!("users-role") name="form[role]" required=true value="teacher" options=roles.to_vec()
                        on_choice=move |value| role.set(value) error=field_error(error, "role") test="user-role-choice"/>
                    <TextField label=tr!("users-username") name="form[username]" required=true autocomplete="off" spellcheck="false"
                        autocapitalize="none" pattern="[A-Za-z0-9_]{3,150}" pattern_words=tr!("users-username-pattern")
                        hint=tr!("users-username-hint") error=field_error(error, "username") test="user-username"/>
                    <TextField label=tr!("users-email") name="form[email]" kind="email" required=true maxlength="254" autocomplete="off"
                        error=field_error(error, "email") test="user-email"/>
                    <div class="form-pair">
                        <TextField label=tr!("users-first-name") name="form[first_name]" maxlength="150" autocomplete="off"
                            error=field_error(error, "first_name") test="user-first-name"/>
                        <TextField label=tr!("users-last-name") name="form[last_name]" maxlength="150" autocomplete="off"
                            error=field_error(error, "last_name") test="user-last-name"/>
                    </div>
                    <DepartmentChoice departments=departments role=role error=field_error(error, "departments")/>
                    <TextField label=tr!("users-password") name="form[password]" kind="password" autocomplete="new-password" maxlength="128"
                        hint=tr!("users-password-hint", rule = password_hint_words())
                        error=field_error(error, "password") test="user-password"/>
                    <noscript>
                        <p class="field-hint">{tr!("users-no-scripts")}</p>
                    </noscript>
                    <div class="form-actions">
                        <SubmitButton label=tr!("users-make") pending=create.pending() test="user-save"/>
                    </div>
                </div>
            </ServerForm>
        </section>
    }
}

/// A teacher's departments; hidden for the other roles.
#[component]
fn DepartmentChoice(
    departments: Vec<Department>,
    role: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let none = departments.is_empty();
    let boxes = departments
        .into_iter()
        .enumerate()
        .map(|(at, department)| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=format!("form[departments][{at}]")
                        value=department.id.to_string()
                        data-test="user-department"
                    />
                    {format!("{} · {}", department.code, department.name)}
                </label>
            }
        })
        .collect_view();
    let not_teacher = move || role.read().as_str() != Role::Teacher.as_str();
    view! {
        <fieldset class="field" hidden=not_teacher disabled=not_teacher>
            <legend>{tr!("users-departments")}</legend>
            {if none {
                view! {
                    <p class="field-hint">
                        {format!("{} ", tr!("users-no-department"))}
                        <a href="/admin/departments">{tr!("users-make-department")}</a>
                    </p>
                }
                .into_any()
            } else {
                view! { <div class="check-list">{boxes}</div> }.into_any()
            }}
            {changing(move || error.get().map(|text| view! { <p class="field-error" role="alert" data-test="field-error">{text}</p> }))}
        </fieldset>
    }
}
