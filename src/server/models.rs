//! Model files: where they come from, whether they are the expected ones, loading.

use super::config::{Config, Switch};
use super::recognizer::{NO_FILES, NO_RUNTIME, Recognizer, SWITCHED_OFF};
use crate::recognition::engine::{Engine, EngineOptions};
use crate::recognition::manifest::{Manifest, ModelFile, Pack, sha256_hex, verify_file};
use crate::recognition::runtime::Runtime;
use anyhow::{Context, Result, bail, ensure};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

/// The manifest is part of the program: a changed folder cannot change which hashes are right.
const MANIFEST: &str = include_str!("../../models/manifest.toml");
/// Bytes between two lines of progress.
const PROGRESS_EVERY: u64 = 4 * 1024 * 1024;
/// Largest download, bytes: the largest archive of the manifest is under 300 MB.
const DOWNLOAD_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// The packs and files this program knows.
///
/// # Errors
/// Never for the manifest that was tested with this program.
pub fn manifest() -> Result<Manifest> {
    Manifest::parse(MANIFEST).context("models/manifest.toml")
}

/// The pack that is asked for, or the first that is there, or the first.
///
/// # Errors
/// When the asked pack is not in the manifest.
pub fn choose_pack<'a>(config: &Config, manifest: &'a Manifest) -> Result<&'a Pack> {
    if let Some(name) = config.pack.as_deref().filter(|name| !name.is_empty()) {
        return Ok(manifest.pack(name)?);
    }
    let mirror = config.mirror();
    let folders: Vec<&Path> = [Some(config.models.as_path()), mirror.as_deref()].into_iter().flatten().collect();
    let first = manifest.first_present(&folders).or_else(|| manifest.packs.first());
    first.context("the manifest lists no pack")
}

/// Loads the engine, or says in a sentence why there is none; the server runs either way.
///
/// # Errors
/// When a model file is there but is not the expected one: nothing may start on it.
pub fn load_recognizer(config: &Config) -> Result<(Recognizer, usize, String)> {
    let none = |reason: &str| Ok((Recognizer::unavailable(reason), 1, String::new()));
    if config.face_features == Switch::Off {
        return none(SWITCHED_OFF);
    }
    let manifest = manifest()?;
    let pack = choose_pack(config, &manifest)?;
    for file in manifest.files_of(pack) {
        let path = config.models.join(&file.name);
        if !path.exists() && !copy_from_mirror(config, file)? {
            tracing::warn!(file = %file.name, "model file missing; fetch it with: rollcall models fetch {}", pack.name);
            return none(NO_FILES);
        }
        verify_file(&path, file)?;
    }
    let runtime = match Runtime::load(&config.ort_dylib()) {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::warn!("{error}");
            return none(NO_RUNTIME);
        }
    };
    let engine = Engine::load(&runtime, &manifest, &pack.name, &config.models, &EngineOptions::default())?;
    let (size, sha256) = (engine.embedding_size(), engine.model_sha256().to_owned());
    let deadline = Duration::from_secs(config.photo_seconds_max.into());
    Ok((Recognizer::new(engine).with_deadline(deadline).measured(), size, sha256))
}

/// Whether a file of this name and size lies in the models folder.
pub fn is_present(config: &Config, file: &ModelFile) -> bool {
    std::fs::metadata(config.models.join(&file.name)).is_ok_and(|found| found.len() == file.bytes)
}

/// `models list`: packs, licences, what is there.
///
/// # Errors
/// When the manifest cannot be read.
pub fn list(config: &Config) -> Result<()> {
    let manifest = manifest()?;
    for pack in &manifest.packs {
        println!("{}  {}", pack.name, pack.title);
        println!("    licence: {}", pack.licence);
        println!("    thresholds: {}", pack.measured);
        for file in manifest.files_of(pack) {
            let state = match verify_file(&config.models.join(&file.name), file) {
                Ok(()) => "there, verified".to_owned(),
                Err(_) if !config.models.join(&file.name).exists() => "not there".to_owned(),
                Err(error) => error.to_string(),
            };
            let from = file.source.as_ref().map_or("mirror only", |source| source.url.as_str());
            println!(
                "    {}  {} bytes  {state}\n        sha256 {}\n        from {from}",
                file.name, file.bytes, file.sha256
            );
        }
    }
    Ok(())
}

/// `models verify`: every file that is there is the expected one.
///
/// # Errors
/// Names the file and both hashes.
pub fn verify(config: &Config) -> Result<()> {
    let manifest = manifest()?;
    let mut there = 0;
    for file in &manifest.files {
        let path = config.models.join(&file.name);
        if path.exists() {
            verify_file(&path, file)?;
            println!("{}: verified", file.name);
            there += 1;
        }
    }
    ensure!(there > 0, "no model files in {}; get them with: rollcall models fetch", config.models.display());
    Ok(())
}

/// `models fetch`: brings a pack from the mirror or the official download.
///
/// # Errors
/// When neither has a file, or a hash is wrong; files that are there stay.
pub fn fetch(config: &Config, name: Option<&str>) -> Result<()> {
    let manifest = manifest()?;
    let pack = match name {
        Some(name) => manifest.pack(name)?,
        None => choose_pack(config, &manifest)?,
    };
    println!("{}: {}", pack.name, pack.title);
    println!("Licence of the weights: {}", pack.licence);
    std::fs::create_dir_all(&config.models)?;
    for file in manifest.files_of(pack) {
        let path = config.models.join(&file.name);
        if path.exists() && verify_file(&path, file).is_ok() {
            println!("{}: already there, verified", file.name);
        } else if copy_from_mirror(config, file)? {
            println!("{}: taken from the mirror, verified", file.name);
        } else {
            download(config, file).with_context(|| no_source(config, file))?;
        }
    }
    Ok(())
}

/// Takes a file from the mirror folder, checked before it gets its name.
fn copy_from_mirror(config: &Config, file: &ModelFile) -> Result<bool> {
    let Some(source) = config.mirror().map(|mirror| mirror.join(&file.name)).filter(|path| path.is_file()) else {
        return Ok(false);
    };
    verify_file(&source, file)?;
    std::fs::create_dir_all(&config.models)?;
    let part = config.models.join(format!("{}.part", file.name));
    std::fs::copy(&source, &part).with_context(|| format!("copying {}", file.name))?;
    verify_file(&part, file)?;
    std::fs::rename(&part, config.models.join(&file.name))?;
    Ok(true)
}

fn download(config: &Config, file: &ModelFile) -> Result<()> {
    let source = file.source.as_ref().with_context(|| format!("{} has no official download", file.name))?;
    println!("{}: downloading {}", file.name, source.url);
    let mut bytes = download_bytes(&source.url)?;
    if let Some(archive) = &source.archive {
        if let Some(expected) = &archive.sha256 {
            let found = sha256_hex(&bytes);
            ensure!(*expected == found, "{}: expected SHA-256 {expected}, found {found}", source.url);
        }
        bytes = member_of(&bytes, &archive.member)?;
    }
    let part = config.models.join(format!("{}.part", file.name));
    let mut out = std::fs::File::create(&part)?;
    out.write_all(&bytes)?;
    out.sync_all()?;
    verify_file(&part, file)?;
    std::fs::rename(&part, config.models.join(&file.name))?;
    println!("{}: downloaded, verified", file.name);
    Ok(())
}

/// Reads a whole answer, with a line of progress every few megabytes.
fn download_bytes(url: &str) -> Result<Vec<u8>> {
    let answer = ureq::get(url).call().with_context(|| format!("asking for {url}"))?;
    let total = answer.body().content_length();
    let mut reader = answer.into_body().into_with_config().limit(DOWNLOAD_BYTES_MAX).reader();
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 256 * 1024];
    let mut told = 0;
    loop {
        let read = reader.read(&mut chunk).context("the download broke off")?;
        if read == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let have = bytes.len() as u64;
        if have - told >= PROGRESS_EVERY {
            told = have;
            match total {
                Some(total) => println!("    {} of {} MB", have >> 20, total >> 20),
                None => println!("    {} MB", have >> 20),
            }
        }
    }
}

/// One member of a zip archive, found by its file name in any folder.
fn member_of(archive: &[u8], member: &str) -> Result<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).context("reading the archive")?;
    let name = zip.file_names().find(|name| name.rsplit('/').next() == Some(member)).map(str::to_owned);
    let Some(name) = name else { bail!("the archive holds no {member}") };
    let mut bytes = Vec::new();
    zip.by_name(&name)?.take(DOWNLOAD_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn no_source(config: &Config, file: &ModelFile) -> String {
    let mirror = config
        .mirror()
        .map_or_else(|| "no mirror folder is set".to_owned(), |path| format!("{} has no such file", path.display()));
    format!(
        "{} could not be had: {mirror}, and the download failed. Put the file into {} yourself, or set \
         ROLLCALL_MODELS_MIRROR to a folder that holds it. Until then the server runs without face recognition",
        file.name,
        config.models.display()
    )
}
