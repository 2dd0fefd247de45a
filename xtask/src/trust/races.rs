//! Two changes at once: the product's own tests of it, which take both databases and 40 rounds of each pair.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::Finding;
use crate::test;

pub fn run() -> Result<Vec<Finding>> {
    let database = crate::postgres::start()?.context("the races need PostgreSQL")?;
    let mut command = crate::process::cargo(["test", "--features", "ssr", "--test", "it", "--", "trust::races"]);
    command.env("ROLLCALL_TEST_POSTGRES_URL", &database.url).env("ORT_DYLIB_PATH", crate::runtime::ensure()?);
    crate::models::add_folders(&mut command);
    let count = test::count_tests(&mut command, &mut BTreeMap::new())?;
    let figure = format!("{} of {} kinds undone or lost", count.failed, count.passed + count.failed);
    let promise =
        "Two changes at once of a student, account, department, record: 40 rounds of each pair, both databases";
    Ok(vec![Finding::new(promise, figure, "0", count.failed == 0 && count.passed > 0)])
}
