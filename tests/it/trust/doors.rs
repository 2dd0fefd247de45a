//! Names by which the server is called, its figures, its photos, and what its rows give away.

use crate::support::TestApp;
use crate::support::client::Answer;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use rollcall::app::types::Role;
use rollcall::server::db::entities::browser_sessions;
use sea_orm::EntityTrait;
use std::net::SocketAddr;

/// A page as asked for under this name.
async fn called(app: &TestApp, host: &str, path: &str) -> Answer {
    app.anonymous().send(Request::get(path).header("host", host), Body::empty()).await
}

#[tokio::test]
async fn a_foreign_name_is_refused_where_the_public_address_is_known() {
    let app = TestApp::start_with(|config, _| config.public_url = Some("https://roll.example.edu".into())).await;
    for host in ["roll.example.edu", "localhost:3000", "127.0.0.1:3000"] {
        assert_eq!(called(&app, host, "/login").await.status, 200, "{host}");
    }
    for path in ["/login", "/api/departments/", "/fn/my_profile", "/media/student_faces/x.jpg", "/nowhere"] {
        let refused = called(&app, "evil.example", path).await;
        assert_eq!((refused.status, refused.json()["error"].as_str()), (400, Some("validation_error")), "{path}");
    }
    assert_eq!(called(&app, "10.1.2.3:3000", "/readyz").await.status, 200, "probes know a machine by its number");
}

#[tokio::test]
async fn without_a_public_address_the_schools_network_works_and_no_link_is_anybody_elses() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    for code in ["AA", "BB"] {
        app.department(code).await;
    }
    let boss = app.api("boss").await;
    let next = async |host: &str| {
        let request = Request::get("/api/departments/?page_size=1").header("host", host);
        boss.send(request, Body::empty()).await.json()["next"].as_str().expect("a link").to_owned()
    };
    assert!(next("192.168.1.5:3000").await.starts_with("http://192.168.1.5:3000/api/"));
    assert!(next("evil.example").await.starts_with(&app.ctx.config.site_url()));
    assert_eq!(called(&app, "192.168.1.5:3000", "/login").await.status, 200);
}

#[tokio::test]
async fn figures_are_for_this_machine_and_for_who_has_the_token() {
    let app = TestApp::start_with(|config, _| config.metrics_token = Some("secret-figures".into())).await;
    let ask = async |peer: &str, headers: &[(&str, &str)]| {
        let peer: SocketAddr = peer.parse().expect("an address");
        let request = Request::get("/metrics").extension(ConnectInfo(peer));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        app.anonymous().send(request, Body::empty()).await.status
    };
    assert_eq!(ask("127.0.0.1:9", &[]).await, 200);
    assert_eq!(ask("[::1]:9", &[]).await, 200);
    assert_eq!(ask("192.168.1.9:9", &[]).await, 403);
    assert_eq!(ask("127.0.0.1:9", &[("x-forwarded-for", "6.6.6.6")]).await, 403, "sent by a proxy");
    assert_eq!(ask("192.168.1.9:9", &[("authorization", "Bearer secret-figures")]).await, 200);
    assert_eq!(ask("192.168.1.9:9", &[("authorization", "Bearer secret-figurez")]).await, 403);
}

#[tokio::test]
async fn photos_are_read_with_a_token_too() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.account("boss", Role::Admin, &[]).await;
    app.account("stranger", Role::Student, &[]).await;
    let boss = app.api("boss").await;
    app.student_with_face("Ann Ace", department, 1).await;
    let name = app.ctx.storage.names().expect("the store").pop().expect("her photo");
    let path = format!("/media/student_faces/{name}");
    assert_eq!(boss.get(&path).await.status, 200);
    assert_eq!(app.browser("boss").await.get(&path).await.status, 200);
    assert_eq!(app.api("stranger").await.get(&path).await.status, 404);
    assert_eq!(app.anonymous().with_token("e30.e30.e30").get(&path).await.status, 401);
    assert_eq!(app.anonymous().get(&path).await.status, 401);
}

#[tokio::test]
async fn rows_hold_no_cookie_that_somebody_could_use() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    let browser = app.browser("boss").await;
    assert_eq!(browser.get("/admin").await.status, 200);
    let secret = browser.cookie().and_then(|cookie| cookie.split_once('=')).expect("a cookie").1.to_owned();
    let rows = browser_sessions::Entity::find().all(&app.ctx.db).await.expect("rows");
    assert_eq!(rows.len(), 1);
    assert!(!format!("{rows:?}").contains(&secret), "{rows:?}");
    for text in [rows[0].id.as_str(), rows[0].data.as_str()] {
        let stolen = app.anonymous().with_cookie(&format!("rollcall={text}"));
        assert_ne!(stolen.get("/admin").await.status, 200);
    }
}
