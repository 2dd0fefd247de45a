//! Errors as people see them: a page with what happened and where to go, whatever failed.

use crate::support::TestApp;
use axum::body::Body;
use axum::http::Request;
use rollcall::app::types::Role;
use sea_orm::ConnectionTrait;

#[tokio::test]
async fn page_is_not_blank_while_the_database_is_gone() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    app.ctx.db.clone().close().await.expect("closed");
    for path in ["/admin", "/students", "/search?q=x", "/students/1"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{path}");
        let text = answer.text();
        for words in ["Just a moment", "The server is busy", "Try again", "Go to your first page", "rel=\"stylesheet\""]
        {
            assert!(text.contains(words), "{path}: {words}");
        }
        assert!(answer.header("retry-after").is_some(), "{path}");
        assert!(answer.header("content-security-policy").is_some_and(|policy| policy.contains("style-src 'self'")));
    }
    assert_eq!(app.anonymous().get("/login").await.status, 200, "who has no cookie needs no database for this page");
}

#[tokio::test]
async fn broken_server_shows_its_reference() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    app.ctx.db.execute_unprepared("ALTER TABLE user_profiles RENAME TO gone").await.expect("broken");
    let answer = browser.get("/students").await;
    assert_eq!(answer.status, 500);
    let reference = answer.header("x-trace-id").expect("a reference").to_owned();
    let text = answer.text();
    assert!(text.contains("Something went wrong") && text.contains(&reference), "{text}");
    assert!(!text.contains("user_profiles"), "nothing of the inside");
}

#[tokio::test]
async fn page_whose_data_cannot_be_read_shows_its_reference() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    app.ctx.db.execute_unprepared("ALTER TABLE attendance_sessions RENAME TO gone").await.expect("broken");
    let answer = browser.get("/today").await;
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("Reference: ") && answer.text().contains("Try again"));
}

#[tokio::test]
async fn refused_form_of_another_site_is_a_page_and_programs_get_json() {
    let app = TestApp::start().await;
    let post = |accept: &str| {
        Request::post("/fn/sign_in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .header("accept", accept)
    };
    let page = app.anonymous().send(post("text/html"), Body::from("username=a&password=b")).await;
    assert_eq!(page.status, 403);
    assert!(page.text().contains("came from another site") && page.text().contains("You may not see this"));
    let json = app.anonymous().send(post("application/json"), Body::from("username=a&password=b")).await;
    assert_eq!(json.json()["error"], "cross_site_request");
    let api = app.anonymous().get("/api/students/").await;
    assert_eq!(api.json()["error"], "token_invalid", "the API answers in JSON, whatever is asked for");
}
