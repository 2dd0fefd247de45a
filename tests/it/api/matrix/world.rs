//! A small institution with one caller of each kind, and a fresh thing for each request.

use super::rows::{Row, Send, State};
use crate::support::client::{Answer, Client, Part};
use crate::support::{PASSWORD, TestApp, tiny_models};
use axum::body::Body;
use axum::http::{Request, header};
use rollcall::app::types::*;
use rollcall::server::db::entities::{attendance_records, users};
use rollcall::server::domain::{records, sessions, students, users as accounts};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// After this long a stream of events counts as begun.
const EVENTS_WAIT: Duration = Duration::from_millis(400);

/// Who asks. The order is that of the rows' columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    Anonymous,
    /// A student about themselves.
    StudentSelf,
    /// The same student about somebody else.
    StudentOther,
    /// A teacher of the thing's department.
    TeacherOwn,
    /// A teacher of another department.
    TeacherOther,
    Admin,
    /// An account that was switched off after its token was made.
    Deactivated,
    /// An account whose email is no longer verified.
    Unverified,
}

pub const CALLERS: [Caller; 8] = [
    Caller::Anonymous,
    Caller::StudentSelf,
    Caller::StudentOther,
    Caller::TeacherOwn,
    Caller::TeacherOther,
    Caller::Admin,
    Caller::Deactivated,
    Caller::Unverified,
];

impl Caller {
    pub fn is_student(self) -> bool {
        matches!(self, Self::StudentSelf | Self::StudentOther)
    }
}

/// The things that one request is about.
pub struct Things {
    pub department: DepartmentId,
    pub student: StudentId,
    pub student_photo: (PhotoId, String),
    pub session: SessionId,
    pub record: i64,
    pub user: UserId,
    /// Makes names and addresses of their own.
    pub number: u32,
}

pub struct World {
    app: TestApp,
    department: DepartmentId,
    elsewhere: DepartmentId,
    me: StudentId,
    my_account: UserId,
    clients: Vec<Client>,
    next: AtomicU32,
}

impl World {
    pub async fn create() -> Self {
        let app = TestApp::with_faces_and(|_, limits| limits.registrations_per_hour = 1_000).await;
        let (department, elsewhere) = (app.department("CS").await, app.department("EE").await);
        let me = app.student("Me Myself", department).await.id;
        app.account("admin", Role::Admin, &[]).await;
        app.account("own", Role::Teacher, &[department]).await;
        app.account("other", Role::Teacher, &[elsewhere]).await;
        app.account("off", Role::Admin, &[]).await;
        app.account("unverified", Role::Admin, &[]).await;
        let my_account = app.account_with_email("myself", "me.myself@example.edu", Role::Student, &[]).await;
        let mut clients = vec![app.anonymous()];
        for username in ["myself", "myself", "own", "other", "admin", "off", "unverified"] {
            clients.push(app.api(username).await);
        }
        let admin = app.actor("admin").await;
        let off = app.actor("off").await.user_id;
        accounts::set_user_active(&app.ctx, &admin, off, false).await.expect("switched off");
        users::Entity::update_many()
            .col_expr(users::Column::EmailVerifiedAt, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
            .filter(users::Column::UsernameKey.eq("unverified"))
            .exec(&app.ctx.db)
            .await
            .expect("unverified");
        Self { app, department, elsewhere, me, my_account, clients, next: AtomicU32::new(1) }
    }

    /// Sends the row's request as this caller, about things that nothing was done to before.
    pub async fn ask(&self, row: &Row, caller: Caller) -> Answer {
        let things = self.things(row, caller).await;
        let at = CALLERS.iter().position(|other| *other == caller).expect("a column");
        let client = match row.fresh_caller && at > 0 && at < 6 {
            true => self.fresh_client(caller).await,
            false => self.clients[at].clone(),
        };
        let (method, path) = row.operation.split_once(' ').expect("a method and an address");
        let path = self.address(path, &things);
        let path = format!("{path}{}", row.query.replace("{session}", &things.session.to_string()));
        let request = Request::builder().method(method).uri(path);
        match row.send {
            // An answer that does not end was begun, and that is all there is to see.
            Send::Nothing if row.operation.contains("/events/") => {
                let answer = tokio::time::timeout(EVENTS_WAIT, client.send(request, Body::empty())).await;
                answer.unwrap_or_else(|_| Answer { status: 200, headers: Default::default(), body: Vec::new() })
            }
            Send::Nothing => client.send(request, Body::empty()).await,
            Send::Json(body) => {
                let request = request.header(header::CONTENT_TYPE, "application/json");
                client.send(request, Body::from(body(&things).to_string())).await
            }
            Send::Form(parts) => {
                let photo = tiny_models::tiny_face_photo((things.number % 200) as u8);
                let fields = parts(&things);
                let mut form: Vec<Part> = Vec::new();
                for (name, value) in &fields {
                    form.push(match value.as_str() {
                        "<photo>" => Part::File(name, "photo.png", &photo),
                        text => Part::Text(name, text),
                    });
                }
                client.send_parts(request, &form).await
            }
        }
    }

    /// A caller of this kind whose login session may end.
    async fn fresh_client(&self, caller: Caller) -> Client {
        self.app
            .api(match caller {
                Caller::StudentSelf | Caller::StudentOther => "myself",
                Caller::TeacherOwn => "own",
                Caller::TeacherOther => "other",
                _ => "admin",
            })
            .await
    }

    fn address(&self, path: &str, things: &Things) -> String {
        let id = if path.starts_with("/api/students/") {
            things.student.0
        } else if path.starts_with("/api/attendance/sessions/") {
            things.session.0
        } else if path.starts_with("/api/attendance/records/") {
            things.record
        } else if path.starts_with("/api/departments/") {
            self.department_of_path(things)
        } else {
            things.user.0
        };
        path.replace("{id}", &id.to_string()).replace("{photo_id}", &things.student_photo.0.to_string())
    }

    fn department_of_path(&self, things: &Things) -> i64 {
        things.department.0
    }

    async fn things(&self, row: &Row, caller: Caller) -> Things {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mine = caller == Caller::StudentSelf;
        // What a student asks about others lies where they have no part at all.
        let department = if caller == Caller::StudentOther { self.elsewhere } else { self.department };
        let student = match (mine, row.state) {
            (true, _) => self.me,
            (false, State::Faces) => {
                self.app.student_with_face(&format!("Some One {number}"), department, (number % 200) as u8).await.id
            }
            _ => self.app.student(&format!("Some One {number}"), department).await.id,
        };
        let photos = students::get_student(&self.app.ctx, student).await.expect("the student").photos;
        let student_photo = photos.first().map_or((PhotoId(i64::MAX), String::new()), |p| (p.id, p.path.clone()));
        let admin = self.app.actor("admin").await;
        let form = SessionForm { department, subject: format!("Subject {number}"), ..SessionForm::default() };
        let session = sessions::create_session(&self.app.ctx, &admin, form).await.expect("a session").id;
        let mark = RecordForm {
            session,
            student,
            status: Some(RecordStatus::Present),
            keep_status: false,
            notes: None,
            reason: String::new(),
        };
        let mut record = i64::MAX;
        if row.state != State::Unmarked && row.state != State::Faces {
            records::set_record(&self.app.ctx, &admin, mark).await.expect("a record");
            let found = attendance_records::Entity::find()
                .filter(attendance_records::Column::SessionId.eq(session.0))
                .one(&self.app.ctx.db)
                .await;
            record = found.expect("the database answers").expect("the record").id;
        }
        match row.state {
            State::Completed => drop(sessions::complete_session(&self.app.ctx, &admin, session).await.expect("saved")),
            State::Cancelled => {
                drop(sessions::cancel_session(&self.app.ctx, &admin, session).await.expect("cancelled"))
            }
            _ => {}
        }
        let user =
            if mine && !row.operation.starts_with("DELETE") { self.my_account } else { self.account(number).await };
        let department = match row.operation.starts_with("DELETE /api/departments/") {
            true => self.app.department(&format!("D{number}")).await,
            false => department,
        };
        Things { department, student, student_photo, session, record, user, number }
    }

    async fn account(&self, number: u32) -> UserId {
        let form = UserForm {
            username: format!("user_{number}"),
            email: format!("user.{number}@example.edu"),
            password: PASSWORD.to_owned(),
            ..UserForm::default()
        };
        accounts::create_user(&self.app.ctx, None, form).await.expect("an account").user.id
    }
}
