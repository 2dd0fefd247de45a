//! Messages and the mail server they go through.

use super::{admin, mailed_token};
use crate::support::TestApp;
use crate::support::mail::MailServer;
use rollcall::app::types::Role;
use rollcall::server::domain::outbox::{purge, send_waiting};
use rollcall::server::mail::Mailer;
use serde_json::{Value, json};

async fn ask_for_link(app: &TestApp) {
    let body = json!({ "email": "sam@example.edu" });
    assert_eq!(app.anonymous().post_json("/api/auth/password/reset/", &body).await.status, 202);
}

fn mailer(app: &TestApp, server: &MailServer) -> Mailer {
    let mut config = (*app.ctx.config).clone();
    config.smtp_url = Some(server.url());
    config.mail_from = Some("Rollcall <rollcall@example.edu>".to_owned());
    Mailer::from_config(&config).expect("settings that fit").expect("a mailer")
}

#[tokio::test]
async fn messages_wait_for_admins_to_read_them() {
    let app = TestApp::start_with(|config, _| config.public_url = Some("https://rollcall.example/".to_owned())).await;
    let boss = admin(&app).await;
    assert_eq!(boss.get("/api/outbox/").await.json()["results"], json!([]));
    app.account("sam", Role::Student, &[]).await;
    ask_for_link(&app).await;
    let token = mailed_token(&boss).await;
    let mut page = boss.get("/api/outbox/?state=waiting").await.json();
    let body = page["results"][0]["body"].as_str().expect("a body").replace(&token, "…");
    page["results"][0]["body"] = body.into();
    insta::assert_json_snapshot!(page, @r#"
    {
      "count": 1,
      "next": null,
      "previous": null,
      "results": [
        {
          "attempts": 0,
          "body": "Hello sam,\n\nchoose a new password for Rollcall by opening this link within one hour:\n\nhttps://rollcall.example/reset?token=…\n\nIf you did not ask for this, you need not do anything: your password stays as it is.\n",
          "created_at": "2025-11-03T10:00:00Z",
          "id": 1,
          "last_error": "",
          "recipient": "sam@example.edu",
          "sent_at": null,
          "state": "waiting",
          "subject": "Choose a new password"
        }
      ]
    }
    "#);
    assert_eq!(boss.get("/api/outbox/?state=sent").await.json()["count"], 0);
    assert_eq!(boss.get("/api/outbox/?state=lost").await.status, 400);
    assert_eq!(boss.get("/api/outbox/?page=2").await.status, 404);
}

#[tokio::test]
async fn a_sent_message_keeps_no_secret() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    app.account("sam", Role::Student, &[]).await;
    ask_for_link(&app).await;
    let token = mailed_token(&boss).await;
    let server = MailServer::start().await;
    let mailer = mailer(&app, &server);
    assert_eq!(send_waiting(&app.ctx, &mailer).await.expect("sent"), 1);
    assert_eq!(send_waiting(&app.ctx, &mailer).await.expect("nothing left"), 0);
    let mail = server.received();
    assert_eq!(mail.len(), 1);
    for part in
        ["To: sam@example.edu", "Subject: Choose a new password", "From: Rollcall <rollcall@example.edu>", &token]
    {
        // Long lines may be folded on their way.
        assert!(mail[0].replace("=\r\n", "").contains(part), "{part}: {}", mail[0]);
    }
    let row = boss.get("/api/outbox/").await.json()["results"][0].clone();
    assert_eq!((row["state"].as_str(), row["sent_at"].is_string()), (Some("sent"), true));
    assert!(!row["body"].as_str().expect("a body").contains(&token));
    app.pass(chrono::Duration::days(31));
    purge(&app.ctx).await.expect("purged");
    assert_eq!(app.api("boss").await.get("/api/outbox/").await.json()["count"], 0);
}

#[tokio::test]
async fn a_refused_message_is_tried_again_with_growing_waits_until_its_link_expires() {
    let app = TestApp::start().await;
    let boss = admin(&app).await;
    app.account("sam", Role::Student, &[]).await;
    ask_for_link(&app).await;
    let server = MailServer::start().await;
    server.refuse_next(3);
    let mailer = mailer(&app, &server);
    let newest = async || boss.get("/api/outbox/").await.json()["results"][0].clone();
    for (attempt, minutes) in [(1, 1), (2, 2), (3, 4)] {
        assert_eq!(send_waiting(&app.ctx, &mailer).await.expect("an answer"), 0);
        let row = newest().await;
        assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("waiting"), Some(attempt)));
        assert!(row["last_error"].as_str().expect("a text").contains("try again"), "{row}");
        assert_eq!(send_waiting(&app.ctx, &mailer).await.expect("not due"), 0);
        assert_eq!(newest().await["attempts"], attempt);
        app.pass(chrono::Duration::minutes(minutes));
    }
    assert_eq!(send_waiting(&app.ctx, &mailer).await.expect("sent"), 1);
    assert_eq!(newest().await["state"], "sent");
    ask_for_link(&app).await;
    app.pass(chrono::Duration::hours(2));
    assert_eq!(send_waiting(&app.ctx, &mailer).await.expect("too late"), 0);
    let row = newest().await;
    assert_eq!((row["state"].as_str(), server.received().len()), (Some("failed"), 1));
    assert_eq!(row["last_error"], Value::from("Its link had expired before it could be sent."));
}

#[tokio::test]
async fn settings_of_the_mail_server_are_checked_at_start() {
    let app = TestApp::start().await;
    let with = |url: Option<&str>, from: Option<&str>| {
        let mut config = (*app.ctx.config).clone();
        config.smtp_url = url.map(str::to_owned);
        config.mail_from = from.map(str::to_owned);
        Mailer::from_config(&config)
    };
    assert!(with(None, None).expect("no mail").is_none());
    assert!(with(Some("smtps://mail.example.edu"), Some("a@b.cd")).expect("a mailer").is_some());
    assert!(with(Some("smtps://mail.example.edu"), None).is_err());
    assert!(with(Some("smtps://mail.example.edu"), Some("nobody")).is_err());
    let told = with(Some("http://user:hunter2@mail.example.edu"), Some("a@b.cd")).err().expect("refused");
    assert!(!format!("{told:#}").contains("hunter2"), "{told:#}");
}
