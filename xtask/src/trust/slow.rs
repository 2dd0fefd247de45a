//! Connections that send half of what they promised, and everybody else meanwhile.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;

use super::{
    Finding, Setting,
    clients::{Caller, quantile},
};

/// Half a header, and no more.
const HEADERS: usize = 1_100;
/// A body that comes by the byte.
const BODIES: usize = 200;
const HEADER_MAX: Duration = Duration::from_secs(10);
const BODY_MAX: Duration = Duration::from_secs(30);
/// What the clock of a busy machine may add.
const SLACK: Duration = Duration::from_secs(2);
/// Requests of others, by which slowness is measured.
const REQUESTS: usize = 100;

pub fn run(setting: &Setting) -> Result<Vec<Finding>> {
    // Each connection is a file of this process too. Where that is not allowed, connecting fails and says so.
    let own = std::process::id().to_string();
    let _ = Command::new("prlimit").args(["--pid", &own, "--nofile=8192:8192"]).status();
    let mut server = setting.prepare("trust-slow")?;
    server.start()?;
    let host = server.url.trim_start_matches("http://").to_owned();
    let caller = Caller::of(&server, "admin")?;
    let alone = others(&caller)?;
    let (headers, bodies) = if setting.is_long { (HEADERS, BODIES) } else { (HEADERS, 20) };
    let mut halves = Vec::with_capacity(headers);
    for _ in 0..headers {
        let mut connection = TcpStream::connect(&host)?;
        connection.write_all(b"GET /login HTTP/1.1\r\nHost: loc")?;
        halves.push(connection);
    }
    // From the last one on: opening them takes its time.
    let began = Instant::now();
    let meanwhile = others(&caller)?;
    let closed = closed_within(halves, began, HEADER_MAX + SLACK);
    let mut slow = Vec::with_capacity(bodies);
    let began = Instant::now();
    for _ in 0..bodies {
        let mut connection = TcpStream::connect(&host)?;
        let head = format!(
            "POST /api/auth/login/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: 100000\r\n\r\n{{"
        );
        connection.write_all(head.as_bytes())?;
        slow.push(connection);
    }
    let bodies_meanwhile = others(&caller)?;
    let bodies_closed = dripped(slow, began);
    let words = |time: Option<Duration>| time.map_or("never".to_owned(), |time| format!("{:.1} s", time.as_secs_f64()));
    let ratio = meanwhile.max(bodies_meanwhile).as_secs_f64() / alone.as_secs_f64();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    // A few milliseconds more or less say nothing of a server.
    let fast = ratio < 2.0 || meanwhile.max(bodies_meanwhile) < Duration::from_millis(50);
    Ok(vec![
        Finding::new(
            format!("{headers} connections with half a header end"),
            words(closed),
            "10 s, and 2 s for the clock",
            closed.is_some_and(|time| time <= HEADER_MAX + SLACK),
        ),
        Finding::new(
            format!("{bodies} bodies that come by the byte end"),
            words(bodies_closed),
            "30 s, and 2 s for the clock",
            bodies_closed.is_some_and(|time| time <= BODY_MAX + SLACK),
        ),
        Finding::new(
            "Everybody else meanwhile, 95 % of requests",
            format!("{:.1} ms, {:.1} ms, alone {:.1} ms", ms(meanwhile), ms(bodies_meanwhile), ms(alone)),
            "twice alone, or 50 ms",
            fast,
        ),
    ])
}

/// Time within which 95 % of others are answered.
fn others(caller: &Caller) -> Result<Duration> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let started = Instant::now();
        // A connection that was idle may have been sent away; a browser then takes a new one, and so does this.
        let answer = caller.get("/api/departments/").or_else(|_| caller.again().get("/api/departments/"))?;
        answer.done()?;
        times.push(started.elapsed());
    }
    Ok(quantile(&mut times, 0.95))
}

/// When the last of them was closed.
fn closed_within(connections: Vec<TcpStream>, began: Instant, most: Duration) -> Option<Duration> {
    let mut open = connections;
    loop {
        open.retain(|connection| !is_closed(connection));
        if open.is_empty() {
            return Some(began.elapsed());
        }
        if began.elapsed() > most {
            println!("{} connections are still open", open.len());
            return None;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The same while each sends a byte every half second.
fn dripped(connections: Vec<TcpStream>, began: Instant) -> Option<Duration> {
    let mut open = connections;
    loop {
        open.retain_mut(|connection| !is_closed(connection) && connection.write_all(b" ").is_ok());
        if open.is_empty() {
            return Some(began.elapsed());
        }
        if began.elapsed() > BODY_MAX + SLACK {
            println!("{} bodies are still being taken", open.len());
            return None;
        }
        thread::sleep(Duration::from_millis(500));
    }
}

/// Whether the other side has closed it. What it says before that is read.
fn is_closed(mut connection: &TcpStream) -> bool {
    if connection.set_nonblocking(true).is_err() {
        return true;
    }
    let mut said = [0; 4_096];
    let closed = loop {
        match connection.read(&mut said) {
            Ok(0) => break true,
            Ok(_) => {}
            Err(error) => break error.kind() != ErrorKind::WouldBlock,
        }
    };
    let _ = connection.set_nonblocking(false);
    closed
}
