//! Brings the server's parts up: database, keys, models, gallery.

use super::auth::failures::Tries;
use super::auth::first_admin::SetupToken;
use super::auth::password::Hasher;
use super::auth::tokens::TokenKey;
use super::backup::{self, job::BackupJob};
use super::config::Config;
use super::db::Cached;
use super::domain::erasure;
use super::domain::exports::long::LongExports;
use super::domain::sightings::Sightings;
use super::gallery::FaceGallery;
use super::lease::{FolderLock, Lease};
use super::limits::RateLimits;
use super::live::LiveHub;
use super::mail::Mailer;
use super::state::{AppState, Clock, Ctx};
use super::stop::Stop;
use super::storage::Storage;
use super::{auth, db, jobs, metrics, models, router, secrets, serve};
use anyhow::{Context, Result};
use leptos::config::get_configuration;
use sea_orm::DatabaseConnection;
use std::sync::Arc;

/// Opens the database beside a server that may be running, brings its schema up to date, and loads models and gallery.
///
/// # Errors
/// When a part that cannot be done without does not come up.
pub async fn open(config: Config) -> Result<Ctx> {
    config.prepare_data()?;
    let db = db::connect(&config.database_url()).await?;
    open_with(config, db).await
}

/// The same for whoever enrols or marks, which no two programs may do on the same data: none learns of the other's
/// faces, and of those that were erased.
///
/// # Errors
/// Before anything is touched when another server has the data, with who and since when; else as [`open`].
pub async fn open_alone(config: Config) -> Result<(Ctx, Lease)> {
    let folder = FolderLock::take(&config)?;
    let db = db::connect(&config.database_url()).await?;
    let lease = Lease::take(folder, &db).await?;
    let ctx = open_with(config, db).await?;
    lease.write().await?;
    let again = erasure::replay::settle(&ctx).await.context("settling the ledger of erasures")?;
    if again > 0 {
        println!("Erased again, as before this database was restored: {again}.");
    }
    Ok((ctx, lease))
}

async fn open_with(config: Config, db: DatabaseConnection) -> Result<Ctx> {
    db::migrate(&db).await.context("migrating the database")?;
    let (recognizer, dimension, model_sha256) = models::load_recognizer(&config)?;
    let gallery = FaceGallery::new(dimension, &model_sha256)?;
    if !model_sha256.is_empty() {
        gallery.load(&db).await?;
    }
    Ok(Ctx {
        clock: Clock::system(config.timezone()?),
        storage: Storage::open(&config.media())?,
        token_key: TokenKey::new(secrets::load_or_make_key(&config.data.join("token.key"), secrets::TOKEN_KEY_READ)?),
        hasher: Hasher::default(),
        live: LiveHub::default(),
        stop: Stop::default(),
        setup: SetupToken::default(),
        limits: RateLimits::default(),
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
    })
}

/// Serves until the process is told to stop.
///
/// # Errors
/// When the server cannot start.
pub async fn serve(config: Config) -> Result<()> {
    metrics::install();
    let mailer = Mailer::from_config(&config)?;
    let (ctx, lease) = open_alone(config).await?;
    let address = ctx.config.addr;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot serve on {address}: is another program using it?"))?;
    backup::sweep(&backup::folder(&ctx.config.data));
    let url = ctx.config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    announce(&ctx, &url).await?;
    jobs::spawn(ctx.clone(), mailer);
    let leptos = get_configuration(Some("Leptos.toml")).context("reading Leptos.toml")?.leptos_options;
    let (db, stop) = (ctx.db.clone(), ctx.stop.clone());
    let router = router::router(AppState::new(ctx, leptos));
    println!("Rollcall is ready at {url}");
    let keeping = tokio::spawn(lease.keep(stop.clone()));
    let told = stop.clone();
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping: what is being answered has its time to end");
        told.tell();
    });
    serve::serve(listener, router, &stop, serve::bounds_of_system()).await;
    let kept = keeping.await.context("keeping the lease of the database")?;
    db.close().await.context("closing the database")?;
    kept
}

/// Says what a person has to know before they open the page.
async fn announce(ctx: &Ctx, url: &str) -> Result<()> {
    if let Some(reason) = ctx.recognizer.unavailable_reason() {
        println!("{reason}");
    } else if let Ok(engine) = ctx.recognizer.engine() {
        let info = engine.info();
        println!("Recognition: {} ({} templates). {}", info.pack, ctx.gallery.index().len(), info.licence);
    }
    let has_admin = auth::first_admin::has_admin(ctx).await.map_err(|error| anyhow::anyhow!(error))?;
    if !has_admin {
        println!("There is no administrator yet. Open this link once to make one:");
        println!("    {url}/setup?token={}", ctx.setup.open());
    }
    Ok(())
}

/// Ends on Ctrl-C or SIGTERM; requests in flight are finished.
async fn stop_signal() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
