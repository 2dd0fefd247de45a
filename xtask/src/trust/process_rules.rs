//! Told to stop while pages are open, and a second start on the same data.

use std::{
    io::{BufReader, Read, Write},
    net::TcpStream,
    process::Stdio,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use super::{Finding, Setting, clients::Caller, kill};
use crate::process;

/// Pages that hear of every mark.
const PAGES: usize = 20;
/// Connections that are open and idle.
const IDLE: usize = 10;
/// Longest time until the server has stopped.
const STOPPED_MAX: Duration = Duration::from_secs(20);

pub fn stop(setting: &Setting) -> Result<Vec<Finding>> {
    let mut server = setting.prepare("trust-stop")?;
    server.start()?;
    let (mut slowest, mut lost, mut acknowledged) = (Duration::ZERO, 0, 0);
    for _ in 0..setting.rounds(1, 10) {
        let caller = Caller::of(&server, "admin")?;
        let class = caller.class()?;
        let session = caller.session(class, "Stop")?;
        let cookie = server.sign_in("admin")?;
        let host = server.url.trim_start_matches("http://").to_owned();
        let mut pages = Vec::new();
        for _ in 0..PAGES {
            let request =
                format!("GET /sessions/{session}/events HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
            let mut page = TcpStream::connect(&host)?;
            page.write_all(request.as_bytes())?;
            let mut head = [0; 15];
            BufReader::new(&page).read_exact(&mut head).context("a page that listens")?;
            anyhow::ensure!(head.ends_with(b" 200 OK") || head.windows(4).any(|part| part == b" 200"), "no live page");
            pages.push(page);
        }
        let idle: Vec<TcpStream> = (0..IDLE).map(|_| TcpStream::connect(&host)).collect::<std::io::Result<_>>()?;
        let students = caller.students(class)?;
        let ended = AtomicBool::new(false);
        let (told, took) = thread::scope(|scope| {
            let marker = scope.spawn(|| kill::mark_until(&caller, session, &students, &ended));
            thread::sleep(Duration::from_millis(300));
            let took = server.terminate(Duration::from_secs(60));
            ended.store(true, Ordering::Relaxed);
            (marker.join().unwrap_or_default(), took)
        });
        slowest = slowest.max(took?);
        drop((pages, idle));
        server.start()?;
        acknowledged += told.acknowledged;
        lost += told.lost(&kill::marks_of(&Caller::of(&server, "admin")?, session)?).len();
    }
    Ok(vec![Finding::new(
        format!("Told to stop with {PAGES} pages open and marks on the way"),
        format!("{:.1} s at most, {lost} of {acknowledged} acknowledged marks lost", slowest.as_secs_f64()),
        "20 s, 0 lost",
        slowest <= STOPPED_MAX && lost == 0 && acknowledged > 0,
    )])
}

/// Longest time until a second start says that there is a first.
const REFUSED_MAX: Duration = Duration::from_secs(10);

pub fn second(setting: &Setting) -> Result<Vec<Finding>> {
    let mut server = setting.prepare("trust-second")?;
    server.start()?;
    let caller = Caller::of(&server, "admin")?;
    let class = caller.class()?.to_string();
    let photo = setting.portrait()?;
    let texts = [("name", "Kept Face"), ("email", "kept.face@example.edu"), ("department", &class)];
    let made = caller.post_form("/api/students/register/", &texts, ("photo", &photo))?.done()?;
    let path = made["photo"].as_str().context("no photo")?.to_owned();
    let mut command = server.command("serve");
    command.env("ROLLCALL_ADDR", format!("127.0.0.1:{}", process::free_port()?));
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut status = None;
    while status.is_none() && started.elapsed() < REFUSED_MAX {
        status = child.try_wait()?;
        thread::sleep(Duration::from_millis(20));
    }
    let took = started.elapsed();
    let _ = child.kill();
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_string(&mut said)?;
    }
    child.wait()?;
    let refused = status.is_some_and(|status| !status.success());
    let names = said.contains("process") && said.contains("since");
    let kept = caller.bytes(&path).is_ok();
    Ok(vec![Finding::new(
        "A second start on the same data is refused, says who has it since when, and touches nothing",
        format!("refused: {refused}, named: {names}, photo kept: {kept}, {:.1} s", took.as_secs_f64()),
        "refused before anything is touched",
        refused && names && kept,
    )])
}
