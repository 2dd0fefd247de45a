//! Attendance over a period.

use super::{refused, told};
use crate::support::TestApp;
use crate::support::db::test_databases;
use chrono::Duration;
use rollcall::app::types::*;
use rollcall::server::domain::records::{Decision, set_records};
use rollcall::server::domain::sessions::{cancel_session, complete_session};
use serde_json::{Value, json};

const PATH: &str = "/api/attendance/statistics/";
const NOVEMBER: &str = "date_from=2025-11-01&date_to=2025-11-30";

/// Holds a session with these statuses of the department's students, then goes on to the next day.
async fn day(app: &TestApp, department: DepartmentId, students: &[StudentRow], statuses: &[RecordStatus]) {
    let teacher = app.actor("boss").await;
    let session = app.session("boss", department).await.id;
    let decisions = students
        .iter()
        .zip(statuses)
        .map(|(student, status)| Decision { student: student.id, status: Some(*status), notes: None, made_at: None })
        .collect();
    set_records(&app.ctx, &teacher, session, decisions, "").await.expect("marked");
    complete_session(&app.ctx, &teacher, session).await.expect("saved");
    app.pass(Duration::days(1));
}

/// Two departments, Monday to Thursday and the next Monday; one session is cancelled, one still active.
async fn school(app: &TestApp) -> Vec<StudentRow> {
    use RecordStatus::{Absent, Excused, Late, Present};
    let (cs, ec) = (app.department("CS").await, app.department("EC").await);
    app.account("boss", Role::Admin, &[]).await;
    let mut class = Vec::new();
    for name in ["Ann Ace", "Bob Best"] {
        class.push(app.student(name, cs).await);
    }
    let other = [app.student("Eve Else", ec).await];
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    day(app, cs, &class, &[Present, Late]).await;
    day(app, cs, &class, &[Present, Absent]).await;
    day(app, ec, &other, &[Excused]).await;
    day(app, ec, &other, &[Present]).await;
    app.pass(Duration::days(3));
    day(app, cs, &class, &[Present, Present]).await;
    let cancelled = app.session("boss", cs).await.id;
    let boss = app.actor("boss").await;
    cancel_session(&app.ctx, &boss, cancelled).await.expect("cancelled");
    app.session("boss", cs).await;
    class.extend(other);
    class
}

async fn ask(app: &TestApp, username: &str, query: &str) -> Value {
    let answer = app.api(username).await.get(&format!("{PATH}?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

#[tokio::test]
async fn it_answers_as_the_sample_on_both_databases() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        school(&app).await;
        let body = ask(&app, "boss", NOVEMBER).await;
        assert_eq!(body["period"], json!({ "from": "2025-11-01", "to": "2025-11-30" }));
        assert_eq!(
            body["overall"],
            json!({
                "total_sessions": 5, "total_records": 8, "present": 5, "absent": 1, "late": 1, "excused": 1,
                "attendance_percentage": 62.5, "attended_percentage": 85.71,
            })
        );
        let first = &body["by_department"][0];
        assert_eq!(
            (&first["department"], &first["total_sessions"], &first["attendance_percentage"]),
            (&json!("Department CS"), &json!(3), &json!(66.67))
        );
        assert_eq!(
            body["by_student"][1],
            json!({
                "student": { "roll_no": "CS-2025-002", "name": "Bob Best" }, "total_sessions": 3, "total_records": 3,
                "present": 1, "absent": 1, "late": 1, "excused": 0, "percentage": 33.33, "attended_percentage": 66.67,
            })
        );
        let daily = body["trends"]["daily"].as_array().expect("a list");
        assert_eq!(daily.len(), 5);
        assert_eq!(
            (&daily[0]["date"], &daily[0]["sessions"], &daily[0]["percentage"]),
            (&json!("2025-11-03"), &json!(1), &json!(50.0))
        );
        assert!(body["trends"].get("weekly").is_none() && body.get("by_subject").is_none());
    }
}

#[tokio::test]
async fn group_by_selects_the_section() {
    let app = TestApp::start().await;
    school(&app).await;
    let weeks = ask(&app, "boss", &format!("{NOVEMBER}&group_by=week")).await;
    let weekly = weeks["trends"]["weekly"].as_array().expect("a list");
    assert_eq!(weekly.len(), 2);
    assert_eq!(
        (&weekly[0]["week"], &weekly[0]["from"], &weekly[0]["sessions"], &weekly[0]["total_records"]),
        (&json!("2025-W45"), &json!("2025-11-03"), &json!(4), &json!(6))
    );
    assert_eq!((&weeks["trends"]["daily"], &weeks["by_student"]), (&json!([]), &json!([])));
    let months = ask(&app, "boss", &format!("{NOVEMBER}&group_by=month")).await;
    assert_eq!(months["trends"]["monthly"][0]["month"], "2025-11");
    let subjects = ask(&app, "boss", &format!("{NOVEMBER}&group_by=subject")).await;
    assert_eq!(
        (&subjects["by_subject"][0]["subject"], &subjects["by_subject"][0]["total_sessions"]),
        (&json!("Algebra"), &json!(5))
    );
    let students = ask(&app, "boss", &format!("{NOVEMBER}&group_by=student")).await;
    assert_eq!(students["by_student"].as_array().map(Vec::len), Some(3));
    let days = ask(&app, "boss", &format!("{NOVEMBER}&group_by=day")).await;
    assert_eq!((days["trends"]["daily"].as_array().map(Vec::len), &days["by_student"]), (Some(5), &json!([])));
}

#[tokio::test]
async fn filters_narrow_every_section() {
    let app = TestApp::start().await;
    let students = school(&app).await;
    let bob = ask(&app, "boss", &format!("{NOVEMBER}&student={}", students[1].id)).await;
    assert_eq!((&bob["overall"]["total_records"], &bob["overall"]["present"]), (&json!(3), &json!(1)));
    assert_eq!(bob["by_student"].as_array().map(Vec::len), Some(1));
    let ec = ask(&app, "boss", &format!("{NOVEMBER}&department=2")).await;
    assert_eq!((&ec["overall"]["total_sessions"], &ec["overall"]["excused"]), (&json!(2), &json!(1)));
    let day = ask(&app, "boss", "date_from=2025-11-03&date_to=2025-11-03").await;
    assert_eq!(day["overall"]["total_sessions"], 1);
}

#[tokio::test]
async fn students_see_only_themselves() {
    let app = TestApp::start().await;
    let students = school(&app).await;
    for query in [NOVEMBER.to_owned(), format!("{NOVEMBER}&student={}", students[1].id)] {
        let own = ask(&app, "ann", &query).await;
        assert_eq!((&own["overall"]["total_records"], &own["overall"]["present"]), (&json!(3), &json!(3)));
        assert_eq!(own["by_student"].as_array().map(Vec::len), Some(1));
        assert_eq!(own["by_student"][0]["student"]["name"], "Ann Ace");
    }
    app.account("unlinked", Role::Student, &[]).await;
    assert_eq!(ask(&app, "unlinked", NOVEMBER).await["overall"]["total_records"], 0);
}

#[tokio::test]
async fn empty_period_is_zeros() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let body = ask(&app, "boss", NOVEMBER).await;
    assert_eq!(
        body,
        json!({
            "period": { "from": "2025-11-01", "to": "2025-11-30" },
            "overall": {
                "total_sessions": 0, "total_records": 0, "present": 0, "absent": 0, "late": 0, "excused": 0,
                "attendance_percentage": 0.0, "attended_percentage": 0.0,
            },
            "by_department": [], "by_student": [], "trends": { "daily": [] },
        })
    );
}

#[tokio::test]
async fn a_register_closed_by_the_clock_counts_once_confirmed() {
    let app = TestApp::start().await;
    let cs = app.department("CS").await;
    app.student("Ann Ace", cs).await;
    app.account("boss", Role::Admin, &[]).await;
    let session = app.session("boss", cs).await.id;
    app.pass(Duration::hours(2));
    rollcall::server::domain::closing::close_by_clock(&app.ctx).await.expect("closed");
    assert_eq!(ask(&app, "boss", NOVEMBER).await["overall"]["total_sessions"], 0);
    complete_session(&app.ctx, &app.actor("boss").await, session).await.expect("confirmed");
    assert_eq!(ask(&app, "boss", NOVEMBER).await["overall"]["absent"], 1);
}

#[tokio::test]
async fn the_period_is_required_and_bounded() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let client = app.api("boss").await;
    for (query, code) in [
        ("", "missing_required_field"),
        ("date_from=2025-11-01", "missing_required_field"),
        ("date_to=2025-11-01", "missing_required_field"),
        ("date_from=2024-11-30&date_to=2025-12-01", "value_out_of_range"),
        ("date_from=2025-11-02&date_to=2025-11-01", "validation_error"),
        ("date_from=2025-11-01&date_to=2025-11-31", "validation_error"),
        ("date_from=2025-11-01&date_to=2025-11-30&group_by=year", "validation_error"),
        ("date_from=2025-11-01&date_to=2025-11-30&student=x", "validation_error"),
    ] {
        assert_eq!(told(&client.get(&format!("{PATH}?{query}")).await), refused(400, code), "{query}");
    }
    let leap_year = client.get(&format!("{PATH}?date_from=2024-01-01&date_to=2024-12-31")).await;
    assert_eq!(leap_year.status, 200, "366 days are just allowed");
    assert_eq!(told(&app.anonymous().get(&format!("{PATH}?{NOVEMBER}")).await), refused(401, "token_invalid"));
}

/// The sum of a field over the rows of a section.
fn sum(rows: &Value, field: &str) -> u64 {
    rows.as_array().expect("a list").iter().map(|row| row[field].as_u64().expect("a number")).sum()
}

#[tokio::test]
async fn sums_over_groups_equal_overall() {
    let app = TestApp::start().await;
    let departments = [app.department("CS").await, app.department("EC").await, app.department("ME").await];
    app.account("boss", Role::Admin, &[]).await;
    let mut classes = Vec::new();
    for (at, department) in departments.iter().enumerate() {
        let mut class = Vec::new();
        for number in 0..3 {
            class.push(app.student(&format!("Student {at}{number}"), *department).await);
        }
        classes.push(class);
    }
    // A fixed generator: the same mix on each run.
    let mut seed = 7_u64;
    let mut roll = move |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % sides).expect("a small number")
    };
    for _ in 0..40 {
        let at = roll(3);
        let statuses: Vec<RecordStatus> = (0..3).map(|_| RecordStatus::ALL[roll(4)]).collect();
        day(&app, departments[at], &classes[at], &statuses).await;
    }
    let period = "date_from=2025-11-01&date_to=2026-10-31";
    let whole = ask(&app, "boss", period).await;
    let overall = &whole["overall"];
    let of = |field: &str| overall[field].as_u64().expect("a number");
    assert_eq!((of("total_sessions"), of("total_records")), (40, 120));
    assert_eq!(of("present") + of("absent") + of("late") + of("excused"), of("total_records"));
    let mut sections =
        vec![whole["by_department"].clone(), whole["by_student"].clone(), whole["trends"]["daily"].clone()];
    for (group, pointer) in [
        ("week", "/trends/weekly"),
        ("month", "/trends/monthly"),
        ("subject", "/by_subject"),
        ("student", "/by_student"),
    ] {
        let body = ask(&app, "boss", &format!("{period}&group_by={group}")).await;
        sections.push(body.pointer(pointer).expect("the section").clone());
    }
    for section in &sections {
        for field in ["total_records", "present", "absent", "late", "excused"] {
            assert_eq!(sum(section, field), of(field), "{field} of {section}");
        }
    }
    assert_eq!(sum(&sections[0], "total_sessions"), 40);
    assert_eq!(sum(&sections[2], "sessions"), 40);
}
