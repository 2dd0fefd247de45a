//! What was made without a connection: sent later, carried out once, and never over a later decision.

use crate::support::tiny_models::tiny_class_photo;
use crate::support::{Client, Part, TestApp};
use axum::body::Body;
use axum::http::Request;
use chrono::Duration;
use rollcall::app::error::AppError;
use rollcall::app::types::*;
use rollcall::app::wire;
use rollcall::server::backup::{Progress, make, restore};
use rollcall::server::config::Config;
use rollcall::server::db::entities::{audit_log, sent_requests};
use rollcall::server::domain::{records, sent_requests as sent, sessions};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

const PRESENT: Option<RecordStatus> = Some(RecordStatus::Present);

struct School {
    app: TestApp,
    session: SessionRow,
    students: Vec<StudentRow>,
    browser: Client,
}

/// A class of two with faces, and two teachers of it.
async fn school(app: TestApp, with_faces: bool) -> School {
    let department = app.department("CS").await;
    let mut students = Vec::new();
    for (person, name) in [(1, "Ann Ace"), (2, "Bob Best")] {
        students.push(match with_faces {
            true => app.student_with_face(name, department, person).await,
            false => app.student(name, department).await,
        });
    }
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("asha", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    let browser = app.browser("teacher").await;
    School { app, session, students, browser }
}

impl School {
    async fn by_hand() -> Self {
        school(TestApp::start().await, false).await
    }

    /// Sends a decision about the first student, with these headers.
    async fn mark(&self, browser: &Client, status: &str, headers: &[(&str, &str)]) -> crate::support::client::Answer {
        let mut request = Request::post("/fn/set_record")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/x-postcard");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let status = if status.is_empty() { String::new() } else { format!("&form[status]={status}") };
        let form = format!("form[session]={}&form[student]={}{status}", self.session.id, self.students[0].id);
        browser.send(request, Body::from(form)).await
    }

    /// Another teacher, or this one, decides about the first student now.
    async fn decide(&self, username: &str, status: Option<RecordStatus>) {
        let actor = self.app.actor(username).await;
        let (session, student) = (self.session.id, self.students[0].id);
        let form = RecordForm { session, student, status, keep_status: false, notes: None, reason: String::new() };
        records::set_record(&self.app.ctx, &actor, form).await.expect("a record");
    }

    async fn status(&self) -> Option<RecordStatus> {
        self.entry().await.status
    }

    async fn entry(&self) -> RosterEntry {
        let teacher = self.app.actor("teacher").await;
        let detail = sessions::get_session(&self.app.ctx, &teacher, self.session.id).await.expect("a session");
        detail.roster.into_iter().next().expect("a roster")
    }

    /// Rows of the audit log about the first student's record.
    async fn changes(&self) -> u64 {
        let about = audit_log::Column::ObjectId.eq(records::audit_key(self.session.id.0, self.students[0].id.0));
        audit_log::Entity::find().filter(about).count(&self.app.ctx.db).await.expect("a count")
    }
}

#[tokio::test]
async fn same_key_is_carried_out_once_and_answered_alike() {
    let school = School::by_hand().await;
    let key = [("idempotency-key", "0f8f-1")];
    let first = school.mark(&school.browser, "late", &key).await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(first.header("idempotent-replayed"), None);
    school.decide("asha", Some(RecordStatus::Excused)).await;
    let second = school.mark(&school.browser, "late", &key).await;
    assert_eq!((second.status, second.header("idempotent-replayed")), (200, Some("true")));
    assert_eq!(second.body, first.body);
    assert_eq!(second.header("content-type"), first.header("content-type"));
    assert_eq!(school.status().await, Some(RecordStatus::Excused), "the second sending changed nothing");
    assert_eq!(school.changes().await, 2);
}

#[tokio::test]
async fn racing_sendings_have_one_effect() {
    let school = School::by_hand().await;
    let key = [("idempotency-key", "race")];
    let sendings = (0..8).map(|_| school.mark(&school.browser, "late", &key));
    let answers = futures::future::join_all(sendings).await;
    let fresh = answers.iter().filter(|answer| answer.status == 200 && answer.header("idempotent-replayed").is_none());
    assert_eq!(fresh.count(), 1);
    assert!(answers.iter().all(|answer| [200, 503].contains(&answer.status)), "done, or to be asked again");
    assert_eq!(school.changes().await, 1);
    assert_eq!(school.mark(&school.browser, "late", &key).await.header("idempotent-replayed"), Some("true"));
}

#[tokio::test]
async fn key_of_another_user_is_nothing() {
    let school = School::by_hand().await;
    let key = ("idempotency-key", "mine");
    assert_eq!(school.mark(&school.browser, "late", &[key]).await.status, 200);
    let asha = school.app.browser("asha").await;
    let theirs = school.mark(&asha, "excused", &[key]).await;
    assert_eq!((theirs.status, theirs.header("idempotent-replayed")), (200, None));
    assert_eq!(school.status().await, Some(RecordStatus::Excused));
    let teacher = school.app.actor("teacher").await.user_id.to_string();
    let wrong = school.mark(&asha, "late", &[("idempotency-key", "other"), ("queued-by", &teacher)]).await;
    assert_eq!(wrong.status, 401, "never under another account");
    assert_eq!(school.status().await, Some(RecordStatus::Excused));
    assert_eq!(school.mark(&school.app.anonymous(), "late", &[key]).await.status, 401);
}

#[tokio::test]
async fn key_stands_for_one_thing_and_is_short() {
    let school = School::by_hand().await;
    for key in ["", "a b", &"x".repeat(65)] {
        let answer = school.mark(&school.browser, "late", &[("idempotency-key", key)]).await;
        assert_eq!(answer.status, 400, "{key}");
        assert!(answer.header("refusal").is_some());
    }
    assert_eq!(school.mark(&school.browser, "late", &[("idempotency-key", "k")]).await.status, 200);
    let request = Request::post("/fn/mark_photo").header("idempotency-key", "k");
    let id = school.session.id.to_string();
    let parts = [Part::Text("session", &id), Part::File("image", "photo.png", b"none")];
    let answer = school.browser.send_parts(request, &parts).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
}

#[tokio::test]
async fn refusal_says_why_in_a_header_and_leaves_the_key_free() {
    let school = School::by_hand().await;
    let teacher = school.app.actor("teacher").await;
    sessions::cancel_session(&school.app.ctx, &teacher, school.session.id).await.expect("cancelled");
    let key = [("idempotency-key", "closed"), ("queued-for", "60")];
    for _ in 0..2 {
        let answer = school.mark(&school.browser, "late", &key).await;
        assert_eq!(answer.status, 400);
        assert_eq!(answer.header("refusal"), Some("Session+has+ended+or+is+inactive"));
        assert_eq!(answer.header("idempotent-replayed"), None);
        assert!(matches!(wire::from_bytes(&answer.body), Ok(AppError::SessionClosed { .. })), "as pages read it");
    }
    assert_eq!(sent_requests::Entity::find().count(&school.app.ctx.db).await.expect("a count"), 0);
}

#[tokio::test]
async fn late_mark_does_not_undo_what_somebody_decided_since() {
    let school = School::by_hand().await;
    school.app.pass(Duration::minutes(12));
    school.decide("asha", Some(RecordStatus::Excused)).await;
    school.app.pass(Duration::minutes(20));
    let late = [("idempotency-key", "late"), ("queued-for", "1620")];
    let answer = school.mark(&school.browser, "present", &late).await;
    assert_eq!(answer.status, 409);
    let Ok(AppError::Conflict(sentence)) = wire::from_bytes::<AppError>(&answer.body) else { panic!("a conflict") };
    assert_eq!(
        sentence,
        "asha set Ann Ace to excused at 10:12; your mark “present” from 10:05 came too late and was not written."
    );
    assert_eq!(school.status().await, Some(RecordStatus::Excused));
    assert_eq!(school.mark(&school.browser, "excused", &late).await.status, 200, "agreeing is no conflict");
    let made_after = [("idempotency-key", "after"), ("queued-for", "60")];
    assert_eq!(school.mark(&school.browser, "present", &made_after).await.status, 200);
    assert_eq!(school.status().await, PRESENT);
}

#[tokio::test]
async fn late_mark_does_not_return_what_somebody_took_back() {
    let school = School::by_hand().await;
    school.decide("asha", PRESENT).await;
    school.app.pass(Duration::minutes(12));
    school.decide("asha", None).await;
    school.app.pass(Duration::minutes(10));
    let answer = school.mark(&school.browser, "late", &[("idempotency-key", "k"), ("queued-for", "900")]).await;
    assert_eq!(answer.status, 409);
    assert!(answer.header("refusal").is_some_and(|why| why.contains("unmarked+at+10%3A12")));
    assert_eq!(school.status().await, None);
}

#[tokio::test]
async fn own_later_decision_stays_and_queued_ones_keep_their_order() {
    let school = School::by_hand().await;
    school.app.pass(Duration::minutes(30));
    // Made at 10:05, 10:06, 10:07 and 10:08, all arriving now.
    for (key, status, waited) in [("1", "present", "1500"), ("2", "", "1440"), ("3", "late", "1380"), ("4", "", "1320")]
    {
        let headers = [("idempotency-key", key), ("queued-for", waited)];
        assert_eq!(school.mark(&school.browser, status, &headers).await.status, 200, "{status}");
    }
    assert_eq!(school.status().await, None);
    school.decide("teacher", Some(RecordStatus::Excused)).await;
    let older = [("idempotency-key", "5"), ("queued-for", "600")];
    assert_eq!(school.mark(&school.browser, "absent", &older).await.status, 200, "superseded, which is no trouble");
    assert_eq!(school.status().await, Some(RecordStatus::Excused));
}

#[tokio::test]
async fn photo_counts_from_when_it_was_taken() {
    let school = school(TestApp::with_faces().await, true).await;
    school.app.pass(Duration::minutes(40));
    let id = school.session.id.to_string();
    let photo = tiny_class_photo(&[1]);
    let parts = [Part::Text("session", &id), Part::File("image", "photo.png", &photo)];
    let send = || async {
        let request = Request::post("/fn/mark_photo").header("idempotency-key", "p").header("queued-for", "2100");
        school.browser.send_parts(request, &parts).await
    };
    let first = send().await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(wire::from_bytes::<MarkOutcome>(&first.body).expect("an outcome").new_marks, 1);
    let entry = school.entry().await;
    assert_eq!(entry.status, PRESENT, "there at 10:05, whenever the photo arrived");
    assert_eq!(entry.timestamp, Some(school.app.ctx.clock.now() - Duration::minutes(35)));
    let again = wire::from_bytes::<MarkOutcome>(&send().await.body).expect("the same outcome");
    assert_eq!(again.new_marks, 1, "answered as before");
    let kept = sent_requests::Entity::find().one(&school.app.ctx.db).await.expect("a look").expect("a row");
    let kept = wire::from_bytes::<MarkOutcome>(&kept.body).expect("an outcome");
    assert!(kept.faces.iter().all(|face| face.crop.is_none()), "no picture is kept");
}

#[tokio::test]
async fn nothing_counts_from_before_its_session() {
    let school = School::by_hand().await;
    let created = school.app.ctx.clock.now();
    school.app.pass(Duration::minutes(1));
    let age = [("idempotency-key", "k"), ("queued-for", "9000000000000000000")];
    assert_eq!(school.mark(&school.browser, "late", &age).await.status, 200);
    assert_eq!(school.entry().await.timestamp, Some(created));
    let no_age = [("idempotency-key", "l"), ("queued-for", "yesterday")];
    assert_eq!(school.mark(&school.browser, "present", &no_age).await.status, 200);
    assert_eq!(school.entry().await.timestamp, Some(created + Duration::minutes(1)), "now");
}

#[tokio::test]
async fn keys_are_forgotten_after_two_days() {
    let school = School::by_hand().await;
    assert_eq!(school.mark(&school.browser, "late", &[("idempotency-key", "k")]).await.status, 200);
    let count = async || sent_requests::Entity::find().count(&school.app.ctx.db).await.expect("a count");
    school.app.pass(sent::KEPT - Duration::minutes(1));
    sent::purge(&school.app.ctx).await.expect("a look");
    assert_eq!(count().await, 1);
    school.app.pass(Duration::minutes(2));
    sent::purge(&school.app.ctx).await.expect("a look");
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn claim_left_behind_is_taken_over_once() {
    let school = School::by_hand().await;
    let user = school.app.actor("teacher").await.user_id;
    let request = sent::SentRequest::new(user, "left", "/fn/set_record").expect("a key");
    assert_eq!(sent::claim(&school.app.ctx, &request).await.expect("claimed"), None);
    let key = [("idempotency-key", "left")];
    assert_eq!(school.mark(&school.browser, "late", &key).await.status, 503, "under way elsewhere");
    // A restart: the claim stays in the database, its owner does not.
    school.app.pass(Duration::minutes(3));
    assert_eq!(school.mark(&school.browser, "late", &key).await.status, 200);
    assert_eq!(school.mark(&school.browser, "late", &key).await.header("idempotent-replayed"), Some("true"));
}

#[tokio::test]
async fn pages_bring_the_script_with_the_answer_for_what_waits() {
    let school = School::by_hand().await;
    let user = school.app.actor("teacher").await.user_id;
    for path in ["/today", "/waiting", "/profile"] {
        let text = school.browser.get(path).await.text();
        assert!(text.contains(&format!("data-user=\"{user}\"")), "{path}: {text}");
        let answer = text.split("data-answer=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an answer");
        let bytes: Vec<u8> = (0..answer.len() / 2)
            .map(|at| u8::from_str_radix(&answer[at * 2..at * 2 + 2], 16).expect("two digits"))
            .collect();
        assert_eq!(wire::from_bytes(&bytes), Ok(AppError::WaitsOnDevice));
    }
    let text = school.app.anonymous().get("/login").await.text();
    assert!(text.contains("/waiting.js") && !text.contains("data-user"), "{text}");
}

#[tokio::test]
async fn service_worker_may_talk_to_this_site_alone() {
    let app = TestApp::start_with(|config, _| config.site = "public".into()).await;
    let answer = app.anonymous().get("/sw.js").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/javascript")));
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"), "{policy}");
    for name in ["offline.html", "offline.css", "waiting.js", "manifest.webmanifest", "apple-touch-icon.png"] {
        assert_eq!(app.anonymous().get(&format!("/{name}")).await.status, 200, "{name}");
    }
    let page = app.anonymous().get("/offline.html").await;
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("style-src 'self'")));
}

#[test]
fn manifest_makes_the_site_installable() {
    let text = std::fs::read_to_string("public/manifest.webmanifest").expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for (name, value) in [("start_url", "/"), ("scope", "/"), ("display", "standalone"), ("short_name", "Rollcall")] {
        assert_eq!(manifest[name], value);
    }
    let icons = manifest["icons"].as_array().expect("icons");
    for (sizes, purpose) in [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")] {
        let icon = icons.iter().find(|icon| icon["sizes"] == sizes && icon["purpose"] == purpose).expect("an icon");
        let file = format!("public{}", icon["src"].as_str().expect("an address"));
        let image = image::open(&file).expect("a picture");
        assert_eq!(format!("{}x{}", image.width(), image.height()), sizes, "{file}");
    }
}

#[tokio::test]
async fn what_is_sent_again_after_a_restore_is_marked_once() {
    let school = School::by_hand().await;
    let key = [("idempotency-key", "waits-1")];
    assert_eq!(school.mark(&school.browser, "late", &key).await.status, 200);
    school.decide("asha", PRESENT).await;
    let place = tempfile::tempdir().expect("a folder");
    let (file, other) = (place.path().join("school.zip"), place.path().join("other"));
    make(&school.app.ctx, &file, &Progress::default()).await.expect("a backup");
    restore(&Config::for_folder(&other), &file, false).await.expect("restored");
    let app = TestApp::start_on(&format!("sqlite://{}", other.join("rollcall.db").display())).await;
    let browser = app.browser("teacher").await;
    let again = School { app, browser, session: school.session, students: school.students };
    let answer = again.mark(&again.browser, "late", &key).await;
    assert_eq!((answer.status, answer.header("idempotent-replayed")), (200, Some("true")));
    assert_eq!(again.status().await, PRESENT, "a later decision stands");
    assert_eq!(again.mark(&again.browser, "absent", &[("idempotency-key", "waits-2")]).await.status, 200);
    assert_eq!(again.status().await, Some(RecordStatus::Absent), "what the backup does not know is carried out");
}
