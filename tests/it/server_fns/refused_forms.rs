//! Forms posted without scripts and refused: what was typed comes back once, secrets never.

use crate::support::client::Client;
use crate::support::{Part, TestApp};
use axum::body::Body;
use axum::http::Request;
use rollcall::app::types::Role;

fn plain(path: &str, page: &str) -> axum::http::request::Builder {
    Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("referer", format!("http://localhost{page}"))
}

async fn admin() -> (TestApp, Client) {
    let app = TestApp::start().await;
    app.department("CS").await;
    app.department("EC").await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    (app, browser)
}

/// The path and query that a refused form leads back to.
fn place(answer: &crate::support::client::Answer) -> String {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let place = answer.header("location").expect("a place");
    place.strip_prefix("http://localhost").unwrap_or(place).to_owned()
}

#[tokio::test]
async fn refused_new_student_keeps_what_was_typed() {
    let (_app, browser) = admin().await;
    let parts = [
        Part::Text("name", "Ann \"Ace\""),
        Part::Text("email", "no address"),
        Part::Text("phone", ""),
        Part::Text("department", "2"),
    ];
    let request = Request::post("/fn/create_student").header("referer", "http://localhost/admin/students/new");
    let answer = browser.send_plain_parts(request, &parts).await;
    let back = place(&answer);
    assert!(back.starts_with("/admin/students/new?"), "{back}");
    assert!(!back.contains("Ace"), "what was typed is not in the address");
    let page = browser.get(&back).await.text();
    assert!(page.contains("value=\"Ann &quot;Ace&quot;\"") && page.contains("value=\"no address\""), "{page}");
    assert!(page.contains("field-error"), "the error stands at its field");
    let chosen = page.split("<option").find(|option| option.contains("EC · ")).expect("the department");
    assert!(chosen.contains("selected"), "{chosen}");
    let again = browser.get(&back).await.text();
    assert!(!again.contains("Ann &quot;Ace"), "once is enough");
}

#[tokio::test]
async fn passwords_never_come_back() {
    let (_app, browser) = admin().await;
    let body =
        "form[username]=grace&form[email]=nothing&form[role]=admin&form[password]=Secret-pass-9&form[first_name]=Grace";
    let request = plain("/fn/create_user", "/admin/users").header("content-type", "application/x-www-form-urlencoded");
    let answer = browser.send(request, Body::from(body)).await;
    let back = place(&answer);
    assert!(!back.contains("Secret-pass-9"), "{back}");
    let page = browser.get(&back).await.text();
    assert!(page.contains("value=\"grace\"") && page.contains("field-error"), "the name is back");
    assert!(!page.contains("Secret-pass-9"), "the password is not");
}

#[tokio::test]
async fn what_one_reader_typed_is_not_shown_to_another() {
    let (app, browser) = admin().await;
    app.account("other", Role::Admin, &[]).await;
    let parts = [
        Part::Text("name", "Ann Ace"),
        Part::Text("email", "bad"),
        Part::Text("phone", ""),
        Part::Text("department", "1"),
    ];
    let request = Request::post("/fn/create_student").header("referer", "http://localhost/admin/students/new");
    let back = place(&browser.send_plain_parts(request, &parts).await);
    let page = app.browser("other").await.get(&back).await.text();
    assert!(!page.contains("Ann Ace"));
}
