//! The built program as its users meet it: start, memory and pages, with a large gallery.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use ureq::Agent;

use crate::{models, process};

/// Templates in the gallery: a large school.
const TEMPLATES: u32 = 10_000;
/// Requests per page; the first few warm the caches and are not counted.
const REQUESTS: usize = 60;
const WARM_UP: usize = 10;
/// Longest wait for the server to be ready.
const READY_MAX: Duration = Duration::from_secs(60);
/// How long the server rests before its idle memory is read.
const REST: Duration = Duration::from_secs(5);
const MARKER: &str = "----rollcall-bench";

/// Rows of a table, each a quantity and its figure.
pub fn measure(program: &Path, library: &Path) -> Result<String> {
    let mut server = Server::prepare(program, library)?;
    let ready = server.start()?;
    thread::sleep(REST);
    let idle = server.memory("VmRSS")?;
    let mut rows = vec![
        (format!("Ready to answer, {TEMPLATES} templates"), format!("{:.2} s", ready.as_secs_f64())),
        ("Resident, idle, models loaded".to_owned(), megabytes(idle)),
    ];
    for (name, address, account) in
        [("Sign-in page", "/login", None), ("Today", "/today", Some("teacher")), ("Overview", "/admin", Some("admin"))]
    {
        let cookie = account.map(|account| server.sign_in(account)).transpose()?;
        let times = server.page_times(address, cookie.as_deref())?;
        let median = times[times.len() / 2];
        let slow = times[times.len() * 95 / 100];
        rows.push((format!("{name} `{address}`, last byte"), format!("{median:.1} ms (95 %: {slow:.1} ms)")));
    }
    if let Some(folder) = process::folder_from("ROLLCALL_FACES", "../shared/faces") {
        let files = server.send_all(&folder.join("bad"))?;
        let peak = server.memory("VmHWM")?;
        rows.push((format!("Peak resident after {files} hostile files"), megabytes(peak)));
        rows.push(("The same above idle".to_owned(), megabytes(peak.saturating_sub(idle))));
    } else {
        println!("NOT RUN: memory over hostile files: there are no photographs");
    }
    let mut table = "`rollcall demo --crowd 10000`, `rollcall serve`:\n\n| What | Figure |\n|---|---:|\n".to_owned();
    for (what, figure) in rows {
        table.push_str(&format!("| {what} | {figure} |\n"));
    }
    Ok(table)
}

fn megabytes(kilobytes: u64) -> String {
    format!("{:.0} MB", kilobytes as f64 * 1024.0 / 1e6)
}

/// A server on its own data and port; it ends with this value.
struct Server {
    program: PathBuf,
    library: PathBuf,
    data: PathBuf,
    url: String,
    agent: Agent,
    child: Option<Child>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Server {
    /// A fresh database with the demo and the crowd.
    fn prepare(program: &Path, library: &Path) -> Result<Self> {
        let data = process::target_dir().join("bench-data");
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        // A status that is no success is an answer here, not a failure to ask.
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let url = format!("http://127.0.0.1:{}", process::free_port()?);
        let server = Self { program: program.to_owned(), library: library.to_owned(), data, url, agent, child: None };
        process::run(server.command("demo").args(["--crowd", &TEMPLATES.to_string()]).stdout(Stdio::null()))?;
        Ok(server)
    }

    fn command(&self, subcommand: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(process::root()).arg(subcommand);
        command.env("ROLLCALL_DATA", &self.data).env("ROLLCALL_ADDR", self.url.trim_start_matches("http://"));
        command.env("ORT_DYLIB_PATH", &self.library).env("RUST_LOG", "error").env_remove("DATABASE_URL");
        models::add_folders(&mut command);
        command
    }

    /// Starts it and returns the time until it says that it is ready.
    fn start(&mut self) -> Result<Duration> {
        let started = Instant::now();
        self.child = Some(self.command("serve").stdout(Stdio::null()).spawn()?);
        while started.elapsed() < READY_MAX {
            let answer = self.agent.get(format!("{}/readyz", self.url)).call();
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return Ok(started.elapsed());
            }
            thread::sleep(Duration::from_millis(5));
        }
        bail!("the server was not ready within {} s", READY_MAX.as_secs())
    }

    /// Kilobytes that the operating system counts: `VmRSS` now, `VmHWM` at most so far.
    fn memory(&self, what: &str) -> Result<u64> {
        let id = self.child.as_ref().context("the server does not run")?.id();
        let text = fs::read_to_string(format!("/proc/{id}/status")).context("memory figures need Linux")?;
        let line = text.lines().find_map(|line| line.strip_prefix(what)).context("the figure is missing")?;
        line.trim_matches(|letter: char| !letter.is_ascii_digit()).parse().context("the figure is no number")
    }

    fn password(&self, account: &str) -> Result<String> {
        let text = fs::read_to_string(self.data.join("demo-accounts.txt"))?;
        let line = text.lines().find_map(|line| line.strip_prefix(account)).context("the demo has no such account")?;
        Ok(line.trim().to_owned())
    }

    /// The cookie of a signed-in browser.
    fn sign_in(&self, account: &str) -> Result<String> {
        let form = [("username", account), ("password", &self.password(account)?)];
        let request = self.agent.post(format!("{}/fn/sign_in", self.url)).header("origin", &self.url);
        let answer = request.send_form(form)?;
        let cookie = answer.headers().get("set-cookie").context("signing in gave no cookie")?;
        Ok(cookie.to_str()?.split(';').next().unwrap_or_default().to_owned())
    }

    /// Milliseconds from asking to the page's last byte, sorted.
    fn page_times(&self, address: &str, cookie: Option<&str>) -> Result<Vec<f64>> {
        let mut times = Vec::with_capacity(REQUESTS);
        for _ in 0..WARM_UP + REQUESTS {
            let request = self.agent.get(format!("{}{address}", self.url)).header("accept", "text/html");
            let started = Instant::now();
            let mut answer = request.header("cookie", cookie.unwrap_or_default()).call()?;
            let page = answer.body_mut().read_to_string()?;
            times.push(started.elapsed().as_secs_f64() * 1e3);
            if answer.status() != 200 || !page.contains("<main") {
                bail!("{address} answered {}", answer.status());
            }
        }
        times.drain(..WARM_UP);
        times.sort_by(f64::total_cmp);
        Ok(times)
    }

    /// Sends every file of `folder` to be recognised, one after the other; returns how many.
    fn send_all(&self, folder: &Path) -> Result<usize> {
        let account = serde_json::json!({ "username": "teacher", "password": self.password("teacher")? });
        let mut answer = self.agent.post(format!("{}/api/auth/login/", self.url)).send_json(account)?;
        let answer: Value = answer.body_mut().read_json()?;
        let token = answer.pointer("/access").and_then(Value::as_str).context("signing in gave no token")?;
        let (mut count, mut taken) = (0, 0);
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let mut body = format!(
                "--{MARKER}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .into_bytes();
            body.extend(fs::read(&path)?);
            body.extend(format!("\r\n--{MARKER}--\r\n").as_bytes());
            let request = self.agent.post(format!("{}/api/ai/recognize/", self.url));
            let request = request.header("authorization", format!("Bearer {token}"));
            // The server may refuse a too large body before it has read all of it.
            let answer = request.content_type(format!("multipart/form-data; boundary={MARKER}")).send(&body[..]);
            match answer.map(|answer| answer.status()) {
                Ok(status) if status.is_server_error() => bail!("{} was answered with {status}", path.display()),
                Ok(status) if status.is_success() => taken += 1,
                _ => {}
            }
            count += 1;
        }
        // Most of them are photos, only hard ones: refusing them all would need no memory.
        if taken * 2 < count {
            bail!("only {taken} of {count} files were searched for faces");
        }
        Ok(count)
    }
}
