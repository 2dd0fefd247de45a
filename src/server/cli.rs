//! The command line.

use super::backup::commands;
use super::config::Config;
use super::{accounts, api, bulk_enrolment, db, demo, doctor, engine_commands, models, start};
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Class attendance by face recognition.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, about)]
pub struct Cli {
    #[command(flatten)]
    pub config: Config,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Migrates the database, loads models and gallery, serves (the default).
    Serve,
    /// Migrates the database and ends.
    Migrate,
    /// Accounts.
    User {
        #[command(subcommand)]
        command: accounts::UserCommand,
    },
    /// Fills an empty database with a class to try things on.
    Demo(demo::DemoArgs),
    /// Model packs.
    Models {
        #[command(subcommand)]
        command: ModelsCommand,
    },
    /// Creates students from a CSV file and a folder of photos.
    Enroll(bulk_enrolment::EnrollArgs),
    /// Faces, quality and names in photos; needs no database.
    Recognize(engine_commands::RecognizeArgs),
    /// Runs labelled group photos through the engine and counts right and wrong.
    Evaluate(engine_commands::EvaluateArgs),
    /// Prints the OpenAPI document.
    Openapi,
    /// Writes database and photos to one archive, also while the server serves.
    Backup(commands::BackupArgs),
    /// Puts a backup back; the server must not run.
    Restore(commands::RestoreArgs),
    /// Looks at settings, models, database, disk, clock and camera, and says what to mend.
    Doctor,
    /// Measures genuine and impostor distances and proposes thresholds.
    Calibrate(engine_commands::CalibrateArgs),
}

#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// Packs, licences, hashes, where from.
    List,
    /// Brings a pack from the mirror or the official download.
    Fetch { pack: Option<String> },
    /// Checks the files that are there.
    Verify,
}

/// Runs one command.
///
/// # Errors
/// What went wrong, for the person at the terminal.
pub async fn run(cli: Cli) -> Result<()> {
    let config = cli.config;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => start::serve(config).await,
        Command::Migrate => {
            config.prepare_data()?;
            let db = db::connect(&config.database_url()).await?;
            db::migrate(&db).await?;
            println!("The database is up to date.");
            Ok(())
        }
        Command::User { command } => accounts::run(config, command).await,
        Command::Demo(args) => demo::run(config, args).await,
        Command::Models { command } => match command {
            ModelsCommand::List => models::list(&config),
            ModelsCommand::Fetch { pack } => models::fetch(&config, pack.as_deref()),
            ModelsCommand::Verify => models::verify(&config),
        },
        Command::Openapi => {
            println!("{}", api::document().to_pretty_json()?);
            Ok(())
        }
        Command::Doctor => doctor::run(config).await,
        Command::Backup(args) => commands::run_backup(config, args).await,
        Command::Restore(args) => commands::run_restore(config, args).await,
        Command::Enroll(args) => bulk_enrolment::run(config, args).await,
        Command::Recognize(args) => engine_commands::recognize(&config, &args),
        Command::Evaluate(args) => engine_commands::evaluate(&config, &args),
        Command::Calibrate(args) => engine_commands::calibrate(&config, &args),
    }
}

/// Where a log line goes and how it looks, from `RUST_LOG` and `LOG_FORMAT`.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,rollcall=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        log.json().init();
    } else {
        log.with_target(false).init();
    }
}

/// Reads `.env` beside the program's working folder when there is one.
pub fn load_env_file() {
    let path = PathBuf::from(".env");
    if path.is_file()
        && let Err(error) = dotenvy::from_path(&path)
    {
        eprintln!(".env could not be read: {error}");
    }
}
