//! Accounts in their owners' hands: made, proven, recovered, kept.

use super::mailed_path;
use crate::support::{Client, PASSWORD, TestApp};
use axum::body::Body;
use axum::http::Request;
use rollcall::app::types::Role;
use rollcall::server::config::Registration;
use rollcall::server::domain::outbox::list_messages;

const NEW: &str = "form[username]=kim&form[email]=kim@example.edu&form[first_name]=Kim&form[last_name]=Lee&form[phone]=\
                   &form[password]=Correct-horse-7&form[password_again]=Correct-horse-7";
const NEXT_PASSWORD: &str = "Other-horse-8";

async fn messages(app: &TestApp) -> u64 {
    list_messages(&app.ctx, None, 1, 1).await.expect("messages").count
}

/// Whether a browser's cookie still opens anything.
async fn is_in(browser: &Client) -> bool {
    browser.post_form("/fn/my_profile", "").await.status == 200
}

/// A browser that says what it is.
async fn browser_called(app: &TestApp, username: &str, agent: &str) -> Client {
    let request = Request::post("/fn/sign_in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
        .header("user-agent", agent);
    let answer = app.anonymous().send(request, Body::from(format!("username={username}&password={PASSWORD}"))).await;
    app.anonymous().with_cookie(answer.cookie("rollcall").expect("a cookie"))
}

/// Ids of the devices that the profile offers to sign out.
async fn other_devices(browser: &Client) -> Vec<String> {
    let text = browser.get("/profile").await.text();
    let ids = text.split("name=\"id\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_student_registers_on_the_page_and_signs_in_once_the_address_is_verified() {
    let app = TestApp::start().await;
    let page = app.anonymous().get("/register").await;
    assert!(page.status == 200 && page.text().contains("special character"), "the rules stand there before");
    assert!(!page.text().contains("<script type=\"module\""), "a plain page");
    let answer = app.anonymous().post_plain_form("/register", "register_account", NEW).await;
    assert_eq!((answer.status, answer.header("location")), (302, Some("/register?done=registered")));
    let next = app.anonymous().get("/register?done=registered").await.text();
    assert!(next.contains("waits in the outbox") && next.contains("verify your address by hand"));
    let form = format!("username=kim&password={PASSWORD}");
    assert_eq!(app.anonymous().post_form("/fn/sign_in", &form).await.status, 401);
    let token = mailed_path(&app).await.replace("/verify?token=", "");
    assert_eq!(app.anonymous().post_form("/fn/verify_email", &format!("token={token}")).await.status, 200);
    assert_eq!(app.actor("kim").await.role, Role::Student);
    assert!(is_in(&app.browser("kim").await).await);
}

#[tokio::test]
async fn faults_of_a_registration_stand_at_their_fields_and_what_was_typed_comes_back() {
    let app = TestApp::start().await;
    let form =
        "form[username]=k&form[email]=kim@example.edu&form[phone]=12&form[password]=weakweak&form[password_again]=x";
    let answer = app.anonymous().post_plain_form("/register", "register_account", form).await;
    let place = answer.header("location").expect("a place").replace("http://localhost", "");
    assert!(place.starts_with("/register?") && !place.contains("weakweak"), "{place}");
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("what was typed waits");
    let text = app.anonymous().with_cookie(cookie).get(&place).await.text();
    for part in [
        "Username must be at least 3 characters long.",
        "10 to 15 digits.",
        "Password must contain at least one digit.",
        "The two passwords are not the same.",
        "value=\"kim@example.edu\"",
        "value=\"12\"",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("weakweak"), "passwords do not come back");
    assert_eq!(messages(&app).await, 0);
}

#[tokio::test]
async fn a_registration_never_gives_another_role() {
    let app = TestApp::start().await;
    let form = format!("{NEW}&form[role]=admin&role=admin");
    app.anonymous().post_form("/fn/register_account", &form).await;
    assert_eq!(app.actor("kim").await.role, Role::Student);
}

#[tokio::test]
async fn closed_registration_says_so_and_whom_to_ask() {
    let app = TestApp::start_with(|config, _| config.registration = Registration::Closed).await;
    let page = app.anonymous().get("/register").await.text();
    assert!(page.contains("Registration is closed") && page.contains("Ask an administrator of your institution"));
    assert!(!page.contains("register_account"), "no form");
    assert_eq!(app.anonymous().post_form("/fn/register_account", NEW).await.status, 403);
}

#[tokio::test]
async fn registrations_of_one_address_are_counted_on_the_page_too() {
    let app = TestApp::start_with(|_, limits| limits.registrations_per_hour = 2).await;
    for status in [200, 400, 429] {
        assert_eq!(app.anonymous().post_form("/fn/register_account", NEW).await.status, status);
    }
}

#[tokio::test]
async fn lost_links_and_passwords_are_answered_equally_for_unknown_addresses() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    for (page, function) in [("/forgot", "request_password_reset"), ("/register", "resend_verification")] {
        let mut places = Vec::new();
        for email in ["sam@example.edu", "nobody@example.edu"] {
            let answer = app.anonymous().post_plain_form(page, function, &format!("email={email}")).await;
            places.push(answer.header("location").map(str::to_owned));
        }
        assert!(places[0].is_some() && places[0] == places[1], "{function}: {places:?}");
        assert_eq!(app.anonymous().post_form(&format!("/fn/{function}"), "email=nonsense").await.status, 400);
    }
    assert_eq!(messages(&app).await, 1, "sam alone gets a link, and that for the password alone");
    let page = app.anonymous().get("/forgot?done=asked").await.text();
    assert!(page.contains("outbox") && page.contains("one hour"), "what happens next");
}

#[tokio::test]
async fn a_verification_is_mailed_again() {
    let app = TestApp::start().await;
    app.anonymous().post_form("/fn/register_account", NEW).await;
    app.pass(chrono::Duration::minutes(2));
    app.anonymous().post_form("/fn/resend_verification", "email=kim@example.edu").await;
    assert_eq!(messages(&app).await, 2);
}

#[tokio::test]
async fn the_profile_shows_and_changes_the_own_account() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/profile").await.status, 302);
    for function in ["my_profile", "change_profile", "change_password", "sign_out_device", "sign_out_others"] {
        let answer = app.anonymous().post_form(&format!("/fn/{function}"), "id=1&form[phone]=").await;
        assert_eq!(answer.status, 401, "{function}");
    }
    app.account("sam", Role::Student, &[]).await;
    let sam = app.browser("sam").await;
    let form =
        "form[first_name]=Sam&form[last_name]=Stone&form[phone]=%2B49 (30) 123-4567&form[email]=evil@example.edu";
    let saved = sam.post_plain_form("/profile", "change_profile", form).await;
    assert_eq!(saved.header("location"), Some("/profile?done=saved"));
    let page = sam.get("/profile?done=saved").await.text();
    for part in ["value=\"Stone\"", "value=\"49301234567\"", "sam@example.edu", "Your details are saved."] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("evil@example.edu"), "an address is changed by an admin alone");
    assert_eq!(sam.post_form("/fn/change_profile", "form[phone]=12").await.status, 400);
}

#[tokio::test]
async fn a_new_password_is_typed_twice_and_signs_other_devices_out() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let (here, there) = (app.browser("sam").await, app.browser("sam").await);
    let change = async |current: &str, again: &str| {
        let form = format!(
            "form[current_password]={current}&form[new_password]={NEXT_PASSWORD}&form[new_password_again]={again}"
        );
        here.post_form("/fn/change_password", &form).await.status
    };
    assert_eq!(change(PASSWORD, "Another-horse-9").await, 400);
    assert_eq!(change("Wrong-horse-7", NEXT_PASSWORD).await, 400);
    assert!(is_in(&there).await, "nothing happened yet");
    assert_eq!(change(PASSWORD, NEXT_PASSWORD).await, 200);
    assert!(is_in(&here).await && !is_in(&there).await);
    let form = format!("username=sam&password={NEXT_PASSWORD}");
    assert_eq!(app.anonymous().post_form("/fn/sign_in", &form).await.status, 200);
}

#[tokio::test]
async fn devices_are_told_apart_and_signed_out_one_by_one() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let here =
        browser_called(&app, "sam", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0").await;
    app.pass(chrono::Duration::minutes(1));
    let there = browser_called(&app, "sam", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0").await;
    let program = app.api("sam").await;
    let page = here.get("/profile").await.text();
    for part in ["Firefox on Linux", "Edge on Windows", "Program with an API token", "This device"] {
        assert!(page.contains(part), "{part}");
    }
    let others = other_devices(&here).await;
    assert_eq!(others.len(), 2, "this one has no button");
    for id in others {
        let answer = here.post_plain_form("/profile", "sign_out_device", &format!("id={id}")).await;
        assert_eq!(answer.header("location"), Some("/profile?done=device"));
        let again = here.post_form("/fn/sign_out_device", &format!("id={id}")).await;
        assert_eq!(again.status, 404, "it is over");
    }
    assert!(is_in(&here).await && !is_in(&there).await);
    assert_eq!(program.get("/api/auth/me/").await.status, 401);
}

#[tokio::test]
async fn a_login_session_of_somebody_else_cannot_be_touched() {
    let app = TestApp::start().await;
    for username in ["sam", "eve"] {
        app.account(username, Role::Student, &[]).await;
    }
    app.account("boss", Role::Admin, &[]).await;
    let (sam, second) = (app.browser("sam").await, app.browser("sam").await);
    let id = other_devices(&sam).await.pop().expect("the second browser");
    for username in ["eve", "boss"] {
        let thief = app.browser(username).await;
        assert_eq!(thief.post_form("/fn/sign_out_device", &format!("id={id}")).await.status, 404, "{username}");
        for nonsense in ["", "%00", "x'--"] {
            let answer = thief.post_form("/fn/sign_out_device", &format!("id={nonsense}")).await;
            assert_eq!(answer.status, 404, "{nonsense}");
        }
        assert_eq!(thief.post_form("/fn/sign_out_others", "").await.status, 200);
    }
    assert!(is_in(&sam).await && is_in(&second).await);
}

#[tokio::test]
async fn everywhere_else_is_signed_out_at_once_and_idle_browsers_are_not_listed() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let idle = app.browser("sam").await;
    app.pass(chrono::Duration::minutes(61));
    let (here, there) = (app.browser("sam").await, app.browser("sam").await);
    let program = app.api("sam").await;
    assert_eq!(other_devices(&here).await.len(), 2, "the idle one is out by itself");
    assert!(!is_in(&idle).await);
    assert_eq!(here.post_form("/fn/sign_out_others", "").await.status, 200);
    assert!(is_in(&here).await && !is_in(&there).await);
    assert_eq!(program.get("/api/auth/me/").await.status, 401);
    assert!(other_devices(&here).await.is_empty());
}
