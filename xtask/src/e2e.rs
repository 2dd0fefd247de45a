//! Stories in a real browser: Chromium, a fake camera, a server of their own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    models, process,
    report::{Count, Report, add_line},
    runtime,
};

/// Ending of every story, and of those that cannot do without the folders of
/// photographs and weights.
const STORY: &str = ".test.js";
const STORY_WITH_FACES: &str = ".faces.test.js";

/// Runs every story against `server`, installing what is missing.
pub fn run(report: &mut Report, server: &Path) {
    let name = "end-to-end stories";
    if process::find_program(&["npm"]).is_none() {
        return report.leave_out(name, "npm is not installed");
    }
    let browser = match find_browser() {
        Ok(Some(browser)) => browser,
        Ok(None) => return report.leave_out(name, "Chromium is not installed"),
        Err(error) => {
            report.check(name, || Err(error));
            return;
        }
    };
    let (mut stories, with_faces) = match list_stories() {
        Ok(lists) => lists,
        Err(error) => {
            report.check(name, || Err(error));
            return;
        }
    };
    if models::mirror().is_some() && models::faces().is_some() {
        stories.extend(with_faces);
    } else {
        for story in &with_faces {
            let title = format!("story {}", story.file_name().unwrap_or_default().display());
            report.leave_out(&title, "no folders of photographs and weights");
        }
    }
    report.count(name, || run_stories(server, &browser, &stories));
}

/// Chromium, from `CHROMIUM`, PATH, or Debian.
pub fn find_browser() -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(Some(named.into()));
    }
    let find = || process::find_program(&["chromium", "chromium-browser", "google-chrome"]);
    if let Some(browser) = find() {
        return Ok(Some(browser));
    }
    process::install_packages(&["chromium"])?;
    Ok(find())
}

fn folder() -> PathBuf {
    process::root().join("end2end")
}

/// Stories that run everywhere, and those that need faces.
fn list_stories() -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let stories = folder().join("stories");
    let entries = fs::read_dir(&stories).with_context(|| format!("in {}", stories.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(STORY));
    files.sort();
    Ok(files.into_iter().partition(|file| !file.to_string_lossy().ends_with(STORY_WITH_FACES)))
}

fn run_stories(server: &Path, browser: &Path, stories: &[PathBuf]) -> Result<Count> {
    install_packages()?;
    let mut command = Command::new("node");
    command.current_dir(folder());
    // One after the other: each story starts a server and a browser.
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).args(stories);
    command.env("ROLLCALL_BIN", server).env("CHROMIUM", browser);
    command.env("ORT_DYLIB_PATH", runtime::ensure()?);
    let mut count = Count::default();
    let succeeded = process::watch(models::add_folders(&mut command), |line| {
        add_line(&mut count, line);
    })?;
    if !succeeded && count.failed == 0 {
        bail!("the stories could not be run");
    }
    Ok(count)
}

/// The packages of `end2end/package-lock.json`, installed once.
pub fn install_packages() -> Result<()> {
    let lock = fs::read(folder().join("package-lock.json"))?;
    let stamp = folder().join("node_modules/.rollcall-lock");
    if fs::read(&stamp).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command.current_dir(folder()).args(["ci", "--silent", "--no-audit", "--no-fund"]);
    process::run(&mut command)?;
    fs::write(stamp, lock)?;
    Ok(())
}
