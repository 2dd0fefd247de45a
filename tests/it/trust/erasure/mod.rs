//! Who is erased is nowhere any more: in no row, in no file, and not after a restore.

mod restores;
mod traces;

use crate::support::client::Answer;
use crate::support::{Client, Part, TestApp};
use axum::http::Request;
use rollcall::app::types::*;
use rollcall::server::backup::{self, Progress};
use rollcall::server::db::entities::{attendance_records, face_templates, import_rows, imports};
use rollcall::server::domain::{erasure, imports as importing, sessions};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, QueryFilter, Statement};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Table and column of everything that the schema holds.
async fn schema(db: &DatabaseConnection) -> BTreeSet<(String, String)> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema()"
        }
        _ => {
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the schema");
    let pairs =
        rows.iter().map(|row| (row.try_get_by_index(0).expect("a table"), row.try_get_by_index(1).expect("one")));
    pairs.filter(|(table, _): &(String, String)| table != "seaql_migrations").collect()
}

/// A school in which one student has left traces wherever the product lets people leave any.
struct School {
    app: TestApp,
    boss: Client,
    student: StudentId,
    roll_no: String,
    /// What tells who it was: none of it may be left.
    traces: Vec<Vec<u8>>,
    kind: &'static str,
}

const NAME: &str = "Zoë Quillfeather";
const EMAIL: &str = "zoe.quill@example.edu";
const PHONE: &str = "49170998877";

async fn ok(answer: Answer) -> Answer {
    assert!(answer.status < 400, "{} {}", answer.status, answer.text());
    answer
}

impl School {
    async fn on(url: &str, kind: &'static str) -> Self {
        let app = TestApp::with_faces_on(Some(url.to_owned())).await;
        let department = app.department("CS").await;
        app.account("boss", Role::Admin, &[]).await;
        app.account("teacher", Role::Teacher, &[department]).await;
        let other = app.student_with_face("Bob Best", department, 2).await;
        let row = app.student_with_face("Early Name", department, 1).await;
        let boss = app.api("boss").await;
        let path = format!("/api/students/{}/", row.id);
        ok(boss.put_json(&path, &json!({ "name": NAME, "email": EMAIL, "phone": PHONE })).await).await;
        app.account_with_email("zquill", EMAIL, Role::Student, &[]).await;
        let school = Self { app, boss, student: row.id, roll_no: row.roll_no.clone(), traces: Vec::new(), kind };
        school.leave_traces(other.id, department).await;
        school.with_traces().await
    }

    async fn leave_traces(&self, other: StudentId, department: DepartmentId) {
        let app = &self.app;
        // Their own account: names, a sign-in that fails, a device, a link by mail, a refusal.
        let account = app.actor("zquill").await.user_id;
        let names = json!({ "first_name": "Zoë", "last_name": "Quillfeather", "phone": PHONE });
        ok(self.boss.put_json(&format!("/api/users/{account}/"), &names).await).await;
        let own = app.browser("zquill").await;
        let wrong = json!({ "username": "zquill", "password": "Wrong-horse-7" });
        assert_eq!(app.anonymous().post_json("/api/auth/login/", &wrong).await.status, 401);
        assert_eq!(own.get("/api/users/").await.status, 401);
        ok(app.anonymous().post_form("/fn/request_password_reset", &format!("email={EMAIL}")).await).await;
        // A register, an objection, and what others write.
        let teacher = app.api("teacher").await;
        let session = app.session("teacher", department).await.id;
        let records = json!({ "session": session, "records": [
            { "student": self.student, "status": "absent", "notes": format!("{NAME} has the flu") },
            { "student": other, "status": "present", "notes": format!("sat beside zoë  quillfeather ({})", self.roll_no) },
        ] });
        ok(teacher.put_json("/api/attendance/records/", &records).await).await;
        let notes =
            json!({ "subject": format!("Tutoring {NAME}"), "notes": format!("ask {EMAIL}, +49 170 / 99-88-77") });
        ok(self.boss.patch_json(&format!("/api/attendance/sessions/{session}/"), &notes).await).await;
        let described = json!({ "name": "Department CS", "code": "CS", "description": format!("Head: {NAME}.") });
        ok(self.boss.put_json(&format!("/api/departments/{department}/"), &described).await).await;
        // A photo of the class, answered once and kept for whoever asks again.
        let photo = crate::support::tiny_models::tiny_class_photo(&[1, 2]);
        let parts = [Part::Text("session", &session.to_string()), Part::File("image", "class.png", &photo)];
        let request = Request::post("/fn/mark_photo").header("idempotency-key", "class-1");
        let request = request.header("sec-fetch-site", "same-origin");
        ok(app.browser("teacher").await.send_parts(request, &parts).await).await;
        let actor = app.actor("teacher").await;
        sessions::complete_session(&app.ctx, &actor, session).await.expect("saved");
        let record = attendance_records::Entity::find()
            .filter(attendance_records::Column::StudentId.eq(self.student.0))
            .one(&app.ctx.db)
            .await
            .expect("the rows")
            .expect("a record");
        let contest = format!("form[record]={}&form[note]=I+was+there%2C+Zo%C3%AB+Quillfeather", record.id);
        ok(own.post_form("/fn/open_contest", &contest).await).await;
        // A form of the office that was refused.
        let form = format!("id={}&confirmed=Zo%C3%AB+Quillfeather", self.student);
        let page = format!("/students/{}/history", self.student);
        app.browser("boss").await.post_plain_form(&page, "erase_student", &form).await;
        // Files for import: one uploaded only, one rehearsed, one that somebody else's row stands in as well.
        let browser = app.browser("boss").await;
        let table = "first,last,email,department\nZoë,Quillfeather,other@example.edu,CS\nAda,Byron,ada@x.edu,CS\n";
        ok(browser.post_parts("/fn/upload_import", &[Part::File("csv", "new.csv", table.as_bytes())]).await).await;
        let table =
            format!("name,email,phone,department\n{NAME},{EMAIL},{PHONE},CS\nBob Best,bob.best@example.edu,,CS\n");
        let name = format!("{} {NAME}.csv", self.roll_no);
        ok(browser.post_parts("/fn/upload_import", &[Part::File("csv", &name, table.as_bytes())]).await).await;
        let newest =
            imports::Entity::find().all(&app.ctx.db).await.expect("imports").into_iter().map(|row| row.id).max();
        let id = newest.expect("an import");
        let map = "form[columns][name]=0&form[columns][email]=1&form[columns][phone]=2&form[columns][department]=3";
        ok(browser.post_form("/fn/rehearse_import", &format!("form[id]={id}&{map}")).await).await;
        while importing::job::run_next(&app.ctx).await.expect("the job") {}
        assert!(import_rows::Entity::find().all(&app.ctx.db).await.expect("rows").len() >= 2);
    }

    async fn with_traces(mut self) -> Self {
        let templates = face_templates::Entity::find().filter(face_templates::Column::StudentId.eq(self.student.0));
        let template = templates.one(&self.app.ctx.db).await.expect("the rows").expect("a template");
        self.traces =
            [NAME, EMAIL, PHONE, &self.roll_no, "Quillfeather", "quillfeather", "zquill", "early.name", "170 / 99"]
                .iter()
                .map(|text| text.as_bytes().to_vec())
                .collect();
        self.traces.push(template.vector[..32].to_vec());
        self
    }

    async fn erase(&self) -> String {
        let actor = self.app.actor("boss").await;
        let done = erasure::erase_student(&self.app.ctx, &actor, self.student, &self.roll_no).await;
        done.unwrap_or_else(|error| panic!("{}: {error:?}", self.kind)).receipt
    }

    /// Where something of the person still stands in the rows.
    async fn rows_with_traces(&self, db: &DatabaseConnection) -> Vec<String> {
        let mut found = Vec::new();
        for (table, column) in schema(db).await {
            let is_bytes = ["vector", "body"].contains(&column.as_str()) && table != "outbox";
            let bytes = match db.get_database_backend() {
                DbBackend::Postgres if is_bytes => column.clone(),
                DbBackend::Postgres => format!("convert_to({column}::text, 'UTF8')"),
                _ => format!("CAST({column} AS BLOB)"),
            };
            let sql = format!("SELECT {bytes} FROM {table} WHERE {column} IS NOT NULL");
            for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows") {
                let bytes: Vec<u8> = row.try_get_by_index(0).expect("bytes");
                found.extend(self.in_bytes(&bytes).map(|trace| format!("{table}.{column}: {trace}")));
            }
        }
        found
    }

    fn in_bytes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = String> + 'a {
        let holds = |trace: &&Vec<u8>| bytes.windows(trace.len()).any(|window| window == trace.as_slice());
        self.traces.iter().filter(holds).map(|trace| String::from_utf8_lossy(trace).into_owned())
    }

    /// The same in every file of the data folder.
    fn files_with_traces(&self, folder: &Path) -> Vec<String> {
        let files = files_of(folder);
        let found = files.iter().flat_map(|(path, bytes)| {
            self.in_bytes(bytes).map(|trace| format!("{}: {trace}", path.display())).collect::<Vec<_>>()
        });
        found.collect()
    }

    /// A backup, in a folder of its own.
    async fn backed_up(&self) -> (TempDir, PathBuf) {
        let place = tempfile::tempdir().expect("a folder");
        let archive = place.path().join("before.zip");
        backup::make(&self.app.ctx, &archive, &Progress::default()).await.expect("a backup");
        (place, archive)
    }
}

/// Every file below a folder, with its bytes.
fn files_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_of(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            files.push((path, bytes));
        }
    }
    files
}

/// Whether these bytes stand in any file of a folder.
fn is_in_files(folder: &Path, wanted: &[u8]) -> bool {
    files_of(folder).iter().any(|(_, bytes)| bytes.windows(wanted.len()).any(|window| window == wanted))
}
