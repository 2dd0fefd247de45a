//! The program: reads settings, runs one command.

use anyhow::Result;
use clap::Parser;
use rollcall::server::cli;

fn main() -> Result<()> {
    cli::load_env_file();
    let cli = cli::Cli::parse();
    cli::start_log();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(cli::run(cli))
}
