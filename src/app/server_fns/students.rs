//! Students and their enrolment photos.

use crate::app::{error::AppError, types::*, wire::Postcard};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

/// One page of students under the filter.
#[server(prefix = "/fn", endpoint = "list_students", output = Postcard)]
pub async fn list_students(filter: StudentFilter) -> Result<Page<StudentRow>, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, _| domain::students::list_students(&ctx, &filter).await).await
}

/// One student with photos.
#[server(prefix = "/fn", endpoint = "get_student", output = Postcard)]
pub async fn get_student(id: StudentId) -> Result<StudentDetail, AppError> {
    use crate::server::{domain, door};
    door::staff(async |ctx, _| domain::students::get_student(&ctx, id).await).await
}

/// The roll number that the next student of this department would get now.
#[server(prefix = "/fn", endpoint = "next_roll_no", output = Postcard)]
pub async fn next_roll_no(department: DepartmentId) -> Result<String, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, _| domain::students::next_roll_no(&ctx, department).await).await
}

/// Verdict on an enrolment photo, on the spot; nothing is stored.
/// Multipart: `photo`, optional `student` (whose own templates are no lookalike).
#[server(prefix = "/fn", endpoint = "check_photo", input = MultipartFormData, output = Postcard)]
pub async fn check_photo(data: MultipartData) -> Result<PhotoVerdict, AppError> {
    use crate::server::{domain, door, upload};
    door::admin(async |ctx, _| {
        let form = upload::read_server_fn(data, upload::ENROL).await?;
        domain::enrolment::check_photo(&ctx, form.photo("photo")?, form.optional_id("student")?.map(StudentId)).await
    })
    .await
}

/// Creates a student. Multipart: `name`, `email`, `phone`, `department`, up to five `photo` parts.
#[server(prefix = "/fn", endpoint = "create_student", input = MultipartFormData, output = Postcard)]
pub async fn create_student(data: MultipartData) -> Result<CreatedStudent, AppError> {
    use crate::server::{domain, door, upload};
    door::admin(async |ctx, actor| {
        let form = upload::read_server_fn(data, upload::ENROL).await?;
        let created =
            domain::students::create_student(&ctx, &actor, form.student_form()?, form.photos("photo")).await?;
        door::redirect_plain_form(&format!("/students/{}", created.student.id));
        Ok(created)
    })
    .await
}

/// Changes a student's own fields; the roll number is fixed for life. `was_active` is the state that the form was filled
/// with.
#[server(prefix = "/fn", endpoint = "update_student", output = Postcard)]
pub async fn update_student(
    form: StudentForm,
    is_active: bool,
    was_active: Option<bool>,
) -> Result<StudentRow, AppError> {
    use crate::server::{domain::students, door};
    door::admin(async |ctx, actor| {
        let id = form.id.ok_or_else(|| AppError::field("id", crate::tr!("domain-required")))?;
        let change = students::StudentChange::of_form(form, is_active, was_active);
        students::change_student(&ctx, &actor, id, change).await
    })
    .await
}

/// Adds an enrolment photo. Multipart: `student`, `photo`.
#[server(prefix = "/fn", endpoint = "add_student_photo", input = MultipartFormData, output = Postcard)]
pub async fn add_student_photo(data: MultipartData) -> Result<StudentDetail, AppError> {
    use crate::server::{domain, door, upload};
    door::admin(async |ctx, actor| {
        let form = upload::read_server_fn(data, upload::ENROL).await?;
        let student = StudentId(form.id("student")?);
        let detail = domain::student_photos::add_photo(&ctx, &actor, student, form.photo("photo")?).await?.student;
        door::redirect_plain_form(&format!("/students/{student}"));
        Ok(detail)
    })
    .await
}

/// Removes one enrolment photo and its templates.
#[server(prefix = "/fn", endpoint = "remove_student_photo", output = Postcard)]
pub async fn remove_student_photo(student: StudentId, photo: PhotoId) -> Result<StudentDetail, AppError> {
    use crate::server::{domain, door};
    door::admin(async |ctx, actor| domain::student_photos::remove_photo(&ctx, &actor, student, photo).await).await
}
