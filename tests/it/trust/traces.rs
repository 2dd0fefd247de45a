//! What the audit log knows of those who change nothing: failed sign-ins, refusals, looks at photos, and from where.

use crate::support::{PASSWORD, TestApp};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use rollcall::app::types::{Role, StudentId};
use rollcall::server::db::entities::audit_log;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::net::SocketAddr;

async fn rows(app: &TestApp, action: &str) -> Vec<audit_log::Model> {
    let rows = audit_log::Entity::find().filter(audit_log::Column::Action.eq(action));
    rows.all(&app.ctx.db).await.expect("rows")
}

async fn sign_in_from(app: &TestApp, username: &str, password: &str) -> u16 {
    let peer: SocketAddr = "192.168.1.9:4000".parse().expect("an address");
    let request =
        Request::post("/api/auth/login/").header("content-type", "application/json").extension(ConnectInfo(peer));
    let body = json!({ "username": username, "password": password }).to_string();
    app.anonymous().send(request, Body::from(body)).await.status
}

#[tokio::test]
async fn every_change_says_from_where_and_failed_sign_ins_are_written_down() {
    let app = TestApp::start().await;
    app.account("boss", Role::Admin, &[]).await;
    assert_eq!(sign_in_from(&app, "boss", PASSWORD).await, 200);
    assert_eq!(sign_in_from(&app, "boss", "Wrong-horse-7").await, 401);
    assert_eq!(sign_in_from(&app, "My-own-password-7", "x").await, 401);
    let done = rows(&app, "user.sign_in").await;
    assert_eq!((done.len(), done[0].ip.as_str()), (1, "192.168.1.9"));
    let failed = rows(&app, "user.sign_in_failed").await;
    assert_eq!(failed.iter().map(|row| row.ip.as_str()).collect::<Vec<_>>(), ["192.168.1.9"; 2]);
    assert_eq!(failed[0].sentence, "A sign-in as boss failed");
    let written = format!("{:?}", failed[1]);
    assert!(!written.contains("own-password") && !written.contains("Wrong"), "{written}");
    let page = app.browser("boss").await.get("/admin/audit").await.text();
    assert!(page.contains("From the address") && page.contains("192.168.1.9"), "administrators see it");
    let listed = app.api("boss").await.get("/api/audit/?action=user.sign_in").await.json();
    let from: Vec<&str> =
        listed["results"].as_array().expect("rows").iter().filter_map(|row| row["ip"].as_str()).collect();
    assert!(from.contains(&"192.168.1.9"), "{listed}");
}

#[tokio::test]
async fn refusals_are_written_down_once_in_a_while() {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    app.account("kim", Role::Student, &[]).await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let (kim, teacher) = (app.api("kim").await, app.browser("teacher").await);
    for _ in 0..3 {
        assert_eq!(kim.get("/api/users/").await.status, 403);
        assert_eq!(teacher.post_form("/fn/erase_student", "id=1&confirmed=x").await.status, 403);
    }
    let sentences: Vec<String> = rows(&app, "user.refused")
        .await
        .into_iter()
        .map(|row| format!("{}: {}", row.actor_name, row.sentence))
        .collect();
    let expected = ["kim: kim was refused GET /api/users/", "teacher: teacher was refused POST /fn/erase_student"];
    assert_eq!(sentences, expected);
    app.pass(chrono::Duration::minutes(11));
    kim.get("/api/users/").await;
    assert_eq!(rows(&app, "user.refused").await.len(), 3);
}

#[tokio::test]
async fn looks_at_a_students_photo_are_written_down_once_a_day() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    let ann = app.student_with_face("Ann Ace", department, 1).await;
    let name = app.ctx.storage.names().expect("the store").pop().expect("her photo");
    let path = format!("/media/student_faces/{name}");
    assert_eq!(app.browser("ann").await.get(&path).await.status, 200, "her own look is nobody's business");
    let teacher = app.browser("teacher").await;
    for _ in 0..3 {
        assert_eq!(teacher.get(&path).await.status, 200);
    }
    let looks = rows(&app, "student.photo_view").await;
    assert_eq!(looks.len(), 1);
    assert_eq!((looks[0].actor_name.as_str(), &looks[0].object_id), ("teacher", &StudentId(ann.id.0).to_string()));
}
