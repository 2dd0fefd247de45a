//! Files to take away from pages: in the reader's language, and made in the background where they are long.

use crate::support::client::Answer;
use crate::support::{Client, TestApp};
use axum::body::Body;
use axum::http::Request;
use chrono::Duration;
use rollcall::app::types::*;
use rollcall::server::db::entities::{attendance_records, attendance_sessions};
use rollcall::server::domain::exports::long::{self, ROWS_AT_ONCE_MAX};
use rollcall::server::domain::records::{Decision, set_records};
use rollcall::server::domain::sessions::complete_session;
use sea_orm::ActiveValue::NotSet;
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait, QueryOrder};
use std::io::{Cursor, Read};

const PERIOD: &str = "from=2025-01-01&to=2025-12-31";
/// Students of a class; the year has so many of its days that all records are too many to be waited for.
const CLASS: usize = 20;

/// A saved session of two, one with an Arabic name.
async fn school() -> (TestApp, SessionId) {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("boss", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("asha", Role::Teacher, &[department]).await;
    app.account("pupil", Role::Student, &[]).await;
    let mut decisions = Vec::new();
    for (name, status) in [("Ann Ace", RecordStatus::Present), ("محمد بن موسى", RecordStatus::Late)] {
        let student = app.student(name, department).await.id;
        decisions.push(Decision { student, status: Some(status), notes: None, made_at: None });
    }
    let session = saved(&app, department, decisions).await;
    (app, session)
}

async fn saved(app: &TestApp, department: DepartmentId, decisions: Vec<Decision>) -> SessionId {
    let session = app.session("teacher", department).await.id;
    let teacher = app.actor("teacher").await;
    set_records(&app.ctx, &teacher, session, decisions, "").await.expect("marked");
    complete_session(&app.ctx, &teacher, session).await.expect("saved");
    session
}

/// A year of a class: one saved session, held again on so many days that there are more than [`ROWS_AT_ONCE_MAX`].
async fn year() -> TestApp {
    let (app, _) = school().await;
    let department = DepartmentId(1);
    let mut decisions = Vec::new();
    for at in 2..CLASS {
        let student = app.student(&format!("Student {at}"), department).await.id;
        decisions.push(Decision { student, status: Some(RecordStatus::Present), notes: None, made_at: None });
    }
    let first = saved(&app, department, decisions).await;
    let session = attendance_sessions::Entity::find_by_id(first.0).one(&app.ctx.db).await.expect("asked").expect("one");
    let records = attendance_records::Entity::find().all(&app.ctx.db).await.expect("records");
    let days = usize::try_from(ROWS_AT_ONCE_MAX).expect("a number") / CLASS + 1;
    let held = (1..=days).map(|day| {
        let mut session = session.clone().into_active_model();
        session.id = NotSet;
        session.date = sea_orm::ActiveValue::Set(
            chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day") + Duration::days(day as i64 % 300),
        );
        session
    });
    insert(&app, held.collect::<Vec<attendance_sessions::ActiveModel>>()).await;
    let ids = attendance_sessions::Entity::find().order_by_desc(attendance_sessions::Column::Id);
    let ids = ids.all(&app.ctx.db).await.expect("sessions").into_iter().map(|session| session.id).take(days);
    let marked = ids.flat_map(|id| {
        records.iter().take(CLASS).map(move |record| {
            let mut record = record.clone().into_active_model();
            (record.id, record.session_id) = (NotSet, sea_orm::ActiveValue::Set(id));
            record
        })
    });
    insert(&app, marked.collect::<Vec<attendance_records::ActiveModel>>()).await;
    let count = attendance_records::Entity::find().count(&app.ctx.db).await.expect("counted");
    assert!(count > ROWS_AT_ONCE_MAX, "{count}");
    app
}

async fn insert<A>(app: &TestApp, rows: Vec<A>)
where
    A: sea_orm::ActiveModelTrait + Send,
{
    for some in rows.chunks(400) {
        A::Entity::insert_many(some.to_vec()).exec_without_returning(&app.ctx.db).await.expect("inserted");
    }
}

/// What a reader of Arabic gets.
async fn arabic(client: &Client, path: &str) -> Answer {
    let request = Request::get(path).header("accept", "text/html").header("accept-language", "ar-EG,ar;q=0.9");
    let answer = client.send(request, Body::empty()).await;
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
async fn files_of_pages_speak_the_readers_language() {
    let (app, session) = school().await;
    let teacher = app.browser("teacher").await;
    let register = format!("/exports/sessions/{session}");
    let text = arabic(&teacher, &register).await.text();
    for part in ["المؤسسة,Rollcall", "الحالة,منتهية", "رقم القيد,الاسم,الحالة", "محمد بن موسى,متأخر,", "عدد الطلاب"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.starts_with('\u{feff}') && !text.contains("Institution") && !text.contains("present"), "{text}");
    for path in [register.clone(), format!("/exports/records?{PERIOD}"), format!("/exports/report?{PERIOD}")] {
        let joint = if path.contains('?') { '&' } else { '?' };
        let book = unzipped(&arabic(&teacher, &format!("{path}{joint}format=xlsx")).await.body);
        assert!(book.contains("rightToLeft=\"1\"") && book.contains("المؤسسة"), "{path}");
        assert!(!book.contains("Institution") && !book.contains("Present"), "{path}");
        let pdf = arabic(&teacher, &format!("{path}{joint}format=pdf")).await;
        assert!(pdf.body.starts_with(b"%PDF-"), "{path}");
    }
    let log = arabic(&app.browser("boss").await, "/admin/audit/export").await.text();
    assert!(log.contains("المنطقة الزمنية") && log.contains("الوقت,من,الموضوع") && !log.contains("When"), "{log}");
    let english = teacher.get(&register).await.text();
    assert!(english.contains("Roll no,Name,Status") && !english.contains("المؤسسة"), "{english}");
}

#[tokio::test]
async fn files_of_the_rest_api_stay_english() {
    let (app, session) = school().await;
    let text = arabic(&app.api("teacher").await, &format!("/api/attendance/sessions/{session}/export/")).await.text();
    assert!(text.contains("Institution,Rollcall") && text.contains("Ann Ace,present,"), "{text}");
    let book = arabic(&app.api("teacher").await, "/api/attendance/records/export/?format=xlsx").await;
    assert!(!unzipped(&book.body).contains("rightToLeft=\"1\""));
}

/// Asks for a file and says where that leads.
async fn ask(client: &Client, query: &str) -> String {
    let answer = client.get(&format!("/exports/records?{PERIOD}{query}")).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").expect("a place").to_owned()
}

/// The page of a file, once nothing of it is to be made any more.
async fn over(client: &Client, place: &str) -> String {
    loop {
        let page = client.get(place).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let text = page.text();
        if !text.contains("data-test=\"export-making\"") {
            return text;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn long_file_is_made_in_the_background_and_fetched_by_its_owner_alone() {
    let app = year().await;
    let teacher = app.browser("teacher").await;
    let turn = app.ctx.long_exports.turns.clone().acquire_owned().await.expect("a turn");
    let place = ask(&teacher, "").await;
    assert_eq!(ask(&teacher, "").await, place, "the same is made once");
    let waiting = teacher.get(&place).await.text();
    assert!(waiting.contains("waits for its turn") && waiting.contains("<progress"), "{waiting}");
    assert!(waiting.contains("http-equiv=\"refresh\"") && !waiting.contains("<script type=\"module\""), "{waiting}");
    let still = teacher.get(&format!("{place}?still=1")).await.text();
    assert!(!still.contains("http-equiv=\"refresh\""), "{still}");
    let id = place.trim_start_matches("/exports/");
    assert_eq!(teacher.get(&format!("/exports/files/{id}")).await.status, 404, "not ready yet");
    drop(turn);
    let ready = over(&teacher, &place).await;
    assert!(ready.contains("The file is ready") && ready.contains(&format!("/exports/files/{id}")), "{ready}");
    let file = teacher.get(&format!("/exports/files/{id}")).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(file.header("content-disposition").is_some_and(|value| value.contains("records-2025-11-03.csv")));
    let text = file.text();
    let rows = text.lines().filter(|line| line.starts_with("2025-")).count();
    assert!(text.contains(&format!("Records,{rows}")) && rows as u64 > ROWS_AT_ONCE_MAX, "{rows}");
    assert!(text.starts_with('\u{feff}') && text.contains("Ann Ace,present,") && text.contains("محمد بن موسى,late"));
    for other in ["asha", "boss"] {
        let other = app.browser(other).await;
        assert_eq!(other.get(&format!("/exports/files/{id}")).await.status, 404);
        let page = other.get(&place).await;
        assert_eq!(page.status, 404);
        assert!(page.text().contains("no longer here, or is not yours"), "{}", page.text());
    }
    assert_eq!(app.browser("pupil").await.get(&format!("/exports/files/{id}")).await.status, 403);
    let anonymous = app.anonymous();
    for path in [place.clone(), format!("/exports/files/{id}")] {
        let answer = anonymous.get(&path).await;
        assert!(
            answer.header("location").is_some_and(|place| place.starts_with("/login")),
            "{path}: {}",
            answer.status
        );
    }
    let body = format!("id={id}");
    assert_eq!(anonymous.post_form("/fn/get_long_export", &body).await.status, 401);
    assert_eq!(app.browser("pupil").await.post_form("/fn/get_long_export", &body).await.status, 403);
    assert_eq!(app.browser("asha").await.post_form("/fn/get_long_export", &body).await.status, 404);
    app.pass(Duration::hours(1));
    long::sweep(&app.ctx).await;
    let teacher = app.browser("teacher").await;
    assert_eq!(teacher.get(&place).await.status, 404, "kept for an hour");
    assert_eq!(std::fs::read_dir(app.folder().join("exports")).expect("the folder").count(), 0);
}

#[tokio::test]
async fn long_sheet_speaks_the_readers_language() {
    let app = year().await;
    let teacher = app.browser("teacher").await;
    let path = format!("/exports/records?{PERIOD}&format=xlsx");
    let request = Request::get(path).header("accept", "text/html").header("accept-language", "ar");
    let place = teacher.send(request, Body::empty()).await.header("location").expect("a place").to_owned();
    over(&teacher, &place).await;
    let file = arabic(&teacher, &place.replace("/exports/", "/exports/files/")).await;
    let book = unzipped(&file.body);
    assert!(book.contains("rightToLeft=\"1\"") && book.contains("رقم القيد") && book.contains("متأخر"));
    assert!(!book.contains("Institution") && !book.contains("<f>"));
    let rows = book.matches("<row ").count() as u64;
    assert!(rows > ROWS_AT_ONCE_MAX, "{rows}");
    let page = arabic(&teacher, &place).await.text();
    assert!(page.contains("الملف جاهز") && page.contains("dir=\"rtl\""), "{page}");
    assert_eq!(std::fs::read_dir(app.folder().join("exports")).expect("the folder").count(), 1, "nothing is left over");
}

#[tokio::test]
async fn two_long_files_are_made_at_a_time_and_failure_says_what_to_do() {
    let app = year().await;
    let teacher = app.browser("teacher").await;
    let turn = app.ctx.long_exports.turns.clone().acquire_owned().await.expect("a turn");
    let first = ask(&teacher, "").await;
    let second = ask(&teacher, "&format=xlsx").await;
    assert_ne!(first, second);
    let third = teacher.get(&format!("/exports/records?{PERIOD}&department=1")).await;
    assert_eq!(third.status, 422);
    assert!(third.text().contains("2 of your files are being made"), "{}", third.text());
    let other = ask(&app.browser("asha").await, "").await;
    assert_ne!(other, first, "everybody has their own");
    let folder = app.folder().join("exports");
    std::fs::remove_dir(&folder).expect("an empty folder");
    std::fs::write(&folder, "in the way").expect("a file");
    drop(turn);
    let failed = over(&teacher, &first).await;
    assert!(failed.contains("The file could not be made") && failed.contains("Ask for it again"), "{failed}");
    assert!(!failed.contains("in the way") && !failed.contains("/exports/files/"), "{failed}");
}
