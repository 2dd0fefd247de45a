//! Reports and their files, as a browser gets them.

use crate::support::TestApp;
use crate::support::client::Answer;
use crate::support::db::test_databases;
use chrono::Duration;
use rollcall::app::types::*;
use rollcall::server::db::entities::{attendance_records, attendance_sessions};
use rollcall::server::domain::closing::close_by_clock;
use rollcall::server::domain::records::{Decision, set_records};
use rollcall::server::domain::register;
use rollcall::server::domain::sessions::{complete_session, create_session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use RecordStatus::{Absent, Excused, Late, Present};

const NOVEMBER: &str = "from=2025-11-01&to=2025-11-30";

/// Holds and saves a session with these statuses, then goes on to the next day.
async fn day(app: &TestApp, subject: &str, students: &[StudentRow], statuses: &[RecordStatus]) -> SessionId {
    let boss = app.actor("boss").await;
    let department = students[0].department.id;
    let form = SessionForm { department, subject: subject.into(), ..SessionForm::default() };
    let session = create_session(&app.ctx, &boss, form).await.expect("a session").id;
    let decision = |(student, status): (&StudentRow, &RecordStatus)| Decision {
        student: student.id,
        status: Some(*status),
        notes: Some("=2+3".into()),
        made_at: None,
    };
    let decisions = students.iter().zip(statuses).map(decision).collect();
    set_records(&app.ctx, &boss, session, decisions, "").await.expect("marked");
    complete_session(&app.ctx, &boss, session).await.expect("saved");
    app.pass(Duration::days(1));
    session
}

/// Two departments, four saved sessions from Monday on, one that the clock closed, one that is open.
async fn school(app: &TestApp) -> Vec<StudentRow> {
    let (cs, ec) = (app.department("CS").await, app.department("EC").await);
    app.account("boss", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[ec]).await;
    app.account("pupil", Role::Student, &[]).await;
    let mut class = Vec::new();
    for name in ["Ann Ace", "Bob Best", "=Cy Cell"] {
        class.push(app.student(name, cs).await);
    }
    let other = [app.student("Eve Else", ec).await];
    day(app, "Algebra", &class, &[Present, Late, Absent]).await;
    day(app, "Algebra", &class, &[Present, Absent, Absent]).await;
    day(app, "Optics", &class, &[Present, Present, Excused]).await;
    day(app, "Drawing", &other, &[Present]).await;
    app.session("boss", cs).await;
    app.pass(Duration::days(1));
    close_by_clock(&app.ctx).await.expect("closed");
    app.session("boss", cs).await;
    class.extend(other);
    class
}

async fn page(app: &TestApp, username: &str, path: &str) -> String {
    let answer = app.browser(username).await.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

/// The text of the first element with this mark, without tags.
fn marked(page: &str, test: &str) -> String {
    let start = page.find(&format!("data-test=\"{test}\"")).unwrap_or_else(|| panic!("{test} in {page}"));
    let inside = page[start..].split_once('>').expect("an element").1;
    let text = inside.split("</p>").next().unwrap_or_default();
    let mut words = String::new();
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => words.push(c),
            _ => {}
        }
    }
    words
}

#[tokio::test]
async fn report_counts_saved_registers_in_the_words_of_the_student_page() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        school(&app).await;
        let text = page(&app, "boss", &format!("/reports?{NOVEMBER}")).await;
        // Ten records: 5 present, 1 late, 3 absent, 1 excused.
        assert_eq!(marked(&text, "report-percentage"), "66.67 %", "{}", database.kind);
        let arithmetic = "6 of 9 (5 present, 1 late); 1 excused not counted, in 4 saved sessions";
        assert_eq!(marked(&text, "report-arithmetic"), arithmetic);
        assert!(text.contains("1 session without a register"), "the clock's session is named, not counted");
        assert!(text.contains("trend-line") && text.contains("subject-table") && text.contains("department-table"));
        assert!(text.contains("Algebra") && text.contains("50.00 %") && text.contains("3 of 6"), "by subject");
        assert!(!text.contains("browserHalf"), "a plain page");
    }
}

#[tokio::test]
async fn report_of_an_empty_period_says_why_and_divides_by_nothing() {
    let app = TestApp::start().await;
    school(&app).await;
    let text = page(&app, "teacher", "/reports?from=2024-01-01&to=2024-01-31").await;
    assert!(text.contains("report-empty") && text.contains("No saved registers in this period"));
    assert!(!text.contains("NaN") && !text.contains("report-percentage"));
    let students = page(&app, "teacher", "/reports/students?from=2024-01-01&to=2024-01-31").await;
    assert!(students.contains("report-nobody"));
    let missing = page(&app, "teacher", "/reports/without-register?from=2024-01-01&to=2024-01-31").await;
    assert!(missing.contains("no-register-missing"));
}

#[tokio::test]
async fn report_filters_narrow_the_numbers() {
    let app = TestApp::start().await;
    let students = school(&app).await;
    let cases = [
        ("department=2", "1 of 1, in 1 saved session"),
        ("subject=optics", "2 of 2; 1 excused not counted, in 1 saved session"),
        ("student=Bob", "2 of 3 (1 present, 1 late), in 3 saved sessions"),
        ("step=day&student=CS-2025-001", "3 of 3, in 3 saved sessions"),
    ];
    for (query, arithmetic) in cases {
        let text = page(&app, "teacher", &format!("/reports?{NOVEMBER}&{query}")).await;
        assert_eq!(marked(&text, "report-arithmetic"), arithmetic, "{query}");
    }
    let text = page(&app, "teacher", &format!("/reports?{NOVEMBER}&student=CS-2025")).await;
    assert!(text.contains("Several students match") && text.contains("student=CS-2025-002"), "a choice");
    let text = page(&app, "teacher", &format!("/reports?{NOVEMBER}&student=Zoe%3Cb%3E")).await;
    assert!(text.contains("No student matches") && !text.contains("Zoe<b>"));
    for (query, words) in
        [("from=2024-01-01&to=2025-11-30", "at most 366 days"), ("from=2025-11-30&to=2025-11-01", "lies after its end")]
    {
        let text = page(&app, "teacher", &format!("/reports?{query}")).await;
        assert!(text.contains(words), "{query}");
    }
    // What no date or number is filters nothing.
    page(&app, "teacher", "/reports?from=x&to=-262143-01-01&department=y&below=0&page=-1&student=%00").await;
    assert_eq!(students.len(), 4);
}

#[tokio::test]
async fn low_attendance_lists_those_below_the_limit_lowest_first() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        let students = school(&app).await;
        let text = page(&app, "teacher", &format!("/reports/students?{NOVEMBER}&below=75")).await;
        let at = |name: &str| text.find(name);
        let (cy, bob) = (at("=Cy Cell").expect("0 of 2"), at("Bob Best").expect("2 of 3"));
        assert!(cy < bob && at("Ann Ace").is_none() && at("Eve Else").is_none(), "{}", database.kind);
        assert!(text.contains(&format!("/students/{}", students[1].id)), "a link to the student");
        let all = page(&app, "teacher", &format!("/reports/students?{NOVEMBER}")).await;
        assert!(all.contains("Ann Ace") && all.contains("Eve Else"));
        let none = page(&app, "teacher", &format!("/reports/students?{NOVEMBER}&department=2&below=75")).await;
        assert!(none.contains("Nobody is below the limit"));
    }
}

#[tokio::test]
async fn low_attendance_is_what_the_settings_call_low() {
    let app = TestApp::start().await;
    school(&app).await;
    let boss = app.api("boss").await;
    for percent in [60, 0] {
        let mut settings = boss.get("/api/settings/").await.json();
        settings["low_attendance_percent"] = percent.into();
        assert_eq!(boss.put_json("/api/settings/", &settings).await.status, 200);
        let shown = percent.max(1);
        for path in ["/reports", "/reports/students"] {
            let text = page(&app, "teacher", &format!("{path}?{NOVEMBER}")).await;
            assert!(text.contains(&format!("below={shown}")), "{path} {percent}");
        }
    }
}

#[tokio::test]
async fn sessions_without_a_register_are_listed_with_links() {
    let app = TestApp::start().await;
    school(&app).await;
    let text = page(&app, "teacher", &format!("/reports/without-register?{NOVEMBER}")).await;
    assert!(text.contains("/sessions/5") && text.contains("To confirm"), "closed by the clock");
    assert!(!text.contains("/sessions/6\""), "what still runs is not owed yet");
}

#[tokio::test]
async fn reports_are_for_staff() {
    let app = TestApp::start().await;
    school(&app).await;
    for path in ["/reports", "/reports/students", "/reports/without-register"] {
        let anonymous = app.anonymous().get(path).await;
        assert_eq!(anonymous.status, 302, "{path}");
        assert!(anonymous.header("location").is_some_and(|place| place.starts_with("/login?next=")), "{path}");
        assert_eq!(app.browser("pupil").await.get(path).await.status, 403, "{path}");
    }
    for function in ["get_report", "list_report_students", "list_without_register"] {
        let path = format!("/fn/{function}");
        let body = "filter[from]=2025-11-01";
        assert_eq!(app.anonymous().post_form(&path, body).await.status, 401, "{path}");
        assert_eq!(app.browser("pupil").await.post_form(&path, body).await.status, 403, "{path}");
        assert_eq!(app.browser("teacher").await.post_form(&path, body).await.status, 200, "{path}");
    }
}

/// Every address of files, with a session that is there.
const FILES: [&str; 4] = ["/exports/report", "/exports/students", "/exports/records", "/exports/sessions/1"];

async fn take(app: &TestApp, username: &str, path: &str) -> Answer {
    let answer = app.browser(username).await.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn cookie_opens_files_in_every_format() {
    let app = TestApp::start().await;
    school(&app).await;
    for path in FILES {
        for (format, kind) in [("csv", "text/csv"), ("xlsx", "application/vnd.openxml"), ("pdf", "application/pdf")] {
            let answer = take(&app, "teacher", &format!("{path}?{NOVEMBER}&format={format}")).await;
            assert!(answer.header("content-type").is_some_and(|value| value.starts_with(kind)), "{path} {format}");
            let name = answer.header("content-disposition").unwrap_or_default();
            assert!(name.starts_with("attachment; filename=") && name.ends_with(&format!(".{format}\"")), "{name}");
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path} {format}");
        }
    }
}

#[tokio::test]
async fn report_files_hold_the_numbers_of_the_page_and_no_formulas() {
    let app = TestApp::start().await;
    school(&app).await;
    let report = take(&app, "teacher", &format!("/exports/report?{NOVEMBER}")).await.text();
    for part in [
        "2025-11-01 to 2025-11-30,4,10,5,1,3,1,50,66.67",
        "Algebra,2,6,2,1,3,0,33.33,50",
        "2025-11-03,1,3,1,1,1,0,33.33,66.67",
    ] {
        assert!(report.contains(part), "{part} in {report}");
    }
    let students = take(&app, "teacher", &format!("/exports/students?{NOVEMBER}&department=1")).await.text();
    assert!(students.contains("CS-2025-002 Bob Best,3,3,1,1,1,0,33.33,66.67") && !students.contains("Eve Else"));
    let records = take(&app, "teacher", &format!("/exports/records?{NOVEMBER}&subject=alg")).await.text();
    assert!(records.contains("Records,6") && records.contains("'=Cy Cell") && records.contains("'=2+3"), "{records}");
    let all = take(&app, "teacher", &format!("/exports/records?{NOVEMBER}")).await.text();
    assert!(all.contains("Records,10"), "open registers and the clock's are left out: {all}");
    let register = take(&app, "teacher", "/exports/sessions/1").await.text();
    assert!(register.contains("3 students: 1 present, 1 late, 1 absent"), "teachers read all departments: {register}");
    let log = take(&app, "boss", &format!("/exports/report?{NOVEMBER}&format=pdf")).await;
    assert!(log.body.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn files_are_for_staff_and_refusals_lead_back() {
    let app = TestApp::start().await;
    school(&app).await;
    for path in FILES {
        let anonymous = app.anonymous().get(path).await;
        assert_eq!((anonymous.status, anonymous.header("location")), (303, Some("/login?next=%2Freports")), "{path}");
        assert_eq!(app.browser("pupil").await.get(path).await.status, 403, "{path}");
        let token = app.api("boss").await.get(path).await;
        assert_eq!(token.status, 303, "tokens open the REST API alone: {path}");
        assert_eq!(app.browser("teacher").await.get(&format!("{path}?format=doc")).await.status, 400, "{path}");
    }
    let teacher = app.browser("teacher").await;
    assert_eq!(teacher.get("/exports/sessions/999").await.status, 404);
    assert_eq!(teacher.get("/exports/sessions/x").await.status, 404);
    let long = teacher.get("/exports/records?from=2024-01-01&to=2025-11-30").await;
    assert_eq!(long.status, 303);
    assert!(long.header("location").is_some_and(|place| place.starts_with("/reports?from=2024-01-01")));
    let refused = page(&app, "teacher", "/reports?refused=rows").await;
    assert!(refused.contains("Too much for one file"));
}

#[tokio::test]
async fn session_pages_offer_their_files() {
    let app = TestApp::start().await;
    school(&app).await;
    let session = page(&app, "teacher", "/sessions/1").await;
    assert!(session.contains("/exports/sessions/1?format=pdf"));
    let list = page(&app, "teacher", "/sessions?department=1&from=2025-11-01").await;
    assert!(list.contains("/exports/records?department=1&amp;from=2025-11-01&amp;format=csv"), "{list}");
}

/// What a session keeps must be what its records say, however they came to be.
async fn assert_kept(app: &TestApp, id: SessionId) {
    let session = attendance_sessions::Entity::find_by_id(id.0).one(&app.ctx.db).await.expect("asked").expect("there");
    let counters = register::counters(&app.ctx.db, id).await.expect("counted");
    let kept = [session.present, session.late, session.absent, session.excused].map(|count| count as u64);
    assert_eq!(kept, [counters.present, counters.late, counters.absent, counters.excused], "session {id}");
    assert_eq!(kept.iter().sum::<u64>(), counters.total, "everybody on the roster is counted");
    let records = attendance_records::Entity::find().filter(attendance_records::Column::SessionId.eq(id.0));
    let mut records = records.all(&app.ctx.db).await.expect("read");
    records.sort_by_key(|record| record.student_id);
    let line: String = records.iter().map(|record| format!("{}{}", record.student_id, &record.status[..1])).collect();
    assert_eq!(session.tally, line, "session {id}");
}

#[tokio::test]
async fn closed_registers_keep_their_counts_through_corrections() {
    for database in test_databases().await {
        let app = TestApp::start_on(&database.url).await;
        let students = school(&app).await;
        for id in 1..=5 {
            assert_kept(&app, SessionId(id)).await;
        }
        let boss = app.actor("boss").await;
        let change = Decision { student: students[2].id, status: Some(Present), notes: None, made_at: None };
        set_records(&app.ctx, &boss, SessionId(1), vec![change.clone()], "was there").await.expect("corrected");
        assert_kept(&app, SessionId(1)).await;
        set_records(&app.ctx, &boss, SessionId(5), vec![change], "was there").await.expect("corrected");
        complete_session(&app.ctx, &boss, SessionId(5)).await.expect("confirmed");
        assert_kept(&app, SessionId(5)).await;
        let text = page(&app, "boss", &format!("/reports?{NOVEMBER}")).await;
        assert!(marked(&text, "report-arithmetic").starts_with("8 of 12"), "{}", marked(&text, "report-arithmetic"));
    }
}

#[tokio::test]
async fn students_of_a_report_go_by_attendance_name_or_number() {
    let app = TestApp::start().await;
    school(&app).await;
    let mut orders = Vec::new();
    for sort in ["lowest", "highest", "name", "roll_no"] {
        let text = page(&app, "boss", &format!("/reports/students?{NOVEMBER}&sort={sort}")).await;
        let lines: Vec<String> = text
            .split("data-test=\"student-line\"")
            .skip(1)
            .filter_map(|line| {
                Some(line.split("data-test=\"student-link\"").nth(1)?.split(['>', '<']).nth(1)?.to_owned())
            })
            .collect();
        orders.push(lines);
    }
    let [lowest, highest, name, roll_no] = <[Vec<String>; 4]>::try_from(orders).expect("four orders");
    assert!(lowest.len() > 2 && lowest.iter().all(|line| !line.is_empty()), "{lowest:?}");
    assert_ne!(lowest, highest);
    let mut sorted = name.clone();
    sorted.sort_unstable();
    assert_eq!(name, sorted);
    let mut same = roll_no.clone();
    same.sort_unstable();
    assert_eq!(same, sorted, "the same students in every order");
    let two = page(&app, "boss", &format!("/reports/students?{NOVEMBER}&page_size=2")).await;
    assert_eq!(two.matches("data-test=\"student-line\"").count(), 2);
    assert!(two.contains("page_size=2&amp;page=2"), "the next page keeps the size");
}
