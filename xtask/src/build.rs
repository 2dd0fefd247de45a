//! Both halves of the program and the static files, put where the server looks.

use std::{fs, path::PathBuf};

use anyhow::Result;

use crate::{compress, process, style, wasm};

/// How the server is compiled. The browser half is always optimised: an
/// unoptimised module is tens of megabytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Debug,
    Release,
}

/// Root of the static files; equals `site-root` of the Leptos table.
pub fn site_dir() -> PathBuf {
    process::root().join("target/site")
}

/// Folder of the generated files; equals `site-pkg-dir` of the Leptos table.
pub fn package_dir() -> PathBuf {
    site_dir().join("pkg")
}

/// Builds the browser half, the stylesheet and the compressed copies.
pub fn build_site() -> Result<()> {
    let root = process::root();
    let package = package_dir();
    fs::create_dir_all(&package)?;
    wasm::build(&package)?;
    let css = style::bundle(&root.join("style/main.css"))?;
    let sheet = package.join(wasm::OUTPUT_NAME).with_extension("css");
    process::write_changed(&sheet, css.as_bytes())?;
    wasm::copy_tree(&root.join("public"), &site_dir())?;
    compress::compress_tree(&package)
}

/// Builds the server and returns the path of its program.
pub fn build_server(profile: Profile) -> Result<PathBuf> {
    let mut command = process::cargo(["build", "--bin", "rollcall", "--features", "ssr"]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    process::run(&mut command)?;
    Ok(server_path(profile))
}

/// Where cargo puts the server.
pub fn server_path(profile: Profile) -> PathBuf {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    let name = format!("rollcall{}", std::env::consts::EXE_SUFFIX);
    process::target_dir().join(folder).join(name)
}
