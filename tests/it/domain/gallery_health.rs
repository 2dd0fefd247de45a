//! Templates that lower accuracy, and students who look alike.

use crate::support::TestApp;
use crate::support::tiny_models::{tiny_class_photo, tiny_face_photo};
use proptest::prelude::*;
use rollcall::app::types::*;
use rollcall::recognition::coherence::{Harm, harmful, spread};
use rollcall::server::domain::{gallery_health, gallery_report, mark_photo, student_photos, student_templates};
use rollcall::server::upload::UploadedPhoto;

fn at(degrees: f32) -> Vec<f32> {
    vec![degrees.to_radians().cos(), degrees.to_radians().sin()]
}

#[test]
fn lonely_template_goes_when_the_rest_agree_or_somebody_else_is_nearer() {
    let nobody = |_: usize| None;
    let agreeing = [at(0.0), at(10.0), at(20.0)];
    assert!(harmful(&agreeing, 0.5, nobody).is_empty());
    let odd = [at(0.0), at(10.0), at(120.0)];
    assert_eq!(harmful(&odd, 0.5, nobody), [(2, Harm::UnlikeTheRest)]);
    assert_eq!(harmful(&odd, 0.5, |_| Some(0.1)), [(2, Harm::NearerToOther)]);
    assert_eq!(spread(&odd).map(|spread| spread > 1.0), Some(true));
    let two = [at(0.0), at(120.0)];
    assert!(harmful(&two, 0.5, nobody).is_empty(), "nobody can say which is wrong");
    assert_eq!(harmful(&two, 0.5, |at| (at == 1).then_some(0.1)), [(1, Harm::NearerToOther)]);
    assert!(harmful(&two, 0.5, |_| Some(0.1)).is_empty(), "the last is never taken away");
}

proptest! {
    #[test]
    fn somebody_always_stays_searched(degrees in prop::collection::vec(0.0f32..360.0, 1..6), other in 0.0f32..2.0) {
        let vectors: Vec<Vec<f32>> = degrees.into_iter().map(at).collect();
        prop_assert!(harmful(&vectors, 0.3, |_| Some(other)).len() < vectors.len());
    }
}

fn photo(person: u8) -> UploadedPhoto {
    UploadedPhoto { field: "photo".into(), file_name: "a.png".into(), bytes: tiny_face_photo(person) }
}

#[tokio::test]
async fn somebody_elses_photo_is_set_aside_and_an_admin_may_use_it_again() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    let ann = app.student_with_face("Ann Ace", department, 1).await.id;
    let ben = app.student_with_face("Ben Bow", department, 2).await.id;
    student_photos::add_photo(&app.ctx, &app.system(), ann, photo(2)).await.expect("a photo");
    let templates = student_templates::list_templates(&app.ctx, ann).await.expect("templates");
    let reasons: Vec<_> = templates.iter().map(|template| template.set_aside).collect();
    assert_eq!(reasons, [None, Some(SetAsideReason::NearerToOther)]);
    assert_eq!(app.ctx.gallery.templates_of(ann.0), 1);
    let health = gallery_report::get_gallery_health(&app.ctx, 0, 0).await.expect("health");
    assert_eq!((health.with_face, health.with_one, health.set_aside.count, health.lookalikes.count), (2, 2, 1, 0));

    gallery_health::use_again(&app.ctx, &app.system(), templates[1].id).await.expect("used again");
    gallery_health::tend_all(&app.ctx).await.expect("tended");
    assert_eq!(app.ctx.gallery.templates_of(ann.0), 2, "what an admin wants stays");
    assert!(gallery_health::use_again(&app.ctx, &app.system(), templates[1].id).await.is_err());
    let health = gallery_report::get_gallery_health(&app.ctx, 0, 0).await.expect("health");
    assert_eq!((health.set_aside.count, health.incoherent.count), (0, 1));
    let pairs: Vec<_> = health.lookalikes.results.iter().map(|pair| pair.students.clone().map(|s| s.id)).collect();
    assert_eq!(pairs, [[ann, ben]]);
}

#[tokio::test]
async fn lookalikes_on_a_roster_are_always_asked_about_by_name() {
    let app = TestApp::with_faces().await;
    let department = app.department("CS").await;
    app.account("teacher", Role::Teacher, &[department]).await;
    for name in ["Ann Ace", "Zoe Ace"] {
        app.student_with_face(name, department, 1).await;
    }
    let session = app.session("teacher", department).await.id;
    let image = UploadedPhoto { field: "image".into(), file_name: "a.png".into(), bytes: tiny_class_photo(&[1]) };
    let actor = app.actor("teacher").await;
    let found = mark_photo::mark_photo(&app.ctx, &actor, session, image).await.expect("marked");
    assert_eq!(found.new_marks, 0);
    assert_eq!(found.faces[0].verdict, FaceVerdict::Check);
    let words = found.faces[0].reasons.join(" ");
    assert!(words.contains("Ace looks much like this student"), "{words}");
}
