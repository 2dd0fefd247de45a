//! Where mailed links lead, before and without scripts.

use super::mailed_path;
use crate::support::{PASSWORD, TestApp};
use rollcall::app::types::Role;
use serde_json::json;

#[tokio::test]
async fn a_link_changes_nothing_until_its_button_is_pressed() {
    let app = TestApp::start().await;
    let body = json!({ "username": "john", "email": "john@example.com", "password": PASSWORD });
    assert_eq!(app.anonymous().post_json("/api/auth/register/", &body).await.status, 201);
    let path = mailed_path(&app).await;
    let token = path.strip_prefix("/verify?token=").expect("the page's address").to_owned();
    for _ in 0..2 {
        let page = app.anonymous().get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(&token) && page.text().contains("Verify my address"));
    }
    let pressed = app.anonymous().post_form("/fn/verify_email", &format!("token={token}")).await;
    assert_eq!(pressed.header("location"), Some("/login"));
    app.api("john").await;
    let again = app.anonymous().post_form("/fn/verify_email", &format!("token={token}")).await;
    assert_eq!(again.status, 400);
}

#[tokio::test]
async fn a_new_password_is_chosen_on_the_links_page() {
    let app = TestApp::start().await;
    app.account("sam", Role::Student, &[]).await;
    let body = json!({ "email": "sam@example.edu" });
    app.anonymous().post_json("/api/auth/password/reset/", &body).await;
    let path = mailed_path(&app).await;
    let token = path.strip_prefix("/reset?token=").expect("the page's address").to_owned();
    let page = app.anonymous().get(&path).await;
    assert!(page.status == 200 && page.text().contains("Save the password"));
    let save = async |password: &str| {
        app.anonymous().post_form("/fn/confirm_password_reset", &format!("token={token}&password={password}")).await
    };
    assert_eq!(save("weak").await.status, 400);
    assert_eq!(save("Other-horse-8").await.header("location"), Some("/login"));
    let login = json!({ "username": "sam", "password": "Other-horse-8" });
    assert_eq!(app.anonymous().post_json("/api/auth/login/", &login).await.status, 200);
}

#[tokio::test]
async fn the_pages_say_that_they_need_their_link() {
    let app = TestApp::start().await;
    for path in ["/verify", "/reset", "/verify?token="] {
        let page = app.anonymous().get(path).await;
        assert!(page.status == 200 && page.text().contains("This page needs its link"), "{path}");
    }
}
