//! What `docs/security.md` promises, tried on the real program as an attack did it: killed, starved, filled up, flooded.
//! A short form runs with every test run; the long one writes the figures.

mod clients;
mod disk;
mod kill;
mod load;
mod memory;
mod process_rules;
mod races;
mod slow;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{
    build::{self, Profile},
    document::{self, Document},
    models, process,
    report::{Count, Report},
    runtime,
    server::{Demo, Server},
};

/// One way of attacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Campaign {
    /// The process ends by force while people mark, enrol and erase
    Kill,
    /// The disk fills up and has room again
    Disk,
    /// Connections that send half of what they promised
    Slow,
    /// The server is told to stop while pages are open
    Stop,
    /// A second server on the same data
    Second,
    /// Photos of 50 million pixels, many at once
    Memory,
    /// More photos than the machine can look at
    Overload,
    /// Two changes at once, on both databases
    Races,
}

/// Campaigns that say something of an unoptimised program too, and are over in seconds.
const SHORT: &[Campaign] = &[Campaign::Kill, Campaign::Disk, Campaign::Slow, Campaign::Stop, Campaign::Second];

impl Campaign {
    fn run(self, setting: &Setting) -> Result<Vec<Finding>> {
        match self {
            Self::Kill => kill::run(setting),
            Self::Disk => disk::run(setting),
            Self::Slow => slow::run(setting),
            Self::Stop => process_rules::stop(setting),
            Self::Second => process_rules::second(setting),
            Self::Memory => memory::run(setting),
            Self::Overload => load::run(setting),
            Self::Races => races::run(),
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// What is attacked, and for how long.
pub struct Setting {
    program: PathBuf,
    library: PathBuf,
    is_long: bool,
    /// Folder of photographs.
    faces: PathBuf,
}

impl Setting {
    /// `long`, or `short` in the short form.
    fn rounds(&self, short: usize, long: usize) -> usize {
        if self.is_long { long } else { short }
    }

    /// A server with the demo's names, on data of its own below `target`.
    fn prepare(&self, folder: &str) -> Result<Server> {
        Server::prepare(&self.program, &self.library, folder, Demo::Faceless)
    }

    /// A photo of one face that can be enrolled.
    fn portrait(&self) -> Result<Vec<u8>> {
        let path = self.faces.join("identities/nasa_portraits/luca_parmitano/1.jpg");
        std::fs::read(&path).with_context(|| format!("reading {}", path.display()))
    }
}

/// A promise and what became of it.
#[derive(Debug)]
pub struct Finding {
    pub promise: String,
    pub figure: String,
    pub bar: &'static str,
    pub holds: bool,
}

impl Finding {
    pub fn new(promise: impl Into<String>, figure: impl Into<String>, bar: &'static str, holds: bool) -> Self {
        Self { promise: promise.into(), figure: figure.into(), bar, holds }
    }
}

/// The short form: one line of the report for each campaign.
pub fn check(report: &mut Report, program: &Path) {
    let (Some(faces), Some(_)) = (models::faces(), models::mirror()) else {
        return report.leave_out("trust campaigns", "no folders of photographs and weights");
    };
    let library = match runtime::ensure() {
        Ok(library) => library,
        Err(error) => {
            report.check("trust campaigns", || Err(error));
            return;
        }
    };
    let setting = Setting { program: program.to_owned(), library, is_long: false, faces };
    for campaign in SHORT {
        if *campaign == Campaign::Disk && !disk::can_mount() {
            report.leave_out("trust: disk", "no right to mount a small file system");
            continue;
        }
        report.count(&format!("trust: {}", campaign.name()), || {
            let findings = campaign.run(&setting)?;
            let failed = findings.iter().filter(|finding| !finding.holds).count();
            findings.iter().for_each(tell);
            Ok(Count { passed: findings.len() - failed, failed })
        });
    }
}

/// The long form, of these campaigns or of all; their rows of `docs/security.md` are written. Returns whether every bar
/// was met.
pub fn run(only: &[Campaign]) -> Result<bool> {
    let all = Campaign::value_variants();
    let wanted = if only.is_empty() { all } else { only };
    let faces = models::faces().context("the campaigns enrol photographs, and there are none")?;
    let library = runtime::ensure()?;
    let mut program = build::server_path(Profile::Release);
    // The races are tests, which are built by themselves.
    if wanted.iter().any(|campaign| *campaign != Campaign::Races) {
        build::build_site()?;
        program = build::build_server(Profile::Release)?;
        models::fetch(&program);
    }
    let setting = Setting { program, library, is_long: true, faces };
    let mut document = Document::open(process::root().join("docs/security.md"))?;
    let mut failed = 0;
    for campaign in wanted {
        println!("\n── trust: {}", campaign.name());
        let findings = campaign.run(&setting).with_context(|| format!("the campaign {}", campaign.name()))?;
        findings.iter().for_each(tell);
        failed += findings.iter().filter(|finding| !finding.holds).count();
        let rows = with_rows(document.get("trust"), *campaign, &findings);
        document.put("trust", &rows);
        document.save()?;
    }
    document.put("trust-machine", &document::machine());
    document.save()?;
    if failed > 0 {
        println!("{failed} bars were missed");
    }
    Ok(failed == 0)
}

fn tell(finding: &Finding) {
    let mark = if finding.holds { "ok  " } else { "MISS" };
    println!("{mark}  {}: {} (bar: {})", finding.promise, finding.figure, finding.bar);
}

/// The table with these rows in place of the campaign's earlier ones.
fn with_rows(table: &str, campaign: Campaign, findings: &[Finding]) -> String {
    let mut rows: Vec<String> = Vec::new();
    for known in Campaign::value_variants() {
        let command = command(*known);
        if *known == campaign {
            rows.extend(findings.iter().map(|finding| row(finding, &command)));
        } else {
            let earlier = table.lines().filter(|line| line.ends_with(&format!("| {command} |")));
            rows.extend(earlier.map(str::to_owned));
        }
    }
    let mut table = "| Promise | Figure | Bar | Kept | Command |\n|---|---|---|---|---|\n".to_owned();
    for row in rows {
        table.push_str(&row);
        table.push('\n');
    }
    table
}

fn command(campaign: Campaign) -> String {
    format!("`cargo xtask trust --only {}`", campaign.name())
}

fn row(Finding { promise, figure, bar, holds }: &Finding, command: &str) -> String {
    let kept = if *holds { "yes" } else { "**no**" };
    format!("| {promise} | {figure} | {bar} | {kept} | {command} |")
}

/// An error when a condition does not hold.
fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<()> {
    if holds { Ok(()) } else { bail!(otherwise()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_replaces_its_own_rows_alone() {
        let finding = |figure: &str| [Finding::new("It holds", figure, "0", true)];
        let table = with_rows("", Campaign::Slow, &finding("1"));
        let table = with_rows(&table, Campaign::Kill, &finding("2"));
        let table = with_rows(&table, Campaign::Slow, &finding("3"));
        let rows: Vec<&str> = table.lines().skip(2).collect();
        let expected = [
            "| It holds | 2 | 0 | yes | `cargo xtask trust --only kill` |",
            "| It holds | 3 | 0 | yes | `cargo xtask trust --only slow` |",
        ];
        assert_eq!(rows, expected);
    }
}
