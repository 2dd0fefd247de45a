//! Searching from anywhere, and the first screen's shortcuts.

use crate::support::TestApp;
use crate::support::db::test_databases;
use rollcall::app::types::*;
use rollcall::app::wire;
use rollcall::server::domain::search::search_everything;
use rollcall::server::domain::{closing, sessions, students};

async fn school() -> TestApp {
    let app = TestApp::start().await;
    fill(&app).await;
    app
}

async fn fill(app: &TestApp) {
    let (cs, ec) = (app.department("CS").await, app.department("EC").await);
    for name in ["Ann Ace", "Bob Best", "Émile Zola"] {
        app.student(name, cs).await;
    }
    app.student("Anna Else", ec).await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[cs]).await;
    app.account("student", Role::Student, &[]).await;
    app.session("teacher", cs).await;
}

fn names(found: &Found) -> Vec<&str> {
    found.students.results.iter().map(|student| student.name.as_str()).collect()
}

#[tokio::test]
async fn search_finds_students_by_name_roll_number_and_email_on_both_databases() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        fill(&app).await;
        let teacher = app.actor("teacher").await;
        let cases: [(&str, &[&str]); 9] = [
            ("ann", &["Ann Ace", "Anna Else"]),
            ("ace ann", &["Ann Ace"]),
            ("ÉMILE", &["Émile Zola"]),
            ("ec-2025", &["Anna Else"]),
            ("bob.best@", &["Bob Best"]),
            ("  best  ", &["Bob Best"]),
            ("%", &[]),
            ("\0", &[]),
            ("'; --", &[]),
        ];
        for (text, expected) in cases {
            let found = search_everything(&app.ctx, &teacher, text).await.expect("found");
            assert_eq!(names(&found), expected, "{text} on {}", database.kind);
            assert_eq!(found.students.count, expected.len() as u64);
        }
    }
}

#[tokio::test]
async fn search_finds_sessions_by_subject_and_by_day() {
    let app = school().await;
    let teacher = app.actor("teacher").await;
    for (text, expected) in
        [("alge", 1), ("today", 1), ("3 Nov", 1), ("2025-11-03", 1), ("yesterday", 0), ("Optics", 0)]
    {
        let found = search_everything(&app.ctx, &teacher, text).await.expect("found");
        assert_eq!(found.sessions.count, expected, "{text}");
    }
}

#[tokio::test]
async fn accounts_and_departments_are_found_by_admins_alone() {
    let app = school().await;
    let found = search_everything(&app.ctx, &app.actor("admin").await, "teacher").await.expect("found");
    assert_eq!(found.users.as_ref().map(|page| page.count), Some(1));
    let found = search_everything(&app.ctx, &app.actor("admin").await, "ec").await.expect("found");
    assert_eq!(found.departments.map(|page| page.results[0].code.clone()), Some("EC".to_owned()));
    let found = search_everything(&app.ctx, &app.actor("teacher").await, "teacher").await.expect("found");
    assert!(found.users.is_none() && found.departments.is_none());
}

#[tokio::test]
async fn exact_roll_number_leads_straight_to_the_student() {
    let app = school().await;
    let teacher = app.browser("teacher").await;
    for text in ["CS-2025-002", "cs-2025-002", "%20CS-2025-002%20"] {
        let answer = teacher.get(&format!("/search?q={text}")).await;
        assert_eq!((answer.status, answer.header("location")), (302, Some("/students/2")), "{text}");
    }
    let part = teacher.get("/search?q=CS-2025-00").await;
    assert_eq!(part.status, 200);
    assert!(part.text().contains("found-student") && part.text().contains("<mark>CS-2025-00"));
}

#[tokio::test]
async fn search_page_needs_no_script_and_is_for_staff() {
    let app = school().await;
    let teacher = app.browser("teacher").await;
    let page = teacher.get("/search").await.text();
    assert!(page.contains("What are you looking for?") && !page.contains("<script type=\"module\""));
    assert!(teacher.get("/search?q=nobody").await.text().contains("Nothing matches “nobody”"));
    assert!(teacher.get("/search?q=%3Cb%3Ex").await.text().contains("&lt;b&gt;x"), "what was typed is text");
    assert_eq!(app.browser("student").await.get("/search?q=ann").await.status, 403);
    let anonymous = app.anonymous().get("/search?q=ann").await;
    assert_eq!(anonymous.status, 302);
    assert!(anonymous.header("location").is_some_and(|place| place.starts_with("/login?next=")));
    assert_eq!(app.anonymous().post_form("/fn/search_everything", "text=ann").await.status, 401);
    assert_eq!(app.browser("student").await.post_form("/fn/search_everything", "text=ann").await.status, 403);
}

#[tokio::test]
async fn search_stands_on_every_page_of_staff() {
    let app = school().await;
    assert!(app.browser("teacher").await.get("/students").await.text().contains("data-test=\"search-box\""));
    assert!(!app.browser("student").await.get("/me").await.text().contains("data-test=\"search-box\""));
}

#[tokio::test]
async fn a_search_shows_five_and_leads_to_all() {
    let app = school().await;
    let cs = DepartmentId(1);
    for number in 0..7 {
        app.student(&format!("Clone {number}"), cs).await;
    }
    let page = app.browser("teacher").await.get("/search?q=clone").await.text();
    assert_eq!(page.matches("data-test=\"found-student\"").count(), 5);
    assert!(page.contains("Show all 7") && page.contains("href=\"/students?search=clone\""));
}

async fn today(app: &TestApp, username: &str) -> Today {
    sessions::get_today(&app.ctx, &app.actor(username).await).await.expect("the first screen")
}

async fn start(app: &TestApp, username: &str, department: DepartmentId, subject: &str) {
    let form = SessionForm { department, subject: subject.into(), ..SessionForm::default() };
    let actor = app.actor(username).await;
    sessions::create_session(&app.ctx, &actor, form).await.expect("a session");
}

#[tokio::test]
async fn first_screen_remembers_department_and_subject() {
    let app = TestApp::start().await;
    let (cs, ec, ph) = (app.department("CS").await, app.department("EC").await, app.department("PH").await);
    app.account("teacher", Role::Teacher, &[ec, cs]).await;
    app.account("other", Role::Teacher, &[cs, ph]).await;
    app.account("admin", Role::Admin, &[]).await;
    assert_eq!(today(&app, "teacher").await.department, Some(ec), "the first of several");
    assert_eq!(today(&app, "admin").await.department, None, "an admin has no first one");
    start(&app, "other", cs, "Logic").await;
    assert_eq!(today(&app, "teacher").await.last_subjects, [(cs, "Logic".to_owned())], "a colleague's");
    start(&app, "teacher", cs, "Algebra").await;
    start(&app, "other", cs, "Logic").await;
    app.pass(chrono::Duration::days(30));
    let seen = today(&app, "teacher").await;
    assert_eq!((seen.department, seen.sessions.len()), (Some(cs), 0), "the last one used, long ago");
    assert_eq!(seen.last_subjects, [(cs, "Algebra".to_owned())], "the reader's own before a colleague's");
    start(&app, "admin", ph, "Optics").await;
    assert_eq!(today(&app, "admin").await.department, Some(ph));
    let page = app.browser("teacher").await.get("/today").await.text();
    assert!(page.contains("value=\"Algebra\""), "the subject stands in the form without a script");
}

#[tokio::test]
async fn owed_registers_are_counted_and_listed_exactly() {
    let app = TestApp::start().await;
    let (cs, ec) = (app.department("CS").await, app.department("EC").await);
    app.student("Ann Ace", cs).await;
    app.account("teacher", Role::Teacher, &[cs]).await;
    app.account("other", Role::Teacher, &[ec]).await;
    app.account("student", Role::Student, &[]).await;
    for number in 0..7 {
        start(&app, "teacher", cs, &format!("Owed {number}")).await;
    }
    start(&app, "other", ec, "Not yours").await;
    start(&app, "teacher", cs, "Saved").await;
    let filter = SessionFilter { subject: "Saved".into(), ..SessionFilter::default() };
    let teacher = app.actor("teacher").await;
    let saved = sessions::list_sessions(&app.ctx, &teacher, &filter).await.expect("listed").results[0].id;
    sessions::complete_session(&app.ctx, &teacher, saved).await.expect("saved");
    assert_eq!(today(&app, "teacher").await.owed_count, 0, "nothing of today is owed yet");
    app.pass(chrono::Duration::days(1));
    // Some are still open, some were closed by the clock: both wait for a person.
    closing::close_by_clock(&app.ctx).await.expect("closed");
    start(&app, "teacher", cs, "Of today").await;
    let seen = today(&app, "teacher").await;
    assert_eq!((seen.owed_count, seen.owed.len()), (7, 5));
    let teacher = app.browser("teacher").await;
    let first = teacher.get("/today").await.text();
    assert!(first.contains("You still owe 7 registers") && first.contains("/sessions?status=owed"));
    let list = teacher.get("/sessions?status=owed").await.text();
    assert_eq!(list.matches("data-test=\"session-link\"").count(), 7);
    assert!(!list.contains("Not yours") && !list.contains("Of today"));
    let answer = app.browser("student").await.post_form("/fn/list_sessions", "filter[owed]=true").await;
    assert_eq!(answer.status, 403);
    let answer = teacher.post_form("/fn/list_sessions", "filter[owed]=true").await;
    let page: Page<SessionRow> = wire::from_bytes(&answer.body).expect("a page");
    assert_eq!(page.count, 7);
}

#[tokio::test]
async fn inactive_students_are_found_too() {
    let app = school().await;
    let change = students::StudentChange { is_active: Some(false), ..students::StudentChange::default() };
    students::change_student(&app.ctx, &app.actor("admin").await, StudentId(1), change).await.expect("changed");
    let found = search_everything(&app.ctx, &app.actor("teacher").await, "ann ace").await.expect("found");
    assert_eq!(names(&found), ["Ann Ace"]);
}
