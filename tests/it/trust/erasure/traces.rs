//! Every row and every file after an erasure, and its receipt.

use crate::support::db::test_databases;
use crate::support::{PASSWORD, TestApp, assets};
use rollcall::server::db::entities::{attendance_records, face_templates, imports, students};
use rollcall::server::domain::erasure;
use rollcall::server::domain::erasure::{cleaning, places};
use rollcall::server::domain::{student_photos, student_removal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::collections::BTreeSet;

use super::{NAME, School, is_in_files, schema};
use rollcall::app::types::{PhotoId, Role, StudentForm};
use rollcall::server::domain::students::create_student;
#[tokio::test]
async fn somebody_has_said_of_every_column_what_becomes_of_it() {
    let listed: BTreeSet<(String, String)> = places::TABLES
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(|(column, _)| ((*table).to_owned(), (*column).to_owned())))
        .collect();
    for database in test_databases().await {
        let found = schema(&database.migrated().await).await;
        let unlisted: Vec<_> = found.difference(&listed).collect();
        let stale: Vec<_> = listed.difference(&found).collect();
        assert!(unlisted.is_empty(), "{}: say in erasure/places.rs what becomes of {unlisted:?}", database.kind);
        assert!(stale.is_empty(), "{}: there is no {stale:?}", database.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_erased_student_is_left_in_any_row_or_file() {
    assets::runtime();
    for database in test_databases().await {
        let school = School::on(&database.url, database.kind).await;
        let db = &school.app.ctx.db;
        let before = school.rows_with_traces(db).await;
        for table in [
            "students",
            "users",
            "user_profiles",
            "outbox",
            "email_tokens",
            "audit_log",
            "imports",
            "import_rows",
            "browser_sessions",
            "sent_requests",
            "attendance_sessions",
            "attendance_records",
            "record_contests",
            "departments",
            "face_templates",
        ] {
            assert!(
                before.iter().any(|trace| trace.starts_with(&format!("{table}."))),
                "{}: {table}: {before:#?}",
                school.kind
            );
        }
        let photos = school.app.ctx.storage.names().expect("photos").len();
        let receipt = school.erase().await;
        assert_eq!(school.rows_with_traces(db).await, Vec::<String>::new(), "{}", school.kind);
        assert_eq!(school.files_with_traces(school.app.folder()), Vec::<String>::new(), "{}", school.kind);
        assert_eq!(school.app.ctx.storage.names().expect("photos").len(), photos - 1, "{}", school.kind);
        assert_eq!(school.app.ctx.gallery.templates_of(school.student.0), 0, "{}", school.kind);
        let login = json!({ "username": "zquill", "password": PASSWORD });
        assert_eq!(school.app.anonymous().post_json("/api/auth/login/", &login).await.status, 401, "{}", school.kind);

        // The receipt names each place, and says that all was done.
        let told = erasure::get_receipt(&school.app.ctx, &receipt).await.expect("a receipt");
        assert!(
            told.cleaned_at.is_some() && told.copies.is_empty() && told.student == Some(school.student),
            "{told:?}"
        );
        let named: BTreeSet<&str> = told.places.iter().map(|place| place.place.as_str()).collect();
        let personal = places::TABLES.iter().filter(|table| places::is_personal(table)).map(|(table, _)| *table);
        let expected: BTreeSet<&str> = personal.chain(places::BESIDE.iter().copied()).collect();
        assert_eq!(named, expected, "{}", school.kind);
        let nothing: Vec<&str> =
            told.places.iter().filter(|place| place.count == 0).map(|place| place.place.as_str()).collect();
        assert_eq!(nothing, Vec::<&str>::new(), "{}: every place held something", school.kind);

        // Others kept what is theirs.
        let text = school.boss.get("/api/students/1/").await.text();
        assert!(text.contains("Bob Best") && text.contains("bob.best@example.edu"), "{text}");
        let kept = attendance_records::Entity::find().filter(attendance_records::Column::StudentId.eq(1)).one(db).await;
        let notes = kept.expect("the rows").expect("Bob's record").notes;
        assert_eq!(notes, "sat beside [erased] ([erased])", "{}", school.kind);
    }
}

#[tokio::test]
async fn a_receipt_is_for_administrators_and_is_found_from_the_log() {
    assets::runtime();
    let database = test_databases().await.remove(0);
    let school = School::on(&database.url, database.kind).await;
    let path = format!("/admin/erasures/{}", school.erase().await);
    let admin = school.app.browser("boss").await;
    let page = admin.get(&path).await.text();
    for words in ["Receipt of an erasure", "Templates of the face", "Uploaded files of imports", "boss", "written anew"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(admin.get("/admin/audit").await.text().contains(&path));
    assert_eq!(admin.get("/admin/erasures/0123").await.status, 404);
    assert_eq!(school.app.browser("teacher").await.get(&path).await.status, 403);
    assert!(!school.app.anonymous().get(&path).await.text().contains("Templates of the face"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_cleaned_is_cleaned_later() {
    assets::runtime();
    let database = test_databases().await.remove(0);
    let school = School::on(&database.url, database.kind).await;
    // Somebody reads while the student is erased: the log cannot be cut to nothing.
    let reader = sea_orm::TransactionTrait::begin(&school.app.ctx.db).await.expect("a reader");
    students::Entity::find().all(&reader).await.expect("reads");
    let id = school.erase().await;
    let told = erasure::get_receipt(&school.app.ctx, &id).await.expect("a receipt");
    assert_eq!(told.cleaned_at, None);
    let page = school.app.browser("boss").await.get(&format!("/admin/erasures/{id}")).await.text();
    assert!(page.contains("tried again every hour"));
    reader.rollback().await.expect("the reader ends");
    cleaning::clean(&school.app.ctx).await.expect("cleaned");
    let told = erasure::get_receipt(&school.app.ctx, &id).await.expect("a receipt");
    assert!(told.cleaned_at.is_some());
    assert_eq!(school.files_with_traces(school.app.folder()), Vec::<String>::new());
}

#[tokio::test]
async fn an_import_at_work_that_holds_the_student_is_waited_for() {
    assets::runtime();
    let database = test_databases().await.remove(0);
    let school = School::on(&database.url, database.kind).await;
    let applying = imports::Entity::update_many()
        .col_expr(imports::Column::State, sea_orm::sea_query::Expr::value("applying"))
        .filter(imports::Column::State.eq("rehearsed"))
        .exec(&school.app.ctx.db);
    assert_eq!(applying.await.expect("a state").rows_affected, 1);
    let form = format!("id={}&confirmed={}", school.student, school.roll_no);
    let answer = school.app.browser("boss").await.post_form("/fn/erase_student", &form).await;
    assert!(answer.status == 422 && answer.text().contains("at work"), "{} {}", answer.status, answer.text());
    let row = students::Entity::find_by_id(school.student.0).one(&school.app.ctx.db).await.expect("rows");
    assert_eq!(row.expect("the student").name, NAME, "nothing was begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_face_that_is_taken_back_is_in_no_file_any_more() {
    assets::runtime();
    for way in ["withdraw", "remove the photo", "delete the student"] {
        let app = TestApp::with_faces().await;
        let department = app.department("CS").await;
        let ann = app.student_with_face("Ann Ace", department, 1).await.id;
        app.account("boss", Role::Admin, &[]).await;
        let boss = app.actor("boss").await;
        let template = face_templates::Entity::find().one(&app.ctx.db).await.expect("the rows").expect("a template");
        let vector = template.vector[..32].to_vec();
        assert!(is_in_files(app.folder(), &vector), "{way}");
        match way {
            "withdraw" => student_photos::remove_face(&app.ctx, &boss, ann).await,
            "remove the photo" => {
                let photo = PhotoId(template.photo_id.expect("a photo"));
                student_photos::remove_photo(&app.ctx, &boss, ann, photo).await.map(drop)
            }
            _ => student_removal::delete_student(&app.ctx, &boss, ann).await,
        }
        .unwrap_or_else(|error| panic!("{way}: {error:?}"));
        assert!(!is_in_files(app.folder(), &vector), "{way}");
    }
}

#[tokio::test]
async fn a_name_that_somebody_else_bears_stays_where_it_may_be_theirs() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        let department = app.department("CS").await;
        app.account("boss", Role::Admin, &[]).await;
        let boss = app.api("boss").await;
        for (number, namesake) in [("a student", "Kim Park"), ("an account", "Ira Ames")] {
            let gone = app.student(namesake, department).await;
            let email = format!("other.{}@example.edu", gone.id);
            if number == "a student" {
                let form = StudentForm { id: None, name: namesake.into(), email, phone: String::new(), department };
                create_student(&app.ctx, &app.actor("boss").await, form, Vec::new()).await.expect("a namesake");
            } else {
                app.account("ira", Role::Teacher, &[department]).await;
                let id = app.actor("ira").await.user_id;
                let names = json!({ "first_name": "Ira", "last_name": "Ames" });
                assert_eq!(boss.put_json(&format!("/api/users/{id}/"), &names).await.status, 200);
            }
            let body = json!({ "name": "Department CS", "code": "CS", "description": format!("Head: {namesake}, {}", gone.roll_no) });
            let path = format!("/api/departments/{department}/");
            assert_eq!(boss.put_json(&path, &body).await.status, 200);
            let actor = app.actor("boss").await;
            erasure::erase_student(&app.ctx, &actor, gone.id, &gone.roll_no).await.expect("erased");
            let now = boss.get(&path).await.json();
            let expected = format!("Head: {namesake}, [erased]");
            assert_eq!(now["description"], expected, "{}: {number}", database.kind);
        }
    }
}
