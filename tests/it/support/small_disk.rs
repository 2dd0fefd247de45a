//! A disk that fills within a moment: a file system in memory, which takes the right to mount one.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A mounted file system of a few megabytes; it goes when this value goes.
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// A disk of so many megabytes; nothing where this user may not mount one, which `CI=true` does not allow.
    pub fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder to mount at");
        let size = format!("size={megabytes}m,mode=700");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "rollcall-test"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self { folder });
        }
        // Written past the test harness, which swallows what passing tests print.
        let _ = writeln!(std::io::stderr(), "NOT RUN: full disk: this user may not mount a small file system");
        assert!(std::env::var("CI").as_deref() != Ok("true"), "with CI=true a test that is not run is a failure");
        None
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room that is left.
    pub fn fill(&self) {
        let mut file = std::fs::File::create(self.filler()).expect("a file that takes the room");
        let block = vec![0_u8; 4096];
        while file.write(&block).is_ok_and(|written| written > 0) {}
    }

    /// Gives the room back.
    pub fn free(&self) {
        std::fs::remove_file(self.filler()).expect("the room is given back");
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Connections may still be closing: it goes from sight at once, and for good when they are gone.
        let _ = Command::new("umount").arg("--lazy").arg(self.folder.path()).status();
    }
}
