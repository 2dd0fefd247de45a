//! The demo class: 67 astronauts, marked from photos of their crews.

use crate::support::{Part, TestApp, assets};
use rollcall::app::types::*;
use rollcall::server::domain::enrolment::Intake;
use rollcall::server::domain::students;
use rollcall::server::upload::UploadedPhoto;
use serde_json::Value;
use std::collections::BTreeSet;

const SUITE: &str = "the astronauts through the server";

#[tokio::test(flavor = "multi_thread")]
async fn all_named_astronauts_are_marked_right_and_nobody_wrong() {
    let (Some(models), Some(faces)) = (assets::models(SUITE), assets::faces(SUITE)) else { return };
    let app = TestApp::with_pack(&assets::manifest(), "buffalo_sc_w8", &models).await;
    let department = app.department("AST").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    let actor = app.actor("teacher").await;
    let portraits = faces.join("identities/nasa_portraits");
    let mut enrolled = 0;
    for entry in std::fs::read_dir(&portraits).expect("the portraits").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        let photo = UploadedPhoto {
            field: "photo".into(),
            file_name: "1.jpg".into(),
            bytes: assets::read(&entry.path().join("1.jpg")),
        };
        let form =
            StudentForm { id: None, email: format!("{name}@example.edu"), name, phone: String::new(), department };
        let created = students::create_student_from(&app.ctx, &actor, form, vec![photo], Intake::archive()).await;
        enrolled += usize::from(created.expect("an astronaut").student.templates > 0);
    }
    assert_eq!(enrolled, 67);
    let labels: Value = serde_json::from_slice(&assets::read(&faces.join("groups/nasa/labels.json"))).expect("labels");
    let teacher = app.api("teacher").await;
    let mut right = 0;
    for image in labels["images"].as_array().expect("images") {
        let file = image["image"].as_str().expect("a file");
        let session = app.session("teacher", department).await.id.to_string();
        let bytes = assets::read(&faces.join("groups/nasa").join(file));
        let parts = [Part::Text("session", &session), Part::File("image", file, &bytes)];
        let answer = teacher.post_parts("/api/attendance/mark/", &parts).await;
        assert_eq!(answer.status, 200, "{file}: {}", answer.text());
        let body = answer.json();
        let marked: BTreeSet<&str> = names(&body["attendance_marked"], |mark| &mark["student"]["name"]);
        let there: BTreeSet<&str> = names(&image["faces"], |face| &face["name"]);
        assert_eq!(marked, there, "{file}");
        right += marked.len();
    }
    assert_eq!(right, 30);
}

fn names<'a>(list: &'a Value, name: impl Fn(&'a Value) -> &'a Value) -> BTreeSet<&'a str> {
    list.as_array().into_iter().flatten().filter_map(|item| name(item).as_str()).collect()
}
