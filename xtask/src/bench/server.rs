//! The built program as its users meet it: start, memory and pages, with a large gallery.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    process,
    server::{Demo, Server},
};

/// Templates in the gallery: a large school.
const TEMPLATES: u32 = 10_000;
/// Requests per page; the first few warm the caches and are not counted.
const REQUESTS: usize = 60;
const WARM_UP: usize = 10;
const SIGN_INS: usize = 20;
/// How long the server rests before its idle memory is read.
const REST: Duration = Duration::from_secs(5);
const MARKER: &str = "----rollcall-bench";

/// Rows of a table, each a quantity and its figure.
pub fn measure(program: &Path, library: &Path) -> Result<String> {
    let mut server = Server::prepare(program, library, "bench-data", Demo::Crowd(TEMPLATES))?;
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
        let times = page_times(&server, address, cookie.as_deref())?;
        rows.push((format!("{name} `{address}`, last byte"), spread(&times)));
    }
    rows.push(("Sign-in by the API".to_owned(), spread(&sign_in_times(&server)?)));
    if let Some(folder) = process::folder_from("ROLLCALL_FACES", "../shared/faces") {
        let files = send_all(&server, &folder.join("bad"))?;
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

/// Median and 95 % of sorted milliseconds.
pub fn spread(times: &[f64]) -> String {
    format!("{:.1} ms (95 %: {:.1} ms)", times[times.len() / 2], times[times.len() * 95 / 100])
}

/// Milliseconds of signing in, most of which the password's hash takes on purpose; sorted.
fn sign_in_times(server: &Server) -> Result<Vec<f64>> {
    let mut times = Vec::with_capacity(SIGN_INS);
    for _ in 0..SIGN_INS {
        let started = Instant::now();
        server.token("teacher")?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn megabytes(kilobytes: u64) -> String {
    format!("{:.0} MB", kilobytes as f64 * 1024.0 / 1e6)
}

/// Milliseconds from asking to the page's last byte, sorted.
fn page_times(server: &Server, address: &str, cookie: Option<&str>) -> Result<Vec<f64>> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..WARM_UP + REQUESTS {
        let request = server.agent.get(format!("{}{address}", server.url)).header("accept", "text/html");
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
fn send_all(server: &Server, folder: &Path) -> Result<usize> {
    let token = server.token("teacher")?;
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
        let request = server.agent.post(format!("{}/api/ai/recognize/", server.url));
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
