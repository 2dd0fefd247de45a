//! From a fresh checkout to a running server in one command.

use std::{
    fs,
    path::{self, Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::Result;

use crate::{
    build::{self, Profile},
    models, process, runtime,
};

/// Options of `cargo xtask run`, all spelled out.
pub struct Options {
    pub demo: bool,
    /// Address and port to serve on; the server's own setting when `None`.
    pub addr: Option<String>,
    /// Folder of database, photos and keys; the server's own setting when `None`.
    pub data: Option<PathBuf>,
}

/// Adds what is missing, builds, loads the demo, and becomes the server.
pub fn run(options: &Options) -> Result<()> {
    let started = Instant::now();
    let library = match runtime::ensure() {
        Ok(library) => Some(library),
        Err(error) => {
            println!("No ONNX Runtime: {error:#}.");
            println!("The server runs without it; recognising faces has to wait.");
            None
        }
    };
    build::build_site()?;
    let server = build::build_server(Profile::Release)?;
    models::fetch(&server);

    let settings = |command: &mut Command| -> Result<()> {
        command.current_dir(process::root());
        if let Some(addr) = &options.addr {
            command.env("ROLLCALL_ADDR", addr);
        }
        if let Some(data) = &options.data {
            command.env("ROLLCALL_DATA", path::absolute(data)?);
        }
        if let Some(library) = &library {
            command.env("ORT_DYLIB_PATH", library);
        }
        models::add_folders(command);
        Ok(())
    };
    if options.demo {
        let mut command = Command::new(&server);
        settings(command.arg("demo"))?;
        process::run(&mut command)?;
    }
    println!();
    println!("Ready to start after {:.0} s.", started.elapsed().as_secs_f32());
    let told = |setting| process::setting(setting);
    let addr = options.addr.clone().or_else(|| told("ROLLCALL_ADDR"));
    let addr = addr.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    println!("Rollcall:  http://{addr}   (stop with Ctrl-C)");
    let data = options.data.clone().or_else(|| told("ROLLCALL_DATA").map(PathBuf::from));
    print_accounts(&data.unwrap_or_else(|| process::root().join("data")));
    println!();

    let mut command = Command::new(&server);
    settings(command.arg("serve"))?;
    become_server(&mut command)
}

/// Shows the demo's sign-in names and passwords, where the demo was loaded.
fn print_accounts(data: &Path) {
    let file = data.join("demo-accounts.txt");
    if let Ok(text) = fs::read_to_string(&file) {
        println!("Sign in with (also in {}):", file.display());
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            println!("  {line}");
        }
    }
}

/// The server takes this process's place, so that signals reach it directly.
#[cfg(unix)]
fn become_server(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_server(command: &mut Command) -> Result<()> {
    process::run(command)
}
