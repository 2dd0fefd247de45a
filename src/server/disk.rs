//! Room on the disk.

use std::path::Path;

/// Free bytes under which the disk is soon full, and under which it is as good as full.
pub const LOW_BYTES: u64 = 2_000_000_000;
pub const FULL_BYTES: u64 = 200_000_000;

/// Bytes that this program may still write below this folder; nothing when the system does not tell.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(folder).ok()?;
    facts.f_bavail.checked_mul(facts.f_frsize)
}
