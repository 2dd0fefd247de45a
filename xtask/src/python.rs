//! Tools that come as Python packages, in an environment of their own.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::process;

/// A program of the environment, installed when it is missing or its list has changed; `None` without Python.
pub fn tool(name: &str) -> Result<Option<PathBuf>> {
    let folder = process::tools_dir().join("python");
    let wanted = fs::read(list()).with_context(|| format!("reading {}", list().display()))?;
    let stamp = folder.join("requirements.txt");
    let program = folder.join("bin").join(name);
    if program.is_file() && fs::read(&stamp).is_ok_and(|old| old == wanted) {
        return Ok(Some(program));
    }
    let Some(python) = find_python()? else { return Ok(None) };
    println!("Installing {} …", String::from_utf8_lossy(&wanted).trim().replace('\n', ", "));
    process::run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(list());
    process::run(&mut pip)?;
    fs::write(stamp, wanted)?;
    Ok(Some(program))
}

fn list() -> PathBuf {
    process::root().join("xtask/python/requirements.txt")
}

/// Python that can make environments, from PATH or from Debian.
fn find_python() -> Result<Option<PathBuf>> {
    let usable = || {
        process::find_program(&["python3"])
            .filter(|python| process::read(Command::new(python).args(["-c", "import venv, ensurepip"])).is_ok())
    };
    if let Some(python) = usable() {
        return Ok(Some(python));
    }
    process::install_packages(&["python3", "python3-venv"])?;
    Ok(usable())
}
