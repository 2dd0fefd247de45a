//! Students.

use super::{App, apps, invalid, refusal};
use crate::support::{TestApp, tiny_models};
use rollcall::app::error::AppError;
use rollcall::app::types::*;
use rollcall::server::auth::actor::Actor;
use rollcall::server::db::entities::students as rows;
use rollcall::server::domain::students::{
    StudentChange, change_student, create_student, get_student, list_students, next_roll_no,
};
use rollcall::server::upload::UploadedPhoto;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, ModelTrait};
use std::collections::BTreeSet;

fn form(name: &str, email: &str, department: DepartmentId) -> StudentForm {
    StudentForm { id: None, name: name.into(), email: email.into(), phone: "+49 30 1234 5678".into(), department }
}

/// Changes nothing of a student but the flag.
pub async fn set_active(app: &TestApp, actor: &Actor, student: &StudentRow, is_active: bool) -> StudentRow {
    let change = StudentChange { is_active: Some(is_active), ..StudentChange::default() };
    change_student(&app.ctx, actor, student.id, change).await.expect("changed")
}

/// A student who came with a roll number of their own.
async fn imported(app: &App, roll_no: &str, department: DepartmentId) {
    let now = app.ctx.clock.now();
    let row = rows::ActiveModel {
        roll_no: Set(roll_no.into()),
        name: Set("Imported".into()),
        email: Set(format!("{roll_no}@example.edu")),
        department_id: Set(department.0),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    row.insert(&app.ctx.db).await.expect("an imported student");
}

async fn found(app: &App, search: &str) -> Vec<String> {
    let filter = StudentFilter { search: search.into(), ..StudentFilter::default() };
    list_students(&app.ctx, &filter).await.expect("listed").results.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn roll_numbers_count_per_department_and_year() {
    for app in apps().await {
        let (cs, ph) = (app.department("CS").await, app.department("PH").await);
        let mut given = Vec::new();
        for (name, department) in [("A A", cs), ("B B", cs), ("C C", ph)] {
            given.push(app.student(name, department).await.roll_no);
        }
        app.pass(chrono::Duration::days(90));
        given.push(app.student("D D", cs).await.roll_no);
        assert_eq!(given, ["CS-2025-001", "CS-2025-002", "PH-2025-001", "CS-2026-001"]);
    }
}

#[tokio::test]
async fn a_roll_number_is_never_given_twice() {
    for app in apps().await {
        let cs = app.department("CS").await;
        app.student("A A", cs).await;
        let last = app.student("B B", cs).await;
        let row = rows::Entity::find_by_id(last.id.0).one(&app.ctx.db).await.expect("an answer").expect("the student");
        row.delete(&app.ctx.db).await.expect("deleted");
        assert_eq!(app.student("C C", cs).await.roll_no, "CS-2025-003");
    }
}

#[tokio::test]
async fn roll_numbers_step_over_imported_ones() {
    for app in apps().await {
        let cs = app.department("CS").await;
        imported(&app, "CS-2025-002", cs).await;
        imported(&app, "CS-2025-1041", cs).await;
        imported(&app, "CS-2025-XYZ", cs).await;
        assert_eq!(app.student("A A", cs).await.roll_no, "CS-2025-001");
        assert_eq!(next_roll_no(&app.ctx, cs).await.expect("a number"), "CS-2025-1042");
        assert_eq!(app.student("B B", cs).await.roll_no, "CS-2025-1042");
        assert_eq!(app.student("C C", cs).await.roll_no, "CS-2025-1043");
    }
}

#[tokio::test]
async fn asking_for_the_next_roll_number_gives_none_out() {
    for app in apps().await {
        let cs = app.department("CS").await;
        for _ in 0..2 {
            assert_eq!(next_roll_no(&app.ctx, cs).await.expect("a number"), "CS-2025-001");
        }
        app.student("A A", cs).await;
        assert_eq!(next_roll_no(&app.ctx, cs).await.expect("a number"), "CS-2025-002");
        let missing = refusal(next_roll_no(&app.ctx, DepartmentId(99)).await);
        assert_eq!(missing, AppError::not_found("Department", 99));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_creations_at_once_get_twenty_numbers_in_a_row() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        let creations = (0..20).map(|number| {
            let (ctx, admin) = (app.ctx.clone(), admin.clone());
            let form = form("Somebody", &format!("{number}@example.edu"), cs);
            tokio::spawn(async move { create_student(&ctx, &admin, form, Vec::new()).await })
        });
        let mut given = BTreeSet::new();
        for creation in creations.collect::<Vec<_>>() {
            given.insert(creation.await.expect("no panic").expect("created").student.roll_no);
        }
        let expected: BTreeSet<String> = (1..=20).map(|seq| format!("CS-2025-{seq:03}")).collect();
        assert_eq!(given, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_email_makes_one_student_and_a_refused_one_uses_up_no_number() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        let creations = (0..6).map(|_| {
            let (ctx, admin) = (app.ctx.clone(), admin.clone());
            tokio::spawn(async move {
                create_student(&ctx, &admin, form("Grace", "grace@example.edu", cs), Vec::new()).await
            })
        });
        let mut created = 0;
        for creation in creations.collect::<Vec<_>>() {
            match creation.await.expect("no panic") {
                Ok(_) => created += 1,
                other => assert_eq!(refusal(other), AppError::field("email", "Student with this email already exists")),
            }
        }
        assert_eq!(created, 1);
        assert_eq!(next_roll_no(&app.ctx, cs).await.expect("a number"), "CS-2025-002");
    }
}

#[tokio::test]
async fn a_student_comes_back_as_typed_and_tidied() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        let created = create_student(&app.ctx, &admin, form(" Grace Hopper ", "Grace@Example.EDU", cs), Vec::new())
            .await
            .expect("created");
        assert_eq!((created.face_quality, created.lookalike), (None, None));
        let department = DepartmentRef { id: cs, name: "Department CS".into(), code: "CS".into() };
        let expected = StudentRow {
            id: created.student.id,
            roll_no: "CS-2025-001".into(),
            name: "Grace Hopper".into(),
            email: "grace@example.edu".into(),
            phone: "493012345678".into(),
            department,
            photo: None,
            templates: 0,
            is_active: true,
            created_at: app.ctx.clock.now(),
            updated_at: app.ctx.clock.now(),
        };
        assert_eq!(created.student, expected);
        let detail = get_student(&app.ctx, created.student.id).await.expect("shown");
        assert_eq!(detail, StudentDetail { row: expected, photos: vec![], account: None });
        let missing = refusal(get_student(&app.ctx, StudentId(999)).await);
        assert_eq!(missing.to_string(), "Student with id 999 does not exist");
    }
}

#[tokio::test]
async fn all_faults_of_a_student_are_told_together_those_of_photos_too() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        create_student(&app.ctx, &admin, form("Grace", "grace@example.edu", cs), Vec::new()).await.expect("created");
        let wrong = StudentForm { phone: "1".into(), ..form("", "GRACE@example.edu", DepartmentId(99)) };
        let photo = UploadedPhoto { field: "photo".into(), file_name: "a.jpg".into(), bytes: b"none".to_vec() };
        let expected = [
            ("name", ["This field is required."].as_slice()),
            ("email", &["Student with this email already exists"]),
            ("phone", &["Enter a phone number of 10 to 15 digits."]),
            ("department", &["This department does not exist."]),
        ];
        assert_eq!(refusal(create_student(&app.ctx, &admin, wrong.clone(), Vec::new()).await), invalid(&expected));
        let AppError::Invalid(faults) = refusal(create_student(&app.ctx, &admin, wrong, vec![photo.clone()]).await)
        else {
            panic!("not a form's faults");
        };
        assert_eq!(faults.names().collect::<Vec<_>>(), ["department", "email", "name", "phone", "photo"]);
        let fine = form("Alan", "alan@example.edu", cs);
        let refused = refusal(create_student(&app.ctx, &admin, fine, vec![photo]).await);
        assert_eq!(refused.code(), "model_load_error");
        let all = list_students(&app.ctx, &StudentFilter::default()).await.expect("listed");
        assert_eq!(all.count, 1);
    }
}

#[tokio::test]
async fn search_finds_parts_of_name_and_roll_number_in_any_case_and_script() {
    for app in apps().await {
        let cs = app.department("CS").await;
        for (name, email) in
            [("Émile Zola", "z"), ("Ünal Ş", "u"), ("100% Sure", "p"), ("Under_score", "s"), ("Wow! Ok", "w")]
        {
            let admin = app_system();
            create_student(&app.ctx, &admin, form(name, &format!("{email}@example.edu"), cs), Vec::new())
                .await
                .expect("created");
        }
        assert_eq!(found(&app, "éMILE").await, ["Émile Zola"]);
        assert_eq!(found(&app, "ünal ş").await, ["Ünal Ş"]);
        assert_eq!(found(&app, "%").await, ["100% Sure"]);
        assert_eq!(found(&app, "_").await, ["Under_score"]);
        assert_eq!(found(&app, "!").await, ["Wow! Ok"]);
        assert_eq!(found(&app, "\\").await, Vec::<String>::new());
        assert_eq!(found(&app, "cs-2025-00").await.len(), 5);
        assert_eq!(found(&app, " 2025-002 ").await, ["Ünal Ş"]);
        assert_eq!(found(&app, "zo\0la").await, ["Émile Zola"]);
        assert_eq!(found(&app, "'; DROP TABLE students; --").await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn counts_of_a_search_follow_every_write() {
    for app in apps().await {
        let cs = app.department("CS").await;
        let count = async |department: Option<DepartmentId>, is_active: Option<bool>| {
            let filter = StudentFilter { search: "ann".into(), department, is_active, ..StudentFilter::default() };
            list_students(&app.ctx, &filter).await.expect("listed").count
        };
        let ann = app.student("Ann A", cs).await;
        assert_eq!((count(None, None).await, count(None, None).await), (1, 1));
        app.student("Anna B", cs).await;
        app.student("Bob C", cs).await;
        assert_eq!(count(None, None).await, 2);
        set_active(&app, &app_system(), &ann, false).await;
        assert_eq!((count(Some(cs), Some(true)).await, count(Some(cs), Some(false)).await), (1, 1));
        assert_eq!((count(Some(cs), None).await, count(Some(DepartmentId(99)), None).await), (2, 0));
    }
}

#[tokio::test]
async fn the_list_is_filtered_and_paged_by_roll_number() {
    for app in apps().await {
        let admin = app.admin().await;
        let (cs, ph) = (app.department("CS").await, app.department("PH").await);
        for number in 0..25 {
            let department = if number < 22 { cs } else { ph };
            create_student(
                &app.ctx,
                &admin,
                form("Somebody", &format!("{number}@example.edu"), department),
                Vec::new(),
            )
            .await
            .expect("created");
        }
        let page = |filter: StudentFilter| {
            let ctx = app.ctx.clone();
            async move { list_students(&ctx, &filter).await.expect("listed") }
        };
        let first = page(StudentFilter::default()).await;
        assert_eq!((first.count, first.page, first.page_size, first.results.len()), (25, 1, 20, 20));
        let second = page(StudentFilter { page: 2, ..StudentFilter::default() }).await;
        let numbers: Vec<&str> = second.results.iter().map(|row| row.roll_no.as_str()).collect();
        assert_eq!(numbers, ["CS-2025-021", "CS-2025-022", "PH-2025-001", "PH-2025-002", "PH-2025-003"]);
        let past = page(StudentFilter { page: u64::MAX, page_size: u64::MAX, ..StudentFilter::default() }).await;
        assert_eq!((past.count, past.page_size, past.results.len()), (25, 100, 0));
        let physics = page(StudentFilter { department: Some(ph), ..StudentFilter::default() }).await;
        assert_eq!(physics.count, 3);
        set_active(&app, &admin, &physics.results[0], false).await;
        let inactive = page(StudentFilter { is_active: Some(false), ..StudentFilter::default() }).await;
        assert_eq!(inactive.results.iter().map(|row| row.roll_no.as_str()).collect::<Vec<_>>(), ["PH-2025-001"]);
    }
}

#[tokio::test]
async fn a_change_keeps_roll_number_and_own_email_and_refuses_others() {
    for app in apps().await {
        let admin = app.admin().await;
        let (cs, ph) = (app.department("CS").await, app.department("PH").await);
        let grace = app.student("Grace Hopper", cs).await;
        let alan = app.student("Alan Turing", cs).await;
        let all = |form| StudentChange::of_form(form, true, None);
        let moved = all(form("Grace B. Hopper", &grace.email, ph));
        let changed = change_student(&app.ctx, &admin, grace.id, moved).await.expect("changed");
        assert_eq!(
            (changed.roll_no, changed.name, changed.department.id),
            (grace.roll_no, "Grace B. Hopper".to_owned(), ph)
        );
        assert_eq!(found(&app, "b. hop").await, ["Grace B. Hopper"]);
        let taken = all(form("Grace", &alan.email, ph));
        let refused = refusal(change_student(&app.ctx, &admin, grace.id, taken).await);
        assert_eq!(refused, AppError::field("email", "Student with this email already exists"));
        let missing = change_student(&app.ctx, &admin, StudentId(99), all(form("Grace", "x@example.edu", ph))).await;
        assert_eq!(refusal(missing), AppError::not_found("Student", 99));
    }
}

#[tokio::test]
async fn a_new_or_changed_student_is_linked_to_the_account_with_the_email() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        app.account_with_email("grace", "grace@example.edu", Role::Student, &[]).await;
        app.account_with_email("alan", "alan@example.edu", Role::Student, &[]).await;
        let grace = create_student(&app.ctx, &admin, form("Grace", "grace@example.edu", cs), Vec::new())
            .await
            .expect("created")
            .student;
        assert_eq!(get_student(&app.ctx, grace.id).await.expect("shown").account.as_deref(), Some("grace"));
        let alan = create_student(&app.ctx, &admin, form("Alan", "typo@example.edu", cs), Vec::new())
            .await
            .expect("created")
            .student;
        let mended = StudentChange { email: Some("alan@example.edu".into()), ..StudentChange::default() };
        change_student(&app.ctx, &admin, alan.id, mended).await.expect("changed");
        assert_eq!(get_student(&app.ctx, alan.id).await.expect("shown").account.as_deref(), Some("alan"));
        // The link stays with the student who has it, and staff accounts are never linked.
        let boss = create_student(&app.ctx, &admin, form("Boss", &admin.email, cs), Vec::new())
            .await
            .expect("created")
            .student;
        assert_eq!(get_student(&app.ctx, boss.id).await.expect("shown").account, None);
    }
}

#[tokio::test]
async fn each_change_of_a_student_is_audited() {
    for app in apps().await {
        let admin = app.admin().await;
        let cs = app.department("CS").await;
        let grace = app.student("Grace Hopper", cs).await;
        set_active(&app, &admin, &grace, true).await;
        set_active(&app, &admin, &grace, false).await;
        set_active(&app, &admin, &grace, true).await;
        let about: Vec<String> =
            app.audited().await.into_iter().filter(|action| action.starts_with("student.")).collect();
        assert_eq!(about, ["student.create", "student.update", "student.deactivate", "student.activate"]);
    }
}

/// Rights of an admin without an account.
fn app_system() -> Actor {
    Actor {
        user_id: UserId(0),
        username: "setup".into(),
        name: "Set-up".into(),
        email: String::new(),
        role: Role::Admin,
        departments: Vec::new(),
        language: None,
        login_session: String::new(),
    }
}

/// A photo of this generated person, as a form brings it.
fn photo(person: u8) -> UploadedPhoto {
    UploadedPhoto { field: "photo".into(), file_name: "face.png".into(), bytes: tiny_models::tiny_face_photo(person) }
}

#[tokio::test]
async fn an_inactive_student_leaves_the_gallery_and_comes_back() {
    let app = TestApp::with_faces().await;
    let cs = app.department("CS").await;
    app.account("boss", Role::Admin, &[]).await;
    let admin = app.actor("boss").await;
    let grace = app.student_with_face("Grace Hopper", cs, 1).await;
    assert_eq!((grace.templates, app.ctx.gallery.index().len()), (1, 1));
    let off = set_active(&app, &admin, &grace, false).await;
    assert_eq!((off.is_active, off.templates, app.ctx.gallery.index().len()), (false, 1, 0));
    set_active(&app, &admin, &grace, true).await;
    assert_eq!(app.ctx.gallery.index().len(), 1);
}

#[tokio::test]
async fn a_photo_without_a_face_is_told_with_the_taken_email_and_leaves_nothing() {
    let app = TestApp::with_faces().await;
    let admin = app_system();
    let cs = app.department("CS").await;
    let created = create_student(&app.ctx, &admin, form("Grace", "grace@example.edu", cs), vec![photo(1)]).await;
    assert!(created.is_ok_and(|created| created.face_quality.is_some() && created.student.photo.is_some()));
    let blank = UploadedPhoto { bytes: tiny_models::tiny_class_photo(&[]), ..photo(1) };
    let again = form("Somebody", "grace@example.edu", cs);
    let expected = invalid(&[
        ("email", &["Student with this email already exists"]),
        ("photo", &["No face detected in the uploaded image"]),
    ]);
    assert_eq!(refusal(create_student(&app.ctx, &admin, again.clone(), vec![blank]).await), expected);
    let refused = refusal(create_student(&app.ctx, &admin, again, vec![photo(2)]).await);
    assert_eq!(refused, AppError::field("email", "Student with this email already exists"));
    assert_eq!(app.ctx.storage.names().expect("the store").len(), 1);
    assert_eq!(app.ctx.gallery.index().len(), 1);
}
