//! What the steps of a test run came to, and the closing lines.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::process;

/// Tests of one step. A step that is one check counts as one test.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
}

/// Everything that happened, in order.
#[derive(Default)]
pub struct Report {
    rows: Vec<(String, Count, Duration)>,
    not_run: Vec<(String, String)>,
}

impl Report {
    /// One check that holds or does not. Returns whether it holds.
    pub fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.count(name, || work().map(|()| Count { passed: 1, failed: 0 }))
    }

    /// A step that counts its own tests; an error is one failure.
    /// Returns whether nothing failed.
    pub fn count(&mut self, name: &str, work: impl FnOnce() -> Result<Count>) -> bool {
        println!("\n── {name}");
        let started = Instant::now();
        let count = work().unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Count { passed: 0, failed: 1 }
        });
        self.rows.push((name.to_owned(), count, started.elapsed()));
        count.failed == 0
    }

    /// A suite that cannot run here.
    pub fn leave_out(&mut self, name: &str, reason: &str) {
        println!("\n── {name}: not run, {reason}");
        self.not_run.push((name.to_owned(), reason.to_owned()));
    }

    /// Prints every step, what was left out, and the closing line. Returns
    /// whether the run as a whole succeeded.
    pub fn close(self) -> bool {
        let mut total = Count::default();
        println!("\n── Summary");
        for (name, count, took) in &self.rows {
            let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
            let tests = count.passed + count.failed;
            println!("{verdict:>7}  {tests:>4}  {:>6.1} s  {name}", took.as_secs_f32());
            total.passed += count.passed;
            total.failed += count.failed;
        }
        for (name, reason) in &self.not_run {
            println!("not run                  {name}: {reason}");
        }
        if process::in_ci() && !self.not_run.is_empty() {
            println!("With CI set, a suite that was not run is a failure.");
            total.failed += self.not_run.len();
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0
    }
}

/// Adds what a line of test output says, if it sums up a group of tests:
/// libtest's `test result: …` or the end of Node's `spec` report.
pub fn add_line(count: &mut Count, line: &str) {
    let number = |text: &str| text.trim().parse::<usize>().unwrap_or(0);
    if let Some(rest) = line.strip_prefix("test result: ") {
        let rest = rest.split_once(". ").map_or(rest, |(_, rest)| rest);
        for part in rest.split(';') {
            if let Some(text) = part.trim().strip_suffix(" passed") {
                count.passed += number(text);
            } else if let Some(text) = part.trim().strip_suffix(" failed") {
                count.failed += number(text);
            }
        }
    } else if let Some(rest) = line.strip_prefix("ℹ ") {
        match rest.split_once(' ') {
            Some(("pass", text)) => count.passed += number(text),
            Some(("fail" | "cancelled", text)) => count.failed += number(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_summaries_add_up() {
        let mut count = Count::default();
        add_line(&mut count, "test result: ok. 12 passed; 0 failed; 0 ignored; finished in 1s");
        add_line(&mut count, "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured");
        add_line(&mut count, "test auth::test result: … ok");
        assert_eq!(count, Count { passed: 15, failed: 2 });
    }

    #[test]
    fn node_summaries_add_up() {
        let mut count = Count::default();
        for line in ["ℹ tests 6", "ℹ pass 3", "ℹ fail 1", "ℹ cancelled 2", "ℹ duration_ms 4.2"] {
            add_line(&mut count, line);
        }
        assert_eq!(count, Count { passed: 3, failed: 3 });
    }

    #[test]
    fn failing_step_fails_the_run() {
        let mut report = Report::default();
        assert!(report.check("good", || Ok(())));
        assert!(!report.check("bad", || anyhow::bail!("no")));
        assert!(!report.close());
    }
}
