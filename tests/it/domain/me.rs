//! A student's own attendance.

use super::{App, apps};
use chrono::Duration;
use rollcall::app::types::*;
use rollcall::server::auth::actor::Actor;
use rollcall::server::domain::me::my_attendance;
use rollcall::server::domain::records::set_record;
use rollcall::server::domain::sessions::{cancel_session, complete_session};

/// A day's session in which this student was marked; `None` leaves it open for the closing to decide.
async fn day(
    app: &App,
    teacher: &Actor,
    department: DepartmentId,
    student: StudentId,
    status: Option<RecordStatus>,
) -> SessionId {
    let session = app.session(&teacher.username, department).await.id;
    if status.is_some() {
        let form = RecordForm { session, student, status, keep_status: false, notes: None, reason: String::new() };
        set_record(&app.ctx, teacher, form).await.expect("marked");
    }
    app.pass(Duration::days(1));
    session
}

#[tokio::test]
async fn an_account_without_a_student_sees_an_empty_page() {
    for app in apps().await {
        let admin = app.admin().await;
        let mine = my_attendance(&app.ctx, &admin).await.expect("shown");
        assert_eq!(mine, MyAttendance { student: None, summary: MySummary::default(), sessions: vec![] });
    }
}

#[tokio::test]
async fn completed_sessions_count_and_the_arithmetic_is_told() {
    for app in apps().await {
        let teacher = app.admin().await;
        let cs = app.department("CS").await;
        let grace = app.student("Grace Hopper", cs).await;
        app.account_with_email("grace", &grace.email, Role::Student, &[]).await;
        let statuses = [
            Some(RecordStatus::Present),
            Some(RecordStatus::Late),
            Some(RecordStatus::Present),
            Some(RecordStatus::Excused),
            None,
        ];
        for status in statuses {
            let session = day(&app, &teacher, cs, grace.id, status).await;
            complete_session(&app.ctx, &teacher, session).await.expect("completed");
        }
        let cancelled = day(&app, &teacher, cs, grace.id, Some(RecordStatus::Present)).await;
        cancel_session(&app.ctx, &teacher, cancelled).await.expect("cancelled");
        day(&app, &teacher, cs, grace.id, Some(RecordStatus::Present)).await;
        day(&app, &teacher, cs, grace.id, None).await;

        let mine = my_attendance(&app.ctx, &app.actor("grace").await).await.expect("shown");
        assert_eq!(mine.student.map(|student| student.roll_no), Some(grace.roll_no));
        let expected = MySummary {
            sessions: 5,
            present: 2,
            late: 1,
            absent: 1,
            excused: 1,
            attended: 3,
            counted: 4,
            percentage: 75.0,
        };
        assert_eq!(mine.summary, expected);
        let told: Vec<_> = mine
            .sessions
            .iter()
            .map(|session| (session.session_status, session.status, session.how.as_str()))
            .collect();
        let (active, completed) = (SessionStatus::Active, SessionStatus::Completed);
        let by_hand = [
            (active, None, ""),
            (active, Some(RecordStatus::Present), "by teacher"),
            (SessionStatus::Cancelled, Some(RecordStatus::Present), "by teacher"),
            (completed, Some(RecordStatus::Absent), "by teacher"),
            (completed, Some(RecordStatus::Excused), "by teacher"),
            (completed, Some(RecordStatus::Present), "by teacher"),
            (completed, Some(RecordStatus::Late), "by teacher"),
            (completed, Some(RecordStatus::Present), "by teacher"),
        ];
        assert_eq!(told, by_hand);
        let latest = &mine.sessions[0];
        assert_eq!(
            (latest.subject.as_str(), latest.department.as_str(), latest.teacher.as_str()),
            ("Algebra", "Department CS", "boss")
        );
        assert!(mine.sessions.is_sorted_by_key(|session| std::cmp::Reverse(session.date)));
    }
}

#[tokio::test]
async fn only_sessions_with_the_student_on_the_roster_are_shown() {
    for app in apps().await {
        let teacher = app.admin().await;
        let (cs, ph) = (app.department("CS").await, app.department("PH").await);
        app.session(&teacher.username, cs).await;
        let grace = app.student("Grace Hopper", cs).await;
        app.account_with_email("grace", &grace.email, Role::Student, &[]).await;
        app.session(&teacher.username, ph).await;
        let mine = my_attendance(&app.ctx, &app.actor("grace").await).await.expect("shown");
        assert_eq!(mine.sessions, []);
    }
}

#[tokio::test]
async fn how_a_record_came_to_be_is_told_in_words() {
    use rollcall::server::db::entities::attendance_records;
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    for app in apps().await {
        let teacher = app.admin().await;
        let cs = app.department("CS").await;
        let grace = app.student("Grace Hopper", cs).await;
        app.account_with_email("grace", &grace.email, Role::Student, &[]).await;
        for (method, manual_override) in [("face", false), ("face", true), ("auto_close", false), ("import", false)] {
            let session = day(&app, &teacher, cs, grace.id, None).await;
            let now = app.ctx.clock.now();
            let record = attendance_records::ActiveModel {
                session_id: Set(session.0),
                student_id: Set(grace.id.0),
                timestamp: Set(now),
                status: Set("present".into()),
                method: Set(method.into()),
                manual_override: Set(manual_override),
                notes: Set(String::new()),
                created_at: Set(now),
                updated_at: Set(now),
                ..Default::default()
            };
            record.insert(&app.ctx.db).await.expect("a record");
        }
        let mine = my_attendance(&app.ctx, &app.actor("grace").await).await.expect("shown");
        let how: Vec<&str> = mine.sessions.iter().map(|session| session.how.as_str()).collect();
        assert_eq!(how, ["by teacher", "by the clock", "by teacher", "by photo"]);
    }
}
