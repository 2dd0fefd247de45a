//! One user, looked after by an admin: details, role, state, links, student entry, history.

mod account;
mod links;

use crate::app::components::done::Done;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::moment::Moment;
use crate::app::components::notice::ErrorNotice;
use crate::app::components::page::PageFrame;
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::ActiveChip;
use crate::app::error::{AppError, AppResult};
use crate::app::pages::admin::users::role_word;
use crate::app::plain::ticked_or;
use crate::app::resource::fetch;
use crate::app::server_fns::{ChangeUser, ChangeUserRole, get_user_card};
use crate::app::types::{AccountEvent, DepartmentId, DepartmentRef, Role, UserCard, UserId};
use crate::tr;
use account::{DeleteCard, StateCard};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use links::{LinkCard, StudentCard};

/// What a form that led here has done.
fn done_words() -> Vec<(&'static str, String)> {
    vec![
        ("invited", tr!("user-done-invited")),
        ("saved", tr!("user-done-saved")),
        ("role", tr!("user-done-role")),
        ("activated", tr!("user-done-activated")),
        ("deactivated", tr!("user-done-deactivated")),
        ("verified", tr!("user-done-verified")),
        ("link", tr!("user-done-link")),
        ("linked", tr!("user-done-linked")),
        ("unlinked", tr!("user-done-unlinked")),
    ]
}

/// `/admin/users/:id`
#[component]
pub fn UserCardPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let data = fetch(move || id.clone(), read_card);
    loaded(data, |user: UserCard| view! { <User user=user/> })
}

/// An address that is no number names nobody.
async fn read_card(id: String) -> AppResult<UserCard> {
    match id.parse::<UserId>() {
        Ok(id) => get_user_card(id).await,
        Err(_) => Err(AppError::not_found("User", id)),
    }
}

#[component]
fn User(user: UserCard) -> impl IntoView {
    let lead = format!("{} · {}", user.username, role_word(user.role));
    let above = vec![("/admin/users".to_owned(), tr!("nav-users"))];
    let is_student = user.role == Role::Student;
    let history = user.history.clone();
    view! {
        <PageFrame title=user.name.clone() lead=lead above=above test="user">
            <Done sentences=done_words()/>
            <div class="split">
                <div class="stack">
                    <Details user=user.clone()/>
                    <RoleCard user=user.clone()/>
                </div>
                <div class="stack">
                    <StateCard user=user.clone()/>
                    <LinkCard user=user.clone()/>
                    {is_student.then(|| view! { <StudentCard user=user.clone()/> })}
                    <DeleteCard user=user/>
                </div>
            </div>
            <History lines=history/>
        </PageFrame>
    }
}

#[component]
fn Details(user: UserCard) -> impl IntoView {
    const FIELDS: &[&str] = &["first_name", "last_name", "phone", "email"];
    let change = FormAction::<ChangeUser>::new();
    let error = change.error();
    let verified = if user.email_verified { tr!("user-verified") } else { tr!("user-not-verified") };
    view! {
        <section class="card" aria-labelledby="details-title">
            <div class="card-head">
                <h2 id="details-title">{tr!("user-details")}</h2>
                <ActiveChip active=user.is_active/>
            </div>
            <div class="stack">
                <dl class="facts">
                    <dt>{tr!("users-username")}</dt>
                    <dd data-test="user-username">{user.username}</dd>
                    <dt>{tr!("users-email")}</dt>
                    <dd>
                        {user.email.clone()}
                        <span class="muted small" data-test="user-verified">{format!(" {verified}")}</span>
                    </dd>
                    <dt>{tr!("user-joined")}</dt>
                    <dd><Moment at=user.joined/></dd>
                    <dt>{tr!("users-last-sign-in")}</dt>
                    <dd>
                        {match user.last_login {
                            Some(at) => view! { <Moment at=at/> }.into_any(),
                            None => tr!("users-never").into_any(),
                        }}
                    </dd>
                </dl>
                <ServerForm action=change>
                    <div class="form">
                        <ErrorNotice error=form_error(error, FIELDS)/>
                        <input type="hidden" name="id" value=user.id.to_string()/>
                        <div class="form-pair">
                            <TextField label=tr!("users-first-name") name="form[first_name]" value=user.first_name maxlength="150"
                                autocomplete="off" error=field_error(error, "first_name") test="user-first-name"/>
                            <TextField label=tr!("users-last-name") name="form[last_name]" value=user.last_name maxlength="150"
                                autocomplete="off" error=field_error(error, "last_name") test="user-last-name"/>
                        </div>
                        <div class="form-pair">
                            <TextField label=tr!("users-email") name="form[email]" kind="email" value=user.email required=true
                                maxlength="254" autocomplete="off" hint=tr!("user-email-hint")
                                error=field_error(error, "email") test="user-email"/>
                            <TextField label=tr!("user-phone") name="form[phone]" kind="tel" value=user.phone autocomplete="off"
                                hint=tr!("user-phone-hint") error=field_error(error, "phone") test="user-phone"/>
                        </div>
                        <div class="form-actions"><SubmitButton label=tr!("user-save") test="user-save"/></div>
                    </div>
                </ServerForm>
            </div>
        </section>
    }
}

#[component]
fn RoleCard(user: UserCard) -> impl IntoView {
    let change = FormAction::<ChangeUserRole>::new();
    let error = change.error();
    let roles = Role::ALL.map(|role| (role.as_str().to_owned(), role_word(role)));
    let chosen: Vec<DepartmentId> = user.departments.iter().map(|department| department.id).collect();
    let inside = if user.is_last_admin {
        view! { <p data-test="user-last-admin">{tr!("user-role-last-admin")}</p> }.into_any()
    } else {
        let hint = if user.is_me { tr!("user-role-hint-own") } else { tr!("user-role-hint") };
        view! {
            <ServerForm action=change>
                <div class="form">
                    <ErrorNotice error=form_error(error, &["role", "departments"])/>
                    <input type="hidden" name="id" value=user.id.to_string()/>
                    <SelectField label=tr!("users-role") name="form[role]" required=true value=user.role.as_str() options=roles.to_vec()
                        hint=hint error=field_error(error, "role") test="user-role-choice"/>
                    <DepartmentBoxes departments=user.all_departments chosen=chosen error=field_error(error, "departments")/>
                    <div class="form-actions"><SubmitButton label=tr!("user-role-save") test="user-role-save"/></div>
                </div>
            </ServerForm>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="role-title">
            <div class="card-head"><h2 id="role-title">{tr!("user-role-title")}</h2></div>
            {inside}
        </section>
    }
}

/// A box per department, for a form whose role is chosen beside it.
#[component]
pub fn DepartmentBoxes(
    departments: Vec<DepartmentRef>,
    chosen: Vec<DepartmentId>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let none = departments.is_empty();
    let boxes = departments
        .into_iter()
        .enumerate()
        .map(|(at, department)| {
            let name = format!("form[departments][{at}]");
            let checked = ticked_or(&name, chosen.contains(&department.id));
            view! {
                <label class="check">
                    <input type="checkbox" name=name value=department.id.to_string() checked=checked data-test="user-department"/>
                    {format!("{} · {}", department.code, department.name)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!("area-departments")}</legend>
            <p class="field-hint">{tr!("user-departments-hint")}</p>
            {if none {
                view! {
                    <p>
                        {format!("{} ", tr!("users-no-department"))}
                        <a href="/admin/departments">{tr!("users-make-department")}</a>
                    </p>
                }
                .into_any()
            } else {
                view! { <div class="check-list">{boxes}</div> }.into_any()
            }}
            {error.get_untracked().map(|text| view! { <p class="field-error" role="alert" data-test="field-error">{text}</p> })}
        </fieldset>
    }
}

#[component]
fn History(lines: Vec<AccountEvent>) -> impl IntoView {
    let inside = if lines.is_empty() {
        view! { <p class="muted">{tr!("user-history-none")}</p> }.into_any()
    } else {
        let rows = lines.into_iter().map(|line| {
            view! {
                <li class="line" data-test="history-line">
                    <span class="line-text">{line.sentence}</span>
                    <span class="muted small"><Moment at=line.at/></span>
                </li>
            }
        });
        view! { <ul class="lines">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="history-title">
            <div class="card-head"><h2 id="history-title">{tr!("user-history")}</h2></div>
            {inside}
        </section>
    }
}
