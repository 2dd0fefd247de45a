//! Accounts: list and a form for a new one. What is done to one account stands on its own page.

use crate::app::components::done::Done;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{ErrorNotice, Notice, NoticeKind};
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::{ActiveChip, Chip};
use crate::app::components::table::Table;
use crate::app::components::when::changing;
use crate::app::pages::setup::PASSWORD_HINT;
use crate::app::resource::fetch;
use crate::app::server_fns::{CreateUser, list_departments, list_users};
use crate::app::types::{CreatedUser, CurrentUser, Department, Role, UserRow};
use leptos::prelude::*;

/// Word of a role.
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Student => "Student",
        Role::Teacher => "Teacher",
        Role::Admin => "Administrator",
    }
}

/// `/admin/users`
#[component]
pub fn UsersPage() -> impl IntoView {
    let create = FormAction::<CreateUser>::new();
    let created = create.successes();
    let users = fetch(move || created.get(), |_| list_users());
    let departments = fetch(|| (), |()| list_departments());
    let me = use_context::<CurrentUser>();
    let invite = || view! { <a class="button button-primary" href="/admin/users/invite" rel="external" data-test="invite-link">"Invite somebody"</a> };
    view! {
        <PageFrame title="Users" lead="Everybody who signs in: teachers, administrators, and students who look at their own attendance." actions=invite test="users">
            <Done sentences=&[("deleted", "The account is deleted.")]/>
            {changing(move || create.value().get().and_then(Result::ok).map(|created| view! { <Created created=created/> }))}
            <div class="split">
                <div>
                    {loaded_part(users, move |list| {
                        let me = me.clone();
                        view! { <UserList list=list me=me/> }
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
        <Notice kind=NoticeKind::Success title=format!("{name} can sign in now") test="user-created">
            {created.one_time_password.map(|password| {
                view! {
                    <p>"Hand over this password in person; it is shown only now."</p>
                    <code class="secret" data-test="one-time-password">{password}</code>
                }
            })}
        </Notice>
    }
}

#[component]
fn UserList(list: Vec<UserRow>, me: Option<CurrentUser>) -> impl IntoView {
    let count = list.len();
    let rows = list
        .into_iter()
        .map(|user| {
            let is_me = me.as_ref().is_some_and(|me| me.id == user.id);
            view! { <UserLine user=user is_me=is_me/> }
        })
        .collect_view();
    view! {
        <section class="card card-flush">
            <Table caption=format!("Accounts, by username: {count}") columns=vec!["Account", "Role", "Last sign-in", "State"] test="users-table">
                {rows}
            </Table>
        </section>
    }
}

#[component]
fn UserLine(user: UserRow, is_me: bool) -> impl IntoView {
    let codes = user.departments.iter().map(|department| department.code.clone()).collect::<Vec<_>>().join(", ");
    let icon = match user.role {
        Role::Admin => IconName::Key,
        Role::Teacher => IconName::Calendar,
        Role::Student => IconName::Person,
    };
    // Without a name of their own the username stands above already.
    let below = (user.name != user.username).then(|| user.username.clone());
    let seen = user.last_login.map_or_else(|| "Never".to_owned(), |at| at.format("%-d %b %Y").to_string());
    let (username, is_off) = (user.username.clone(), !user.is_active);
    let href = format!("/admin/users/{}", user.id);
    view! {
        <tr class:is-off=is_off data-test="user-row" data-username=username>
            <th scope="row">
                <span class="cell-person-text">
                    <a class="cell-link" href=href rel="external" data-test="user-link">{user.name.clone()}</a>
                    {is_me.then(|| view! { <span class="muted small">"This is you"</span> })}
                    {below.map(|username| view! { <span class="muted small">{username}</span> })}
                    <span class="muted small">{user.email.clone()}</span>
                </span>
            </th>
            <td data-label="Role">
                <span class="cell-person-text">
                    <Chip hue="accent" icon=icon word=role_word(user.role) test="user-role-chip"/>
                    {(!codes.is_empty()).then(|| view! { <span class="muted small">{codes}</span> })}
                </span>
            </td>
            <td data-label="Last sign-in"><span class="nowrap">{seen}</span></td>
            <td data-label="State"><ActiveChip active=user.is_active/></td>
        </tr>
    }
}

#[component]
fn NewUserCard(departments: Vec<Department>, create: FormAction<CreateUser>) -> impl IntoView {
    const FIELDS: &[&str] =
        &["username", "email", "first_name", "last_name", "phone", "role", "departments", "password"];
    let error = create.error();
    let roles =
        [Role::Teacher, Role::Admin, Role::Student].map(|role| (role.as_str().to_owned(), role_word(role).to_owned()));
    let role = RwSignal::new(Role::Teacher.as_str().to_owned());
    view! {
        <section class="card" aria-labelledby="user-form-title">
            <div class="card-head"><h2 id="user-form-title">"New account"</h2></div>
            <ServerForm action=create>
                <div class="form">
                    <ErrorNotice error=form_error(error, FIELDS)/>
                    <SelectField label="Role" name="form[role]" required=true value="teacher" options=roles.to_vec()
                        on_choice=move |value| role.set(value) error=field_error(error, "role") test="user-role-choice"/>
                    <TextField label="Username" name="form[username]" required=true autocomplete="off" spellcheck="false"
                        autocapitalize="none" pattern="[A-Za-z0-9_]{3,150}" pattern_words="3 to 150 letters, digits and underscores"
                        hint="Letters, digits and underscores." error=field_error(error, "username") test="user-username"/>
                    <TextField label="Email" name="form[email]" kind="email" required=true maxlength="254" autocomplete="off"
                        error=field_error(error, "email") test="user-email"/>
                    <div class="form-pair">
                        <TextField label="First name" name="form[first_name]" maxlength="150" autocomplete="off"
                            error=field_error(error, "first_name") test="user-first-name"/>
                        <TextField label="Last name" name="form[last_name]" maxlength="150" autocomplete="off"
                            error=field_error(error, "last_name") test="user-last-name"/>
                    </div>
                    <DepartmentChoice departments=departments role=role error=field_error(error, "departments")/>
                    <TextField label="Password" name="form[password]" kind="password" autocomplete="new-password" maxlength="128"
                        hint=format!("Leave it empty and a one-time password is made and shown once. {PASSWORD_HINT}")
                        error=field_error(error, "password") test="user-password"/>
                    <noscript>
                        <p class="field-hint">"Scripts are off: type a password, a made one could not be shown."</p>
                    </noscript>
                    <div class="form-actions">
                        <SubmitButton label="Make account" pending=create.pending() test="user-save"/>
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
            <legend>"Departments of the teacher"</legend>
            {if none {
                view! {
                    <p class="field-hint">
                        "There is no department yet. " <a href="/admin/departments">"Make one first"</a>
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
