//! The catalogues of words: whole, alike in every language, and agreeing with the source that asks for them.

use fluent_syntax::{ast, parser};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Messages that are the same in every language, letter for letter: names and units.
const SAME_EVERYWHERE: &[&str] = &[];

/// Keys that are put together while running, by their beginnings.
const BUILT: &[&str] = &["month-", "weekday-"];

/// Pages with the browser half, and what is only theirs. All other pages are drawn by the server alone.
const BROWSER_PAGES: &[&str] = &[
    "admin/new_student.rs",
    "admin/users.rs",
    "check.rs",
    "login.rs",
    "mailed_links.rs",
    "my_camera.rs",
    "session.rs",
    "setup.rs",
    "student.rs",
    "student_photos.rs",
    "today.rs",
];

/// Categories of plural in Arabic, the first of which may be a number of its own.
const ARABIC_PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// One message of one language.
#[derive(Debug, Default)]
struct Message {
    file: String,
    /// Names of the values that stand in it.
    values: BTreeSet<String>,
    /// All its text, of every variant.
    text: String,
    /// The keys of each choice between variants.
    choices: Vec<BTreeSet<String>>,
}

/// One `tr!(…)` of the source.
struct Call {
    file: String,
    key: String,
    values: BTreeSet<String>,
}

fn assert_none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![PathBuf::from(folder)]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} has files");
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All messages of a language, and what is wrong with its files.
fn messages(tag: &str) -> (BTreeMap<String, Message>, Vec<String>) {
    let (mut found, mut faults) = (BTreeMap::new(), Vec::new());
    for path in files_below(&format!("locales/{tag}"), "ftl") {
        let (place, file) = (path.display().to_string(), path.file_name().expect("a name").display().to_string());
        let text = read(&path);
        let resource = parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| format!("{place}: {error:?}")));
            resource
        });
        for entry in resource.body {
            match entry {
                ast::Entry::Message(ast::Message { id, value: Some(pattern), attributes, .. })
                    if attributes.is_empty() =>
                {
                    let mut message = Message { file: file.clone(), ..Message::default() };
                    message.take(&pattern);
                    if found.insert(id.name.to_owned(), message).is_some() {
                        faults.push(format!("{place}: {} stands twice", id.name));
                    }
                }
                ast::Entry::Message(message) => {
                    faults.push(format!("{place}: {} is no plain message", message.id.name))
                }
                ast::Entry::Term(term) => faults.push(format!("{place}: {} is a term", term.id.name)),
                ast::Entry::Junk { content } => faults.push(format!("{place}: not understood: {content}")),
                _ => {}
            }
        }
    }
    (found, faults)
}

impl Message {
    fn take(&mut self, pattern: &ast::Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                ast::PatternElement::TextElement { value } => self.text.push_str(value),
                ast::PatternElement::Placeable { expression } => self.take_expression(expression),
            }
        }
    }

    fn take_expression(&mut self, expression: &ast::Expression<&str>) {
        match expression {
            ast::Expression::Inline(inline) => self.take_inline(inline),
            ast::Expression::Select { selector, variants } => {
                self.take_inline(selector);
                let name = |key: &ast::VariantKey<&str>| match key {
                    ast::VariantKey::Identifier { name } => (*name).to_owned(),
                    ast::VariantKey::NumberLiteral { value } => (*value).to_owned(),
                };
                self.choices.push(variants.iter().map(|variant| name(&variant.key)).collect());
                for variant in variants {
                    self.take(&variant.value);
                }
            }
        }
    }

    fn take_inline(&mut self, inline: &ast::InlineExpression<&str>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.values.insert(id.name.to_owned());
            }
            ast::InlineExpression::StringLiteral { value } => self.text.push_str(value),
            ast::InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|argument| self.take_inline(argument));
            }
            ast::InlineExpression::Placeable { expression } => self.take_expression(expression),
            _ => {}
        }
    }
}

/// Every `tr!(…)` below `src`, and those that cannot be read.
fn calls() -> (Vec<Call>, Vec<String>) {
    let (mut calls, mut faults) = (Vec::new(), Vec::new());
    for path in files_below("src", "rs") {
        let file = path.display().to_string().replace('\\', "/");
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let code = read(&path).lines().filter(is_code).collect::<Vec<_>>().join("\n");
        for (at, _) in code.match_indices("tr!(") {
            // The end of a longer name.
            if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let parts = arguments(&code[at + "tr!(".len()..]);
            let (key, values) = parts.split_first().expect("arguments");
            let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"'));
            let values: Option<BTreeSet<String>> = values.iter().map(|value| name_of(value)).collect();
            match (key, values) {
                (Some(key), Some(values)) => calls.push(Call { file: file.clone(), key: key.to_owned(), values }),
                _ => faults.push(format!("{file}: tr!({})", parts.join(", "))),
            }
        }
    }
    (calls, faults)
}

/// The arguments of a macro up to its closing bracket, in which strings and brackets may hold commas.
fn arguments(code: &str) -> Vec<String> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    let mut chars = code.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                while let Some((_, inner)) = chars.next() {
                    match inner {
                        '\\' => {
                            chars.next();
                        }
                        '"' => break,
                        _ => {}
                    }
                }
            }
            // A character, which may be a quotation mark; a lifetime has no second mark.
            '\'' => {
                let rest = &code[at + 1..];
                let length = rest.strip_prefix('\\').map_or(1, |_| 2);
                if rest.chars().nth(length) == Some('\'') {
                    for _ in 0..=length {
                        chars.next();
                    }
                }
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                parts.push(code[start..at].trim().to_owned());
                start = at + 1;
            }
            ')' => {
                parts.push(code[start..at].trim().to_owned());
                break;
            }
            _ => {}
        }
    }
    // A comma may stand behind the last.
    if parts.len() > 1 && parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts
}

/// `name` of `name = value`.
fn name_of(argument: &str) -> Option<String> {
    let (name, _) = argument.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then(|| name.to_owned())
}

/// The files of one list of the catalogue's source.
fn listed(name: &str) -> BTreeSet<String> {
    let source = read(Path::new("src/app/words/catalogue.rs"));
    let list = source.split(&format!("const {name}: ")).nth(1).and_then(|rest| rest.split("];").next()).expect(name);
    list.split('"').skip(1).step_by(2).filter_map(|path| path.rsplit('/').next()).map(str::to_owned).collect()
}

#[test]
fn catalogues_have_no_faults() {
    for tag in ["en", "ar"] {
        let (messages, faults) = messages(tag);
        assert!(messages.len() > 300, "{tag}: the catalogue is read: {}", messages.len());
        assert_none(&faults, "a catalogue holds plain messages, each once");
    }
}

#[test]
fn every_file_is_built_in_once_for_both_languages() {
    let names = |tag: &str| -> BTreeSet<String> {
        let files = files_below(&format!("locales/{tag}"), "ftl");
        files.iter().map(|path| path.file_name().expect("a name").display().to_string()).collect()
    };
    assert_eq!(names("en"), names("ar"));
    for (tag, browser, server) in [("en", "BROWSER_EN", "SERVER_EN"), ("ar", "BROWSER_AR", "SERVER_AR")] {
        let (browser, server) = (listed(browser), listed(server));
        assert!(browser.is_disjoint(&server), "{tag}");
        assert_eq!(&browser | &server, names(tag), "{tag}");
    }
    assert_eq!(listed("BROWSER_EN"), listed("BROWSER_AR"));
}

#[test]
fn both_languages_say_the_same() {
    let ((english, _), (arabic, _)) = (messages("en"), messages("ar"));
    let mut faults = Vec::new();
    for (key, message) in &english {
        match arabic.get(key) {
            None => faults.push(format!("{key}: not in Arabic")),
            Some(other) if other.file != message.file => faults.push(format!("{key}: in another file")),
            Some(other) if other.values != message.values => {
                faults.push(format!("{key}: {:?} in English, {:?} in Arabic", message.values, other.values));
            }
            Some(_) => {}
        }
    }
    faults.extend(arabic.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{key}: not in English")));
    assert_none(&faults, "each message is in both languages, in the same file, with the same values");
}

#[test]
fn source_and_catalogue_agree() {
    let (english, _) = messages("en");
    let (calls, mut faults) = calls();
    assert!(calls.len() > 500, "the source is read: {}", calls.len());
    for call in &calls {
        match english.get(&call.key) {
            None => faults.push(format!("{}: there is no {}", call.file, call.key)),
            Some(message) if message.values != call.values => {
                faults.push(format!("{}: {} has {:?}, not {:?}", call.file, call.key, message.values, call.values));
            }
            Some(_) => {}
        }
    }
    let used: BTreeSet<&str> = calls.iter().map(|call| call.key.as_str()).collect();
    let is_built = |key: &str| BUILT.iter().any(|beginning| key.starts_with(beginning));
    let unused = english.keys().filter(|key| !used.contains(key.as_str()) && !is_built(key));
    faults.extend(unused.map(|key| format!("{key} is never said")));
    assert_none(&faults, "what is said stands in the catalogue, with its values, and nothing else does");
}

#[test]
fn arabic_is_written_in_arabic() {
    let ((english, _), (arabic, _)) = (messages("en"), messages("ar"));
    let mut faults = Vec::new();
    for (key, message) in &arabic {
        let Some(original) = english.get(key) else { continue };
        let is_arabic = message.text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        // Signs alone, or an abbreviation.
        let is_sign = !original.text.chars().any(char::is_lowercase) && original.text == message.text;
        if !is_arabic && !is_sign && !SAME_EVERYWHERE.contains(&key.as_str()) {
            faults.push(format!("{key}: {}", message.text));
        }
    }
    assert_none(&faults, "Arabic messages are Arabic");
    let stale = SAME_EVERYWHERE.iter().filter(|key| !arabic.contains_key(**key));
    assert_none(&stale.map(|key| (*key).to_owned()).collect::<Vec<_>>(), "exceptions are needed");
}

#[test]
fn arabic_knows_all_its_plurals() {
    let (arabic, _) = messages("ar");
    let mut faults = Vec::new();
    for (key, message) in &arabic {
        for choice in &message.choices {
            let has = |category: &str| choice.contains(category) || category == "zero" && choice.contains("0");
            let is_plural = ARABIC_PLURALS[..5].iter().any(|category| choice.contains(*category));
            if is_plural && !ARABIC_PLURALS.into_iter().all(has) {
                faults.push(format!("{key}: {choice:?}"));
            }
        }
    }
    assert_none(&faults, "a plural has six forms in Arabic");
}

#[test]
fn browser_half_has_all_its_words() {
    let (english, _) = messages("en");
    let browser = listed("BROWSER_EN");
    let (calls, _) = calls();
    let runs_in_browser = |file: &str| match file.strip_prefix("src/app/pages/") {
        Some(page) => BROWSER_PAGES.contains(&page),
        // The bodies of server functions stay on the server.
        None => file.starts_with("src/app/") && !file.starts_with("src/app/server_fns/"),
    };
    let said = calls.iter().filter(|call| runs_in_browser(&call.file));
    let missing = said.filter(|call| english.get(&call.key).is_some_and(|message| !browser.contains(&message.file)));
    let missing: Vec<String> = missing.map(|call| format!("{}: {}", call.file, call.key)).collect();
    assert_none(&missing, "what the browser half says is built into it");
}

#[test]
fn pages_with_the_browser_half_are_listed() {
    let modules = read(Path::new("src/app/pages/mod.rs"));
    // `pub use admin::users::UsersPage;`, or several pages in braces.
    let module_of = |page: &str| -> String {
        let line = modules.lines().find(|line| {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            line.starts_with("pub use ") && words.any(|word| word == page)
        });
        let path = line.and_then(|line| line.strip_prefix("pub use ")).unwrap_or_else(|| panic!("{page}"));
        let end = path.find('{').unwrap_or_else(|| path.rfind("::").expect("a module") + 2);
        path[..end].trim_end_matches("::").replace("::", "/") + ".rs"
    };
    let routes = read(Path::new("src/app/routes.rs"));
    let with_scripts = routes.lines().filter(|line| line.contains("<Route path=") && !line.contains("view=|| plain("));
    let words = with_scripts.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    let pages: BTreeSet<&str> = words.filter(|word| word.ends_with("Page")).collect();
    assert!(pages.len() > 8, "the routes are read: {pages:?}");
    let missing: Vec<String> =
        pages.into_iter().map(module_of).filter(|file| !BROWSER_PAGES.contains(&file.as_str())).collect();
    assert_none(&missing, "a page with scripts says so here");
    let gone = BROWSER_PAGES.iter().filter(|page| !Path::new("src/app/pages").join(page).is_file());
    assert_none(&gone.map(|page| (*page).to_owned()).collect::<Vec<_>>(), "listed pages exist");
}

#[test]
fn arguments_are_told_apart() {
    let all = arguments(r#""a-key", name = f("x, )", ')'), other = [1, 2].len(),) and more"#);
    assert_eq!(all, [r#""a-key""#, r#"name = f("x, )", ')')"#, "other = [1, 2].len()"]);
    assert_eq!(name_of(&all[1]).as_deref(), Some("name"));
    assert_eq!(arguments(r#""key")"#), [r#""key""#]);
}
