//! Photos beside a table: in a ZIP or a folder, found by the names that rows give or imply.
//!
//! Nothing is ever unpacked to disk: an entry is read into memory, up to the size of a photo, and a name from outside
//! is compared, never opened.

use super::judge::Cells;
use super::{ENTRIES_MAX, UNPACKED_BYTES_MAX};
use crate::app::error::{AppError, AppResult};
use crate::server::domain::enrolment::PHOTOS_MAX;
use crate::server::upload::ENROL;
use anyhow::{Context, Result};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A file name in a row that stands for no file of its own: hidden, or made by the archiving program.
fn is_noise(path: &str) -> bool {
    path.split('/').any(|part| part == "__MACOSX" || part.starts_with('.')) || path.ends_with("Thumbs.db")
}

/// The name without its folders, whichever way the slashes lean.
fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Where photos come from.
pub enum Photos {
    None,
    Zip { archive: Box<ZipArchive<BufReader<File>>>, index: Index },
    Folder { folder: PathBuf, index: Index },
}

/// Names of files, and where each is found.
#[derive(Debug, Default)]
pub struct Index {
    /// Base names, by the number of the file.
    names: Vec<String>,
    by_name: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    used: HashSet<usize>,
    /// Number of the file in the archive.
    entries: Vec<usize>,
}

/// The files of one row, and what is wrong with what it names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Number and name of each file.
    pub files: Vec<(usize, String)>,
    pub faults: Vec<(String, String)>,
}

impl Index {
    fn add(&mut self, name: &str, entry: usize) {
        let at = self.names.len();
        let lower = name.to_lowercase();
        let stem = lower.rsplit_once('.').map_or(lower.as_str(), |(stem, _)| stem).to_owned();
        self.names.push(name.to_owned());
        self.entries.push(entry);
        self.by_name.entry(lower).or_default().push(at);
        self.by_stem.entry(stem).or_default().push(at);
    }

    /// The files that a row names; without a name, those called by its roll number or email.
    pub fn find(&mut self, cells: &Cells, roll_no: &str, email: &str) -> Matched {
        let mut matched = Matched::default();
        let named: Vec<&str> = cells.photo.split([';', '|']).map(str::trim).filter(|name| !name.is_empty()).collect();
        for name in &named {
            match self.by_name.get(&base(name).to_lowercase()).map(Vec::as_slice) {
                Some([at]) => matched.files.push((*at, self.names[*at].clone())),
                Some(_) => matched.fault(name, "There are several files of this name."),
                None => matched.fault(name, "There is no such file among the photos."),
            }
        }
        if named.is_empty() {
            // A slash cannot stand in a file's name.
            let stems = [roll_no.to_lowercase().replace('/', "-"), email.to_lowercase()];
            let found = stems.iter().filter(|stem| !stem.is_empty()).find_map(|stem| self.by_stem.get(stem));
            for at in found.into_iter().flatten() {
                matched.files.push((*at, self.names[*at].clone()));
            }
        }
        matched.files.dedup();
        self.used.extend(matched.files.iter().map(|(at, _)| *at));
        if matched.files.len() as u64 > PHOTOS_MAX {
            let name = matched.files.split_off(PHOTOS_MAX as usize).first().map(|(_, name)| name.clone());
            let message = format!("A student has at most {PHOTOS_MAX} photos.");
            matched.fault(&name.unwrap_or_default(), &message);
        }
        matched
    }

    /// Files that no row has named so far: how many, and the first of them.
    pub fn unused(&self, most: usize) -> (u64, Vec<String>) {
        let unused = || (0..self.names.len()).filter(|at| !self.used.contains(at));
        (unused().count() as u64, unused().take(most).map(|at| self.names[at].clone()).collect())
    }
}

impl Matched {
    fn fault(&mut self, name: &str, message: &str) {
        self.faults.push((base(name).to_owned(), message.to_owned()));
    }
}

impl Photos {
    /// The photos of a ZIP.
    ///
    /// # Errors
    /// A field error on `zip` for what is no ZIP or breaks a bound.
    pub fn zip(path: &Path) -> AppResult<Self> {
        let unreadable = || AppError::field("zip", "This is not a ZIP file that can be read.");
        let file = File::open(path).map_err(|_| unreadable())?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| unreadable())?;
        if archive.len() > ENTRIES_MAX {
            let message = format!("The ZIP holds {} files; at most {ENTRIES_MAX} are taken.", archive.len());
            return Err(AppError::field("zip", message));
        }
        let mut index = Index::default();
        let mut unpacked: u64 = 0;
        for entry in 0..archive.len() {
            let file = archive.by_index_raw(entry).map_err(|_| unreadable())?;
            // Encrypted archives are told apart here; an entry's true size is bounded again when it is read.
            if file.encrypted() {
                return Err(AppError::field("zip", "The ZIP is locked with a password. Pack it without one."));
            }
            unpacked = unpacked.saturating_add(file.size());
            if file.is_file() && !is_noise(file.name()) {
                index.add(base(file.name()), entry);
            }
        }
        if unpacked > UNPACKED_BYTES_MAX {
            let message = format!("Unpacked, the ZIP would be larger than {} MB.", UNPACKED_BYTES_MAX / 1024 / 1024);
            return Err(AppError::field("zip", message));
        }
        if index.names.is_empty() {
            return Err(AppError::field("zip", "The ZIP holds no files."));
        }
        Ok(Self::Zip { archive: Box::new(archive), index })
    }

    /// The files that lie directly in a folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn folder(folder: &Path) -> Result<Self> {
        let entries = std::fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?;
        let mut names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        let mut index = Index::default();
        for (at, name) in names.iter().filter(|name| !is_noise(name)).enumerate() {
            index.add(name, at);
        }
        Ok(Self::Folder { folder: folder.to_owned(), index })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Zip { index, .. } | Self::Folder { index, .. } => index.names.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files of a row.
    pub fn find(&mut self, cells: &Cells, roll_no: &str, email: &str) -> Matched {
        match self {
            Self::None => {
                let mut matched = Matched::default();
                for name in cells.photo.split([';', '|']).map(str::trim).filter(|name| !name.is_empty()) {
                    matched.fault(name, "No ZIP of photos came with the table.");
                }
                matched
            }
            Self::Zip { index, .. } | Self::Folder { index, .. } => index.find(cells, roll_no, email),
        }
    }

    /// Files that no row has named so far: how many, and the first of them.
    pub fn unused(&self, most: usize) -> (u64, Vec<String>) {
        match self {
            Self::None => (0, Vec::new()),
            Self::Zip { index, .. } | Self::Folder { index, .. } => index.unused(most),
        }
    }

    /// Reads one file, as far as a photo may be long.
    ///
    /// # Errors
    /// A field error on `photo` for one that is too long, torn, or neither JPEG nor PNG.
    pub fn read(&mut self, at: usize) -> AppResult<Vec<u8>> {
        let torn = |_| AppError::field("photo", "The file is damaged.");
        let most = ENROL.file_bytes_max as u64;
        let mut bytes = Vec::new();
        // One byte more tells a file that is just as long as it may be from a longer one.
        match self {
            Self::None => return Err(AppError::field("photo", "There are no photos.")),
            Self::Zip { archive, index } => {
                let entry = index.entries.get(at).copied().unwrap_or(usize::MAX);
                let file = archive.by_index(entry).map_err(|_| AppError::field("photo", "The file is damaged."))?;
                file.take(most + 1).read_to_end(&mut bytes).map_err(torn)?;
            }
            Self::Folder { folder, index } => {
                let name = index.names.get(at).cloned().unwrap_or_default();
                let file = File::open(folder.join(name)).map_err(torn)?;
                file.take(most + 1).read_to_end(&mut bytes).map_err(torn)?;
            }
        }
        if bytes.len() as u64 > most {
            return Err(AppError::field("photo", format!("The photo is larger than {} MB.", most / 1024 / 1024)));
        }
        let is_photo = bytes.starts_with(b"\xFF\xD8\xFF") || bytes.starts_with(b"\x89PNG\r\n\x1a\n");
        if !is_photo {
            return Err(AppError::field("photo", "Only JPEG and PNG photos are taken."));
        }
        Ok(bytes)
    }
}
