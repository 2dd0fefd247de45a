//! What `rust-toolchain.toml` names. rustup brings it along with the toolchain, but not to one that was there before.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::process;

/// The browser half is compiled for this target.
pub const BROWSER_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the standard library of [`BROWSER_TARGET`] where it is missing.
pub fn ensure_browser_target() -> Result<()> {
    let mut ask = Command::new("rustc");
    ask.current_dir(process::root()).args(["--print", "target-libdir", "--target", BROWSER_TARGET]);
    if Path::new(process::read(&mut ask)?.trim()).is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", BROWSER_TARGET])
}

/// Adds the formatter and the linter where they are missing.
pub fn ensure_checkers() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if process::read(&mut process::cargo([subcommand, "--version"])).is_err() {
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("rustup");
    process::run(command.current_dir(process::root()).args(arguments)).with_context(|| {
        format!("this toolchain lacks a part; without rustup, bring it by hand ({})", arguments.join(" "))
    })
}
