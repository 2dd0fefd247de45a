//! The made-up crowd that measurements run on.

use super::App;
use crate::support::{
    TestApp,
    db::{TestDatabase, test_databases},
};
use rollcall::server::db::entities::{attendance_records, attendance_sessions, face_templates};
use rollcall::server::demo::crowd;
use rollcall::server::gallery::vector_from_bytes;
use sea_orm::EntityTrait;

/// More than one statement's worth of rows.
const MEMBERS: u32 = 1_203;

#[tokio::test]
async fn every_member_of_the_crowd_has_a_template_that_finds_them() {
    for database in test_databases().await {
        let app = App { app: TestApp::with_faces_on(Some(database.url.clone())).await, _database: database };
        let admin = app.admin().await;
        crowd::write(&app.ctx, &admin, MEMBERS).await.expect("written");
        app.ctx.gallery.load(&app.ctx.db).await.expect("loaded");
        assert_eq!(app.ctx.gallery.index().len(), MEMBERS as usize);
        let templates = face_templates::Entity::find().all(&app.ctx.db).await.expect("templates");
        for template in templates.iter().step_by(97) {
            let vector = vector_from_bytes(&template.vector);
            let length = vector.iter().map(|value| value * value).sum::<f32>();
            assert!((length - 1.0).abs() < 1e-4, "a unit vector: {length}");
            let nearest = app.ctx.gallery.search(&vector, 1).expect("searched");
            assert_eq!(i64::try_from(nearest[0].person), Ok(template.student_id));
        }
    }
}

#[tokio::test]
async fn a_second_crowd_is_refused_whole() {
    let database = TestDatabase::sqlite();
    let app = App { app: TestApp::with_faces_on(Some(database.url.clone())).await, _database: database };
    let admin = app.admin().await;
    crowd::write(&app.ctx, &admin, 10).await.expect("written");
    crowd::write(&app.ctx, &admin, 10).await.expect_err("the department is there already");
    let templates = face_templates::Entity::find().all(&app.ctx.db).await.expect("templates");
    assert_eq!(templates.len(), 10);
}

#[tokio::test]
async fn classes_of_the_crowd_have_registers_that_add_up() {
    for database in test_databases().await {
        let app = App { app: TestApp::with_faces_on(Some(database.url.clone())).await, _database: database };
        let admin = app.admin().await;
        let department = crowd::write(&app.ctx, &admin, 90).await.expect("written");
        crowd::classes::write(&app.ctx, &admin, department, 90, 5).await.expect("written");
        let sessions = attendance_sessions::Entity::find().all(&app.ctx.db).await.expect("sessions");
        assert_eq!(sessions.len(), 15, "three classes on five days");
        let kept: i32 = sessions.iter().map(|s| s.present + s.late + s.absent + s.excused).sum();
        let records = attendance_records::Entity::find().all(&app.ctx.db).await.expect("records");
        assert_eq!((kept, records.len()), (450, 450), "each student once a day");
    }
}
