//! A whole server in memory: real router, real database, small generated networks.

use super::client::Client;
use super::{assets, tiny_models};
use chrono::{DateTime, Duration, TimeZone, Utc};
use rollcall::app::types::*;
use rollcall::recognition::engine::{Engine, EngineOptions};
use rollcall::recognition::manifest::Manifest;
use rollcall::server::auth::actor::{self, Actor};
use rollcall::server::auth::failures::Tries;
use rollcall::server::auth::first_admin::SetupToken;
use rollcall::server::auth::password::Hasher;
use rollcall::server::auth::tokens::TokenKey;
use rollcall::server::backup::job::BackupJob;
use rollcall::server::config::Config;
use rollcall::server::db::entities::{students as student_rows, users};
use rollcall::server::db::{self, Cached};
use rollcall::server::domain::exports::long::LongExports;
use rollcall::server::domain::sightings::Sightings;
use rollcall::server::domain::{departments, sessions, settings, students, users as user_rules};
use rollcall::server::gallery::FaceGallery;
use rollcall::server::limits::{Limits, RateLimits};
use rollcall::server::live::LiveHub;
use rollcall::server::recognizer::Recognizer;
use rollcall::server::router::router;
use rollcall::server::state::{AppState, Clock, Ctx};
use rollcall::server::stop::Stop;
use rollcall::server::storage::Storage;
use rollcall::server::upload::UploadedPhoto;
use sea_orm::EntityTrait;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Password of every account that tests make.
pub const PASSWORD: &str = "Correct-horse-7";

/// A running application; its folder goes with it.
pub struct TestApp {
    pub ctx: Ctx,
    router: axum::Router,
    now: Arc<Mutex<DateTime<Utc>>>,
    _dir: TempDir,
}

impl TestApp {
    /// On SQLite, without recognition.
    pub async fn start() -> Self {
        Self::start_with(|_, _| {}).await
    }

    /// On SQLite, without recognition, with other settings and limits.
    pub async fn start_with(change: impl FnOnce(&mut Config, &mut Limits)) -> Self {
        Self::build(change, Recognizer::unavailable("No models in this test."), 1, "").await
    }

    /// On this database, without recognition.
    pub async fn start_on(database_url: &str) -> Self {
        let recognizer = Recognizer::unavailable("No models in this test.");
        Self::build(|config, _| config.database_url = Some(database_url.to_owned()), recognizer, 1, "").await
    }

    /// On SQLite, with the generated networks.
    pub async fn with_faces() -> Self {
        Self::with_faces_on(None).await
    }

    /// On this database, with the generated networks.
    pub async fn with_faces_on(database_url: Option<String>) -> Self {
        Self::with_faces_and(|config, _| config.database_url = database_url).await
    }

    /// On SQLite, with the generated networks, with other settings and limits.
    pub async fn with_faces_and(change: impl FnOnce(&mut Config, &mut Limits)) -> Self {
        let models = tempfile::tempdir().expect("a folder for the networks");
        let (manifest, pack) = tiny_models::write_tiny_pack(models.path());
        Self::with_pack_and(change, &manifest, &pack, models.path()).await
    }

    async fn with_pack_and(
        change: impl FnOnce(&mut Config, &mut Limits),
        manifest: &Manifest,
        pack: &str,
        models: &Path,
    ) -> Self {
        let options = EngineOptions { threads: 2 };
        let engine = Engine::load(&assets::runtime(), manifest, pack, models, &options).expect("the pack loads");
        let (size, sha256) = (engine.embedding_size(), engine.model_sha256().to_owned());
        Self::build(change, Recognizer::new(engine), size, &sha256).await
    }

    /// On SQLite, with the generated networks, a queue of this many places and a gallery for vectors of this length.
    pub async fn with_queue_and_dimension(places: usize, dimension: usize) -> Self {
        let models = tempfile::tempdir().expect("a folder for the networks");
        let (manifest, pack) = tiny_models::write_tiny_pack(models.path());
        let options = EngineOptions { threads: 2 };
        let engine = Engine::load(&assets::runtime(), &manifest, &pack, models.path(), &options);
        let engine = engine.expect("the pack loads");
        let sha256 = engine.model_sha256().to_owned();
        Self::build(|_, _| {}, Recognizer::with_queue(engine, places), dimension, &sha256).await
    }

    /// On SQLite, with the networks of this pack.
    pub async fn with_pack(manifest: &Manifest, pack: &str, models: &Path) -> Self {
        Self::with_pack_and(|_, _| {}, manifest, pack, models).await
    }

    async fn build(
        change: impl FnOnce(&mut Config, &mut Limits),
        recognizer: Recognizer,
        size: usize,
        sha256: &str,
    ) -> Self {
        let dir = tempfile::tempdir().expect("a folder for the data");
        let mut config = Config::for_folder(dir.path());
        let mut limits = Limits::default();
        change(&mut config, &mut limits);
        let db = db::connect(&config.database_url()).await.expect("the database opens");
        db::migrate(&db).await.expect("the schema is made");
        // A Monday in term, ten in the morning.
        let now = Arc::new(Mutex::new(Utc.with_ymd_and_hms(2025, 11, 3, 10, 0, 0).single().expect("a date")));
        let told = Arc::clone(&now);
        let gallery = FaceGallery::new(size, sha256).expect("a gallery");
        gallery.load(&db).await.expect("the gallery loads");
        let ctx = Ctx {
            clock: Clock::from_fn(chrono_tz::UTC, move || *told.lock().expect("the test's clock")),
            storage: Storage::open(&config.media()).expect("the store opens"),
            token_key: TokenKey::new([7; 32]),
            hasher: Hasher::default(),
            live: LiveHub::default(),
            stop: Stop::default(),
            setup: SetupToken::default(),
            limits: RateLimits::new(limits),
            tries: Tries::default(),
            sightings: Sightings::default(),
            student_counts: Cached::default(),
            search_counts: Cached::default(),
            backup_job: BackupJob::default(),
            long_exports: LongExports::default(),
            config: Arc::new(config),
            recognizer,
            gallery,
            db,
        };
        let leptos = leptos::config::get_configuration(Some("Leptos.toml")).expect("Leptos.toml").leptos_options;
        let router = router(AppState::new(ctx.clone(), leptos));
        Self { ctx, router, now, _dir: dir }
    }

    /// Links an account to a student, as an admin would.
    pub async fn link(&self, username: &str, student: StudentId) {
        use sea_orm::{ActiveModelTrait, ActiveValue::Set};
        let user = self.actor(username).await.user_id;
        let link = student_rows::ActiveModel { id: Set(student.0), user_id: Set(Some(user.0)), ..Default::default() };
        link.update(&self.ctx.db).await.expect("linked");
    }

    /// Folder of the data.
    pub fn folder(&self) -> &Path {
        self._dir.path()
    }

    /// Moves the clock.
    pub fn pass(&self, time: Duration) {
        *self.now.lock().expect("the test's clock") += time;
    }

    /// A caller who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone())
    }

    pub async fn department(&self, code: &str) -> DepartmentId {
        let form = DepartmentForm {
            id: None,
            name: format!("Department {code}"),
            code: code.into(),
            description: String::new(),
        };
        departments::save_department(&self.ctx, &self.system(), form).await.expect("a department").id
    }

    /// A student without a face.
    pub async fn student(&self, name: &str, department: DepartmentId) -> StudentRow {
        self.student_with(name, department, Vec::new()).await
    }

    /// Lets students enrol themselves, or no longer.
    pub async fn allow_self_enrolment(&self, admin: &Actor, allowed: bool) {
        let now = settings::get_settings(&self.ctx).await.expect("settings");
        let form = settings::SettingsForm {
            institution: Some(now.institution),
            late_after_minutes: Some(now.late_after_minutes.into()),
            correction_window_hours: Some(now.correction_window_hours),
            session_hours_max: Some(now.session_hours_max),
            session_days_ahead_max: Some(now.session_days_ahead_max),
            confidence_formula: Some(now.confidence_formula),
            self_enrolment: Some(allowed),
            ..settings::SettingsForm::default()
        };
        settings::save_settings(&self.ctx, admin, form).await.expect("saved");
    }

    /// A student with the face of generated person `person`.
    pub async fn student_with_face(&self, name: &str, department: DepartmentId, person: u8) -> StudentRow {
        let bytes = tiny_models::tiny_face_photo(person);
        let photo = UploadedPhoto { field: "photo".into(), file_name: "face.png".into(), bytes };
        self.student_with(name, department, vec![photo]).await
    }

    async fn student_with(&self, name: &str, department: DepartmentId, photos: Vec<UploadedPhoto>) -> StudentRow {
        let letters = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '.' };
        let email = format!("{}@example.edu", name.chars().map(letters).collect::<String>());
        let form = StudentForm { id: None, name: name.into(), email, phone: String::new(), department };
        let created = students::create_student(&self.ctx, &self.system(), form, photos).await;
        created.unwrap_or_else(|error| panic!("a student: {error:?}")).student
    }

    /// An account; teachers get these departments.
    pub async fn account(&self, username: &str, role: Role, departments: &[DepartmentId]) -> UserId {
        let email = format!("{username}@example.edu");
        self.account_with_email(username, &email, role, departments).await
    }

    pub async fn account_with_email(
        &self,
        username: &str,
        email: &str,
        role: Role,
        departments: &[DepartmentId],
    ) -> UserId {
        let form = UserForm {
            username: username.into(),
            email: email.into(),
            role,
            departments: departments.to_vec(),
            password: PASSWORD.into(),
            ..UserForm::default()
        };
        let created = user_rules::create_user(&self.ctx, None, form).await;
        created.unwrap_or_else(|error| panic!("an account: {error:?}")).user.id
    }

    /// Signs an account in at the REST API.
    pub async fn api(&self, username: &str) -> Client {
        let client = self.anonymous();
        let body = serde_json::json!({ "username": username, "password": PASSWORD });
        let answer = client.post_json("/api/auth/login/", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        client.with_token(answer.json()["access"].as_str().expect("a token"))
    }

    /// Signs an account in as a browser.
    pub async fn browser(&self, username: &str) -> Client {
        let client = self.anonymous();
        let form = format!("username={username}&password={PASSWORD}");
        let answer = client.post_form("/fn/sign_in", &form).await;
        assert!(answer.status == 302 || answer.status == 200, "{} {}", answer.status, answer.text());
        client.with_cookie(answer.cookie("rollcall").expect("a cookie"))
    }

    /// A session that runs now, created by this account.
    pub async fn session(&self, username: &str, department: DepartmentId) -> SessionRow {
        let form = SessionForm { department, subject: "Algebra".into(), ..SessionForm::default() };
        let actor = self.actor(username).await;
        sessions::create_session(&self.ctx, &actor, form).await.unwrap_or_else(|error| panic!("a session: {error:?}"))
    }

    /// The rights of an account, for calling the domain directly.
    pub async fn actor(&self, username: &str) -> Actor {
        use sea_orm::{ColumnTrait, QueryFilter};
        let row = users::Entity::find().filter(users::Column::UsernameKey.eq(username)).one(&self.ctx.db).await;
        let row = row.expect("the database answers").expect("the account is there");
        actor::of_user(&self.ctx, row, "").await.expect("an actor")
    }

    /// Rights of an admin that needs no account.
    fn system(&self) -> Actor {
        Actor {
            user_id: UserId(0),
            username: "setup".into(),
            name: "Set-up".into(),
            email: String::new(),
            role: Role::Admin,
            departments: Vec::new(),
            language: None,
            login_session: String::new(),
        }
    }
}
