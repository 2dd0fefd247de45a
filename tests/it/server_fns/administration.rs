//! The administrator's pages: overview, settings, models, audit log, backups.

use crate::support::TestApp;
use rollcall::app::types::Role;
use rollcall::server::db::entities::outbox;
use rollcall::server::domain::sessions;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use std::fs;

const PAGES: [&str; 5] = ["/admin", "/admin/settings", "/admin/models", "/admin/audit", "/admin/backup"];
const READS: [&str; 5] = ["get_overview", "get_settings_page", "get_models", "list_backups", "list_audit"];
const WRITES: [(&str, &str); 4] = [
    (
        "save_settings",
        "form[institution]=X&form[late_after_minutes]=5&form[correction_window_hours]=48&form[session_hours_max]=4\
         &form[session_days_ahead_max]=30&form[low_attendance_percent]=75&form[confidence_formula]=calibrated",
    ),
    ("start_backup", ""),
    ("check_backup", "name=rollcall-1.zip"),
    ("delete_backup", "name=rollcall-1.zip"),
];

async fn app() -> TestApp {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    app
}

#[tokio::test]
async fn administration_is_for_admins_alone() {
    let app = app().await;
    let (teacher, student) = (app.browser("teacher").await, app.browser("student").await);
    for path in PAGES {
        assert_eq!(app.anonymous().get(path).await.status, 302, "{path}");
        for caller in [&teacher, &student] {
            assert_eq!(caller.get(path).await.status, 403, "{path}");
        }
    }
    let reads = READS.map(|name| (name, "query[page]=1&query[page_size]=10"));
    for (name, body) in reads.into_iter().chain(WRITES) {
        let path = format!("/fn/{name}");
        assert_eq!(app.anonymous().post_form(&path, body).await.status, 401, "{name}");
        for caller in [&teacher, &student] {
            assert_eq!(caller.post_form(&path, body).await.status, 403, "{name}");
        }
    }
    for path in ["/admin/backup/files/rollcall-1.zip", "/admin/audit/export"] {
        assert_eq!(app.anonymous().get(path).await.status, 401, "{path}");
        assert_eq!(teacher.get(path).await.status, 403, "{path}");
    }
    assert_eq!(
        app.api("admin").await.get("/api/settings/").await.json()["late_after_minutes"],
        10,
        "nothing was saved"
    );
}

#[tokio::test]
async fn administrators_pages_load_no_script_and_show_their_parts() {
    let app = app().await;
    let admin = app.browser("admin").await;
    for path in PAGES {
        let answer = admin.get(path).await;
        let text = answer.text();
        assert_eq!(answer.status, 200, "{path}");
        assert!(!text.contains("type=\"module\""), "{path} is plain");
        assert!(!text.contains("data-test=\"trouble\""), "{path}");
    }
    assert!(admin.get("/admin/models").await.text().contains("w600k_mbf_w8.onnx"));
    assert!(admin.get("/admin/settings").await.text().contains("ROLLCALL_TIMEZONE"));
    let backup = admin.get("/admin/backup").await.text();
    assert!(backup.contains("never holds the server") && backup.contains("rollcall restore"));
}

#[tokio::test]
async fn overview_tells_of_today_of_what_is_owed_and_of_trouble() {
    let app = app().await;
    let department = rollcall::app::types::DepartmentId(1);
    app.student("Ann Ace", department).await;
    app.session("teacher", department).await;
    app.pass(chrono::Duration::days(2));
    let later = app.session("teacher", department).await;
    let teacher = app.actor("teacher").await;
    sessions::complete_session(&app.ctx, &teacher, later.id).await.expect("saved");
    let message = outbox::ActiveModel {
        recipient: Set("ann@example.edu".into()),
        subject: Set("Welcome".into()),
        body: Set(String::new()),
        secret: Set(String::new()),
        state: Set("waiting".into()),
        attempts: Set(3),
        last_error: Set("the server said <no>".into()),
        created_at: Set(app.ctx.clock.now()),
        next_attempt_at: Set(app.ctx.clock.now()),
        expires_at: Set(None),
        sent_at: Set(None),
        ..Default::default()
    };
    message.insert(&app.ctx.db).await.expect("a message");
    for _ in 0..3 {
        app.anonymous().post_form("/fn/sign_in", "username=teacher&password=wrong").await;
    }
    let text = app.browser("admin").await.get("/admin").await.text();
    let after = |mark: &str| text.split(mark).nth(1).unwrap_or_default().to_owned();
    let counts: String = after("data-test=\"board-counts\"").chars().take(40).collect();
    assert!(counts.contains("1 done"), "today's register is saved: {counts}");
    assert!(after("data-test=\"owed-registers\"").contains("/sessions/1"), "the one of two days ago is owed");
    assert!(text.contains("the server said &lt;no&gt;"), "mail that was refused");
    assert!(text.contains("3 failed sign-ins"), "sign-ins that failed");
    assert!(text.contains("No models in this test."), "why there is no recognition");
}

#[tokio::test]
async fn settings_are_saved_told_in_the_log_and_refused_with_reasons() {
    let app = app().await;
    let admin = app.browser("admin").await;
    assert_eq!(admin.post_form("/fn/save_settings", WRITES[0].1).await.status, 200);
    let log = admin.get("/admin/audit?area=settings").await.text();
    assert!(log.contains("admin changed the setting “Late after”: 10 minutes → 5 minutes"), "{log}");
    let bad = WRITES[0].1.replace("form[late_after_minutes]=5", "form[late_after_minutes]=soon");
    let refused = admin.post_form("/fn/save_settings", &bad).await;
    assert_eq!(refused.status, 400);
    let far = WRITES[0].1.replace("form[late_after_minutes]=5", "form[late_after_minutes]=999");
    assert_eq!(admin.post_form("/fn/save_settings", &far).await.status, 400);
    assert_eq!(app.api("admin").await.get("/api/settings/").await.json()["late_after_minutes"], 5);
}

#[tokio::test]
async fn the_log_is_filtered_by_its_address_and_taken_away_as_a_table() {
    let app = app().await;
    let admin = app.browser("admin").await;
    let page = admin.get("/admin/audit?who=admin&area=user").await.text();
    assert!(page.contains("admin signed in") && !page.contains("teacher signed in"));
    assert!(admin.get("/admin/audit?search=nothing+like+this").await.text().contains("data-test=\"audit-empty\""));
    assert_eq!(admin.get("/admin/audit?from=x&page=-1&page_size=9999").await.status, 200, "odd filters are none");
    assert!(admin.get("/admin/audit?page=99").await.text().contains("past the end"));
    let answer = admin.get("/admin/audit/export?area=user").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
    assert!(answer.text().contains("admin signed in") && !answer.text().contains("Department CS"));
}

#[tokio::test]
async fn a_backup_is_downloaded_by_admins_and_never_another_file() {
    let app = app().await;
    let folder = app.folder().join("backups");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("rollcall-20251103-100000-ab12.zip"), b"PK bytes").expect("a file");
    fs::write(folder.join("other.zip"), b"other").expect("a file");
    let admin = app.browser("admin").await;
    let answer = admin.get("/admin/backup/files/rollcall-20251103-100000-ab12.zip").await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"PK bytes".as_slice()));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    for name in ["other.zip", "..%2ftoken.key", "rollcall-..%2f..%2frollcall.db", "rollcall-1.zip"] {
        assert_eq!(admin.get(&format!("/admin/backup/files/{name}")).await.status, 404, "{name}");
    }
}

#[tokio::test]
async fn page_of_a_running_backup_renews_itself_until_it_is_told_not_to() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let boss = app.browser("boss").await;
    let renews = |text: &str| text.contains("http-equiv=\"refresh\"");
    let idle = boss.get("/admin/backup").await.text();
    assert!(!renews(&idle) && !idle.contains("<progress"), "nothing is under way");
    app.ctx.backup_job.begin(app.ctx.clock.now(), "boss").expect("the turn");
    let running = boss.get("/admin/backup?done=started").await.text();
    assert!(renews(&running) && running.contains("content=\"2; url=/admin/backup\""), "{running}");
    assert!(running.contains("<progress"), "{running}");
    let still = boss.get("/admin/backup?still=1").await.text();
    assert!(!renews(&still) && still.contains("<progress"), "{still}");
}
