//! Measurements, written as tables into `docs/performance.md`, each with the
//! command that gave it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::Value;
use walkdir::WalkDir;

mod load;
mod pages;
mod server;

use crate::{
    build::{self, Profile},
    compress,
    document::{Document, machine},
    models, package, process, runtime,
};

/// A table, or two, of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Bytes of the built files
    Sizes,
    /// The server with a crowd: start, memory, some pages
    Server,
    /// Many callers at once
    Load,
    /// Every page with a year of records, in the server and in a browser
    Pages,
    /// The engine's benchmarks
    Engine,
}

/// Measures the built program, then runs the benchmarks: all parts when none is named. What is measured is written at
/// once.
pub fn run(only: &[Part]) -> Result<()> {
    let wanted = |part| only.is_empty() || only.contains(&part);
    let library = runtime::ensure()?;
    build::build_site()?;
    let program = build::build_server(Profile::Release)?;
    let mut document = Document::open(process::root().join("docs/performance.md"))?;
    document.put("machine", &machine());
    if wanted(Part::Sizes) {
        document.put("sizes", &size_table()?);
    }
    if wanted(Part::Server) {
        document.put("server", &server::measure(&program, &library)?);
        document.save()?;
    }
    if wanted(Part::Load) {
        document.put("load", &load::measure(&program, &library)?);
        document.save()?;
    }
    if wanted(Part::Pages) {
        document.put("pages", &pages::measure(&program, &library)?);
        document.save()?;
    }
    if wanted(Part::Engine) {
        let mut command = process::cargo(["bench", "--features", "ssr", "--bench", "recognition"]);
        command.env("ORT_DYLIB_PATH", library);
        process::run(models::add_folders(&mut command))?;
        document.put("benchmarks", &benchmark_table(&process::target_dir().join("criterion"))?);
    }
    document.save()
}

/// Median of every benchmark below criterion's folder.
fn benchmark_table(folder: &Path) -> Result<String> {
    let mut medians = BTreeMap::new();
    for entry in WalkDir::new(folder).into_iter().flatten() {
        if entry.path().ends_with("new/estimates.json") {
            let read = |name: &str| -> Result<Value> {
                let path = entry.path().with_file_name(name);
                Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
            };
            let id = read("benchmark.json")?["full_id"].as_str().unwrap_or("?").to_owned();
            let median = read("estimates.json")?["median"]["point_estimate"].as_f64();
            medians.insert(id, median.unwrap_or(f64::NAN));
        }
    }
    let mut table =
        "`cargo bench --features ssr --bench recognition`, medians:\n\n| What | Time |\n|---|---:|\n".to_owned();
    for (id, nanoseconds) in medians {
        table.push_str(&format!("| {id} | {} |\n", show_time(nanoseconds)));
    }
    Ok(table)
}

fn show_time(nanoseconds: f64) -> String {
    match nanoseconds {
        value if value < 1e3 => format!("{value:.0} ns"),
        value if value < 1e6 => format!("{:.1} µs", value / 1e3),
        value if value < 1e9 => format!("{:.1} ms", value / 1e6),
        value => format!("{:.2} s", value / 1e9),
    }
}

/// What a browser loads first, and the server's program.
fn size_table() -> Result<String> {
    let mut table = "`cargo xtask build`:\n\n| File | Bytes | brotli | gzip |\n|---|---:|---:|---:|\n".to_owned();
    let size = |path: &Path| -> Result<u64> {
        let data = fs::metadata(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(data.len())
    };
    for kind in ["wasm", "js", "css"] {
        let file = package::find(&build::site_dir().join("pkg"), kind)?;
        let [plain, br, gz] =
            [file.clone(), compress::copy_of(&file, "br"), compress::copy_of(&file, "gz")].map(|path| size(&path));
        table.push_str(&format!("| rollcall.{kind} | {} | {} | {} |\n", plain?, br?, gz?));
    }
    let server = size(&build::server_path(Profile::Release))?;
    table.push_str(&format!("| server | {server} | | |\n"));
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_readable_units() {
        assert_eq!(show_time(52_300.0), "52.3 µs");
        assert_eq!(show_time(38_200_000.0), "38.2 ms");
    }
}
