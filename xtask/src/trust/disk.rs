//! A small disk that fills up and has room again.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Finding, Setting, clients::Caller};
use crate::{
    process,
    server::{Demo, Server},
};

/// The disk of the attack, in megabytes.
const MEGABYTES: u32 = 24;
/// Changes while it is full, and after.
const CHANGES: usize = 40;

/// A file system in memory that goes with its value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount() -> Result<Self> {
        let path = process::target_dir().join("trust-disk");
        fs::create_dir_all(&path)?;
        let _ = Command::new("umount").arg(&path).stderr(Stdio::null()).status();
        let size = format!("size={MEGABYTES}m,mode=0700");
        process::run(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&path))?;
        Ok(Self(path))
    }

    /// Takes the room that is left.
    fn fill(&self) -> Result<()> {
        let mut file = File::create(self.0.join("filler"))?;
        for size in [1 << 16, 1 << 12, 1 << 8] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
        Ok(())
    }

    fn free(&self) -> Result<()> {
        fs::remove_file(self.0.join("filler")).context("making room")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the server may hold it for a moment.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Whether this user may mount one.
pub fn can_mount() -> bool {
    SmallDisk::mount().is_ok()
}

pub fn run(setting: &Setting) -> Result<Vec<Finding>> {
    let disk = SmallDisk::mount()?;
    let mut server = Server::prepare_at(&setting.program, &setting.library, disk.0.join("data"), Demo::Faceless)?;
    // It says of every change that the disk is full.
    server.log = "off";
    server.start()?;
    let caller = Caller::of(&server, "admin")?;
    let mut kept = Vec::new();
    disk.fill()?;
    let (mut refused, mut odd) = (0, Vec::new());
    for number in 0..CHANGES {
        let answer = change(&caller, &format!("F{number}"))?;
        match answer.status {
            201 => kept.push(format!("F{number}")),
            507 if answer.body.to_string().contains("storage_full") => refused += 1,
            status => odd.push(format!("{status}: {}", answer.body)),
        }
    }
    let reads = (0..CHANGES).filter(|_| caller.get("/api/students/").is_ok_and(|answer| answer.is_done())).count();
    let told = caller.get("/readyz")?;
    disk.free()?;
    let mut after = 0;
    for number in 0..CHANGES {
        if change(&caller, &format!("A{number}"))?.status == 201 {
            kept.push(format!("A{number}"));
            after += 1;
        }
    }
    let ready = caller.get("/readyz")?.status;
    server.terminate(Duration::from_secs(30))?;
    server.start()?;
    let there = codes(&Caller::of(&server, "admin")?)?;
    let lost = kept.iter().filter(|code| !there.contains(code)).count();
    odd.iter().for_each(|line| println!("odd: {line}"));
    drop(server);
    drop_data(&disk.0);
    Ok(vec![
        Finding::new(
            "Full disk: changes are refused with 507 `storage_full`",
            format!("{refused} refused, {} otherwise, {} of {CHANGES} reads answered", odd.len(), reads),
            "all that could not be kept; reads work",
            odd.is_empty() && refused > 0 && reads == CHANGES,
        ),
        Finding::new("`/readyz` says so", format!("{} while full, {ready} after", told.status), "503, then 200", {
            told.status == 503 && ready == 200
        }),
        Finding::new(
            "After it has room again, without a restart",
            format!("{after} of {CHANGES} changes taken, {lost} of {} acknowledged ones lost", kept.len()),
            "all taken, 0 lost",
            after == CHANGES && lost == 0,
        ),
    ])
}

fn change(caller: &Caller, code: &str) -> Result<super::clients::Answer> {
    // A page of text, so that no change fits into what a file has left over.
    let body = json!({ "name": format!("Department {code}"), "code": code, "description": "x".repeat(400) });
    caller.post("/api/departments/", &body)
}

fn codes(caller: &Caller) -> Result<Vec<String>> {
    let mut codes = Vec::new();
    for page in 1.. {
        let found = caller.get(&format!("/api/departments/?page={page}&page_size=100"))?.done()?;
        let rows = found["results"].as_array().context("no departments")?;
        codes.extend(rows.iter().filter_map(|row| row["code"].as_str().map(str::to_owned)));
        if found["next"].is_null() || matches!(found["next"], Value::String(ref text) if text.is_empty()) {
            break;
        }
    }
    Ok(codes)
}

/// What lies on the disk goes before it does.
fn drop_data(folder: &Path) {
    let _ = fs::remove_dir_all(folder.join("data"));
}
