//! The browser half: cargo, wasm-bindgen as a library, and `wasm-opt` where npm
//! can bring it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{download::sha256_hex, process, toolchain, trim};

/// Name of everything under `/pkg`; equals `output-name` of the Leptos table.
pub const OUTPUT_NAME: &str = "rollcall";

/// Named one by one: these are what rustc's WebAssembly target may use, and
/// the optimiser must not bring in more.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// For size after compression, in an order that matters: first without inlining, so that the near copies of one
/// generic function still resemble each other and fall together; sorted by name the rest of them stand side by side,
/// which brotli likes.
const SHRINK: &[&str] = &[
    "-Os",
    "--skip-pass=inlining",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=reorder-functions",
    "--reorder-functions-by-name",
    "--strip-debug",
];

/// Then with inlining. It costs 33 kB after compression (418 to 451) and halves the number of functions (14,900 to
/// 7,500): browsers compile each at its first call, while the page cannot answer, and that is half of the time that
/// waking a page takes.
const INLINE: &[&str] = &["-Os", "--skip-pass=reorder-functions"];

/// Builds the browser half and writes `rollcall.js`, `rollcall.wasm` and the
/// folder `snippets`, where there is one, to `package`.
pub fn build(package: &Path) -> Result<()> {
    toolchain::ensure_browser_target()?;
    let target = toolchain::BROWSER_TARGET;
    process::run(&mut process::cargo([
        "build",
        "--lib",
        "--target",
        target,
        "--no-default-features",
        "--features",
        "hydrate",
        "--profile",
        "wasm-release",
    ]))?;
    let folder = process::target_dir().join(target).join("wasm-release");
    let built = folder.join(OUTPUT_NAME).with_extension("wasm");
    let bytes = fs::read(&built).with_context(|| format!("reading {}", built.display()))?;

    let optimiser = find_optimiser();
    let wanted = stamp(&bytes, optimiser.is_some());
    let stamp_file = work_dir().join("stamp");
    let outputs = ["js", "wasm"].map(|kind| package.join(OUTPUT_NAME).with_extension(kind));
    if outputs.iter().all(|file| file.is_file()) && fs::read_to_string(&stamp_file).is_ok_and(|old| old == wanted) {
        return Ok(());
    }
    bind(&built, optimiser.as_deref(), package)?;
    fs::write(&stamp_file, wanted)?;
    Ok(())
}

fn work_dir() -> PathBuf {
    process::target_dir().join("xtask").join("wasm")
}

fn stamp(bytes: &[u8], optimised: bool) -> String {
    let how = if optimised { "wasm-opt" } else { "plain" };
    let options = [SHRINK, INLINE, WASM_FEATURES, &[trim::NEVER_CALLED]].concat().join(" ");
    format!("{} {how} {options}", sha256_hex(bytes))
}

/// Generates the glue, optimises and moves the result into `package`.
fn bind(built: &Path, optimiser: Option<&Path>, package: &Path) -> Result<()> {
    let started = Instant::now();
    let work = work_dir().join("out");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let mut module = walrus::Module::from_file(built).context("reading the module")?;
    let trimmed = trim::trim(&mut module);
    let mut bindgen = Bindgen::new();
    bindgen.input_module(OUTPUT_NAME, module).out_name(OUTPUT_NAME).typescript(false);
    // The optimiser sorts by name and then drops the names.
    bindgen.web(true)?.remove_name_section(optimiser.is_none()).remove_producers_section(true);
    bindgen.generate(&work).context("generating the JavaScript glue")?;

    let plain = work.join(format!("{OUTPUT_NAME}_bg.wasm"));
    // A server built with LEPTOS_OUTPUT_NAME set asks for the name without `_bg`.
    let finished = work.join(OUTPUT_NAME).with_extension("wasm");
    match optimiser {
        Some(program) => {
            let small = work.join(format!("{OUTPUT_NAME}_small.wasm"));
            for (options, from, to) in [(SHRINK, &plain, &small), (INLINE, &small, &finished)] {
                let mut command = Command::new(program);
                process::run(command.args(options).args(WASM_FEATURES).arg(from).arg("-o").arg(to))?;
                fs::remove_file(from)?;
            }
        }
        None => {
            println!("wasm-opt is not to be had (npm brings it): the page loads about twice as much code.");
            fs::rename(&plain, &finished)?;
        }
    }
    let size = fs::metadata(&finished)?.len();
    copy_tree(&work, package)?;
    println!("WebAssembly: {} kB, {trimmed} functions trimmed, {:.1} s", size / 1000, started.elapsed().as_secs_f32());
    Ok(())
}

/// Copies every file below `from` that differs.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(from)?;
            let bytes = fs::read(entry.path())?;
            process::write_changed(&to.join(below), &bytes)?;
        }
    }
    Ok(())
}

/// `wasm-opt` of the pinned npm package. A system's own is not used: Debian's
/// is old enough to break the module without saying so.
fn find_optimiser() -> Option<PathBuf> {
    let folder = process::tools_dir().join("wasm-opt");
    let program = folder.join("node_modules/.bin/wasm-opt");
    let pinned = process::root().join("xtask/wasm-opt");
    let lock = fs::read(pinned.join("package-lock.json")).ok()?;
    let stamp = folder.join("stamp");
    if program.exists() && fs::read(&stamp).is_ok_and(|old| old == lock) {
        return Some(program);
    }
    let npm = process::find_program(&["npm"])?;
    println!("Fetching wasm-opt from npm …");
    let install = || -> Result<()> {
        copy_tree(&pinned, &folder)?;
        let mut command = Command::new(npm);
        command.current_dir(&folder).args(["ci", "--silent", "--no-audit", "--no-fund"]);
        process::run(&mut command)?;
        fs::write(&stamp, &lock)?;
        Ok(())
    };
    match install() {
        Ok(()) => Some(program),
        Err(error) => {
            println!("npm could not bring it: {error:#}");
            None
        }
    }
}
