//! Everything continuous integration runs, in order: nothing is checked there
//! that is not checked here.

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use anyhow::{Result, bail};

use crate::{
    api,
    build::{self, Profile},
    dependencies, e2e, models,
    postgres::{self, Postgres},
    process,
    report::{Count, Report, add_line},
    runtime, toolchain, trust,
};

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs all steps and prints the summary. Returns whether all succeeded.
pub fn run() -> Result<bool> {
    let mut report = Report::default();
    check_sources(&mut report);
    let tested = run_cargo_tests(&mut report);
    let site = report.check("site: browser half, stylesheet", build::build_site);
    let server = build::server_path(Profile::Debug);
    if site && server.is_file() {
        // Stories need a server and a pack; missing weights are named there.
        models::fetch(&server);
        api::check(&mut report, &server);
        api::check_client(&mut report, &server);
        trust::check(&mut report, &server);
        e2e::run(&mut report, &server);
    } else if tested {
        report.leave_out("end-to-end stories", "the program was not built");
    }
    Ok(report.close())
}

/// Runs the stories alone, which leave a picture of every screen: phone and desktop, light and dark.
pub fn screens() -> Result<bool> {
    let mut report = Report::default();
    build::build_site()?;
    let server = build::build_server(Profile::Debug)?;
    models::fetch(&server);
    e2e::run(&mut report, &server);
    println!("Pictures: {}", process::root().join("target/screens").display());
    Ok(report.close())
}

/// Checks the REST API alone.
pub fn api() -> Result<bool> {
    let mut report = Report::default();
    let server = build::build_server(Profile::Debug)?;
    models::fetch(&server);
    api::check(&mut report, &server);
    api::check_client(&mut report, &server);
    Ok(report.close())
}

/// The short trust campaigns alone.
pub fn trust() -> Result<bool> {
    let mut report = Report::default();
    let server = build::build_server(Profile::Debug)?;
    models::fetch(&server);
    trust::check(&mut report, &server);
    Ok(report.close())
}

/// Checks that only read the sources.
fn check_sources(report: &mut Report) {
    report.check("toolchain", || {
        toolchain::ensure_browser_target()?;
        toolchain::ensure_checkers()
    });
    report.check("format", || process::run(&mut process::cargo(["fmt", "--all", "--check"])));
    report.check("clippy: server, tests, tools", || {
        let mut command = process::cargo(["clippy", "--workspace", "--all-targets", "--quiet"]);
        process::run(command.args(["--features", "ssr"]).args(DENY_WARNINGS))
    });
    report.check("clippy: browser", || {
        let mut command = process::cargo(["clippy", "--lib", "--quiet", "--no-default-features"]);
        command.args(["--target", toolchain::BROWSER_TARGET, "--features", "hydrate"]);
        process::run(command.args(DENY_WARNINGS))
    });
    report.check("unused dependencies", dependencies::check_unused);
    report.check("licences, sources, bans", dependencies::check_policy);
}

/// The build tool's own tests, then the product's. Returns whether the latter
/// were built, which builds the server too.
fn run_cargo_tests(report: &mut Report) -> bool {
    report.count("tests of the build tool", || {
        let mut command = process::cargo(["test", "--quiet", "--package", "xtask"]);
        count_tests(&mut command, &mut BTreeMap::new())
    });
    let database = match postgres::start() {
        Ok(Some(database)) => Some(database),
        Ok(None) => {
            report.leave_out("database tests on PostgreSQL", "PostgreSQL is not installed");
            None
        }
        Err(error) => {
            report.check("PostgreSQL", || Err(error));
            None
        }
    };
    let mut library = None;
    report.check("ONNX Runtime", || {
        library = Some(runtime::ensure()?);
        Ok(())
    });
    let setting = Setting { database, library };
    if !report.check("build of server and tests", || process::run(&mut setting.cargo_test(&["--no-run"]))) {
        return false;
    }
    let mut left_out = BTreeMap::new();
    report.count("tests of the product", || {
        count_tests(&mut setting.cargo_test(&["--no-fail-fast", "--", "--show-output"]), &mut left_out)
    });
    for (suite, reason) in left_out {
        report.leave_out(&suite, &reason);
    }
    true
}

/// What the product's tests are told.
struct Setting {
    database: Option<Postgres>,
    library: Option<PathBuf>,
}

impl Setting {
    fn cargo_test(&self, arguments: &[&str]) -> Command {
        let mut command = process::cargo(["test", "--features", "ssr"]);
        command.args(arguments);
        if let Some(database) = &self.database {
            command.env("ROLLCALL_TEST_POSTGRES_URL", &database.url);
        }
        if let Some(library) = &self.library {
            command.env("ORT_DYLIB_PATH", library);
        }
        models::add_folders(&mut command);
        // A changed snapshot fails; it is never accepted by a test run.
        command.env("INSTA_UPDATE", "no");
        command
    }
}

/// Runs tests and counts them. A test that says `NOT RUN: suite: reason` could
/// not do its work here: it goes into `left_out` instead of among the passed.
pub fn count_tests(command: &mut Command, left_out: &mut BTreeMap<String, String>) -> Result<Count> {
    let mut count = Count::default();
    let mut said = 0;
    let succeeded = process::watch(command, |line| {
        add_line(&mut count, line);
        if let Some((suite, reason)) = suite_left_out(line) {
            left_out.insert(suite.to_owned(), reason.to_owned());
            said += 1;
        }
    })?;
    if !succeeded && count.failed == 0 {
        bail!("the tests could not be run");
    }
    // In CI such a test fails, and is counted there.
    if count.failed == 0 {
        count.passed = count.passed.saturating_sub(said);
    }
    Ok(count)
}

fn suite_left_out(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("NOT RUN: ")?.split_once(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suite_that_could_not_run_is_named() {
        let line = "NOT RUN: golden numbers: ../shared/models is missing (set X)";
        let expected = ("golden numbers", "../shared/models is missing (set X)");
        assert_eq!(suite_left_out(line), Some(expected));
        assert_eq!(suite_left_out("NOT RUN at all"), None);
    }
}
