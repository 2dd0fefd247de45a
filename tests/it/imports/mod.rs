//! Students out of files, through the front door and by the steps of the job, on both databases.

mod guards;
mod photos;
mod restored;
mod rows;
mod table;
mod undo;

use crate::support::db::{TestDatabase, test_databases};
use crate::support::{Client, Part, TestApp};
use rollcall::app::types::*;
use rollcall::server::db::entities::{imports as import_table, students};
use rollcall::server::domain::imports;
use sea_orm::{EntityTrait, QueryOrder};
use std::io::Write;

/// A school with an admin who brings students in.
struct School {
    app: TestApp,
    admin: Client,
    department: DepartmentId,
    _database: Option<TestDatabase>,
}

/// One school per database that this run has.
async fn schools() -> Vec<School> {
    let mut schools = Vec::new();
    for database in test_databases().await {
        schools.push(School::of(TestApp::start_on(&database.url).await, Some(database)).await);
    }
    schools
}

impl School {
    async fn of(app: TestApp, database: Option<TestDatabase>) -> Self {
        let department = app.department("CS").await;
        app.account("boss", Role::Admin, &[]).await;
        let admin = app.browser("boss").await;
        Self { admin, department, app, _database: database }
    }

    /// On SQLite, with the generated networks.
    async fn with_faces() -> Self {
        Self::of(TestApp::with_faces().await, None).await
    }

    async fn upload(&self, csv: &[u8], zip: Option<&[u8]>) -> ImportId {
        let answer = self.try_upload("class.csv", csv, zip).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let newest = import_table::Entity::find().order_by_desc(import_table::Column::Id).one(&self.app.ctx.db).await;
        ImportId(newest.expect("the imports").expect("an import").id)
    }

    async fn try_upload(&self, name: &str, csv: &[u8], zip: Option<&[u8]>) -> crate::support::client::Answer {
        let mut parts = vec![Part::File("csv", name, csv)];
        parts.extend(zip.map(|zip| Part::File("zip", "photos.zip", zip)));
        self.admin.post_parts("/fn/upload_import", &parts).await
    }

    /// Asks for a rehearsal with the guessed columns.
    async fn ask(&self, id: ImportId, more: &str) {
        let setup = self.screen(id).await.detail.setup;
        let map = setup.columns;
        let form = format!(
            "form[id]={id}&form[columns][name]={}&form[columns][first_name]={}&form[columns][last_name]={}\
             &form[columns][email]={}&form[columns][phone]={}&form[columns][department]={}&form[columns][roll_no]={}\
             &form[columns][photo]={}{more}",
            map.name, map.first_name, map.last_name, map.email, map.phone, map.department, map.roll_no, map.photo
        );
        let answer = self.admin.post_form("/fn/rehearse_import", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// Uploads and rehearses.
    async fn rehearsed(&self, csv: &str, zip: Option<&[u8]>) -> ImportId {
        let id = self.upload(csv.as_bytes(), zip).await;
        self.ask(id, "").await;
        self.work().await;
        assert_eq!(self.screen(id).await.detail.import.state, ImportState::Rehearsed);
        id
    }

    /// Uploads, rehearses and applies.
    async fn applied(&self, csv: &str, zip: Option<&[u8]>) -> ImportId {
        let id = self.rehearsed(csv, zip).await;
        self.post("apply_import", id).await;
        self.work().await;
        assert_eq!(self.screen(id).await.detail.import.state, ImportState::Applied);
        id
    }

    async fn post(&self, function: &str, id: ImportId) {
        let answer = self.admin.post_form(&format!("/fn/{function}"), &format!("id={id}")).await;
        assert_eq!(answer.status, 200, "{function}: {}", answer.text());
    }

    /// Lets the job work until nothing waits.
    async fn work(&self) {
        while imports::job::run_next(&self.app.ctx).await.expect("the job works") {}
    }

    /// Everything about an import, with all rows of its first page.
    async fn screen(&self, id: ImportId) -> ImportScreen {
        imports::get_import(&self.app.ctx, id, &ImportFilter::default()).await.expect("an import")
    }

    /// Line, verdict and sentences of each row.
    async fn verdicts(&self, id: ImportId) -> Vec<(u32, RowVerdict, String)> {
        let rows = self.screen(id).await.rows.results;
        let said = |row: &ImportLine| {
            let problems = row.problems.iter().map(|problem| format!("{}: {}", problem.field, problem.message));
            let changes =
                row.changes.iter().map(|change| format!("{}: {} -> {}", change.field, change.from, change.to));
            problems.chain(changes).collect::<Vec<_>>().join(" | ")
        };
        rows.iter().map(|row| (row.line, row.verdict, said(row))).collect()
    }

    /// All students by roll number.
    async fn students(&self) -> Vec<students::Model> {
        students::Entity::find().order_by_asc(students::Column::RollNo).all(&self.app.ctx.db).await.expect("students")
    }

    async fn roll_nos(&self) -> Vec<String> {
        self.students().await.into_iter().map(|student| student.roll_no).collect()
    }

    fn imports_folder(&self) -> std::path::PathBuf {
        self.app.folder().join("imports")
    }
}

/// A ZIP of these files.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in files {
        archive.start_file(*name, options).expect("an entry");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}
