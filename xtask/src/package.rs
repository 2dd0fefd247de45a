//! The browser's files under names that carry a hash of their content.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::{compress, download::sha256_hex, process, wasm::OUTPUT_NAME};

/// Files that pages ask for by name; everything else is found by these.
const NAMED: [&str; 3] = ["css", "js", "wasm"];
const HASH_DIGITS: usize = 16;

/// Copies the files below `plain` to `package`, the named ones with their hashes, and removes what is there from
/// earlier builds. Returns the list of hashes, a line such as `wasm: 1a2b` each.
pub fn publish(plain: &Path, package: &Path) -> Result<String> {
    let mut list = String::new();
    let mut wanted = BTreeSet::new();
    for entry in WalkDir::new(plain).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let below = entry.path().strip_prefix(plain)?;
        let bytes = fs::read(entry.path()).with_context(|| format!("reading {}", entry.path().display()))?;
        let kind = NAMED.into_iter().find(|kind| below == Path::new(&format!("{OUTPUT_NAME}.{kind}")));
        let name = match kind {
            Some(kind) => {
                let hash = &sha256_hex(&bytes)[..HASH_DIGITS];
                list.push_str(&format!("{kind}: {hash}\n"));
                PathBuf::from(format!("{OUTPUT_NAME}.{hash}.{kind}"))
            }
            None => below.to_owned(),
        };
        let target = package.join(name);
        process::write_changed(&target, &bytes)?;
        wanted.extend([compress::copy_of(&target, "br"), compress::copy_of(&target, "gz"), target]);
    }
    for entry in WalkDir::new(package) {
        let entry = entry?;
        if entry.file_type().is_file() && !wanted.contains(entry.path()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(list)
}

/// The published file of one kind.
pub fn find(package: &Path, kind: &str) -> Result<PathBuf> {
    let files = fs::read_dir(package)?.flatten().map(|entry| entry.path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == kind))
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OUTPUT_NAME)))
        .with_context(|| format!("no {kind} file in {}", package.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_content_and_old_files_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let (plain, package) = (folder.path().join("plain"), folder.path().join("pkg"));
        fs::create_dir_all(plain.join("snippets")).expect("made");
        for (name, text) in [("rollcall.js", "js"), ("rollcall.wasm", "one"), ("snippets/a.js", "a")] {
            fs::write(plain.join(name), text).expect("written");
        }
        let before = publish(&plain, &package).expect("published");
        let first = find(&package, "wasm").expect("there");
        fs::write(plain.join("rollcall.wasm"), "two").expect("written");
        let after = publish(&plain, &package).expect("published");
        let second = find(&package, "wasm").expect("there");

        assert_ne!(before, after);
        assert_ne!(first, second);
        assert!(!first.exists(), "the old file is gone");
        assert_eq!(fs::read_to_string(second).expect("read"), "two");
        assert!(package.join("snippets/a.js").is_file());
        assert!(after.lines().any(|line| line.starts_with("js: ")), "{after}");
    }
}
