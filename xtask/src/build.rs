//! Both halves of the program and the static files, put where the server looks.

use std::{fs, path::PathBuf};

use anyhow::Result;

use crate::{compress, package, process, style, wasm};

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

/// Builds the browser half, the stylesheet and the compressed copies.
pub fn build_site() -> Result<()> {
    let root = process::root();
    let plain = process::target_dir().join("xtask/pkg");
    fs::create_dir_all(&plain)?;
    wasm::build(&plain)?;
    let css = style::bundle(&root.join("style/main.css"))?;
    process::write_changed(&plain.join(wasm::OUTPUT_NAME).with_extension("css"), css.as_bytes())?;
    wasm::copy_tree(&root.join("public"), &site_dir())?;
    let package = site_dir().join("pkg");
    let list = package::publish(&plain, &package)?;
    // The server looks beside its program, where `cargo leptos` puts it too.
    for profile in [Profile::Debug, Profile::Release] {
        process::write_changed(&server_path(profile).with_file_name("hash.txt"), list.as_bytes())?;
    }
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
