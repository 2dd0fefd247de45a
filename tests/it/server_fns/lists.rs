//! Lists as a browser gets them: their order, the size of a page, and filters, all out of the address.

use crate::support::TestApp;
use rollcall::app::types::*;

async fn school() -> TestApp {
    let app = TestApp::start().await;
    let cs = app.department("CS").await;
    for name in ["Zoe Zeal", "Ann Ace", "Max Mine"] {
        app.student(name, cs).await;
    }
    app.account("boss", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[cs]).await;
    app
}

/// The rows of this mark, by the words that stand in them.
async fn rows(app: &TestApp, path: &str, mark: &str, words: &[&'static str]) -> Vec<&'static str> {
    let answer = app.browser("boss").await.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let page = answer.text();
    let mark = format!("data-test=\"{mark}\"");
    let rows = page.split(&mark).skip(1);
    rows.filter_map(|row| words.iter().find(|word| row.split("</tr>").next().unwrap_or(row).contains(**word)).copied())
        .collect()
}

const NAMES: [&str; 3] = ["Ann Ace", "Max Mine", "Zoe Zeal"];

#[tokio::test]
async fn students_go_by_number_name_or_age_of_the_entry() {
    let app = school().await;
    for (query, expected) in [
        ("", ["Zoe Zeal", "Ann Ace", "Max Mine"]),
        ("?sort=name", NAMES),
        ("?sort=newest", ["Max Mine", "Ann Ace", "Zoe Zeal"]),
        ("?sort=nonsense&page_size=x", ["Zoe Zeal", "Ann Ace", "Max Mine"]),
    ] {
        assert_eq!(rows(&app, &format!("/students{query}"), "student-row", &NAMES).await, expected, "{query}");
    }
    assert_eq!(rows(&app, "/students?sort=name&page_size=2&page=2", "student-row", &NAMES).await, ["Zoe Zeal"]);
    // No model is loaded, and nobody has a template.
    assert_eq!(rows(&app, "/students?face=false&sort=name", "student-row", &NAMES).await, NAMES);
    assert_eq!(rows(&app, "/students?face=true", "student-row", &NAMES).await, Vec::<&str>::new());
    assert_eq!(rows(&app, "/students?face=false&search=zoe", "student-row", &NAMES).await, ["Zoe Zeal"]);
}

#[tokio::test]
async fn accounts_are_searched_filtered_sorted_and_paged() {
    let app = school().await;
    app.pass(chrono::Duration::minutes(1));
    app.account("zack", Role::Student, &[]).await;
    let names = ["boss", "teacher", "zack"];
    for (query, expected) in [
        ("", names.to_vec()),
        ("?sort=newest", vec!["zack", "boss", "teacher"]),
        ("?search=ZACK", vec!["zack"]),
        ("?role=teacher", vec!["teacher"]),
        ("?active=false", vec![]),
        ("?page_size=2", vec!["boss", "teacher"]),
        ("?page_size=2&page=2", vec!["zack"]),
        ("?search=nobody", vec![]),
    ] {
        let path = format!("/admin/users{query}");
        let found = rows(&app, &path, "user-row", &["zack", "teacher", "boss"]).await;
        let expected: Vec<&str> = expected;
        assert_eq!(found, expected, "{query}");
    }
    let page = app.browser("boss").await.get("/admin/users?search=nobody").await.text();
    assert!(page.contains("users-none-match") && page.contains("users-clear"));
}

#[tokio::test]
async fn sessions_go_by_day_or_subject() {
    let app = school().await;
    let teacher = app.actor("teacher").await;
    for (subject, date) in [("Optics", "2025-11-03"), ("Algebra", "2025-11-05"), ("Logic", "2025-11-04")] {
        let form = SessionForm {
            department: DepartmentId(1),
            subject: subject.into(),
            date: date.into(),
            ..SessionForm::default()
        };
        rollcall::server::domain::sessions::create_session(&app.ctx, &teacher, form).await.expect("a session");
    }
    let subjects = ["Algebra", "Logic", "Optics"];
    for (query, expected) in [
        ("", ["Algebra", "Logic", "Optics"]),
        ("?sort=date", ["Optics", "Logic", "Algebra"]),
        ("?sort=subject", ["Algebra", "Logic", "Optics"]),
    ] {
        let page = app.browser("boss").await.get(&format!("/sessions{query}")).await.text();
        let list = page.split("data-test=\"sessions-list\"").nth(1).expect("a list");
        let mut found: Vec<_> =
            subjects.iter().map(|subject| (list.find(*subject).expect("listed"), *subject)).collect();
        found.sort_unstable();
        assert_eq!(found.iter().map(|(_, subject)| *subject).collect::<Vec<_>>(), expected, "{query}");
    }
}

#[tokio::test]
async fn departments_are_searched_and_sorted() {
    let app = school().await;
    app.department("AB").await;
    let codes = ["data-code=\"AB\"", "data-code=\"CS\""];
    for (query, expected) in [
        ("", codes.to_vec()),
        ("?sort=students", vec![codes[1], codes[0]]),
        ("?search=cs", vec![codes[1]]),
        ("?search=none", vec![]),
        ("?sort=nonsense", codes.to_vec()),
    ] {
        assert_eq!(
            rows(&app, &format!("/admin/departments{query}"), "department-row", &codes).await,
            expected,
            "{query}"
        );
    }
    let none = app.browser("boss").await.get("/admin/departments?search=none").await.text();
    assert!(none.contains("No department fits") && none.contains("Show all departments"));
}
