//! The outbox, as admins work with it.

use super::mailed_path;
use crate::support::{Client, TestApp};
use rollcall::app::types::Role;
use rollcall::server::domain::outbox::list_messages;

/// An admin, and as many users as are named, each with one message.
async fn outbox(app: &TestApp, usernames: &[&str]) -> Client {
    app.account("boss", Role::Admin, &[]).await;
    for username in usernames {
        app.account(username, Role::Student, &[]).await;
        let form = format!("email={username}@example.edu");
        assert_eq!(app.anonymous().post_form("/fn/request_password_reset", &form).await.status, 200);
    }
    app.browser("boss").await
}

/// Recipients on a page of the list, from the top.
async fn recipients(boss: &Client, query: &str) -> Vec<String> {
    let text = boss.get(&format!("/admin/outbox{query}")).await.text();
    let rows = text.split("data-test=\"message-row\"").skip(1);
    let address =
        |row: &str| row.split('>').find_map(|part| part.split_once("@example.edu").map(|(name, _)| name.to_owned()));
    rows.filter_map(address).collect()
}

#[tokio::test]
async fn only_admins_read_the_outbox() {
    let app = TestApp::start().await;
    outbox(&app, &["sam"]).await;
    let cases = [
        ("list_messages", "filter[page]=1"),
        ("get_message", "id=1"),
        ("retry_message", "id=1"),
        ("delete_message", "id=1"),
    ];
    for (function, form) in cases {
        let path = format!("/fn/{function}");
        assert_eq!(app.anonymous().post_form(&path, form).await.status, 401, "{function}");
        assert_eq!(app.browser("sam").await.post_form(&path, form).await.status, 403, "{function}");
    }
    for path in ["/admin/outbox", "/admin/outbox/1"] {
        assert_eq!(app.anonymous().get(path).await.status, 302, "{path}");
        assert_eq!(app.browser("sam").await.get(path).await.status, 403, "{path}");
    }
    assert_eq!(list_messages(&app.ctx, None, 1, 1).await.expect("messages").count, 1);
}

#[tokio::test]
async fn messages_are_listed_newest_first_filtered_and_paged_without_their_secrets() {
    let app = TestApp::start().await;
    let boss = outbox(&app, &["ann", "bob", "cem"]).await;
    let secret = mailed_path(&app).await.split("token=").nth(1).expect("a token").to_owned();
    assert_eq!(recipients(&boss, "").await, ["cem", "bob", "ann"]);
    assert_eq!(recipients(&boss, "?search=BOB").await, ["bob"]);
    assert_eq!(recipients(&boss, "?state=waiting&page_size=2").await, ["cem", "bob"]);
    assert_eq!(recipients(&boss, "?state=waiting&page_size=2&page=2").await, ["ann"]);
    assert_eq!(recipients(&boss, "?page_size=2&page=9").await, ["ann"], "beyond the end stands the last page");
    let page = boss.get("/admin/outbox").await.text();
    assert!(!page.contains(&secret) && page.contains("SMTP_URL"), "no secret; how to set a mail server");
    assert!(boss.get("/admin/outbox?state=sent").await.text().contains("No such message"));
}

#[tokio::test]
async fn a_message_shows_its_link_until_it_was_used() {
    let app = TestApp::start().await;
    let boss = outbox(&app, &["sam"]).await;
    let link = mailed_path(&app).await;
    let token = link.split("token=").nth(1).expect("a token").to_owned();
    let page = boss.get("/admin/outbox/1").await.text();
    assert!(page.contains("data-test=\"message-secret-link\"") && page.contains(&token));
    for part in ["sam@example.edu", "3 Nov 2025, 11:00", "Choose a new password"] {
        assert!(page.contains(part), "{part}");
    }
    let form = format!("token={token}&password=Other-horse-8");
    assert_eq!(app.anonymous().post_form("/fn/confirm_password_reset", &form).await.status, 200);
    let page = boss.get("/admin/outbox/1").await.text();
    assert!(page.contains("The link counts no more") && !page.contains("message-secret-link"));
    for path in ["/admin/outbox/99", "/admin/outbox/abc"] {
        assert_eq!(boss.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_message_without_a_mail_server_waits_and_says_so() {
    let app = TestApp::start().await;
    let boss = outbox(&app, &["sam"]).await;
    assert_eq!(boss.post_form("/fn/retry_message", "id=1").await.status, 422);
    assert_eq!(boss.post_form("/fn/retry_message", "id=99").await.status, 404);
    assert!(boss.get("/admin/outbox/1").await.text().contains("No mail server is set."));
}

#[tokio::test]
async fn a_message_is_tried_again_while_its_link_counts() {
    let app = TestApp::start_with(|config, _| config.smtp_url = Some("smtp://127.0.0.1:9".to_owned())).await;
    let boss = outbox(&app, &["sam"]).await;
    let page = boss.get("/admin/outbox/1").await.text();
    assert!(page.contains("Try again now") && page.contains("Next try") && !page.contains("no-mail-server"));
    let answer = boss.post_plain_form("/admin/outbox/1", "retry_message", "id=1").await;
    assert_eq!(answer.header("location"), Some("/admin/outbox/1?done=retried"));
    app.pass(chrono::Duration::minutes(59));
    assert_eq!(boss.post_form("/fn/retry_message", "id=1").await.status, 200);
    app.pass(chrono::Duration::minutes(2));
    assert_eq!(boss.post_form("/fn/retry_message", "id=1").await.status, 422, "its link has expired");
}

#[tokio::test]
async fn a_message_is_deleted_and_its_link_still_counts() {
    let app = TestApp::start().await;
    let boss = outbox(&app, &["sam"]).await;
    let token = mailed_path(&app).await.split("token=").nth(1).expect("a token").to_owned();
    let answer = boss.post_plain_form("/admin/outbox/1", "delete_message", "id=1").await;
    assert_eq!(answer.header("location"), Some("/admin/outbox?done=deleted"));
    assert_eq!(boss.post_form("/fn/delete_message", "id=1").await.status, 404);
    assert!(boss.get("/admin/outbox").await.text().contains("Nothing was written yet"));
    let form = format!("token={token}&password=Other-horse-8");
    assert_eq!(app.anonymous().post_form("/fn/confirm_password_reset", &form).await.status, 200);
}
