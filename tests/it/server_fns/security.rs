//! Cookies, cross-site requests, headers, limits.

use crate::support::{PASSWORD, TestApp};
use axum::body::Body;
use axum::http::Request;
use rollcall::app::types::Role;

const SIGN_IN: &str = "username=admin&password=Correct-horse-7";

#[tokio::test]
async fn sign_in_sets_a_private_cookie_and_leads_home() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let request = Request::post("/fn/sign_in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("referer", "http://localhost/login");
    let answer = app.anonymous().send(request, Body::from(SIGN_IN)).await;
    assert_eq!((answer.status, answer.header("location")), (302, Some("/admin")));
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("a cookie")).collect();
    assert_eq!(cookies.len(), 2, "the login session and the known device: {cookies:?}");
    for cookie in cookies {
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
    }
}

#[tokio::test]
async fn next_never_leads_to_another_site() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    for (next, place) in [
        ("/students/3", "/students/3"),
        ("//evil.example", "/admin"),
        ("https://evil.example", "/admin"),
        ("/\\evil", "/admin"),
    ] {
        let answer = app.anonymous().post_form("/fn/sign_in", &format!("{SIGN_IN}&next={next}")).await;
        assert_eq!(answer.header("location"), Some(place), "{next}");
    }
}

#[tokio::test]
async fn wrong_password_on_a_plain_form_comes_back_to_the_form() {
    let app = TestApp::start().await;
    let request = Request::post("/fn/sign_in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("referer", "http://localhost/login");
    let answer = app.anonymous().send(request, Body::from("username=nobody&password=Wrong-1-horse")).await;
    assert_eq!(answer.status, 302);
    let place = answer.header("location").expect("a place");
    assert!(place.starts_with("http://localhost/login?"), "{place}");
    assert!(!place.contains("Wrong-1-horse"), "the password is not in the address");
    assert!(answer.header("set-cookie").is_none());
}

#[tokio::test]
async fn other_sites_are_refused_at_every_server_function() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    let cases: [(&str, &str); 5] = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "https://evil.example"),
        ("x-nothing", "at all"),
    ];
    for function in [
        "sign_in",
        "sign_out",
        "choose_language",
        "save_department",
        "create_session",
        "set_record",
        "mark_photo",
        "check_my_photo",
        "create_student",
    ] {
        for (name, value) in cases {
            let request = Request::post(format!("/fn/{function}"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header(name, value);
            let answer = browser.send(request, Body::from("form[name]=X&form[code]=X&form[description]=")).await;
            assert_eq!(answer.status, 403, "{function} with {name}: {value}");
            assert_eq!(answer.json()["error"], "cross_site_request");
        }
    }
    let request = Request::post("/fn/save_department")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://localhost");
    let answer = browser.send(request, Body::from("form[name]=Law&form[code]=LAW&form[description]=")).await;
    assert_eq!(answer.status, 200, "an old browser of our own page: {}", answer.text());
}

#[tokio::test]
async fn no_server_function_answers_get() {
    let app = TestApp::start().await;
    for function in ["sign_out", "list_students", "current_user", "mark_rest"] {
        let answer = app.anonymous().get(&format!("/fn/{function}")).await;
        assert_eq!(answer.status, 405, "{function}");
    }
}

#[tokio::test]
async fn signed_out_cookie_is_dead() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    assert_eq!(browser.post_form("/fn/list_users", "filter[search]=").await.status, 200);
    assert_eq!(browser.post_form("/fn/sign_out", "").await.status, 200);
    assert_eq!(browser.post_form("/fn/list_users", "filter[search]=").await.status, 401);
}

#[tokio::test]
async fn deactivated_user_is_out_at_once() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let department = app.department("CS").await;
    let teacher = app.account("teacher", Role::Teacher, &[department]).await;
    let browser = app.browser("teacher").await;
    assert_eq!(browser.post_form("/fn/get_today", "").await.status, 200);
    let answer =
        app.browser("admin").await.post_form("/fn/set_user_active", &format!("id={teacher}&is_active=false")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(browser.post_form("/fn/get_today", "").await.status, 401);
}

#[tokio::test]
async fn idle_cookie_expires_after_an_hour() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    app.pass(chrono::Duration::minutes(59));
    assert_eq!(browser.post_form("/fn/list_users", "filter[search]=").await.status, 200);
    app.pass(chrono::Duration::minutes(59));
    assert_eq!(browser.post_form("/fn/list_users", "filter[search]=").await.status, 200, "use keeps it alive");
    app.pass(chrono::Duration::minutes(61));
    assert_eq!(browser.post_form("/fn/list_users", "filter[search]=").await.status, 401);
}

#[tokio::test]
async fn each_role_gets_its_own_functions_only() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    let cases = [
        ("list_users", "filter[search]=", [200, 403, 403]),
        ("save_department", "form[name]=Law&form[code]=LAW&form[description]=", [200, 403, 403]),
        ("next_roll_no", "department=1", [200, 403, 403]),
        ("list_departments", "", [200, 200, 403]),
        ("list_students", "filter[search]=", [200, 200, 403]),
        ("get_today", "", [200, 200, 403]),
        ("list_sessions", "filter[subject]=", [200, 200, 403]),
        ("my_attendance", "", [200, 200, 200]),
        ("my_enrolment", "", [403, 403, 200]),
    ];
    for (function, form, expected) in cases {
        let path = format!("/fn/{function}");
        assert_eq!(app.anonymous().post_form(&path, form).await.status, 401, "{function} anonymous");
        for (username, status) in ["admin", "teacher", "student"].into_iter().zip(expected) {
            let answer = app.browser(username).await.post_form(&path, form).await;
            assert_eq!(answer.status, status, "{function} as {username}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for path in [
        "/login",
        "/nothing",
        "/api/nothing/",
        "/livez",
        "/pkg/nothing.js",
        "/media/student_faces/student_0123456789abcdef.jpg",
    ] {
        let answer = app.anonymous().get(path).await;
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "x-frame-options",
            "cache-control",
            "x-trace-id",
        ] {
            assert!(answer.header(name).is_some(), "{path} has {name}");
        }
        assert!(answer.header("permissions-policy").is_some_and(|value| value.contains("camera=(self)")), "{path}");
    }
}

#[tokio::test]
async fn page_scripts_carry_the_nonce_of_the_policy() {
    let app = TestApp::start().await;
    let mut nonces = std::collections::HashSet::new();
    for _ in 0..20 {
        let answer = app.anonymous().get("/login").await;
        let policy = answer.header("content-security-policy").expect("a policy").to_owned();
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        let text = answer.text();
        for (at, _) in text.match_indices("<script") {
            let tag = text[at..].split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
        }
        assert!(!text.contains(" style=\""), "no inline styles");
        nonces.insert(nonce);
    }
    assert_eq!(nonces.len(), 20);
}

#[tokio::test]
async fn oversized_and_torn_bodies_are_refused_in_the_envelope() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let browser = app.browser("admin").await;
    let answer = browser.post_form("/fn/save_department", &"x".repeat(300 * 1024)).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (413, Some("payload_too_large")));
    let types = [("multipart/form-data", 400), ("text/plain", 415), ("application/x-www-form-urlencoded", 415)];
    for (content_type, status) in types {
        let request = Request::post("/fn/mark_photo")
            .header("content-type", content_type)
            .header("sec-fetch-site", "same-origin");
        let answer = browser.send(request, Body::from("nothing of the kind")).await;
        assert_eq!(answer.status, status, "{content_type}");
    }
}

#[tokio::test]
async fn first_admin_link_works_once() {
    let app = TestApp::start().await;
    let token = app.ctx.setup.open();
    let form =
        |token: &str, password: &str| format!("token={token}&username=head&email=head@example.edu&password={password}");
    let answer = app.anonymous().post_form("/fn/set_up_first_admin", &form("wrong", PASSWORD)).await;
    assert_eq!(answer.status, 422);
    let answer = app.anonymous().post_form("/fn/set_up_first_admin", &form(&token, "weak")).await;
    assert_eq!(answer.status, 400, "a weak password leaves the link open: {}", answer.text());
    let answer = app.anonymous().post_form("/fn/set_up_first_admin", &form(&token, PASSWORD)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = app.anonymous().post_form("/fn/set_up_first_admin", &form(&token, PASSWORD)).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_the_callers_mistake() {
    let app = TestApp::start().await;
    app.account("admin", Role::Admin, &[]).await;
    let admin = app.browser("admin").await;
    for (function, form) in [("list_users", ""), ("get_student", "id=abc"), ("get_session", "")] {
        let answer = admin.post_form(&format!("/fn/{function}"), form).await;
        assert_eq!(answer.status, 400, "{function}: {}", answer.text());
    }
}
