//! Verdicts of rows, what applying them writes, and what survives a crash.

use super::schools;
use rollcall::app::types::*;
use rollcall::server::db::entities::{audit_log, students};
use rollcall::server::domain::imports::{self, job};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};

const FILE: &str = "\
Roll number;Name;Email;Phone;Department
;Ann Ace;ann.ace@example.edu;;CS
;Bob Best;bob@new.edu;+44 1234 567890;cs
OLD/7;Cid Core;cid@new.edu;;Department CS
CS-2025-002;Dora Dale-Smith;;;
;Eve Elm;bob@new.edu;;CS
;Fay Fox;not an address;123;XX
CS-2025-009;Ann Ace;ann.ace@example.edu;;CS
old/7;Gus Gray;gus@new.edu;;CS
;;;;
;Hal Hill;hal@new.edu;;";

#[tokio::test]
async fn rehearsal_judges_every_row_and_writes_nothing() {
    for school in schools().await {
        school.app.student("Ann Ace", school.department).await;
        school.app.student("Dora Dale", school.department).await;
        let id = school.rehearsed(FILE, None).await;
        let verdicts = school.verdicts(id).await;
        let expected = [
            (2, RowVerdict::Unchanged, ""),
            (3, RowVerdict::Created, ""),
            (4, RowVerdict::Created, ""),
            (5, RowVerdict::Changed, "Name: Dora Dale -> Dora Dale-Smith"),
            (6, RowVerdict::Problem, "Email: Line 3 has the same address."),
            (
                7,
                RowVerdict::Problem,
                "Email: Enter a valid email address. | Phone: Enter a phone number of 10 to 15 digits. | \
                 Department: There is no department XX.",
            ),
            (
                8,
                RowVerdict::Problem,
                "Email: Line 2 has the same address. | Roll number: Ann Ace has the roll number CS-2025-001 already, \
                 and a roll number is fixed for life.",
            ),
            (9, RowVerdict::Problem, "Roll number: Line 4 has the same roll number."),
            (11, RowVerdict::Problem, "Department: This field is required."),
        ];
        let expected = expected.map(|(line, verdict, words)| (line, verdict, words.to_owned()));
        assert_eq!(verdicts, expected);
        let counts = school.screen(id).await.detail.import.counts;
        assert_eq!((counts.created, counts.changed, counts.unchanged, counts.problems), (2, 1, 1, 5));
        assert_eq!(school.roll_nos().await, ["CS-2025-001", "CS-2025-002"], "nothing is written");
    }
}

#[tokio::test]
async fn department_of_the_form_serves_rows_that_name_none() {
    let school = schools().await.remove(0);
    let id = school.upload(b"name,email\nAnn Ace,ann@x.edu\n", None).await;
    school.ask(id, &format!("&form[department]={}", school.department)).await;
    school.work().await;
    assert_eq!(school.verdicts(id).await, [(2, RowVerdict::Created, String::new())]);
    school.ask(id, "&form[department]=0").await;
    school.work().await;
    assert_eq!(school.verdicts(id).await[0].1, RowVerdict::Problem, "rehearsed again, with other choices");
}

#[tokio::test]
async fn applying_writes_all_rows_without_problems_and_logs_each() {
    for school in schools().await {
        school.app.student("Ann Ace", school.department).await;
        school.app.student("Dora Dale", school.department).await;
        school.app.account_with_email("bobby", "bob@new.edu", Role::Student, &[]).await;
        let id = school.applied(FILE, None).await;
        let students = school.students().await;
        let rolls: Vec<&str> = students.iter().map(|student| student.roll_no.as_str()).collect();
        assert_eq!(rolls, ["CS-2025-001", "CS-2025-002", "CS-2025-003", "OLD/7"]);
        assert_eq!(students[1].name, "Dora Dale-Smith");
        assert_eq!(students[1].name_key, "dora dale-smith", "and is found by it");
        assert_eq!((students[2].name.as_str(), students[2].phone.as_str()), ("Bob Best", "441234567890"));
        assert!(students[2].user_id.is_some(), "the account of that address is linked");
        assert_eq!(students[3].name_key, "cid core");
        let actions: Vec<String> = audit_log::Entity::find()
            .select_only()
            .column(audit_log::Column::Action)
            .order_by_asc(audit_log::Column::Id)
            .into_tuple()
            .all(&school.app.ctx.db)
            .await
            .expect("the log");
        let of_import = &actions[actions.iter().position(|action| action == "import.apply").expect("applied")..];
        assert_eq!(of_import, ["import.apply", "student.create", "student.create", "student.update", "import.applied"]);
        assert!(!school.imports_folder().join(id.to_string()).exists(), "the files are gone");
        assert_eq!(school.app.student("Next One", school.department).await.roll_no, "CS-2025-004");
    }
}

#[tokio::test]
async fn brought_roll_numbers_are_never_given_to_others() {
    for school in schools().await {
        let file = "Name,Email,Department,Roll\nA,a@x.edu,CS,\nB,b@x.edu,CS,CS-2025-002\nC,c@x.edu,CS,\nD,d@x.edu,CS,CS-2025-005\nE,e@x.edu,CS,";
        school.applied(file, None).await;
        let by_name = school.students().await;
        let of = |name: &str| by_name.iter().find(|student| student.name == name).map(|row| row.roll_no.clone());
        assert_eq!(of("B").as_deref(), Some("CS-2025-002"));
        assert_eq!(of("D").as_deref(), Some("CS-2025-005"));
        let mut rolls = school.roll_nos().await;
        rolls.dedup();
        assert_eq!(rolls.len(), 5, "{rolls:?}");
    }
}

#[tokio::test]
async fn row_whose_student_changed_since_the_rehearsal_is_left_out() {
    for school in schools().await {
        let dora = school.app.student("Dora Dale", school.department).await;
        let id = school
            .rehearsed(
                "name,email,department\nDora Dale-Smith,dora.dale@example.edu,CS\nBob,bob@x.edu,CS\nCy,cy@x.edu,CS",
                None,
            )
            .await;
        // Meanwhile somebody else changes one student and creates another.
        let change = students::ActiveModel { id: Set(dora.id.0), name: Set("Dora D.".into()), ..Default::default() };
        change.update(&school.app.ctx.db).await.expect("changed");
        let form = StudentForm {
            name: "Bob".into(),
            email: "bob@x.edu".into(),
            department: school.department,
            ..StudentForm::default()
        };
        let boss = school.app.actor("boss").await;
        rollcall::server::domain::students::create_student(&school.app.ctx, &boss, form, Vec::new())
            .await
            .expect("Bob");
        school.post("apply_import", id).await;
        school.work().await;
        let screen = school.screen(id).await;
        assert_eq!(screen.detail.left_out, 2);
        assert!(screen.rows.results[0].words.contains("changed since the rehearsal"));
        let names: Vec<String> = school.students().await.into_iter().map(|student| student.name).collect();
        assert_eq!(names, ["Dora D.", "Bob", "Cy"]);
    }
}

#[tokio::test]
async fn crash_between_steps_loses_and_doubles_nothing() {
    for school in schools().await {
        let id = school.upload(FILE.as_bytes(), None).await;
        school.ask(id, "").await;
        assert_eq!(job::step(&school.app.ctx, id.0).await.expect("a step"), job::Progress::More);
        // The program ends here. The next one goes on where this one stopped.
        school.work().await;
        assert_eq!(school.screen(id).await.detail.import.state, ImportState::Rehearsed);
        school.post("apply_import", id).await;
        assert_eq!(job::step(&school.app.ctx, id.0).await.expect("the rows"), job::Progress::More);
        let after_rows = school.roll_nos().await;
        school.work().await;
        assert_eq!(school.screen(id).await.detail.import.state, ImportState::Applied);
        assert_eq!(school.roll_nos().await, after_rows);
        school.work().await;
        assert_eq!(school.roll_nos().await, after_rows, "applied once");
    }
}

#[tokio::test]
async fn work_whose_files_are_gone_stops_and_says_so() {
    let school = schools().await.remove(0);
    let id = school.upload(FILE.as_bytes(), None).await;
    school.ask(id, "").await;
    std::fs::remove_dir_all(school.imports_folder().join(id.to_string())).expect("removed");
    school.work().await;
    let detail = school.screen(id).await.detail;
    assert!(detail.import.is_stopped && detail.message.contains("not on this machine"), "{}", detail.message);
    assert!(school.admin.get(&format!("/admin/import/{id}")).await.text().contains("The work stopped"));
    school.post("proceed_import", id).await;
    school.work().await;
    assert!(school.screen(id).await.detail.import.is_stopped, "tried again, and told again");
    school.post("discard_import", id).await;
    assert_eq!(school.screen(id).await.detail.import.state, ImportState::Discarded);
}

#[tokio::test]
async fn problems_come_as_a_file_that_is_read_again() {
    let school = schools().await.remove(0);
    let id = school.rehearsed(FILE, None).await;
    let answer = school.admin.get(&format!("/admin/import/{id}/problems.csv")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    let text = answer.text();
    assert!(text.contains("There is no department XX."), "{text}");
    let again = school.rehearsed(&text, None).await;
    assert_eq!(school.screen(again).await.detail.setup.columns.of(ImportColumn::Email), Some(1));
    let template = school.admin.get("/admin/import/template.csv").await;
    let id = school.rehearsed(&template.text(), None).await;
    let verdicts = school.verdicts(id).await;
    assert_eq!(verdicts.len(), 2);
    assert!(verdicts.iter().all(|(_, verdict, _)| *verdict == RowVerdict::Created), "{verdicts:?}");
}

#[tokio::test]
async fn ten_thousand_rows_are_rehearsed_applied_and_undone() {
    for school in schools().await {
        let mut file = "name,email,department\n".to_owned();
        for at in 0..10_000 {
            file.push_str(&format!("Student Number {at},student{at}@example.edu,CS\n"));
        }
        let started = std::time::Instant::now();
        let id = school.rehearsed(&file, None).await;
        let rehearsed = started.elapsed();
        assert_eq!(school.screen(id).await.detail.import.counts.created, 10_000);
        school.post("apply_import", id).await;
        school.work().await;
        let applied = started.elapsed() - rehearsed;
        assert_eq!(school.students().await.len(), 10_000);
        let page = std::time::Instant::now();
        assert_eq!(school.screen(id).await.detail.undo.map(|plan| plan.removed), Some(10_000));
        let page = page.elapsed();
        school.post("undo_import", id).await;
        let before = std::time::Instant::now();
        school.work().await;
        assert_eq!(school.students().await.len(), 0);
        println!(
            "10,000 rows: rehearsed {rehearsed:?}, applied {applied:?}, page {page:?}, undone {:?}",
            before.elapsed()
        );
    }
}

#[tokio::test]
async fn old_imports_lose_their_rows_and_files() {
    let school = schools().await.remove(0);
    let applied = school.applied("name,email,department\nAnn,ann@x.edu,CS", None).await;
    let left = school.rehearsed("name,email,department\nBob,bob@x.edu,CS", None).await;
    job::sweep(&school.app.ctx).await.expect("swept");
    assert_eq!(school.screen(applied).await.rows.count, 1);
    school.app.pass(chrono::Duration::days(imports::KEPT_DAYS + 1));
    job::sweep(&school.app.ctx).await.expect("swept");
    assert_eq!(school.screen(applied).await.rows.count, 0, "what the file said is forgotten");
    assert_eq!(school.screen(applied).await.detail.import.counts.created, 1, "what was done is not");
    let detail = school.screen(left).await.detail;
    assert_eq!(detail.import.state, ImportState::Discarded);
    assert_eq!(school.students().await.len(), 1);
}
