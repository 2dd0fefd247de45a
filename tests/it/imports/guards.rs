//! Who may import, and what does not fit the moment.

use super::schools;
use rollcall::app::types::*;
use rollcall::server::upload_files::IMPORT_BODY_BYTES_MAX;

#[tokio::test]
async fn imports_are_for_admins_alone() {
    let school = schools().await.remove(0);
    let id = school.rehearsed("name,email,department\nAnn,ann@x.edu,CS", None).await;
    school.app.account("teacher", Role::Teacher, &[school.department]).await;
    school.app.account("student", Role::Student, &[]).await;
    let callers = [
        (school.app.anonymous(), 401),
        (school.app.browser("teacher").await, 403),
        (school.app.browser("student").await, 403),
    ];
    for (caller, status) in callers {
        let columns = format!("form[id]={id}&form[columns][name]=0&form[columns][email]=1");
        for (function, form) in [
            ("list_imports", "page=1".to_owned()),
            ("get_import", format!("id={id}&filter[page]=1")),
            ("rehearse_import", columns),
            ("apply_import", format!("id={id}")),
            ("discard_import", format!("id={id}")),
            ("undo_import", format!("id={id}")),
            ("proceed_import", format!("id={id}")),
        ] {
            assert_eq!(caller.post_form(&format!("/fn/{function}"), &form).await.status, status, "{function}");
        }
        let parts = [crate::support::Part::File("csv", "a.csv", b"name,email\nA,a@x.edu")];
        assert_eq!(caller.post_parts("/fn/upload_import", &parts).await.status, status);
        for path in [format!("/admin/import/{id}/problems.csv"), "/admin/import/template.csv".to_owned()] {
            assert_eq!(caller.get(&path).await.status, status, "{path}");
        }
        let page = caller.get(&format!("/admin/import/{id}")).await.text();
        assert!(!page.contains("ann@x.edu"), "no rows for others");
    }
    assert_eq!(school.screen(id).await.detail.import.state, ImportState::Rehearsed);
}

#[tokio::test]
async fn what_is_not_there_or_does_not_fit_is_refused() {
    let school = schools().await.remove(0);
    for function in ["apply_import", "discard_import", "undo_import", "proceed_import"] {
        assert_eq!(school.admin.post_form(&format!("/fn/{function}"), "id=99").await.status, 404, "{function}");
    }
    assert_eq!(school.admin.get("/admin/import/99").await.status, 404);
    assert_eq!(school.admin.get("/admin/import/x").await.status, 404);
    for id in ["99", "x"] {
        assert_eq!(school.admin.get(&format!("/admin/import/{id}/problems.csv")).await.status, 404);
    }
    let id = school.upload(b"name,email,department\nAnn,ann@x.edu,CS", None).await;
    for function in ["apply_import", "undo_import", "proceed_import"] {
        let answer = school.admin.post_form(&format!("/fn/{function}"), &format!("id={id}")).await;
        assert_eq!(answer.status, 422, "{function}: {}", answer.text());
    }
    let other = format!("form[id]={id}&form[columns][name]=0&form[columns][email]=1&form[department]=99");
    assert_eq!(school.admin.post_form("/fn/rehearse_import", &other).await.status, 400, "no such department");
    school.ask(id, "").await;
    let answer = school.admin.post_form("/fn/apply_import", &format!("id={id}")).await;
    assert!(answer.status == 422 && answer.text().contains("at work"), "{}", answer.text());
    school.post("discard_import", id).await;
    school.work().await;
    let detail = school.screen(id).await.detail;
    assert_eq!((detail.import.state, school.students().await.len()), (ImportState::Discarded, 0));
}

#[tokio::test]
async fn uploads_have_a_bound_of_their_own() {
    let school = schools().await.remove(0);
    let long = vec![b'x'; 11 * 1024 * 1024];
    let answer = school.try_upload("class.csv", &long, None).await;
    assert!(answer.status == 400 && answer.text().contains("larger than 10 MB"), "{}", answer.text());
    let answer = school.admin.post_parts("/fn/upload_import", &[]).await;
    assert_eq!(answer.status, 400, "no file at all");
    let request = axum::http::Request::post("/fn/upload_import")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("content-length", (IMPORT_BODY_BYTES_MAX + 1).to_string())
        .header("sec-fetch-site", "same-origin");
    assert_eq!(school.admin.send(request, axum::body::Body::empty()).await.status, 413);
    let request = axum::http::Request::post("/fn/create_student")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("content-length", (30 * 1024 * 1024).to_string())
        .header("sec-fetch-site", "same-origin");
    assert_eq!(school.admin.send(request, axum::body::Body::empty()).await.status, 413, "others keep theirs");
}

#[tokio::test]
async fn pages_tell_every_state() {
    let school = schools().await.remove(0);
    let list = school.admin.get("/admin/import").await;
    assert!(list.status == 200 && list.text().contains("No imports yet"));
    let id = school.upload(b"name,email,department\nAnn,ann@x.edu,CS\nBob,,CS", None).await;
    let path = format!("/admin/import/{id}");
    assert!(school.admin.get(&path).await.text().contains("Check the columns"));
    school.ask(id, "").await;
    let running = school.admin.get(&path).await.text();
    assert!(running.contains("http-equiv=\"refresh\"") && running.contains("<progress"), "{running}");
    assert!(!school.admin.get(&format!("{path}?still=1")).await.text().contains("http-equiv=\"refresh\""));
    school.work().await;
    let rehearsed = school.admin.get(&path).await.text();
    assert!(rehearsed.contains("Nothing is written yet") && rehearsed.contains("This field is required."));
    let problems = school.admin.get(&format!("{path}?verdict=problem")).await.text();
    assert!(problems.contains("Rows with problems") && !problems.contains("ann@x.edu"));
    assert!(!rehearsed.contains("browserHalf"), "a plain page");
    school.post("apply_import", id).await;
    school.work().await;
    assert!(school.admin.get(&path).await.text().contains("Undo this import"));
    assert!(school.admin.get("/admin/import").await.text().contains("1 new, 0 changed, 0 unchanged, 1 with problems"));
    school.post("undo_import", id).await;
    school.work().await;
    assert!(school.admin.get(&path).await.text().contains("Everything that this import wrote is taken back."));
}
