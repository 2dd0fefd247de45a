//! What the project may build on: the policy of `deny.toml`, and nothing that
//! no line of code uses.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use walkdir::WalkDir;

use crate::process;

const CARGO_DENY_VERSION: &str = "0.20.2";
/// Folders of a package that hold code.
const CODE: [&str; 5] = ["src", "tests", "benches", "examples", "build.rs"];

/// Runs cargo-deny, built once into `.tools` when it is missing. Advisories
/// are not asked for: they change without us, so they cannot be part of a run
/// that must give the same answer tomorrow.
pub fn check_policy() -> Result<()> {
    let folder = process::tools_dir().join("cargo-deny");
    let program = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let stamp = folder.join("version");
    if !program.is_file() || fs::read_to_string(&stamp).ok().as_deref() != Some(CARGO_DENY_VERSION) {
        println!("Building cargo-deny {CARGO_DENY_VERSION} (once, a minute or three) …");
        // Unoptimised: it runs for a second, so minutes of optimising never pay.
        let mut install = process::cargo(["install", "--quiet", "--locked", "--debug", "cargo-deny"]);
        install.args(["--version", CARGO_DENY_VERSION, "--root"]).arg(&folder);
        process::run(&mut install)?;
        fs::write(&stamp, CARGO_DENY_VERSION)?;
    }
    let mut check = std::process::Command::new(program);
    check.current_dir(process::root());
    process::run(check.args(["--workspace", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))
}

/// Fails on a dependency that its package's code never names.
pub fn check_unused() -> Result<()> {
    let text = process::read(&mut process::cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text)?;
    let mut unused = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let manifest = package["manifest_path"].as_str().context("a package has no manifest")?;
        let folder = Path::new(manifest).parent().context("a manifest has no folder")?;
        let code = read_code(folder)?;
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let name = dependency["rename"].as_str().or(dependency["name"].as_str());
            let name = name.context("a dependency has no name")?;
            if !mentions(&code, &name.replace('-', "_")) {
                unused.push(format!("{name} in {manifest}"));
            }
        }
    }
    if !unused.is_empty() {
        bail!("no line of code uses: {}", unused.join(", "));
    }
    Ok(())
}

fn read_code(folder: &Path) -> Result<String> {
    let mut code = String::new();
    for part in CODE.map(|part| folder.join(part)).iter().filter(|part| part.exists()) {
        for entry in WalkDir::new(part) {
            let entry = entry?;
            if entry.path().extension().is_some_and(|kind| kind == "rs") {
                code.push_str(&fs::read_to_string(entry.path())?);
            }
        }
    }
    Ok(code)
}

/// Whether `name` stands in `code` as a whole word.
fn mentions(code: &str, name: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_count() {
        assert!(mentions("use time::Duration;", "time"));
        assert!(!mentions("let timeout = runtime;", "time"));
    }
}
