//! Guards the shape of the source: arrows between modules, sizes, cfgs, guards.

use std::fs;
use std::path::PathBuf;

/// Longest source file, lines.
const LINES_MAX: usize = 400;

/// Every Rust file under a folder of the repository, with its text.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display())).flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a readable source file");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has source files");
    found
}

/// Lines of code without comments, up to the file's own unit tests.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().enumerate().map(|(at, line)| (at + 1, line.trim())).filter(|(_, line)| !line.starts_with("//"))
}

fn assert_none(faults: Vec<String>, rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

/// Lines of a folder that hold any of these words.
fn holding(folder: &str, except: &[&str], words: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in rust_files(folder) {
        if except.iter().any(|allowed| path.ends_with(allowed)) {
            continue;
        }
        for (at, line) in code_lines(&text) {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{at}: {line}", path.display()));
            }
        }
    }
    faults
}

/// `use` lines and paths of a file that stand outside of function bodies of server functions.
fn file_level(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| line.starts_with("use ") || line.starts_with("pub use "))
}

#[test]
fn files_are_short() {
    let mut faults = Vec::new();
    for folder in ["src", "migration/src", "xtask/src", "tests/it", "benches"] {
        for (path, text) in rust_files(folder) {
            let lines = text.lines().count();
            if lines > LINES_MAX {
                faults.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert_none(faults, "a file has at most 400 lines");
}

#[test]
fn files_say_what_they_are() {
    let silent = rust_files("src").into_iter().filter(|(_, text)| !text.starts_with("//!"));
    assert_none(silent.map(|(path, _)| path.display().to_string()).collect(), "a file opens with what it is");
}

#[test]
fn three_cfgs_and_no_more() {
    let cfgs = holding("src", &[], &["#[cfg(", "#![cfg(", "cfg!(", "cfg_attr(", "cfg_if!"]);
    let here: Vec<_> = cfgs.iter().filter(|line| line.starts_with("src/lib.rs")).collect();
    assert_eq!((cfgs.len(), here.len()), (3, 3), "server, recognition and hydrate, all in lib.rs: {cfgs:#?}");
}

#[test]
fn recognition_is_a_guest() {
    let words = ["crate::", "axum", "leptos", "sea_orm", "tokio", "async fn"];
    assert_none(holding("src/recognition", &[], &words), "the engine knows nothing of ours");
}

#[test]
fn only_one_file_knows_each_engine_library() {
    let ort = holding("src", &["runtime.rs"], &["ort::"]).into_iter().filter(|line| !line.contains("abort::"));
    let ort = ort.filter(|line| line.contains(" ort::") || line.contains("(ort::") || line.contains("<ort::"));
    assert_none(ort.collect(), "runtime.rs alone knows ort");
    assert_none(holding("src", &["index.rs"], &["usearch::"]), "index.rs alone knows usearch");
}

#[test]
fn types_and_errors_import_nothing_of_ours_but_words() {
    let mut faults = holding("src/app/types", &[], &["crate::", "leptos"]);
    faults.retain(|line| !line.ends_with("use crate::tr;"));
    faults.extend(holding("src/app/words", &[], &["crate::app::types", "crate::app::error", "crate::server"]));
    faults.extend(holding("src/app", &[], &["crate::server"]).into_iter().filter(|line| line.contains("app/error.rs")));
    assert_none(faults, "types and error stand at the bottom");
}

#[test]
fn components_call_no_server() {
    assert_none(holding("src/app/components", &[], &["server_fns", "crate::server"]), "data in, events out");
}

#[test]
fn pages_reach_the_server_through_server_functions_alone() {
    assert_none(holding("src/app/pages", &[], &["crate::server::", "sea_orm", "axum"]), "pages call server functions");
}

#[test]
fn server_functions_import_the_server_in_bodies_alone() {
    let mut faults = Vec::new();
    for (path, text) in rust_files("src/app/server_fns") {
        for line in file_level(&text) {
            if ["sea_orm", "axum", "recognition", "crate::server"].iter().any(|word| line.contains(word)) {
                faults.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert_none(faults, "the browser build drops bodies, not imports");
}

#[test]
fn api_holds_no_queries() {
    let faults = holding("src/server/api", &[], &["sea_orm", "leptos"]);
    assert_none(faults, "REST handlers are thin doors");
}

#[test]
fn domain_knows_no_web() {
    let words = ["use axum", "axum::", "use leptos", "leptos::", "tower::", "http::"];
    assert_none(holding("src/server/domain", &[], &words), "rules know no web framework");
}

#[test]
fn every_server_function_names_its_guard() {
    let guards = ["door::anyone(", "door::signed_in(", "door::staff(", "door::admin("];
    let mut faults = Vec::new();
    let mut seen = 0;
    for (path, text) in rust_files("src/app/server_fns") {
        for function in text.split("#[server(").skip(1) {
            seen += 1;
            let head = function.lines().next().unwrap_or_default();
            if guards.iter().filter(|guard| function.contains(*guard)).count() != 1 {
                faults.push(format!("{}: {head}", path.display()));
            }
            if !head.contains("prefix = \"/fn\"") || head.contains("Get") && head.contains("input = Get") {
                faults.push(format!("{}: not a POST under /fn: {head}", path.display()));
            }
        }
    }
    assert!(seen > 15, "the server functions were found");
    assert_none(faults, "a server function names one guard");
}

#[test]
fn every_handler_names_its_guard() {
    let mut faults = Vec::new();
    for (path, text) in rust_files("src/server/api") {
        if ["document.rs", "envelope.rs", "extract.rs", "mod.rs", "paging.rs", "probes.rs"]
            .iter()
            .any(|name| path.ends_with(name))
        {
            continue;
        }
        let mut doc = String::new();
        for line in text.lines() {
            if line.starts_with("///") {
                doc.push_str(line);
            } else {
                if line.starts_with("pub async fn ") && !doc.contains("Guard:") {
                    faults.push(format!("{}: {line}", path.display()));
                }
                // The lines of an attribute that goes over several.
                if !line.starts_with("#[") && !line.starts_with(' ') && !line.starts_with(")]") {
                    doc.clear();
                }
            }
        }
    }
    assert_none(faults, "a handler says who may call it");
}

#[test]
fn no_panics_outside_of_start_up() {
    let mut faults = holding("src/server", &["secrets.rs"], &[".unwrap()", ".expect(", "panic!(", "unreachable!("]);
    faults.extend(holding("src/app", &[], &[".unwrap()", ".expect(", "panic!(", "unreachable!("]));
    assert_none(faults, "trouble is a value");
}

#[test]
fn pages_carry_no_inline_styles_or_handlers() {
    let words = [" style=", " style:", "inner_html", "onclick=", "onload="];
    assert_none(holding("src/app", &[], &words), "the page policy refuses them");
}

#[test]
fn leptos_toml_says_what_cargo_toml_says() {
    let table = |file: &str| -> toml::Table {
        let text = fs::read_to_string(file).expect("a readable file");
        let all: toml::Table = text.parse().expect("TOML");
        let metadata = |table: &toml::Table| table.get("metadata")?.get("leptos")?.as_table().cloned();
        all.get("package").and_then(|package| metadata(package.as_table()?)).expect("package.metadata.leptos")
    };
    let (build, run) = (table("Cargo.toml"), table("Leptos.toml"));
    let mut shared = 0;
    for (key, value) in &run {
        if let Some(other) = build.get(key) {
            shared += 1;
            assert_eq!(value, other, "{key}");
        } else {
            assert_eq!(key, "env", "only env stands in Leptos.toml alone");
        }
    }
    assert!(shared >= 4, "the files share their keys");
    assert!(!build.contains_key("env"), "env belongs into Leptos.toml");
}

#[test]
fn every_setting_is_documented() {
    let config = fs::read_to_string("src/server/config.rs").expect("the settings");
    let sample = fs::read_to_string(".env.sample").expect(".env.sample");
    let names = config.split("env = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let missing: Vec<String> = names.filter(|name| !sample.contains(*name)).map(str::to_owned).collect();
    assert_none(missing, "each setting stands in .env.sample");
}

#[test]
fn source_names_no_path_of_one_machine() {
    for folder in ["src", "tests/it", "xtask/src", "migration/src"] {
        assert_none(holding(folder, &["tidy.rs"], &["/home/", "/Users/"]), "no path of one machine");
    }
}
