//! Random bytes, and keys that are made at first start and never defaulted.

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Random bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness: nothing safe can be done then.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// `2 * N` hexadecimal digits.
pub fn random_hex<const N: usize>() -> String {
    hex::encode(random_bytes::<N>())
}

/// SHA-256 of a text, in hexadecimal digits.
pub fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Compares in constant time.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// Who has read the key of tokens, and what to do about it.
pub const TOKEN_KEY_READ: &str = "whoever has read it can sign in as anybody. Run `chmod 600` on it, or remove it: a new \
                                  key is made then, and programs sign in anew";
/// The same for the key of the ledger of erasures, which no other can replace.
pub const LEDGER_KEY_READ: &str = "whoever has read it can tell from the ledger of erasures which rows were erased. Run \
                                   `chmod 600` on it, and keep it: without it nobody is erased again after a restore";

/// Reads a 32-byte key, or makes it with mode 0600 when the file is not there. `read_by_others` says what it means when
/// others may read it, and what to do then.
///
/// # Errors
/// When the file cannot be read or written, or holds anything but 64 hex digits.
pub fn load_or_make_key(path: &Path, read_by_others: &str) -> Result<[u8; 32]> {
    if !path.exists() {
        let temporary = path.with_extension("new");
        write_private(&temporary, random_hex::<32>().as_bytes())?;
        std::fs::rename(&temporary, path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let facts = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mode = std::os::unix::fs::PermissionsExt::mode(&facts.permissions());
    ensure!(mode & 0o077 == 0, "{} may be read by others (mode {:o}): {read_by_others}", path.display(), mode & 0o777);
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut key = [0; 32];
    let decoded = hex::decode_to_slice(text.trim(), &mut key);
    ensure!(decoded.is_ok(), "{} does not hold a key of 64 hexadecimal digits", path.display());
    Ok(key)
}

/// Writes a file that only this user may read, and syncs it.
///
/// # Errors
/// When the file cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_this_user_alone_and_a_torn_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token.key");
        let made = load_or_make_key(&path, TOKEN_KEY_READ).expect("made");
        assert_eq!(load_or_make_key(&path, TOKEN_KEY_READ).expect("read"), made);
        assert_ne!(made, [0; 32]);
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        for open in [0o644, 0o640, 0o604] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(open)).expect("opened");
            let refused = load_or_make_key(&path, TOKEN_KEY_READ).expect_err("others may read it").to_string();
            assert!(refused.contains(&format!("mode {open:o}")), "{refused}");
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).expect("closed");
        assert_eq!(load_or_make_key(&path, TOKEN_KEY_READ).expect("read"), made);
        std::fs::remove_file(&path).expect("removed");
        write_private(&path, b"half a k").expect("torn");
        assert!(load_or_make_key(&path, TOKEN_KEY_READ).is_err());
    }
}
