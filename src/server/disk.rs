//! Room on the disk.

use std::path::Path;

/// Bytes that this program may still write below this folder; nothing when the system does not tell.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(folder).ok()?;
    facts.f_bavail.checked_mul(facts.f_frsize)
}
