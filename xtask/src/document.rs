//! Documents with tables that a command writes.

use std::{fs, path::PathBuf, thread};

use anyhow::{Context, Result};

use crate::process;

/// A Markdown file with tables between `<!-- bench:NAME -->` and
/// `<!-- /bench:NAME -->`; everything else in it belongs to its authors.
pub struct Document {
    path: PathBuf,
    text: String,
}

impl Document {
    /// Reads it; one that is not there begins with a title.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: PathBuf) -> Result<Self> {
        let text = if path.is_file() {
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?
        } else {
            "# Figures\n".to_owned()
        };
        Ok(Self { path, text })
    }

    /// Puts a table in its place, or at the end.
    pub fn put(&mut self, name: &str, table: &str) {
        let (open, close) = (format!("<!-- bench:{name} -->"), format!("<!-- /bench:{name} -->"));
        let between = format!("{open}\n{}\n{close}", table.trim());
        let range =
            self.text.find(&open).and_then(|from| Some(from..self.text[from..].find(&close)? + from + close.len()));
        match range {
            Some(range) => self.text.replace_range(range, &between),
            None => self.text.push_str(&format!("\n{between}\n")),
        }
    }

    /// What stands in a place; nothing where there is none.
    pub fn get(&self, name: &str) -> &str {
        let (open, close) = (format!("<!-- bench:{name} -->"), format!("<!-- /bench:{name} -->"));
        let after = self.text.split_once(&open).map_or("", |(_, after)| after);
        after.split_once(&close).map_or("", |(between, _)| between)
    }

    /// # Errors
    /// When it cannot be written.
    pub fn save(&self) -> Result<()> {
        process::write_changed(&self.path, self.text.as_bytes())?;
        println!("Tables written to {}", self.path.display());
        Ok(())
    }
}

/// Processor and number of cores, without which no figure means anything.
pub fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!("Measured on {cores} cores of: {model}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_replaces_only_its_own_part() {
        let mut document = Document { path: PathBuf::new(), text: "before\n".to_owned() };
        document.put("a", "first");
        document.put("b", "other");
        document.put("a", "second");
        assert_eq!((document.get("b").trim(), document.get("c")), ("other", ""));
        assert_eq!(
            document.text,
            "before\n\n<!-- bench:a -->\nsecond\n<!-- /bench:a -->\n\n\
             <!-- bench:b -->\nother\n<!-- /bench:b -->\n"
        );
    }
}
