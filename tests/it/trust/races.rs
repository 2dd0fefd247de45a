//! Two changes at once, of different fields of one row: both last, and what takes a right away is never undone.

use crate::support::db::test_databases;
use crate::support::{Client, TestApp};
use rollcall::app::types::Role;
use serde_json::{Value, json};

/// Pairs that are tried of each kind, on each database. The attack saw a pair lost in one of three to six.
const ROUNDS: usize = 12;

/// An application and two admins of it, so that one may lose the role.
struct School {
    app: TestApp,
    kind: &'static str,
    boss: Client,
    second: Client,
}

impl School {
    async fn on(url: &str, kind: &'static str) -> Self {
        let app = TestApp::start_on(url).await;
        app.account("boss", Role::Admin, &[]).await;
        app.account("second", Role::Admin, &[]).await;
        let (boss, second) = (app.api("boss").await, app.api("second").await);
        Self { app, kind, boss, second }
    }

    /// Sends both at once, each by an admin of its own; says which were taken.
    async fn at_once(&self, path: &str, first: Value, second: Value) -> [bool; 2] {
        let put = |client: &Client, body: Value| {
            let (client, path) = (client.clone(), path.to_owned());
            tokio::spawn(async move { client.put_json(&path, &body).await })
        };
        let (first, second) = (put(&self.boss, first), put(&self.second, second));
        [first.await.expect("an answer"), second.await.expect("an answer")].map(|answer| {
            assert!(answer.status < 500, "{}: {}", answer.status, answer.text());
            answer.status == 200
        })
    }

    async fn read(&self, path: &str) -> Value {
        self.boss.get(path).await.json()
    }
}

/// A school on each database that this run has, each with its database, which goes last.
macro_rules! on_each_database {
    ($school:ident => $body:block) => {
        for database in test_databases().await {
            let $school = School::on(&database.url, database.kind).await;
            $body
        }
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_switched_off_stays_off_when_the_phone_is_edited() {
    on_each_database!(school => {
        let department = school.app.department("CS").await;
        let id = school.app.student("Ann Ace", department).await.id;
        let path = format!("/api/students/{id}/");
        for round in 0..ROUNDS {
            let phone = format!("49301234{:04}", round);
            school.boss.put_json(&path, &json!({ "is_active": true })).await;
            let done = school.at_once(&path, json!({ "is_active": false }), json!({ "phone": phone })).await;
            let now = school.read(&path).await;
            assert_eq!((done, &now["is_active"], &now["phone"]), ([true; 2], &json!(false), &json!(phone)),
                "{} round {round}", school.kind);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn two_fields_of_a_student_changed_at_once_both_last() {
    on_each_database!(school => {
        let department = school.app.department("CS").await;
        let id = school.app.student("Ann Ace", department).await.id;
        let path = format!("/api/students/{id}/");
        for round in 0..ROUNDS {
            let (name, email) = (format!("Ann {round}"), format!("ann{round}@example.edu"));
            let done = school.at_once(&path, json!({ "name": name }), json!({ "email": email })).await;
            let now = school.read(&path).await;
            assert_eq!((done, &now["name"], &now["email"]), ([true; 2], &json!(name), &json!(email)),
                "{} round {round}", school.kind);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_student_is_not_brought_back_by_an_edit() {
    on_each_database!(school => {
        let department = school.app.department("CS").await;
        school.app.account("teacher", Role::Teacher, &[department]).await;
        let teacher = school.app.api("teacher").await;
        let mut students = Vec::new();
        for round in 0..ROUNDS {
            students.push(school.app.student(&format!("Ann {round}"), department).await);
        }
        let session = school.app.session("teacher", department).await.id;
        let browser = school.app.browser("second").await;
        for student in students {
            let body = json!({ "session": session, "records": [{ "student": student.id, "status": "present" }] });
            assert_eq!(teacher.put_json("/api/attendance/records/", &body).await.status, 200);
            let path = format!("/api/students/{}/", student.id);
            let (boss, edited) = (school.boss.clone(), path.clone());
            let edit = tokio::spawn(async move { boss.put_json(&edited, &json!({ "phone": "4930123456" })).await });
            let form = format!("id={}&confirmed={}", student.id, student.roll_no);
            let erased = browser.post_form("/fn/erase_student", &form).await;
            assert!(erased.status < 400, "{}", erased.text());
            edit.await.expect("an answer");
            let now = school.read(&path).await;
            assert_eq!(now["name"], "Erased student", "{}: {now}", school.kind);
            assert_eq!((&now["phone"], &now["is_active"]), (&json!(""), &json!(false)), "{}: {now}", school.kind);
            assert!(!now.to_string().contains("ann"), "{}: {now}", school.kind);
            for change in [json!({ "name": "Ann" }), json!({ "is_active": true })] {
                let answer = school.boss.put_json(&path, &change).await;
                assert_eq!(answer.status, 422, "an erased student refuses changes: {}", answer.text());
            }
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_who_loses_the_role_does_not_keep_it_by_an_edit() {
    on_each_database!(school => {
        let id = school.app.account("third", Role::Admin, &[]).await;
        let path = format!("/api/users/{id}/");
        for round in 0..ROUNDS {
            let name = format!("Kim {round}");
            school.boss.put_json(&path, &json!({ "role": "admin" })).await;
            let done = school.at_once(&path, json!({ "role": "student" }), json!({ "first_name": name })).await;
            let now = school.read(&path).await;
            let role = now["profile"]["role"].as_str().or(now["role"].as_str());
            assert_eq!((done, role, &now["first_name"]), ([true; 2], Some("student"), &json!(name)),
                "{} round {round}: {now}", school.kind);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_switched_off_stays_off_when_the_name_is_edited() {
    on_each_database!(school => {
        let id = school.app.account("kim", Role::Student, &[]).await;
        let path = format!("/api/users/{id}/");
        for round in 0..ROUNDS {
            let name = format!("Kim {round}");
            school.boss.put_json(&path, &json!({ "is_active": true })).await;
            let done = school.at_once(&path, json!({ "is_active": false }), json!({ "last_name": name })).await;
            let now = school.read(&path).await;
            assert_eq!((done, &now["is_active"], &now["last_name"]), ([true; 2], &json!(false), &json!(name)),
                "{} round {round}", school.kind);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_two_admins_cannot_remove_each_other() {
    on_each_database!(school => {
        let ids: Vec<i64> = school.read("/api/users/?role=admin").await["results"].as_array().expect("accounts")
            .iter().map(|user| user["id"].as_i64().expect("an id")).collect();
        let put = |client: &Client, id: i64| {
            let client = client.clone();
            tokio::spawn(async move { client.put_json(&format!("/api/users/{id}/"), &json!({ "role": "student" })).await })
        };
        let answers = futures::future::join_all([put(&school.boss, ids[1]), put(&school.second, ids[0])]).await;
        let done = answers.into_iter().filter(|answer| answer.as_ref().is_ok_and(|answer| answer.status == 200)).count();
        assert_eq!(done, 1, "{}", school.kind);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn two_fields_of_a_department_changed_at_once_both_last() {
    on_each_database!(school => {
        let id = school.app.department("CS").await;
        let path = format!("/api/departments/{id}/");
        for round in 0..ROUNDS {
            let (name, text) = (format!("Computing {round}"), format!("Room {round}"));
            let done = school.at_once(&path, json!({ "name": name }), json!({ "description": text })).await;
            let now = school.read(&path).await;
            assert_eq!((done, &now["name"], &now["description"]), ([true; 2], &json!(name), &json!(text)),
                "{} round {round}", school.kind);
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_and_a_mark_made_at_once_both_last() {
    on_each_database!(school => {
        let department = school.app.department("CS").await;
        let student = school.app.student("Ann Ace", department).await.id;
        school.app.account("teacher", Role::Teacher, &[department]).await;
        let session = school.app.session("teacher", department).await.id;
        let body = json!({ "session": session, "records": [{ "student": student, "status": "present" }] });
        let records = school.boss.put_json("/api/attendance/records/", &body).await.json();
        let path = format!("/api/attendance/records/{}/", records["results"][0]["id"]);
        for round in 0..ROUNDS {
            let (status, note) = (["late", "excused"][round % 2], format!("Bus {round}"));
            let patch = |client: &Client, body: Value| {
                let (client, path) = (client.clone(), path.clone());
                tokio::spawn(async move { client.patch_json(&path, &body).await.status })
            };
            let mark = patch(&school.boss, json!({ "status": status }));
            let noted = patch(&school.second, json!({ "notes": note }));
            assert_eq!((mark.await.expect("an answer"), noted.await.expect("an answer")), (200, 200));
            // The list tells no notes.
            let same = school.boss.patch_json(&path, &json!({})).await.json();
            assert_eq!((&same["status"], &same["notes"]), (&json!(status), &json!(note)), "{} round {round}", school.kind);
        }
        let history = school.read(&format!("{path}history/")).await;
        let mut before = json!("unmarked");
        for row in history["results"].as_array().expect("rows").iter().filter(|row| row["action"] == "record.set") {
            assert_eq!(row["details"]["from"], before, "the log tells the true before: {history}");
            before = row["details"]["to"].clone();
        }
    });
}

#[tokio::test]
async fn a_form_that_lay_open_does_not_switch_a_student_on_again() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let (browser, boss) = (app.browser("boss").await, app.api("boss").await);
    let department = app.department("CS").await;
    let ann = app.student("Ann Ace", department).await;
    let path = format!("/api/students/{}/", ann.id);
    assert_eq!(boss.put_json(&path, &json!({ "is_active": false })).await.status, 200);
    let form = format!(
        "form[id]={}&form[name]=Anna&form[email]=ann@example.edu&form[phone]=&form[department]={department}\
         &is_active=true&was_active=true",
        ann.id
    );
    assert!(browser.post_form("/fn/update_student", &form).await.status < 400);
    let now = boss.get(&path).await.json();
    assert_eq!((&now["name"], &now["is_active"]), (&json!("Anna"), &json!(false)), "{now}");
}
