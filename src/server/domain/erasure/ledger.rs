//! The ledger of erasures: a file beside the database, which no restore puts back. What it has and the database has not
//! was restored from before the erasure, and is erased again before anybody is served.
//!
//! A line holds a random id, the time, and keyed hashes of the numbers of rows with the second they were made in. Who
//! finds the file learns nobody's name or number; the key lies in a file of its own.

use crate::server::secrets::{LEDGER_KEY_READ, load_or_make_key, random_hex};
use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac, digest::KeyInit};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The ledger's file in the data folder.
pub const FILE: &str = "erasures.jsonl";
/// The key's file in the data folder.
pub const KEY_FILE: &str = "erasures.key";

/// What was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Everything that tells who somebody was.
    Person,
    /// A face: the consent was withdrawn, the student stays.
    Face,
}

impl Kind {
    /// The word of the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Face => "face",
        }
    }
}

/// One erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Random.
    pub id: String,
    pub at: DateTime<Utc>,
    pub kind: Kind,
    /// Which key the hashes were made with.
    pub key_id: String,
    /// Hash of the student; empty where an account alone was left.
    pub student: String,
    /// Hashes of the accounts.
    pub accounts: Vec<String>,
}

/// The file and its key.
pub struct Ledger {
    path: PathBuf,
    key: [u8; 32],
}

impl Ledger {
    /// # Errors
    /// When the key cannot be read or made.
    pub fn open(data: &Path) -> Result<Self> {
        Ok(Self { path: data.join(FILE), key: load_or_make_key(&data.join(KEY_FILE), LEDGER_KEY_READ)? })
    }

    /// Names the key without telling it.
    pub fn key_id(&self) -> String {
        self.hash("key")[..16].to_owned()
    }

    /// The hash of a student's row: by its number and the second it was made in, so that the same number in the
    /// database of another institution is somebody else.
    pub fn of_student(&self, id: i64, created_at: DateTime<Utc>) -> String {
        self.hash(&format!("student {id} {}", created_at.timestamp()))
    }

    /// The same for an account.
    pub fn of_account(&self, id: i64, date_joined: DateTime<Utc>) -> String {
        self.hash(&format!("account {id} {}", date_joined.timestamp()))
    }

    fn hash(&self, text: &str) -> String {
        // The construction pads a key to the block of the hash, 64 bytes.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.key);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(text.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    /// A new entry for these rows.
    pub fn entry(&self, at: DateTime<Utc>, kind: Kind, student: String, accounts: Vec<String>) -> Entry {
        Entry { id: random_hex::<16>(), at, kind, key_id: self.key_id(), student, accounts }
    }

    /// All entries of the file. A last line that was not written whole is none: its erasure stands in the database.
    ///
    /// # Errors
    /// When the file cannot be read, or a line in the middle is none of ours.
    pub fn read(&self) -> Result<Vec<Entry>> {
        let mut text = String::new();
        match std::fs::File::open(&self.path) {
            Ok(mut file) => {
                file.read_to_string(&mut text).with_context(|| format!("reading {}", self.path.display()))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(|| format!("reading {}", self.path.display())),
        };
        let mut entries = Vec::new();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (at, line) in lines.iter().enumerate() {
            match serde_json::from_str(line) {
                Ok(entry) => entries.push(entry),
                Err(_) if at + 1 == lines.len() && !line.ends_with('\n') => {}
                Err(error) => {
                    let at = at + 1;
                    return Err(error).with_context(|| {
                        format!(
                            "line {at} of {} cannot be read: put the file back as it was, or take the line out, and \
                             erase again whoever it was about",
                            self.path.display()
                        )
                    });
                }
            }
        }
        Ok(entries)
    }

    /// Adds entries, synced. A torn last line is cut off before.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn append(&self, entries: &[Entry]) -> Result<()> {
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&self.path)?;
        let mut before = Vec::new();
        file.read_to_end(&mut before)?;
        let whole = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if whole < before.len() {
            file.set_len(whole as u64)?;
            std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(whole as u64))?;
        }
        let mut text = Vec::new();
        for entry in entries {
            ensure!(!entry.id.is_empty(), "an erasure without an id");
            serde_json::to_writer(&mut text, entry)?;
            text.push(b'\n');
        }
        let written = file.write_all(&text).and_then(|()| file.sync_all());
        written.with_context(|| format!("writing {}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_written_is_read_and_a_torn_end_is_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = Ledger::open(folder.path()).expect("a ledger");
        assert!(ledger.read().expect("nothing yet").is_empty());
        let now = DateTime::UNIX_EPOCH;
        let entry = |id| ledger.entry(now, Kind::Person, ledger.of_student(id, now), vec![ledger.of_account(id, now)]);
        let (first, second) = (entry(1), entry(2));
        ledger.append(std::slice::from_ref(&first)).expect("written");
        let path = folder.path().join(FILE);
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let mut torn = std::fs::read(&path).expect("the file");
        torn.extend(b"{\"id\":\"ab");
        std::fs::write(&path, torn).expect("torn");
        assert_eq!(ledger.read().expect("the whole lines"), std::slice::from_ref(&first));
        ledger.append(std::slice::from_ref(&second)).expect("written");
        assert_eq!(ledger.read().expect("both"), [first, second]);
        std::fs::write(&path, "{}\n{}\n").expect("spoilt");
        let refused = format!("{:#}", ledger.read().expect_err("none of ours"));
        assert!(refused.starts_with("line 1 of ") && refused.contains("erase again"), "{refused}");
    }

    #[test]
    fn a_hash_means_one_row_under_one_key() {
        let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let (one, other) = (Ledger::open(one.path()).expect("one"), Ledger::open(other.path()).expect("other"));
        let (now, later) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + chrono::Duration::seconds(1));
        let hash = one.of_student(7, now);
        assert_eq!(hash.len(), 64);
        assert_eq!(hash, one.of_student(7, now + chrono::Duration::milliseconds(999)));
        for another in
            [one.of_student(8, now), one.of_student(7, later), one.of_account(7, now), other.of_student(7, now)]
        {
            assert_ne!(hash, another);
        }
        assert_ne!(one.key_id(), other.key_id());
    }
}
