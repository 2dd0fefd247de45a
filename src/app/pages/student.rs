//! One student: fields, photos and face status; admins edit here.

use crate::app::components::avatar::{Avatar, AvatarSize};
use crate::app::components::breadcrumbs::Breadcrumbs;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::loaded::loaded;
use crate::app::components::notice::{ErrorNotice, NoticeKind, use_toasts};
use crate::app::components::server_form::{FormAction, ServerForm};
use crate::app::components::status_chip::{ActiveChip, FaceChip};
use crate::app::error::{AppError, AppResult};
use crate::app::pages::student_photos::{Adding, StudentPhotos};
use crate::app::resource::fetch;
use crate::app::server_fns::{UpdateStudent, get_student, list_departments};
use crate::app::types::{CurrentUser, Department, Role, StudentDetail, StudentId};
use crate::app::words::dates;
use crate::tr;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/students/:id`
#[component]
pub fn StudentPage() -> impl IntoView {
    let params = use_params_map();
    let is_admin = use_context::<CurrentUser>().is_some_and(|user| user.role == Role::Admin);
    let update = FormAction::<UpdateStudent>::new();
    let updated = update.successes();
    let changed = RwSignal::new(0_u32);
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    // Made here, above what reloads, so that waiting photos and errors outlive a reload.
    let adding = Adding::new(id, changed);
    let data = fetch(
        move || (id.get(), updated.get(), changed.get()),
        |(id, ..)| async move { Ok((read_student(id).await?, list_departments().await?)) },
    );
    let toasts = use_toasts();
    Effect::new(move |_| {
        if update.value().read().as_ref().is_some_and(Result::is_ok) {
            toasts.say(NoticeKind::Success, tr!("student-saved"));
        }
    });
    loaded(data, move |(detail, departments): (StudentDetail, Vec<Department>)| {
        view! { <Student detail=detail departments=departments is_admin=is_admin update=update adding=adding/> }
    })
}

/// An address that is no number names nobody.
async fn read_student(id: String) -> AppResult<StudentDetail> {
    match id.parse::<StudentId>() {
        Ok(id) => get_student(id).await,
        Err(_) => Err(AppError::not_found("Student", id)),
    }
}

#[component]
fn Student(
    detail: StudentDetail,
    departments: Vec<Department>,
    is_admin: bool,
    update: FormAction<UpdateStudent>,
    adding: Adding,
) -> impl IntoView {
    let row = detail.row.clone();
    view! {
        <Title text=format!("{} · Rollcall", row.name)/>
        <div class="page" data-test="student">
            <Breadcrumbs above=vec![("/students".to_owned(), tr!("nav-students"))] here=row.name.clone()/>
            <header class="person-head">
                <Avatar name=row.name.clone() photo=row.photo.clone() size=AvatarSize::Large/>
                <div class="page-title">
                    <h1 data-test="student-name">{row.name.clone()}</h1>
                    <p class="page-lead">
                        <span data-test="student-roll-no">{row.roll_no.clone()}</span>
                        {format!(" · {}", row.department.name)}
                    </p>
                    <p class="row">
                        <ActiveChip active=row.is_active/>
                        <FaceChip templates=row.templates/>
                    </p>
                </div>
                <a class="button" href=format!("/students/{}/history", row.id) rel="external" data-test="student-history-link">
                    {tr!("student-attendance-link")}
                </a>
            </header>
            <div class="split split-even">
                <StudentPhotos detail=detail.clone() is_admin=is_admin adding=adding/>
                <Facts detail=detail.clone()/>
            </div>
            {is_admin.then(|| view! { <EditForm detail=detail departments=departments update=update/> })}
        </div>
    }
}

#[component]
fn Facts(detail: StudentDetail) -> impl IntoView {
    let row = detail.row;
    let or_none = |text: String| {
        if text.is_empty() { "—".to_owned() } else { text }
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <div class="card-head"><h2 id="facts-title">{tr!("student-details")}</h2></div>
            <dl class="facts">
                <dt>{tr!("student-roll-number")}</dt>
                <dd>{row.roll_no}</dd>
                <dt>{tr!("student-department")}</dt>
                <dd>{format!("{} · {}", row.department.code, row.department.name)}</dd>
                <dt>{tr!("student-email")}</dt>
                <dd>{or_none(row.email)}</dd>
                <dt>{tr!("student-phone")}</dt>
                <dd>{or_none(row.phone)}</dd>
                <dt>{tr!("student-account")}</dt>
                <dd data-test="student-account">{detail.account.unwrap_or_else(|| tr!("student-no-account"))}</dd>
                <dt>{tr!("student-added")}</dt>
                <dd>{dates::moment(row.created_at.naive_utc(), "%-d %b %Y")}</dd>
            </dl>
        </section>
    }
}

#[component]
fn EditForm(detail: StudentDetail, departments: Vec<Department>, update: FormAction<UpdateStudent>) -> impl IntoView {
    let row = detail.row;
    let error = update.error();
    let options = departments.into_iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))).collect();
    let states =
        vec![("true".to_owned(), tr!("student-state-active")), ("false".to_owned(), tr!("student-state-inactive"))];
    view! {
        <section class="card" aria-labelledby="edit-title">
            <div class="card-head"><h2 id="edit-title">{tr!("student-edit")}</h2></div>
            <ServerForm action=update>
                <div class="form">
                    <ErrorNotice error=form_error(error, &["name", "email", "phone", "department"])/>
                    <input type="hidden" name="form[id]" value=row.id.to_string()/>
                    <input type="hidden" name="was_active" value=row.is_active.to_string()/>
                    <div class="form-pair">
                        <TextField label=tr!("student-name") name="form[name]" required=true value=row.name maxlength="200" autocomplete="off"
                            error=field_error(error, "name") test="edit-name"/>
                        <TextField label=tr!("student-email") name="form[email]" kind="email" required=true value=row.email maxlength="254"
                            autocomplete="off" error=field_error(error, "email") test="edit-email"/>
                        <TextField label=tr!("student-phone") name="form[phone]" kind="tel" value=row.phone maxlength="25" autocomplete="off"
                            error=field_error(error, "phone") test="edit-phone"/>
                        <SelectField label=tr!("student-department") name="form[department]" required=true
                            value=row.department.id.to_string() options=options
                            hint=tr!("student-roll-number-stays")
                            error=field_error(error, "department") test="edit-department"/>
                        <SelectField label=tr!("student-state") name="is_active" required=true value=row.is_active.to_string()
                            options=states
                            test="edit-active"/>
                    </div>
                    <div class="form-actions">
                        <SubmitButton label=tr!("student-save") pending=update.pending() test="edit-save"/>
                    </div>
                </div>
            </ServerForm>
        </section>
    }
}
