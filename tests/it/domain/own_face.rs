//! A student's own face: consent, withdrawal, self-enrolment, on both databases with the generated networks.

use super::refusal;
use crate::support::TestApp;
use crate::support::db::{TestDatabase, test_databases};
use crate::support::tiny_models::{tiny_blurred_photo, tiny_class_photo, tiny_face_photo};
use rollcall::app::error::AppError;
use rollcall::app::types::*;
use rollcall::server::auth::actor::Actor;
use rollcall::server::config::ConsentMode;
use rollcall::server::db::entities::{consents, face_templates, photos};
use rollcall::server::domain::consents::give_consent;
use rollcall::server::domain::my_face::{get_my_face, give_my_consent, withdraw_my_consent};
use rollcall::server::domain::self_enrolment::{check_my_photo, enrol_my_face, get_my_enrolment};
use rollcall::server::domain::student_photos::add_photo;
use rollcall::server::upload::UploadedPhoto;
use sea_orm::{EntityTrait, PaginatorTrait};

struct School {
    app: TestApp,
    admin: Actor,
    ann: Actor,
    student: StudentId,
    _database: TestDatabase,
}

/// Ann has an account; `person`: her face was enrolled by an admin.
async fn schools(mode: ConsentMode, person: Option<u8>) -> Vec<School> {
    let mut schools = Vec::new();
    for database in test_databases().await {
        let url = database.url.clone();
        let app = TestApp::with_faces_and(|config, _| {
            config.database_url = Some(url);
            config.consent_mode = mode;
        })
        .await;
        let cs = app.department("CS").await;
        app.account("boss", Role::Admin, &[]).await;
        let row = match person {
            Some(person) => app.student_with_face("Ann Ace", cs, person).await,
            None => app.student("Ann Ace", cs).await,
        };
        app.account_with_email("ann", &row.email, Role::Student, &[]).await;
        let (admin, ann) = (app.actor("boss").await, app.actor("ann").await);
        schools.push(School { app, admin, ann, student: row.id, _database: database });
    }
    schools
}

fn photo(field: &str, bytes: Vec<u8>) -> UploadedPhoto {
    UploadedPhoto { field: field.into(), file_name: "a.png".into(), bytes }
}

impl School {
    async fn stored(&self) -> (u64, u64, usize, usize) {
        let db = &self.app.ctx.db;
        (
            photos::Entity::find().count(db).await.expect("photos"),
            face_templates::Entity::find().count(db).await.expect("templates"),
            self.app.ctx.storage.names().expect("the store").len(),
            self.app.ctx.gallery.index().len(),
        )
    }

    async fn allow(&self, allowed: bool) {
        self.app.allow_self_enrolment(&self.admin, allowed).await;
    }
}

#[tokio::test]
async fn withdrawal_empties_tables_files_and_search_and_leaves_a_receipt() {
    for school in schools(ConsentMode::Attest, Some(1)).await {
        let ctx = &school.app.ctx;
        let before = get_my_face(ctx, &school.ann).await.expect("shown");
        let one = FaceStores { photos: 1, files: 1, templates: 1, searched: 1 };
        assert_eq!((before.stored, before.photos.len(), before.receipt), (one, 1, None));
        assert_eq!((before.consents.len(), before.consents[0].kind), (1, ConsentKind::Attested));
        assert_eq!((before.photos[0].by_student, before.photos[0].templates), (false, 1));

        withdraw_my_consent(ctx, &school.ann).await.expect("withdrawn");
        assert_eq!(school.stored().await, (0, 0, 0, 0));
        let after = get_my_face(ctx, &school.ann).await.expect("shown");
        assert_eq!((after.stored, after.photos.len()), (FaceStores::default(), 0));
        let receipt = after.receipt.expect("a receipt");
        assert_eq!((receipt.removed, receipt.by_student), (one, true));
        assert_eq!((after.consents[0].kind, after.consents[0].by_student), (ConsentKind::Withdrawn, true));
        withdraw_my_consent(ctx, &school.ann).await.expect("again");
        assert_eq!(consents::Entity::find().count(&ctx.db).await.expect("consents"), 2, "nothing more to withdraw");
        assert_eq!(
            get_my_face(ctx, &school.ann).await.expect("shown").receipt.map(|receipt| receipt.removed),
            Some(one)
        );
        let again = add_photo(ctx, &school.admin, school.student, photo("photo", tiny_face_photo(1))).await;
        assert_eq!(refusal(again), AppError::ConsentRequired);
    }
}

#[tokio::test]
async fn consent_is_given_again_in_both_modes() {
    for mode in [ConsentMode::Attest, ConsentMode::Strict] {
        for school in schools(mode, None).await {
            let ctx = &school.app.ctx;
            let upload =
                async || add_photo(ctx, &school.admin, school.student, photo("photo", tiny_face_photo(1))).await;
            withdraw_my_consent(ctx, &school.ann).await.expect("refused ahead");
            assert_eq!(refusal(upload().await), AppError::ConsentRequired);
            give_my_consent(ctx, &school.ann).await.expect("given");
            give_my_consent(ctx, &school.ann).await.expect("given twice");
            assert_eq!(consents::Entity::find().count(&ctx.db).await.expect("consents"), 2);
            upload().await.expect("stored");
            assert_eq!(school.stored().await, (1, 1, 1, 1));
            withdraw_my_consent(ctx, &school.ann).await.expect("withdrawn");
            let row =
                give_consent(ctx, &school.admin, school.student, "Paper in drawer 3").await.expect("written down");
            assert_eq!((row.kind.as_str(), row.channel.as_str()), ("given", "admin"));
            upload().await.expect("stored again");
            assert_eq!(get_my_face(ctx, &school.ann).await.expect("shown").receipt, None, "something is stored again");
        }
    }
}

#[tokio::test]
async fn strict_mode_stores_no_face_without_prior_consent() {
    for school in schools(ConsentMode::Strict, None).await {
        let ctx = &school.app.ctx;
        let early = add_photo(ctx, &school.admin, school.student, photo("photo", tiny_face_photo(1))).await;
        assert_eq!(refusal(early), AppError::ConsentRequired);
        assert_eq!(school.stored().await, (0, 0, 0, 0));
        let stranger = give_consent(ctx, &school.ann, StudentId(999), "").await;
        assert_eq!(refusal(stranger), AppError::not_found("Student", 999));
    }
}

#[tokio::test]
async fn students_enrol_themselves_where_it_is_allowed() {
    for school in schools(ConsentMode::Attest, None).await {
        let ctx = &school.app.ctx;
        let shots = || ["front", "left", "right"].map(|field| photo(field, tiny_face_photo(1))).to_vec();
        let off = enrol_my_face(ctx, &school.ann, shots()).await;
        assert!(matches!(refusal(off), AppError::Rule(sentence) if sentence.contains("office")));
        school.allow(true).await;
        let unasked = enrol_my_face(ctx, &school.ann, shots()).await;
        assert_eq!(refusal(unasked), AppError::Rule("Agree to the notice first.".into()));
        give_my_consent(ctx, &school.ann).await.expect("given");
        let none = enrol_my_face(ctx, &school.ann, vec![]).await;
        assert!(refusal(none).of_field("front").is_some());
        assert_eq!(enrol_my_face(ctx, &school.ann, shots()).await.expect("stored"), 3);
        assert_eq!(school.stored().await, (3, 3, 3, 3));
        let face = get_my_face(ctx, &school.ann).await.expect("shown");
        assert!(face.photos.iter().all(|photo| photo.by_student) && face.no_enrolment.is_none());
        let more = enrol_my_face(ctx, &school.ann, shots()).await;
        assert!(matches!(refusal(more), AppError::Rule(sentence) if sentence.contains("At most 5")));
        assert_eq!(school.stored().await, (3, 3, 3, 3));
        school.allow(false).await;
        assert!(matches!(refusal(enrol_my_face(ctx, &school.ann, shots()).await), AppError::Rule(_)));
    }
}

#[tokio::test]
async fn own_photos_are_refused_one_by_one_and_nothing_stays() {
    for school in schools(ConsentMode::Attest, None).await {
        let ctx = &school.app.ctx;
        school.allow(true).await;
        give_my_consent(ctx, &school.ann).await.expect("given");
        let shots = vec![
            photo("front", tiny_class_photo(&[])),
            photo("left", tiny_class_photo(&[1, 2])),
            photo("right", tiny_blurred_photo()),
        ];
        let refused = refusal(enrol_my_face(ctx, &school.ann, shots).await);
        assert_eq!(refused.of_field("front").as_deref(), Some("No face detected in the uploaded image"));
        assert!(refused.of_field("left").is_some_and(|words| words.contains("2 faces")));
        assert!(refused.of_field("right").is_some_and(|words| words.contains("blurred")));
        let half = vec![photo("front", tiny_face_photo(1)), photo("left", tiny_class_photo(&[]))];
        assert!(refusal(enrol_my_face(ctx, &school.ann, half).await).of_field("left").is_some());
        assert_eq!(school.stored().await, (0, 0, 0, 0));
        app_has_bob(&school).await;
        let taken = refusal(enrol_my_face(ctx, &school.ann, vec![photo("front", tiny_face_photo(7))]).await);
        let words = taken.of_field("front").expect("a fault");
        assert!(words.contains("already enrolled for somebody else") && !words.contains("Bob"), "{words}");
        assert_eq!(school.stored().await, (1, 1, 1, 1), "Bob's alone");
    }
}

#[tokio::test]
async fn own_photos_are_judged_before_they_are_stored() {
    for school in schools(ConsentMode::Attest, None).await {
        let ctx = &school.app.ctx;
        let check = async |bytes| check_my_photo(ctx, &school.ann, photo("photo", bytes)).await;
        let state = async || get_my_enrolment(ctx, &school.ann).await.expect("known");
        assert!(matches!(refusal(check(tiny_face_photo(1)).await), AppError::Rule(words) if words.contains("office")));
        assert!(state().await.obstacle.is_some_and(|words| words.contains("office")));
        school.allow(true).await;
        let unasked = AppError::Rule("Agree to the notice first.".into());
        assert_eq!(refusal(check(tiny_face_photo(1)).await), unasked);
        give_my_consent(ctx, &school.ann).await.expect("given");
        assert_eq!(state().await, MyEnrolment { obstacle: None, room: 5 });

        let fine = check(tiny_face_photo(1)).await.expect("judged");
        assert!(fine.accepted && fine.faces.len() == 1 && fine.lookalike.is_none(), "{fine:?}");
        let none = check(tiny_class_photo(&[])).await.expect("judged");
        assert_eq!((none.accepted, none.sentence.as_str()), (false, "No face detected in the uploaded image"));
        assert!(!check(tiny_class_photo(&[1, 2])).await.expect("judged").accepted);
        assert!(check(tiny_blurred_photo()).await.expect("judged").sentence.contains("blurred"));
        assert!(refusal(check(b"no picture".to_vec()).await).of_field("photo").is_some());
        assert_eq!(school.stored().await, (0, 0, 0, 0), "a look stores nothing");

        app_has_bob(&school).await;
        let taken = check(tiny_face_photo(7)).await.expect("judged");
        assert!(!taken.accepted && taken.lookalike.is_none(), "whose face it is stays untold: {taken:?}");
        assert!(taken.sentence.contains("already enrolled for somebody else"), "{}", taken.sentence);
        let three = ["front", "left", "right"].map(|field| photo(field, tiny_face_photo(1))).to_vec();
        enrol_my_face(ctx, &school.ann, three).await.expect("stored");
        assert_eq!(state().await.room, 2);
        assert!(check(tiny_face_photo(1)).await.expect("judged").accepted, "one's own face is no lookalike");
        let two = ["front", "left"].map(|field| photo(field, tiny_face_photo(1))).to_vec();
        enrol_my_face(ctx, &school.ann, two).await.expect("stored");
        assert!(
            matches!(refusal(check(tiny_face_photo(1)).await), AppError::Rule(words) if words.contains("5 photos"))
        );
        assert_eq!((state().await.room, state().await.obstacle.is_some()), (0, true));
        let stranger = get_my_enrolment(ctx, &school.admin).await.expect("known");
        assert!(stranger.obstacle.is_some_and(|words| words.contains("not linked")));
    }
}

async fn app_has_bob(school: &School) {
    school.app.student_with_face("Bob Best", DepartmentId(1), 7).await;
}
