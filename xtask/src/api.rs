//! The running server against its own OpenAPI document, as everybody in turn, with Schemathesis.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{
    models, process, python,
    report::Report,
    runtime,
    server::{Demo, Server},
};

/// Seconds per caller; four callers stay below five minutes.
const SECONDS: u32 = 60;
/// The same cases each time, so that a run that fails fails again; a longer run takes a seed of its own.
const SEED: &str = "20251101";
/// Who calls: nobody, and the demo's accounts.
const CALLERS: [Option<&str>; 4] = [None, Some("student"), Some("teacher"), Some("admin")];

/// A face to enrol, and another photo of the same person, below the folder of photographs.
const PORTRAIT: &str = "identities/nasa_portraits/luca_parmitano/1.jpg";
const CLASS_PHOTO: &str = "groups/nasa/Luca_Parmitano.jpg";

/// Adds one line per caller to the report. `SCHEMATHESIS_SECONDS` makes each run longer.
pub fn check(report: &mut Report, program: &Path) {
    let tool = match python::tool("schemathesis") {
        Ok(Some(tool)) => tool,
        Ok(None) => return report.leave_out("REST API against its document", "Python is not installed"),
        Err(error) => {
            report.check("REST API against its document", || Err(error));
            return;
        }
    };
    for caller in CALLERS {
        let name = format!("REST API against its document, as {}", caller.unwrap_or("nobody"));
        report.check(&name, || run(&tool, program, caller));
    }
}

/// A client that is generated from the document, and used as it is.
pub fn check_client(report: &mut Report, program: &Path) {
    let name = "REST API by a generated client";
    let (generator, faces) = match (python::tool("openapi-python-client"), models::faces()) {
        (Ok(Some(tool)), Some(faces)) if models::mirror().is_some() => (tool, faces),
        (Ok(None), _) => return report.leave_out(name, "Python is not installed"),
        (Ok(_), _) => return report.leave_out(name, "no folders of photographs and weights"),
        (Err(error), _) => {
            report.check(name, || Err(error));
            return;
        }
    };
    report.check(name, || {
        let mut server = Server::prepare(program, &runtime::ensure()?, "client-data", Demo::Faceless)?;
        server.start()?;
        let mut command = Command::new(generator.with_file_name("python"));
        command.arg(process::root().join("xtask/python/client.py")).args([&server.url, "admin"]);
        command
            .arg(faces.join(PORTRAIT))
            .arg(faces.join(CLASS_PHOTO))
            .env("ROLLCALL_PASSWORD", server.password("admin")?);
        process::run(&mut command)
    });
}

/// One caller on a server and data of its own, so that what one deletes is there for the next.
fn run(tool: &Path, program: &Path, caller: Option<&str>) -> Result<()> {
    let library = runtime::ensure()?;
    let mut server = Server::prepare(program, &library, "api-data", Demo::Faceless)?;
    server.start()?;
    let longer = process::setting("SCHEMATHESIS_SECONDS");
    let seconds = longer.clone().unwrap_or_else(|| SECONDS.to_string());
    let mut command = Command::new(tool);
    command.arg("--config-file").arg(process::root().join("xtask/python/schemathesis.toml"));
    command.arg("run").arg(format!("{}/api/openapi.json", server.url));
    command.args(["--checks", "all", "--workers", "1", "--continue-on-failure", "--max-time", &seconds]);
    // Passwords are hashed slowly on purpose.
    command.args(["--request-timeout", "30", "--suppress-health-check", "all"]);
    command.env("SCHEMATHESIS_HOOKS", process::root().join("xtask/python/hooks.py")).env("ROLLCALL_URL", &server.url);
    if longer.is_none() {
        command.args(["--seed", SEED]);
    }
    if let Some(account) = caller {
        command.env("ROLLCALL_USERNAME", account).env("ROLLCALL_PASSWORD", server.password(account)?);
        // With these the caller would lock itself out, and all that follows were refused unseen.
        for path in ["/api/auth/logout/", "/api/auth/password/change/"] {
            command.args(["--exclude-path", path]);
        }
    }
    command.current_dir(process::target_dir());
    let outcome = process::run(&mut command);
    if !server.is_alive()? {
        bail!("the server has ended");
    }
    // A caller who could not sign in any more was refused everywhere, which looks like success.
    if let Some(account) = caller {
        server.token(account)?;
    }
    outcome
}
