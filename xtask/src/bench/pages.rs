//! Every page with a large school and a year of records: time to the first byte, and what Chromium measures of it on
//! a slow device.

use std::{fs, path::Path, process::Command, time::Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::server::spread;
use crate::{
    e2e, process,
    server::{Demo, Server},
};

/// A large school and a school year.
const STUDENTS: u32 = 10_000;
const DAYS: u32 = 190;
/// Requests per page; the first few warm the caches and are not counted.
const REQUESTS: usize = 20;
const WARM_UP: usize = 3;

/// Pages by who opens them; `{session}` and `{student}` are ids that are there, `{from}` and `{to}` a year.
const PAGES: [(Option<&str>, &[&str]); 4] = [
    (None, &["/login", "/register", "/forgot"]),
    (Some("student"), &["/me", "/me/face", "/me/face/camera", "/profile"]),
    (
        Some("teacher"),
        &[
            "/today",
            "/sessions",
            "/sessions/{session}",
            "/sessions/{session}/history",
            "/sessions/{session}/print",
            "/students",
            "/students?search=crowd",
            "/students/{student}",
            "/students/{student}/history",
            "/reports",
            "/reports/students",
            "/reports/without-register",
            "/contests",
            "/search?q=crowd",
            "/waiting",
        ],
    ),
    (
        Some("admin"),
        &[
            "/admin",
            "/admin/students",
            "/admin/students/new",
            "/admin/departments",
            "/admin/users",
            "/admin/users/1",
            "/admin/users/invite",
            "/admin/import",
            "/admin/settings",
            "/admin/models",
            "/admin/audit",
            "/admin/outbox",
            "/admin/backup",
            "/reports?from={from}&to={to}",
            "/reports/students?from={from}&to={to}",
        ],
    ),
];
/// Statistics of the REST API over the year.
const STATISTICS: &str = "/api/attendance/statistics/?date_from={from}&date_to={to}";

/// Two tables: the server's part of each page, and the browser's.
pub fn measure(program: &Path, library: &Path) -> Result<String> {
    let mut server = Server::prepare(program, library, "pages-data", Demo::Year(STUDENTS, DAYS))?;
    server.start()?;
    let known = Known::ask(&server)?;
    let mut table = format!(
        "`rollcall demo --crowd {STUDENTS} --crowd-days {DAYS}`, time to the first byte, SQLite:\n\n\
         | Page | By | Time |\n|---|---|---:|\n"
    );
    let mut asked = Vec::new();
    for (account, pages) in PAGES {
        let cookie = account.map(|account| server.sign_in(account)).transpose()?.unwrap_or_default();
        for page in pages {
            let address = known.fill(page);
            let times = first_bytes(&server, &address, ("cookie", &cookie))?;
            table.push_str(&format!("| `{page}` | {} | {} |\n", account.unwrap_or("nobody"), spread(&times)));
            asked.push(json!({ "page": page, "address": address, "account": account }));
        }
    }
    let bearer = format!("Bearer {}", server.token("admin")?);
    let times = first_bytes(&server, &known.fill(STATISTICS), ("authorization", &bearer))?;
    table.push_str(&format!("| `{STATISTICS}` | admin | {} |\n", spread(&times)));
    Ok(format!("{table}\n{}", in_chromium(&server, &asked)?))
}

/// Things that the addresses name.
struct Known {
    session: String,
    student: String,
    from: String,
    to: String,
}

impl Known {
    /// The newest session, the last student of the crowd, and the first day of the year of records.
    fn ask(server: &Server) -> Result<Self> {
        let bearer = format!("Bearer {}", server.token("admin")?);
        let first = |path: &str| -> Result<Value> {
            let request = server.agent.get(format!("{}{path}", server.url)).header("authorization", &bearer);
            let answer: Value = request.call()?.body_mut().read_json()?;
            answer.pointer("/results/0").cloned().with_context(|| format!("{path} lists nothing"))
        };
        let student = first("/api/students/?search=crowd&page_size=1")?;
        let newest = first("/api/attendance/sessions/?page_size=1")?;
        let day = newest["date"].as_str().context("a session has a date")?;
        let (year, rest) = day.split_once('-').context("a day is written year-month-day")?;
        // The same day a year earlier; the 29th of February has none.
        let year = format!("{}-{}", year.parse::<i32>()? - 1, rest.replace("02-29", "02-28"));
        let (session, student) = (newest["id"].to_string(), student["id"].to_string());
        Ok(Self { session, student, from: year, to: day.to_owned() })
    }

    fn fill(&self, page: &str) -> String {
        let page = page.replace("{session}", &self.session).replace("{student}", &self.student);
        page.replace("{from}", &self.from).replace("{to}", &self.to)
    }
}

/// Milliseconds from asking to the first byte of the answer, sorted.
fn first_bytes(server: &Server, address: &str, (name, value): (&str, &str)) -> Result<Vec<f64>> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..WARM_UP + REQUESTS {
        let request = server.agent.get(format!("{}{address}", server.url)).header("accept", "text/html, */*");
        let started = Instant::now();
        let mut answer = request.header(name, value).call()?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        let status = answer.status();
        answer.body_mut().read_to_vec()?;
        if status != 200 {
            bail!("{address} answered {status}");
        }
    }
    times.drain(..WARM_UP);
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// Lets Chromium open each page on a slow line and processor.
fn in_chromium(server: &Server, pages: &[Value]) -> Result<String> {
    let Some(browser) = e2e::find_browser()? else { bail!("Chromium is not installed") };
    e2e::install_packages()?;
    let list = process::target_dir().join("pages.json");
    let passwords: Result<Vec<_>> =
        ["student", "teacher", "admin"].iter().map(|account| Ok((*account, server.password(account)?))).collect();
    let passwords: serde_json::Map<_, _> =
        passwords?.into_iter().map(|(account, password)| (account.to_owned(), json!(password))).collect();
    fs::write(&list, json!({ "url": server.url, "passwords": passwords, "pages": pages }).to_string())?;
    let mut command = Command::new("node");
    command.current_dir(process::root().join("end2end")).arg("measure.js").arg(&list).env("CHROMIUM", browser);
    let mut table = String::new();
    let succeeded = process::watch(&mut command, |line| {
        table.push_str(line);
        table.push('\n');
    })?;
    if !succeeded {
        bail!("the pages could not be measured in Chromium");
    }
    Ok(table)
}
