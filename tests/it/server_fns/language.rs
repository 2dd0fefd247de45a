//! The language of the pages: asked for, chosen, kept.

use crate::support::client::Answer;
use crate::support::{Client, TestApp};
use axum::body::Body;
use axum::http::Request;
use rollcall::app::types::Role;

const ARABIC: &str = "lang=\"ar\" dir=\"rtl\"";
const ENGLISH: &str = "lang=\"en\" dir=\"ltr\"";

/// A page as a browser with these languages asks for it.
async fn get(client: &Client, path: &str, languages: &str) -> Answer {
    let request = Request::get(path).header("accept", "text/html").header("accept-language", languages);
    client.send(request, Body::empty()).await
}

/// The root of a page's document.
async fn root(client: &Client, path: &str, languages: &str) -> String {
    let text = get(client, path, languages).await.text();
    let start = text.find("<html").unwrap_or_else(|| panic!("a page: {text}"));
    text[start..].split('>').next().unwrap_or_default().to_owned()
}

/// All cookies that an answer sets.
fn cookies(answer: &Answer) -> impl Iterator<Item = &str> {
    answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok())
}

/// The one with the language.
fn cookie(answer: &Answer) -> &str {
    cookies(answer).find(|cookie| cookie.starts_with("language=")).expect("a cookie")
}

async fn teacher() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let browser = app.browser("teacher").await;
    (app, browser)
}

#[tokio::test]
async fn page_is_in_the_language_that_the_browser_asks_for() {
    let app = TestApp::start().await;
    for (languages, expected) in [
        ("ar", ARABIC),
        ("ar-EG,ar;q=0.9,en;q=0.8", ARABIC),
        ("de,ar;q=0.5", ARABIC),
        ("en-GB,ar;q=0.5", ENGLISH),
        ("de", ENGLISH),
        ("", ENGLISH),
    ] {
        let root = root(&app.anonymous(), "/login", languages).await;
        assert!(root.contains(expected), "{languages}: {root}");
    }
    let page = get(&app.anonymous(), "/login", "ar").await.text();
    assert!(page.contains("تسجيل الدخول"), "the words are Arabic too");
    assert!(page.contains(">English<"), "each language is offered in its own name");
}

#[tokio::test]
async fn cookie_wins_over_what_the_browser_asks_for() {
    let app = TestApp::start().await;
    let answer = app.anonymous().post_plain_form("/login?next=%2Ftoday", "choose_language", "language=ar").await;
    assert_eq!((answer.status, answer.header("location")), (302, Some("/login?next=%2Ftoday")));
    let cookie = cookie(&answer);
    for attribute in ["language=ar;", "Max-Age=31536000", "Path=/", "SameSite=Lax", "HttpOnly"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "not without HTTPS");
    let chosen = app.anonymous().with_cookie(cookie.split(';').next().expect("a pair"));
    assert!(root(&chosen, "/login", "en").await.contains(ARABIC));
    assert!(root(&app.anonymous().with_cookie("language=en"), "/login", "ar").await.contains(ENGLISH));
}

#[tokio::test]
async fn choice_is_kept_with_the_account_and_wins_over_the_cookie() {
    let (app, browser) = teacher().await;
    assert!(root(&browser, "/today", "en").await.contains(ENGLISH));
    let answer = browser.post_plain_form("/today", "choose_language", "language=ar").await;
    assert_eq!((answer.status, answer.header("location")), (302, Some("/today")));
    assert!(cookie(&answer).starts_with("language=ar;"));
    let elsewhere = app.browser("teacher").await;
    assert!(root(&elsewhere, "/today", "en").await.contains(ARABIC), "on every device");
    let both = format!("{}; language=en", elsewhere.cookie().expect("a session"));
    assert!(root(&app.anonymous().with_cookie(&both), "/today", "en").await.contains(ARABIC));
    elsewhere.post_plain_form("/today", "choose_language", "language=en").await;
    assert!(root(&browser, "/today", "ar").await.contains(ENGLISH), "chosen again");
}

#[tokio::test]
async fn unknown_language_is_refused() {
    let (_app, browser) = teacher().await;
    for language in ["tlh", "", "english"] {
        let answer = browser.post_form("/fn/choose_language", &format!("language={language}")).await;
        assert_eq!(answer.status, 400, "{language}: {}", answer.text());
        assert!(cookies(&answer).all(|cookie| !cookie.starts_with("language=")), "{language}");
    }
    assert!(root(&browser, "/today", "en").await.contains(ENGLISH));
}

#[tokio::test]
async fn choosing_leads_to_no_other_site() {
    let app = TestApp::start().await;
    let answer = app.anonymous().post_plain_form("//evil.example/", "choose_language", "language=ar").await;
    assert_eq!(answer.header("location"), Some("/"));
}

#[tokio::test]
async fn cookie_is_kept_to_https_where_the_site_has_it() {
    let app = TestApp::start_with(|config, _| config.public_url = Some("https://rollcall.example".into())).await;
    let answer = app.anonymous().post_plain_form("/login", "choose_language", "language=ar").await;
    assert!(cookie(&answer).contains("; Secure"));
}

#[tokio::test]
async fn pages_about_errors_speak_it_too() {
    let (_app, browser) = teacher().await;
    let refused = get(&browser, "/media/student_faces/nothing.jpg", "ar").await;
    assert_eq!(refused.status, 404);
    assert!(refused.text().contains(ARABIC), "{}", refused.text());
    assert!(!refused.text().contains("There is nothing here"));
    assert!(root(&browser, "/media/student_faces/nothing.jpg", "en").await.contains(ENGLISH));
    browser.post_plain_form("/today", "choose_language", "language=ar").await;
    assert!(root(&browser, "/media/student_faces/nothing.jpg", "en").await.contains(ARABIC), "the account's");
    assert!(root(&browser, "/no/such/page", "en").await.contains(ARABIC));
}

#[tokio::test]
async fn rest_api_stays_english() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let api = app.api("admin").await;
    for (client, path) in [(&app.anonymous(), "/api/students/"), (&api, "/api/students/999/"), (&api, "/api/nothing/")]
    {
        let [english, arabic] = ["en", "ar"].map(|languages| {
            let request = Request::get(path).header("accept-language", languages);
            client.send(request, Body::empty())
        });
        let (english, arabic) = (english.await.json(), arabic.await.json());
        assert!(english["message"].as_str().is_some_and(|message| message.is_ascii() && !message.is_empty()), "{path}");
        assert_eq!(arabic["message"], english["message"], "{path}");
    }
}
