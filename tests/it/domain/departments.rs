//! Departments.

use super::{apps, invalid, refusal};
use rollcall::app::error::AppError;
use rollcall::app::types::{DepartmentForm, DepartmentId, Role};
use rollcall::server::domain::departments::{delete_department, list_departments, save_department};

fn form(id: Option<DepartmentId>, name: &str, code: &str) -> DepartmentForm {
    DepartmentForm { id, name: name.into(), code: code.into(), description: "  Two\nlines ".into() }
}

#[tokio::test]
async fn a_department_is_trimmed_and_its_code_is_upper_case() {
    for app in apps().await {
        let admin = app.admin().await;
        let saved = save_department(&app.ctx, &admin, form(None, " Computer Science ", "cs2")).await.expect("saved");
        assert_eq!((saved.name.as_str(), saved.code.as_str()), ("Computer Science", "CS2"));
        assert_eq!(saved.description, "Two\nlines");
        let renamed =
            save_department(&app.ctx, &admin, form(Some(saved.id), "Informatics", "CS2")).await.expect("saved");
        assert_eq!((renamed.id, renamed.name.as_str()), (saved.id, "Informatics"));
        assert_eq!(list_departments(&app.ctx).await.expect("listed"), [renamed]);
        assert_eq!(app.audited().await, ["user.create", "department.create", "department.update"]);
    }
}

#[tokio::test]
async fn all_faults_of_a_department_are_told_together() {
    for app in apps().await {
        let admin = app.admin().await;
        let refused = refusal(save_department(&app.ctx, &admin, form(None, " ", "C-S")).await);
        let expected = [
            ("name", ["This field is required."].as_slice()),
            ("code", &["Code may contain only letters and digits."]),
        ];
        assert_eq!(refused, invalid(&expected));
        let refused = refusal(save_department(&app.ctx, &admin, form(None, "a\0b", "ABCDEFGHIJK")).await);
        let expected = [
            ("name", ["This text holds characters that cannot be shown."].as_slice()),
            ("code", &["Ensure this field has no more than 10 characters."]),
        ];
        assert_eq!(refused, invalid(&expected));
    }
}

#[tokio::test]
async fn a_taken_name_and_a_taken_code_are_told_together() {
    for app in apps().await {
        let admin = app.admin().await;
        save_department(&app.ctx, &admin, form(None, "Computing", "CS")).await.expect("saved");
        let other = save_department(&app.ctx, &admin, form(None, "Physics", "PH")).await.expect("saved");
        let expected = invalid(&[
            ("name", &["Department with this name already exists"]),
            ("code", &["Department with this code already exists"]),
        ]);
        assert_eq!(refusal(save_department(&app.ctx, &admin, form(None, "Computing", "cs")).await), expected);
        assert_eq!(refusal(save_department(&app.ctx, &admin, form(Some(other.id), "Computing", "CS")).await), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_saving_at_once_make_one_department() {
    for app in apps().await {
        let admin = app.admin().await;
        let saves = (0..8).map(|number| {
            let (ctx, admin) = (app.ctx.clone(), admin.clone());
            tokio::spawn(
                async move { save_department(&ctx, &admin, form(None, &format!("Name {number}"), "CS")).await },
            )
        });
        let mut saved = 0;
        for save in saves.collect::<Vec<_>>() {
            match save.await.expect("no panic") {
                Ok(_) => saved += 1,
                other => {
                    assert_eq!(refusal(other), AppError::field("code", "Department with this code already exists"))
                }
            }
        }
        assert_eq!(saved, 1);
        assert_eq!(list_departments(&app.ctx).await.expect("listed").len(), 1);
    }
}

#[tokio::test]
async fn a_department_in_use_is_not_deleted() {
    for app in apps().await {
        let admin = app.admin().await;
        let with_students = app.department("CS").await;
        app.student("Grace Hopper", with_students).await;
        let with_sessions = app.department("PH").await;
        app.session("boss", with_sessions).await;
        let with_teachers = app.department("MA").await;
        app.account("ada", Role::Teacher, &[with_teachers]).await;
        for (id, message, count_name) in [
            (with_students, "Cannot delete department with existing students", "students"),
            (with_sessions, "Cannot delete department with existing attendance sessions", "attendance_sessions"),
            (with_teachers, "Cannot delete department with existing teachers", "teachers"),
        ] {
            let refused = refusal(delete_department(&app.ctx, &admin, id).await);
            assert_eq!(
                (refused.code(), refused.status(), refused.to_string()),
                ("deletion_error", 400, message.to_owned())
            );
            assert_eq!(refused.details()[count_name], 1);
        }
        assert_eq!(list_departments(&app.ctx).await.expect("listed").len(), 3);
    }
}

#[tokio::test]
async fn an_empty_department_is_deleted_once() {
    for app in apps().await {
        let admin = app.admin().await;
        let id = app.department("CS").await;
        delete_department(&app.ctx, &admin, id).await.expect("deleted");
        assert_eq!(refusal(delete_department(&app.ctx, &admin, id).await), AppError::not_found("Department", id));
        assert_eq!(app.audited().await.last().map(String::as_str), Some("department.delete"));
    }
}

#[tokio::test]
async fn counts_are_of_active_students_and_all_sessions() {
    for app in apps().await {
        let admin = app.admin().await;
        let id = app.department("CS").await;
        app.student("Grace Hopper", id).await;
        let gone = app.student("Alan Turing", id).await;
        super::students::set_active(&app, &admin, &gone, false).await;
        app.session("boss", id).await;
        let listed = list_departments(&app.ctx).await.expect("listed");
        assert_eq!(
            listed.iter().map(|department| (department.students, department.sessions)).collect::<Vec<_>>(),
            [(1, 1)]
        );
    }
}
