//! The archive's file: written aside, synced, read back, then named; read only after its hashes were checked.

use super::{DATABASE, PHOTOS, Progress};
use crate::server::config::set_mode;
use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Version of the archive's layout.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Longest manifest: a hundred bytes for each of some hundred thousand photos.
const MANIFEST_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Bytes read at once.
const CHUNK: usize = 128 * 1024;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Of the program that made it.
    pub version: String,
    pub made_at: DateTime<Utc>,
    /// The kind of database that the rows came from; they can go to either.
    pub database: String,
    /// Rows of each table.
    pub tables: Vec<(String, u64)>,
    pub files: Vec<FileFact>,
    /// Photos that a row names and that were not there.
    pub photos_missing: Vec<String>,
    /// Photos that were there and that no row names; they are not in the archive.
    pub photos_stray: Vec<String>,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }

    /// Photos in the archive.
    pub fn photos(&self) -> usize {
        self.files.iter().filter(|file| file.path.starts_with(PHOTOS)).count()
    }
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileFact {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What the writer of an archive is told.
pub struct Facts {
    pub tables: Vec<(String, u64)>,
    pub stray: Vec<String>,
    pub backend: &'static str,
    pub made_at: DateTime<Utc>,
}

/// Writes database and photos to a file beside `to`, reads it back, and gives it its name.
///
/// # Errors
/// When the disk refuses; nothing stays behind then.
pub fn write(
    database: &Path,
    photos: &Path,
    names: Vec<String>,
    facts: Facts,
    to: &Path,
    progress: &Progress,
) -> Result<Manifest> {
    let folder = to.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_part(database, photos, names, facts, &part, progress).and_then(|manifest| {
        progress.set("Checking what was written", 0, 0);
        ensure!(verify(&part)? == manifest, "what was written does not read back");
        std::fs::rename(&part, to).with_context(|| format!("cannot write {}", to.display()))?;
        File::open(folder)?.sync_all().context("syncing the folder")?;
        Ok(manifest)
    });
    if written.is_err() {
        // The original trouble is what the caller has to hear of.
        let _ = std::fs::remove_file(&part);
    }
    written
}

fn write_part(
    database: &Path,
    photos: &Path,
    names: Vec<String>,
    facts: Facts,
    part: &Path,
    progress: &Progress,
) -> Result<Manifest> {
    let file = File::create(part).with_context(|| format!("cannot write {}", part.display()))?;
    set_mode(part, 0o600)?;
    let mut zip = ZipWriter::new(file);
    let packed = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
    // A JPEG does not get smaller.
    let stored = packed.compression_method(CompressionMethod::Stored);
    let mut manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: facts.made_at,
        database: facts.backend.to_owned(),
        tables: facts.tables,
        files: Vec::new(),
        photos_missing: Vec::new(),
        photos_stray: facts.stray,
    };
    progress.set("Packing the database", 0, 0);
    manifest.files.push(add(&mut zip, DATABASE, database, packed)?.context("the copied database is gone")?);
    let total = names.len() as u64;
    for (done, name) in names.into_iter().enumerate() {
        progress.set("Packing photos", done as u64, total);
        match add(&mut zip, &format!("{PHOTOS}{name}"), &photos.join(&name), stored)? {
            Some(fact) => manifest.files.push(fact),
            None => manifest.photos_missing.push(name),
        }
    }
    zip.start_file(MANIFEST, packed)?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    zip.finish()?.sync_all().context("syncing the archive")?;
    Ok(manifest)
}

/// Adds one file; `None` when it is not there.
fn add(zip: &mut ZipWriter<File>, name: &str, from: &Path, options: SimpleFileOptions) -> Result<Option<FileFact>> {
    let mut file = match File::open(from) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("reading {}", from.display())),
    };
    zip.start_file(name, options)?;
    let (bytes, sha256) = pass_on(&mut file, zip).with_context(|| format!("packing {name}"))?;
    Ok(Some(FileFact { path: name.to_owned(), bytes, sha256 }))
}

/// Copies everything; returns how much it was and its SHA-256.
fn pass_on(from: &mut impl Read, to: &mut impl Write) -> Result<(u64, String)> {
    let (mut hash, mut bytes, mut chunk) = (Sha256::new(), 0, vec![0; CHUNK]);
    loop {
        let read = from.read(&mut chunk)?;
        let Some(some) = chunk.get(..read).filter(|some| !some.is_empty()) else {
            return Ok((bytes, hex::encode(hash.finalize())));
        };
        hash.update(some);
        to.write_all(some)?;
        bytes += some.len() as u64;
    }
}

fn open(file: &Path) -> Result<ZipArchive<File>> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    ZipArchive::new(opened).with_context(|| {
        format!("{} is no backup, or was cut off: a whole archive ends with the list of its files", file.display())
    })
}

/// What an archive says it holds; its files are not looked at.
///
/// # Errors
/// When it is none of ours or cut off.
pub fn read_manifest(file: &Path) -> Result<Manifest> {
    manifest_of(&mut open(file)?, file)
}

fn manifest_of(zip: &mut ZipArchive<File>, file: &Path) -> Result<Manifest> {
    let entry = zip.by_name(MANIFEST).with_context(|| format!("{} holds no {MANIFEST}", file.display()))?;
    let mut text = Vec::new();
    entry.take(MANIFEST_BYTES_MAX).read_to_end(&mut text).context("reading the manifest")?;
    let manifest: Manifest = serde_json::from_slice(&text).context("the manifest cannot be read")?;
    ensure!(
        manifest.format == FORMAT,
        "this archive has layout {}, this program reads layout {FORMAT}: use the version {} that made it",
        manifest.format,
        manifest.version
    );
    Ok(manifest)
}

/// Reads every file of an archive and compares it with the manifest.
///
/// # Errors
/// Names the first file that is missing, damaged or not in the manifest.
pub fn verify(file: &Path) -> Result<Manifest> {
    walk(file, |_| Ok(Box::new(std::io::sink())))
}

/// Unpacks an archive into an empty folder, checking every file on the way.
///
/// # Errors
/// As [`verify`]; what was unpacked until then stays for the caller to remove.
pub fn unpack(file: &Path, to: &Path) -> Result<Manifest> {
    walk(file, |path| {
        let target = to.join(path);
        if let Some(folder) = target.parent() {
            crate::server::config::private_dir(folder)?;
        }
        let made = File::create_new(&target).with_context(|| format!("cannot write {}", target.display()))?;
        set_mode(&target, 0o600)?;
        Ok(Box::new(Synced(made)))
    })
}

/// A file that is on the disk once it was flushed.
struct Synced(File);

impl Write for Synced {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.sync_all()
    }
}

/// Gives every file of the archive to what `open_target` makes of its path, and compares size and hash.
fn walk(file: &Path, mut open_target: impl FnMut(&str) -> Result<Box<dyn Write>>) -> Result<Manifest> {
    let mut zip = open(file)?;
    let manifest = manifest_of(&mut zip, file)?;
    let listed: BTreeSet<&str> = manifest.files.iter().map(|fact| fact.path.as_str()).collect();
    ensure!(listed.contains(DATABASE), "the archive holds no {DATABASE}");
    if let Some(odd) = zip.file_names().find(|name| *name != MANIFEST && !listed.contains(*name)) {
        bail!("the archive holds {odd}, which its manifest does not name");
    }
    for fact in &manifest.files {
        ensure!(is_ours(&fact.path), "the manifest names {}, which no backup holds", fact.path);
        let mut entry = zip.by_name(&fact.path).with_context(|| format!("the archive holds no {}", fact.path))?;
        let mut target = open_target(&fact.path)?;
        let (bytes, sha256) = pass_on(&mut entry, &mut target).with_context(|| format!("{} is damaged", fact.path))?;
        ensure!(
            bytes == fact.bytes && sha256 == fact.sha256,
            "{} is damaged: expected {} bytes with SHA-256 {}, found {bytes} with {sha256}",
            fact.path,
            fact.bytes,
            fact.sha256
        );
        target.flush().with_context(|| format!("writing {}", fact.path))?;
    }
    Ok(manifest)
}

/// Only the database and photos of our own naming: nothing in an archive may choose where it is written.
fn is_ours(path: &str) -> bool {
    path == DATABASE || path.strip_prefix(PHOTOS).is_some_and(crate::server::storage::is_photo_name)
}
