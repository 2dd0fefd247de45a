//! A new student: fields, the roll number to come, photos with their verdict.

use crate::app::components::empty_state::EmptyState;
use crate::app::components::field::{SelectField, SubmitButton, TextField, field_error, form_error};
use crate::app::components::icon::IconName;
use crate::app::components::loaded::loaded_part;
use crate::app::components::notice::{ErrorNotice, NoticeKind, Toasts, use_toasts};
use crate::app::components::page::PageFrame;
use crate::app::components::photo_picker::{PhotoPicker, Picker};
use crate::app::components::server_form::url_error;
use crate::app::components::when::changing;
use crate::app::error::AppError;
use crate::app::pages::check::check_now;
use crate::app::plain::{remember_typed, typed_or};
use crate::app::resource::fetch;
use crate::app::server_fns::{CreateStudent, create_student, list_departments, next_roll_no};
use crate::app::types::{CreatedStudent, Department, DepartmentId};
use crate::tr;
use leptos::prelude::*;
use leptos::server_fn::{ServerFn, codec::MultipartData};
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

/// `/admin/students/new`
#[component]
pub fn NewStudentPage() -> impl IntoView {
    let departments = fetch(|| (), |()| list_departments());
    view! {
        <PageFrame
            title=tr!("new-student-title")
            above=vec![("/students".to_owned(), tr!("nav-students"))]
            narrow=true
            test="new-student-page"
        >
            {loaded_part(departments, |list: Vec<Department>| {
                if list.is_empty() {
                    view! { <NoDepartment/> }.into_any()
                } else {
                    view! { <NewStudentForm departments=list/> }.into_any()
                }
            })}
        </PageFrame>
    }
}

#[component]
fn NoDepartment() -> impl IntoView {
    view! {
        <section class="card">
            <EmptyState
                icon=IconName::Building
                title=tr!("new-student-no-department")
                why=tr!("new-student-no-department-why")
            >
                <a class="button button-primary" href="/admin/departments">{tr!("new-student-make-department")}</a>
            </EmptyState>
        </section>
    }
}

#[component]
fn NewStudentForm(departments: Vec<Department>) -> impl IntoView {
    let picker = Picker::new(Callback::new(|photo| check_now(photo, None)));
    remember_typed(CreateStudent::url());
    // A plain form brings its error back in the page's address.
    let trouble = RwSignal::new(url_error::<CreateStudent>());
    let error = Signal::from(trouble);
    let pending = RwSignal::new(false);
    let only = match departments.as_slice() {
        [only] => only.id.to_string(),
        _ => String::new(),
    };
    let department = RwSignal::new(typed_or("department", only).parse::<DepartmentId>().ok());
    let mut options = vec![(String::new(), tr!("new-student-choose"))];
    options.extend(departments.into_iter().map(|d| (d.id.to_string(), format!("{} · {}", d.code, d.name))));
    let send = sender(picker, trouble, pending);
    let checking = move || picker.photos.get().iter().any(|photo| photo.is_pending());
    let refused =
        move || picker.photos.get().iter().filter(|photo| !photo.is_pending() && !photo.is_accepted()).count();
    view! {
        <form method="post" action=CreateStudent::url() enctype="multipart/form-data" class="form" on:submit=send data-test="new-student-form">
            <ErrorNotice error=form_error(error, &["name", "email", "phone", "department", "photo"])/>
            <section class="card form" aria-labelledby="who-title">
                <h2 id="who-title">{tr!("new-student-who")}</h2>
                <TextField label=tr!("new-student-name") name="name" required=true maxlength="200" autocomplete="off"
                    error=field_error(error, "name") test="student-form-name"/>
                <div class="form-pair">
                    <TextField label=tr!("new-student-email") name="email" kind="email" required=true maxlength="254" autocomplete="off"
                        error=field_error(error, "email") test="student-form-email"/>
                    <TextField label=tr!("new-student-phone") name="phone" kind="tel" inputmode="tel" maxlength="25" autocomplete="off"
                        pattern="[+0-9 ()\\-]{10,25}" pattern_words=tr!("new-student-phone-pattern")
                        error=field_error(error, "phone") test="student-form-phone"/>
                </div>
                <SelectField label=tr!("new-student-department") name="department" required=true options=options
                    value=department.get_untracked().map(|id| id.to_string()).unwrap_or_default()
                    on_choice=move |value: String| department.set(value.parse::<DepartmentId>().ok())
                    error=field_error(error, "department") test="student-form-department"/>
                <RollNumber department=department/>
            </section>
            <FaceCard picker=picker error=field_error(error, "photo")/>
            <div class="form-actions">
                <SubmitButton
                    label=tr!("new-student-save")
                    pending=Signal::derive(move || pending.get() || checking())
                    test="student-form-save"
                />
                <a class="button" href="/students" rel="external">{tr!("word-cancel")}</a>
                {changing(move || match refused() {
                    0 => None,
                    count => Some(view! {
                        <p class="field-hint" role="status" data-test="photos-left-out">
                            {tr!("new-student-left-out", count = count)}
                        </p>
                    }),
                })}
            </div>
        </form>
    }
}

#[component]
fn FaceCard(picker: Picker, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <section class="card stack" aria-labelledby="face-title">
            <div class="row">
                <h2 id="face-title">{tr!("new-student-face")}</h2>
                <span class="field-optional">{tr!("word-optional")}</span>
            </div>
            <PhotoPicker picker=picker error=error/>
            <p class="field-hint">{tr!("new-student-agreed")}</p>
        </section>
    }
}

/// The roll number that saving would give, as soon as a department is chosen.
#[component]
fn RollNumber(department: RwSignal<Option<DepartmentId>>) -> impl IntoView {
    let number = fetch(
        move || department.get(),
        |department| async move {
            match department {
                Some(id) => next_roll_no(id).await.map(Some),
                None => Ok(None),
            }
        },
    );
    view! {
        <p class="roll-no" aria-live="polite">
            <span class="muted">{tr!("new-student-roll-number")}</span>
            <Transition>
                {move || Suspend::new(async move {
                    match number.await {
                        Ok(Some(number)) => view! { <strong data-test="next-roll-no">{number}</strong> }.into_any(),
                        Ok(None) => view! { <span>{tr!("new-student-roll-number-later")}</span> }.into_any(),
                        Err(error) => view! { <span>{error.sentence()}</span> }.into_any(),
                    }
                })}
            </Transition>
        </p>
    }
}

/// Sends the fields and the accepted photos, then leads to the new student.
fn sender(
    picker: Picker,
    trouble: RwSignal<Option<AppError>>,
    pending: RwSignal<bool>,
) -> impl Fn(SubmitEvent) + Clone + 'static {
    let navigate = use_navigate();
    let toasts = use_toasts();
    move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        let navigate = navigate.clone();
        trouble.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = match form_of(&form, picker) {
                Ok(data) => create_student(MultipartData::from(data)).await,
                Err(_) => Err(AppError::Malformed(tr!("new-student-not-sent"))),
            };
            pending.set(false);
            match answer {
                Ok(created) => {
                    picker.clear();
                    tell(toasts, &created);
                    navigate(&format!("/students/{}", created.student.id), NavigateOptions::default());
                }
                Err(error) => {
                    trouble.set(Some(error));
                    request_animation_frame(move || show_first_error(&form));
                }
            }
        });
    }
}

/// Brings the first message of a refused form into sight.
fn show_first_error(form: &HtmlFormElement) {
    if let Ok(Some(message)) = form.query_selector(".notice-error, .field-error") {
        message.scroll_into_view();
    }
}

fn form_of(form: &HtmlFormElement, picker: Picker) -> Result<FormData, JsValue> {
    let data = FormData::new_with_form(form)?;
    data.delete("photo");
    for photo in picker.photos.get_untracked().iter().filter(|photo| photo.is_accepted()) {
        data.append_with_blob_and_filename("photo", &photo.blob, "photo.jpg")?;
    }
    Ok(data)
}

fn tell(toasts: Toasts, created: &CreatedStudent) {
    let student = &created.student;
    toasts.say(
        NoticeKind::Success,
        tr!("new-student-saved", name = student.name.as_str(), roll = student.roll_no.as_str()),
    );
    if let Some(other) = &created.lookalike {
        toasts.say(
            NoticeKind::Warning,
            tr!("new-student-lookalike", name = other.name.as_str(), roll = other.roll_no.as_str()),
        );
    }
}
