//! Names of the browser's files: each carries a hash of its content, so that a browser may keep it for good.

use crate::app::BrowserFiles;
use leptos::config::LeptosOptions;
use std::path::{Path, PathBuf};

/// The files as they were built; without hashes in their names where the build wrote none.
pub fn find(options: &LeptosOptions) -> BrowserFiles {
    let list = hash_list(&options.hash_file);
    let hashes = if options.hash_files { std::fs::read_to_string(&list).ok() } else { None };
    if options.hash_files && hashes.is_none() {
        tracing::warn!("{} is missing: pages ask for browser files without hashes in their names", list.display());
    }
    name(options, hashes.as_deref().unwrap_or_default())
}

/// Beside the program, where `cargo leptos` puts it too.
fn hash_list(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.parent().unwrap_or(Path::new("")).join(name)
}

/// `hashes` has lines such as `wasm: 1a2b`.
fn name(options: &LeptosOptions, hashes: &str) -> BrowserFiles {
    let address = |kind: &str| {
        let hash = hashes.lines().find_map(|line| line.trim().strip_prefix(kind)?.strip_prefix(':'));
        let hash = hash.map(|hash| format!(".{}", hash.trim())).unwrap_or_default();
        format!("/{}/{}{hash}.{kind}", options.site_pkg_dir, options.output_name)
    };
    BrowserFiles { stylesheet: address("css"), script: address("js"), module: address("wasm") }
}

/// Whether an address names a file by its content, so that it never changes.
pub fn is_hashed(path: &str) -> bool {
    path.strip_prefix("/pkg/").is_some_and(|name| !name.contains('/') && name.split('.').count() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> LeptosOptions {
        LeptosOptions::builder().output_name("rollcall").build()
    }

    #[test]
    fn names_carry_their_hashes() {
        let files = name(&options(), "js: 0aF-_\nwasm:12\ncss: 34\n");
        assert_eq!(files.script, "/pkg/rollcall.0aF-_.js");
        assert_eq!(files.module, "/pkg/rollcall.12.wasm");
        assert_eq!(files.stylesheet, "/pkg/rollcall.34.css");
        assert!([&files.script, &files.module, &files.stylesheet].iter().all(|file| is_hashed(file)));
    }

    #[test]
    fn names_without_hashes_are_asked_for_anew() {
        let files = name(&options(), "");
        assert_eq!(files.module, "/pkg/rollcall.wasm");
        assert!(!is_hashed(&files.module));
        assert!(!is_hashed("/pkg/snippets/a.b.js"));
        assert!(!is_hashed("/today"));
    }
}
