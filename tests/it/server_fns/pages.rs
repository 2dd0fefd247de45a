//! Pages as the server renders them.

use crate::support::TestApp;
use crate::support::tiny_models::tiny_face_photo;
use rollcall::app::types::Role;

#[tokio::test]
async fn unknown_address_is_a_404_page() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/no/such/page").await;
    assert_eq!(answer.status, 404);
    assert!(answer.header("content-type").is_some_and(|value| value.starts_with("text/html")));
}

#[tokio::test]
async fn signed_out_reader_is_led_to_sign_in() {
    let app = TestApp::start().await;
    for path in ["/today", "/sessions", "/students", "/me", "/admin", "/admin/departments", "/admin/users"] {
        let answer = app.anonymous().get(path).await;
        assert_eq!(answer.status, 302, "{path}");
        let place = answer.header("location").unwrap_or_default();
        assert!(place.starts_with("/login?next="), "{path} leads to {place}");
    }
}

#[tokio::test]
async fn each_role_sees_its_pages_and_no_others() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account("student", Role::Student, &[]).await;
    let cases = [
        ("/today", [200, 200, 403]),
        ("/sessions", [200, 200, 403]),
        ("/students", [200, 200, 403]),
        ("/admin", [200, 403, 403]),
        ("/admin/departments", [200, 403, 403]),
        ("/admin/students", [200, 403, 403]),
        ("/admin/students/new", [200, 403, 403]),
        ("/admin/users", [200, 403, 403]),
    ];
    for (username, at) in [("admin", 0), ("teacher", 1), ("student", 2)] {
        let browser = app.browser(username).await;
        for (path, expected) in cases {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, expected[at], "{path} as {username}");
        }
    }
    assert_eq!(app.browser("student").await.get("/me").await.status, 200);
}

#[tokio::test]
async fn session_page_shows_the_register_without_scripts() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.student("Ann Ace", department).await;
    app.student("Bob <b>Bold</b>", department).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    let text = app.browser("teacher").await.get(&format!("/sessions/{}", session.id)).await.text();
    assert!(text.contains("Ann Ace"), "the roster is on the page");
    assert!(text.contains("CS-2025-001"));
    assert!(!text.contains("<b>Bold</b>"), "names are text");
    assert_eq!(app.browser("teacher").await.get("/sessions/999").await.status, 404);
}

#[tokio::test]
async fn photos_are_for_staff_and_their_own_student() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    let ann = app.student_with_face("Ann Ace", department, 1).await;
    app.student("Bob Best", department).await;
    app.account("admin", Role::Admin, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    app.account_with_email("bob", "bob.best@example.edu", Role::Student, &[]).await;
    let path = ann.photo.expect("a photo");
    for (username, status) in [("admin", 200), ("teacher", 200), ("ann", 200), ("bob", 404)] {
        let answer = app.browser(username).await.get(&path).await;
        assert_eq!(answer.status, status, "{username}");
        if status == 200 {
            assert_eq!(answer.header("content-type"), Some("image/jpeg"));
            assert_eq!(answer.header("cache-control"), Some("private, no-store"));
            assert!(answer.body.starts_with(&[0xff, 0xd8]), "re-encoded as JPEG");
            assert_ne!(answer.body, tiny_face_photo(1), "never the file as it came");
        }
    }
    assert_eq!(app.anonymous().get(&path).await.status, 401);
    for name in
        ["..%2f..%2frollcall.db", "student_0123456789abcdef.jpg%00", "rollcall.db", "student_0123456789ABCDEF.jpg"]
    {
        let answer = app.browser("admin").await.get(&format!("/media/student_faces/{name}")).await;
        assert_eq!(answer.status, 404, "{name}");
    }
}
