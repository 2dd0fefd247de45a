//! Everything continuous integration runs, in order: nothing is checked there
//! that is not checked here.

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use anyhow::{Result, bail};

use crate::{
    build::{self, Profile},
    dependencies, e2e, models,
    postgres::{self, Postgres},
    process,
    report::{Count, Report, add_line},
    runtime,
};

/// Words in a test's path that say what it cannot do without.
const NEEDS: [(&str, &str); 2] = [
    (
        "needs_models",
        "no folder of weights (ROLLCALL_MODELS_MIRROR, ../shared/models)",
    ),
    (
        "needs_faces",
        "no folder of photographs (ROLLCALL_FACES, ../shared/faces)",
    ),
];
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
        e2e::run(&mut report, &server);
    } else if tested {
        report.leave_out("end-to-end stories", "the program was not built");
    }
    Ok(report.close())
}

/// Checks that only read the sources.
fn check_sources(report: &mut Report) {
    report.check("format", || {
        process::run(&mut process::cargo(["fmt", "--all", "--check"]))
    });
    report.check("clippy: server, tests, tools", || {
        let mut command = process::cargo(["clippy", "--workspace", "--all-targets", "--quiet"]);
        process::run(command.args(["--features", "ssr"]).args(DENY_WARNINGS))
    });
    report.check("clippy: browser", || {
        let mut command = process::cargo(["clippy", "--lib", "--quiet", "--no-default-features"]);
        command.args([
            "--target",
            "wasm32-unknown-unknown",
            "--features",
            "hydrate",
        ]);
        process::run(command.args(DENY_WARNINGS))
    });
    report.check("unused dependencies", dependencies::check_unused);
    report.check("licences, sources, bans", dependencies::check_policy);
}

/// The build tool's own tests, then the product's. Returns whether the latter
/// were built, which builds the server too.
fn run_cargo_tests(report: &mut Report) -> bool {
    report.count("tests of the build tool", || {
        count_tests(&mut process::cargo([
            "test",
            "--quiet",
            "--package",
            "xtask",
        ]))
    });
    let database = match postgres::start() {
        Ok(Some(database)) => Some(database),
        Ok(None) => {
            report.leave_out(
                "database tests on PostgreSQL",
                "PostgreSQL is not installed",
            );
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
    if !report.check("build of server and tests", || {
        process::run(&mut setting.cargo_test(&["--no-run"]))
    }) {
        return false;
    }
    let missing = missing_needs();
    let mut arguments = vec!["--"];
    if !missing.is_empty() {
        name_suites_left_out(report, &setting, &missing);
        arguments.extend(missing.iter().flat_map(|(word, _)| ["--skip", word]));
    }
    report.count("tests of the product", || {
        count_tests(&mut setting.cargo_test(&arguments))
    });
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

fn missing_needs() -> Vec<(&'static str, &'static str)> {
    let here = [models::mirror().is_some(), models::faces().is_some()];
    NEEDS
        .into_iter()
        .zip(here)
        .filter(|(_, here)| !here)
        .map(|(need, _)| need)
        .collect()
}

/// Names every module of tests that is about to be skipped.
fn name_suites_left_out(report: &mut Report, setting: &Setting, missing: &[(&str, &str)]) {
    let listed = process::read(&mut setting.cargo_test(&["--", "--list", "--format", "terse"]));
    let names = listed.unwrap_or_else(|error| {
        report.check("list of tests", || Err(error));
        String::new()
    });
    for (suite, (tests, reason)) in group_by_suite(&names, missing) {
        report.leave_out(&format!("{suite} ({tests} tests)"), reason);
    }
}

/// Suites (paths without the test's own name) that contain a word of `missing`,
/// with the number of their tests and the reason.
fn group_by_suite<'a>(
    names: &'a str,
    missing: &[(&str, &'a str)],
) -> BTreeMap<&'a str, (usize, &'a str)> {
    let mut suites = BTreeMap::new();
    for name in names.lines().filter_map(|line| line.strip_suffix(": test")) {
        let found = missing.iter().find(|(word, _)| name.contains(word));
        if let Some((_, reason)) = found {
            let suite = name.rsplit_once("::").map_or(name, |(suite, _)| suite);
            suites.entry(suite).or_insert((0, *reason)).0 += 1;
        }
    }
    suites
}

fn count_tests(command: &mut Command) -> Result<Count> {
    let mut count = Count::default();
    let succeeded = process::watch(command, |line| add_line(&mut count, line))?;
    if !succeeded && count.failed == 0 {
        bail!("the tests could not be run");
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_are_named_with_their_reason() {
        let names = "a::needs_models::golden::boxes: test\na::needs_models::golden::vectors: test\n\
                     a::plain: test\nb::needs_faces::groups: test\n";
        let suites = group_by_suite(names, &[("needs_models", "no weights")]);
        assert_eq!(
            suites,
            BTreeMap::from([("a::needs_models::golden", (2, "no weights"))])
        );
    }
}
