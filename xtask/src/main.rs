//! The project's own commands: `cargo xtask run | build | screens | test | trust | bench`.

mod api;
mod bench;
mod build;
mod compress;
mod dependencies;
mod document;
mod download;
mod e2e;
mod models;
mod package;
mod postgres;
mod process;
mod python;
mod report;
mod run;
mod runtime;
mod server;
mod style;
mod test;
mod toolchain;
mod trim;
mod trust;
mod wasm;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs, tests and measures Rollcall")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Add what is missing, build the release, load the demo, serve
    Run {
        /// Start with an empty database
        #[arg(long)]
        no_demo: bool,
        /// Address and port to serve on [default: ROLLCALL_ADDR or 127.0.0.1:3000]
        #[arg(long)]
        addr: Option<String>,
        /// Folder of database, photos and keys [default: ROLLCALL_DATA or ./data]
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Build both halves and the static files
    Build {
        /// Compile the server unoptimised
        #[arg(long)]
        debug: bool,
    },
    /// Add what builds need: the browser target, ONNX Runtime; print where that lies
    Setup,
    /// Tell the stories in a real browser alone; pictures of every screen go to target/screens
    Screens,
    /// Check the REST API against its document alone, for SCHEMATHESIS_SECONDS as each caller
    Api,
    /// Everything continuous integration runs
    Test,
    /// Attack the built program at length, and write the tables of docs/security.md
    Trust {
        /// These campaigns alone, separated by commas
        #[arg(long, value_enum, value_delimiter = ',')]
        only: Vec<trust::Campaign>,
        /// The short form, which `test` runs, on the unoptimised program
        #[arg(long, conflicts_with = "only")]
        short: bool,
    },
    /// Measure, and write the tables of docs/performance.md
    Bench {
        /// Measure these parts alone, separated by commas
        #[arg(long, value_enum, value_delimiter = ',')]
        only: Vec<bench::Part>,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether the task succeeded; an error is told by `main`.
fn perform(task: Task) -> Result<bool> {
    match task {
        Task::Run { no_demo, addr, data } => {
            run::run(&run::Options { demo: !no_demo, addr, data })?;
        }
        Task::Build { debug } => {
            let profile = if debug { build::Profile::Debug } else { build::Profile::Release };
            build::build_site()?;
            let server = build::build_server(profile)?;
            println!("Server: {}", server.display());
        }
        Task::Setup => {
            toolchain::ensure_browser_target()?;
            println!("ONNX Runtime: {}", runtime::ensure()?.display());
        }
        Task::Screens => return test::screens(),
        Task::Api => return test::api(),
        Task::Test => return test::run(),
        Task::Trust { short: true, .. } => return test::trust(),
        Task::Trust { only, .. } => return trust::run(&only),
        Task::Bench { only } => bench::run(&only)?,
    }
    Ok(true)
}
