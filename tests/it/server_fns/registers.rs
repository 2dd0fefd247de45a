//! Registers kept by people.

use crate::support::TestApp;
use rollcall::app::error::AppError;
use rollcall::app::types::*;
use rollcall::server::auth::actor::Actor;
use rollcall::server::domain::{closing, me, records, sessions};
use rollcall::server::error::{Error, Result};

struct School {
    app: TestApp,
    teacher: Actor,
    session: SessionRow,
    students: Vec<StudentRow>,
}

async fn school() -> School {
    let app = TestApp::start().await;
    let department = app.department("CS").await;
    let mut students = Vec::new();
    for name in ["Ann Ace", "Bob Best", "Cid Core"] {
        students.push(app.student(name, department).await);
    }
    app.account("teacher", Role::Teacher, &[department]).await;
    let session = app.session("teacher", department).await;
    School { teacher: app.actor("teacher").await, app, session, students }
}

impl School {
    async fn set(&self, actor: &Actor, at: usize, status: Option<RecordStatus>, reason: &str) -> Result<RosterEntry> {
        let form = RecordForm {
            session: self.session.id,
            student: self.students[at].id,
            status,
            keep_status: false,
            notes: None,
            reason: reason.into(),
        };
        records::set_record(&self.app.ctx, actor, form).await
    }

    async fn detail(&self) -> SessionDetail {
        sessions::get_session(&self.app.ctx, &self.teacher, self.session.id).await.expect("a session")
    }
}

fn assert_adds_up(counters: Counters) {
    let sum = counters.present + counters.late + counters.absent + counters.excused + counters.unmarked;
    assert_eq!(sum, counters.total, "{counters:?}");
}

fn refused<T>(result: Result<T>) -> AppError {
    match result {
        Err(Error::User(error)) => error,
        Err(Error::Internal(error)) => panic!("{error:#}"),
        Ok(_) => panic!("this had to be refused"),
    }
}

#[tokio::test]
async fn counters_always_add_up_to_the_roster() {
    let school = school().await;
    assert_adds_up(school.detail().await.session.counters);
    for (at, status) in [RecordStatus::Late, RecordStatus::Excused].into_iter().enumerate() {
        let entry = school.set(&school.teacher, at, Some(status), "").await.expect("a record");
        assert_eq!((entry.status, entry.marked_by.as_deref()), (Some(status), Some("teacher")));
        assert_adds_up(school.detail().await.session.counters);
    }
    school.set(&school.teacher, 0, None, "").await.expect("taken back");
    let counters = school.detail().await.session.counters;
    assert_eq!((counters.unmarked, counters.excused), (2, 1));
}

#[tokio::test]
async fn the_rest_touches_only_unmarked_rows() {
    let school = school().await;
    school.set(&school.teacher, 1, Some(RecordStatus::Excused), "").await.expect("a record");
    let count = records::mark_rest(&school.app.ctx, &school.teacher, school.session.id, RecordStatus::Absent).await;
    assert_eq!(count.expect("marked"), 2);
    let counters = school.detail().await.session.counters;
    assert_eq!((counters.absent, counters.excused, counters.unmarked), (2, 1, 0));
}

#[tokio::test]
async fn saving_makes_the_unmarked_absent_by_this_person() {
    let school = school().await;
    school.set(&school.teacher, 0, Some(RecordStatus::Present), "").await.expect("a record");
    let detail = sessions::complete_session(&school.app.ctx, &school.teacher, school.session.id).await.expect("saved");
    assert_eq!(detail.session.stage, SessionStage::Done);
    assert_eq!(detail.session.counters.absent, 2);
    assert!(detail.roster.iter().all(|entry| entry.method == Some(Method::Manual)));
    assert!(!detail.may_mark && detail.may_correct);
}

#[tokio::test]
async fn clock_closes_what_nobody_saved_and_a_person_confirms() {
    let school = school().await;
    let ctx = &school.app.ctx;
    school.app.pass(chrono::Duration::minutes(59));
    assert_eq!(closing::close_by_clock(ctx).await.expect("a look"), 0);
    school.app.pass(chrono::Duration::minutes(1));
    assert_eq!(closing::close_by_clock(ctx).await.expect("a look"), 1);
    let detail = school.detail().await;
    assert_eq!(detail.session.stage, SessionStage::ToConfirm);
    assert!(detail.roster.iter().all(|entry| entry.method == Some(Method::AutoClose) && !entry.manual_override));
    school.app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    let ann = school.app.actor("ann").await;
    assert_eq!(me::my_attendance(ctx, &ann).await.expect("own attendance").summary.absent, 0, "not yet confirmed");
    let detail = sessions::complete_session(ctx, &school.teacher, school.session.id).await.expect("confirmed");
    assert_eq!(detail.session.stage, SessionStage::Done);
    assert_eq!(me::my_attendance(ctx, &ann).await.expect("own attendance").summary.absent, 1);
    let again = sessions::complete_session(ctx, &school.teacher, school.session.id).await;
    assert!(matches!(refused(again), AppError::SessionClosed { .. }));
}

#[tokio::test]
async fn correction_needs_a_reason_and_the_window() {
    let school = school().await;
    sessions::complete_session(&school.app.ctx, &school.teacher, school.session.id).await.expect("saved");
    let bare = refused(school.set(&school.teacher, 0, Some(RecordStatus::Excused), " ").await);
    assert!(bare.of_field("reason").is_some());
    let entry = school.set(&school.teacher, 0, Some(RecordStatus::Excused), "Medical note").await.expect("corrected");
    assert!(entry.manual_override);
    let removed = refused(school.set(&school.teacher, 0, None, "Oops").await);
    assert!(matches!(removed, AppError::Rule(_)));
    school.app.pass(chrono::Duration::hours(49));
    let late = refused(school.set(&school.teacher, 0, Some(RecordStatus::Present), "Too late").await);
    assert!(matches!(late, AppError::Rule(_)));
    school.app.account("admin", Role::Admin, &[]).await;
    let admin = school.app.actor("admin").await;
    school.set(&admin, 0, Some(RecordStatus::Present), "Found the note").await.expect("admins still may");
}

#[tokio::test]
async fn student_outside_of_the_roster_cannot_be_marked() {
    let school = school().await;
    let other = school.app.department("EC").await;
    let eve = school.app.student("Eve Else", other).await;
    let form = RecordForm {
        session: school.session.id,
        student: eve.id,
        status: Some(RecordStatus::Present),
        keep_status: false,
        notes: None,
        reason: String::new(),
    };
    let error = refused(records::set_record(&school.app.ctx, &school.teacher, form).await);
    assert!(matches!(error, AppError::NotFound { .. }));
}

#[tokio::test]
async fn teacher_of_another_department_reads_but_does_not_write() {
    let school = school().await;
    let other = school.app.department("EC").await;
    school.app.account("stranger", Role::Teacher, &[other]).await;
    let stranger = school.app.actor("stranger").await;
    let detail = sessions::get_session(&school.app.ctx, &stranger, school.session.id).await.expect("readable");
    assert!(!detail.may_mark && !detail.may_correct);
    let ctx = &school.app.ctx;
    let errors = [
        refused(school.set(&stranger, 0, Some(RecordStatus::Present), "").await),
        refused(records::mark_rest(ctx, &stranger, school.session.id, RecordStatus::Absent).await),
        refused(sessions::complete_session(ctx, &stranger, school.session.id).await),
        refused(sessions::cancel_session(ctx, &stranger, school.session.id).await),
    ];
    assert!(errors.iter().all(|error| error.status() == 403), "{errors:?}");
}

#[tokio::test]
async fn cancelled_session_takes_nothing_and_does_not_count() {
    let school = school().await;
    let ctx = &school.app.ctx;
    school.app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    school.set(&school.teacher, 0, Some(RecordStatus::Present), "").await.expect("a record");
    sessions::cancel_session(ctx, &school.teacher, school.session.id).await.expect("cancelled");
    let error = refused(school.set(&school.teacher, 0, Some(RecordStatus::Absent), "").await);
    assert!(matches!(error, AppError::SessionClosed { .. }));
    let mine = me::my_attendance(ctx, &school.app.actor("ann").await).await.expect("own attendance");
    assert_eq!((mine.summary.sessions, mine.summary.percentage), (0, 0.0));
}

#[tokio::test]
async fn student_sees_own_records_in_words() {
    let school = school().await;
    school.app.account_with_email("ann", "ann.ace@example.edu", Role::Student, &[]).await;
    school.set(&school.teacher, 0, Some(RecordStatus::Late), "").await.expect("a record");
    sessions::complete_session(&school.app.ctx, &school.teacher, school.session.id).await.expect("saved");
    let mine = me::my_attendance(&school.app.ctx, &school.app.actor("ann").await).await.expect("own attendance");
    assert_eq!(mine.student.as_ref().map(|student| student.name.as_str()), Some("Ann Ace"));
    assert_eq!((mine.summary.attended, mine.summary.counted, mine.summary.percentage), (1, 1, 100.0));
    assert_eq!(mine.sessions[0].how, "by teacher");
}

#[tokio::test]
async fn everything_works_with_no_face_enrolled_at_all() {
    let school = school().await;
    let detail = school.detail().await;
    assert!(detail.faces_unavailable.is_some());
    assert!(detail.roster.iter().all(|entry| !entry.has_face && entry.photo.is_none()));
    for at in 0..3 {
        school.set(&school.teacher, at, Some(RecordStatus::Present), "").await.expect("a record");
    }
    let detail = sessions::complete_session(&school.app.ctx, &school.teacher, school.session.id).await.expect("saved");
    assert_eq!(detail.session.counters.present, 3);
}
