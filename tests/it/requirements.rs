//! The map of requirements names tests that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Number, statement and proof of one line of the map.
fn lines() -> Vec<(String, String, String)> {
    let text = fs::read_to_string("docs/requirements.md").expect("the map");
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| No"));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    rows.map(cells).map(|cells| (cells[0].clone(), cells[1].clone(), cells[2..].join(" | "))).collect()
}

/// Names of all tests: functions in Rust, titles of stories.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = ["tests", "src", "xtask/src", "end2end/stories"].map(|folder| Path::new(folder).to_owned()).to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let story = path.extension().is_some_and(|ending| ending == "js");
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if story && let Some(rest) = line.strip_prefix("test('").or_else(|| line.strip_prefix("story('")) {
                names.extend(rest.split('\'').next().map(str::to_owned));
            }
            let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
            if is_test && let Some(function) = function {
                names.extend(function.split(['(', '<']).next().map(str::to_owned));
            }
            is_test =
                line.starts_with("#[test]") || line.starts_with("#[tokio::test") || is_test && line.starts_with('#');
        }
    }
    names
}

#[test]
fn every_named_test_exists_and_every_line_has_one_or_a_reason() {
    let (tests, lines) = (tests(), lines());
    assert!(lines.len() > 200, "the map is read: {}", lines.len());
    let mut faults = Vec::new();
    for (number, _, proof) in &lines {
        let named: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
        for name in &named {
            if !tests.contains(*name) {
                faults.push(format!("{number}: there is no test `{name}`"));
            }
        }
        if named.is_empty() && proof.len() < 20 {
            faults.push(format!("{number}: neither a test nor a reason"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_line_stands_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<String> =
        lines().into_iter().map(|(number, ..)| number).filter(|number| !seen.insert(number.clone())).collect();
    assert_eq!(twice, Vec::<String>::new());
}
