//! Files to take away.

use super::{refused, told};
use crate::support::TestApp;
use crate::support::client::Answer;
use rollcall::app::types::*;
use rollcall::server::domain::records::{Decision, set_records};
use rollcall::server::domain::sessions::complete_session;
use std::io::{Cursor, Read};

/// A saved register of students with names from everywhere, one of them a formula.
async fn school() -> (TestApp, SessionId) {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("admin", Role::Admin, &[]).await;
    let admin = app.actor("admin").await;
    let mut decisions = Vec::new();
    for (at, name) in NAMES.iter().enumerate() {
        let email = if at == 0 { "ann.ace@example.edu".to_owned() } else { format!("student{at}@example.edu") };
        let form = StudentForm { id: None, name: (*name).into(), email, phone: String::new(), department };
        let created = rollcall::server::domain::students::create_student(&app.ctx, &admin, form, Vec::new()).await;
        let id = created.expect("a student").student.id;
        decisions.push(Decision {
            student: id,
            status: Some(RecordStatus::Present),
            notes: Some("@note".into()),
            made_at: None,
        });
    }
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    let session = app.session("teacher", department).await.id;
    let teacher = app.actor("teacher").await;
    set_records(&app.ctx, &teacher, session, decisions, "").await.expect("marked");
    complete_session(&app.ctx, &teacher, session).await.expect("saved");
    (app, session)
}

const NAMES: [&str; 8] = [
    "Ann Ace",
    "=HYPERLINK(\"http://x\";\"y\")",
    "-2+3",
    "Żółć Ærøskøbing",
    "Γιώργος Παπαδόπουλος",
    "Анна Ахматова",
    "王小明 अनु 🎓",
    "محمد بن موسى",
];

async fn take(app: &TestApp, username: &str, path: &str) -> Answer {
    let answer = app.api(username).await.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

/// All parts of a spreadsheet file as one text.
fn unzipped(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a spreadsheet is a zip file");
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).expect("a part").read_to_string(&mut text).expect("text");
    }
    text
}

#[tokio::test]
async fn register_names_everything_that_is_filed() {
    let (app, session) = school().await;
    let answer = take(&app, "teacher", &format!("/api/attendance/sessions/{session}/export/?format=csv")).await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"register-cs-2025-11-03-1.csv\""));
    let text = answer.text();
    for part in [
        "Institution,Rollcall",
        "Department,Department CS (CS)",
        "Teacher,teacher",
        "Date,2025-11-03",
        "Start,10:00",
        "State,completed",
        "8 students: 8 present, 0 late",
        "CS-2025-001,Ann Ace,present,2025-11-03 10:00,teacher,'@note",
        "Γιώργος Παπαδόπουλος",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[tokio::test]
async fn no_cell_is_a_formula() {
    let (app, session) = school().await;
    for path in [format!("/api/attendance/sessions/{session}/export/"), "/api/attendance/records/export/".to_owned()] {
        let text = take(&app, "teacher", &path).await.text();
        assert!(text.contains("'=HYPERLINK") && text.contains("'-2+3") && text.contains("'@note"), "{text}");
        for cell in text.split(['\n', ',']) {
            let bare = cell.trim_start_matches('"');
            assert!(!bare.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
        let book = unzipped(&take(&app, "teacher", &format!("{path}?format=xlsx")).await.body);
        assert!(book.contains("=HYPERLINK") && !book.contains("<f>"), "kept as text, never as a formula");
    }
}

#[tokio::test]
async fn every_script_can_be_printed() {
    let (app, session) = school().await;
    let path = format!("/api/attendance/sessions/{session}/export/?format=pdf");
    let answer = take(&app, "teacher", &path).await;
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    assert!(answer.body.starts_with(b"%PDF-") && answer.body.len() > 5_000, "{} bytes", answer.body.len());
    let records = take(&app, "admin", "/api/attendance/records/export/?format=pdf").await;
    assert!(records.body.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn records_export_takes_the_filters_of_the_list() {
    let (app, _) = school().await;
    let text = take(&app, "admin", "/api/attendance/records/export/?student=1&status=present").await.text();
    assert!(text.contains("Records,1") && text.contains("Ann Ace") && !text.contains("Ахматова"), "{text}");
    let none = take(&app, "admin", "/api/attendance/records/export/?date=2025-11-04").await.text();
    assert!(none.contains("Records,0"), "{none}");
    let own = take(&app, "ann", "/api/attendance/records/export/?student=2").await.text();
    assert!(own.contains("Ann Ace") && !own.contains("HYPERLINK"), "students get their own: {own}");
}

#[tokio::test]
async fn statistics_export_has_a_table_per_section() {
    let (app, _) = school().await;
    let path = "/api/attendance/statistics/export/?date_from=2025-11-01&date_to=2025-11-30";
    let answer = take(&app, "admin", path).await;
    assert_eq!(
        answer.header("content-disposition"),
        Some("attachment; filename=\"statistics-2025-11-01-2025-11-30.csv\"")
    );
    let text = answer.text();
    assert!(text.contains("Department CS,1,8,8,0,0,0,100,100") && text.contains("CS-2025-001 Ann Ace,1,1,1"), "{text}");
    let book = unzipped(&take(&app, "admin", &format!("{path}&format=xlsx")).await.body);
    assert!(book.contains("By student") && book.contains("By day"));
    let pdf = take(&app, "admin", &format!("{path}&format=pdf")).await;
    assert!(pdf.body.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn exports_are_guarded_and_their_parameters_checked() {
    let (app, session) = school().await;
    let register = format!("/api/attendance/sessions/{session}/export/");
    assert_eq!(told(&app.api("ann").await.get(&register).await), refused(403, "insufficient_permissions"));
    assert_eq!(told(&app.anonymous().get(&register).await), refused(401, "token_invalid"));
    let teacher = app.api("teacher").await;
    for path in [
        format!("{register}?format=doc"),
        "/api/attendance/records/export/?format=doc".to_owned(),
        "/api/attendance/records/export/?status=x".to_owned(),
        "/api/attendance/statistics/export/".to_owned(),
    ] {
        assert_eq!(teacher.get(&path).await.status, 400, "{path}");
    }
}
