//! Names of the browser's files: each carries a hash of its content, so that a browser may keep it for good.

use crate::app::BrowserFiles;
use leptos::config::LeptosOptions;
use std::path::{Path, PathBuf};

/// The files as they were built: by the list that the build left, else by what lies in their folder; without hashes in
/// their names where the build wrote none.
pub fn find(options: &LeptosOptions) -> BrowserFiles {
    let folder = Path::new(&*options.site_root).join(&*options.site_pkg_dir);
    let hashes = match options.hash_files {
        true => std::fs::read_to_string(hash_list(&options.hash_file)).unwrap_or_else(|_| hashes_in(&folder)),
        false => String::new(),
    };
    name(options, &hashes)
}

/// The same lines for a program that was moved away from its list; of several builds the latest counts.
fn hashes_in(folder: &Path) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.file_name().into_string().ok()?)))
        .collect();
    files.sort_by(|a, b| b.cmp(a));
    let line = |(_, file): &(_, String)| match *file.split('.').collect::<Vec<_>>() {
        [_, hash, kind] => Some(format!("{kind}: {hash}\n")),
        _ => None,
    };
    files.iter().filter_map(line).collect()
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

/// Files that lie at the top of the site, by names that never change.
pub const AT_THE_TOP: [&str; 10] = [
    "apple-touch-icon.png",
    "favicon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
    "manifest.webmanifest",
    "offline.css",
    "offline.html",
    "sw.js",
    "waiting.js",
];

/// Whether an address names one of them; a browser asks each time whether it changed.
pub fn is_at_the_top(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|name| AT_THE_TOP.contains(&name))
}

/// What the file at an address may do: the service worker talks to this site, the page for lost networks loads its two
/// files, and nothing else does anything.
pub fn policy(path: &str) -> &'static str {
    match path {
        "/sw.js" => "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
        "/offline.html" => {
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; worker-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        }
        _ => "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    }
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
    fn moved_program_finds_the_latest_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = std::time::SystemTime::UNIX_EPOCH;
        let written =
            [("rollcall.old.js", 1), ("rollcall.new.js", 2), ("rollcall.new.js.br", 3), ("rollcall.9.css", 1)];
        for (name, hours) in written {
            let file = std::fs::File::create(folder.path().join(name)).expect("made");
            file.set_modified(at + std::time::Duration::from_secs(hours * 3600)).expect("dated");
        }
        let files = name(&options(), &hashes_in(folder.path()));
        assert_eq!(files.script, "/pkg/rollcall.new.js");
        assert_eq!(files.stylesheet, "/pkg/rollcall.9.css");
        assert_eq!(files.module, "/pkg/rollcall.wasm", "nothing there to name");
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
