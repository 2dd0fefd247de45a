//! Killed in the middle of marking, enrolling and erasing, again and again: what was acknowledged is there, and nothing
//! is there by half.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    Finding, Setting,
    clients::{Caller, Dice, agent},
    ensure,
};
use crate::server::Server;

/// Callers at once.
const CLIENTS: usize = 8;
/// Students who are erased in a round.
const ERASED: usize = 6;
/// Longest time until the server answers again after it was killed.
const READY_MAX: Duration = Duration::from_secs(5);
const STATUSES: [&str; 4] = ["present", "late", "absent", "excused"];

pub fn run(setting: &Setting) -> Result<Vec<Finding>> {
    let mut server = setting.prepare("trust-kill")?;
    server.start()?;
    let mut slowest = Duration::ZERO;
    let mut findings = vec![
        marking(&mut server, setting.rounds(3, 50), &mut slowest)?,
        enrolling(setting, &mut server, setting.rounds(2, 50), &mut slowest)?,
        erasing(setting, &mut server, setting.rounds(3, 20), &mut slowest)?,
    ];
    let words = format!("{:.1} s at most", slowest.as_secs_f64());
    findings.push(Finding::new("Ready again after a kill", words, "5 s", slowest <= READY_MAX));
    Ok(findings)
}

/// Kills the server, starts it again, and has its own doctor look at database and photos.
fn kill_and_start(server: &mut Server, slowest: &mut Duration) -> Result<()> {
    server.kill()?;
    let ready = server.start()?;
    *slowest = (*slowest).max(ready);
    let mut doctor = server.command("doctor");
    let said = doctor.stderr(Stdio::null()).output().context("starting the doctor")?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let faults: Vec<&str> =
        said.lines().filter(|line| line.starts_with("MEND  database") || line.starts_with("MEND  photos")).collect();
    ensure(said.contains("SQLite finds nothing wrong"), || format!("the doctor did not look at the file: {said}"))?;
    ensure(faults.is_empty(), || format!("after a kill: {}", faults.join("; ")))
}

/// What one caller was told about each student's mark, and what it asked for last without an answer.
#[derive(Default)]
pub struct Told {
    marks: HashMap<i64, &'static str>,
    open: Option<(i64, &'static str)>,
    /// Marks that were acknowledged, those that another replaced included.
    pub acknowledged: usize,
}

impl Told {
    /// What was acknowledged and is not there.
    pub fn lost(&self, found: &HashMap<i64, String>) -> Vec<String> {
        let mut lost = Vec::new();
        for (student, status) in &self.marks {
            let is = found.get(student).map(String::as_str);
            let may_be = self.open.filter(|(of, _)| of == student).map(|(_, status)| status);
            if is != Some(*status) && (is.is_none() || is != may_be) {
                lost.push(format!("student {student}: {is:?}, not {status}"));
            }
        }
        lost
    }
}

fn marking(server: &mut Server, rounds: usize, slowest: &mut Duration) -> Result<Finding> {
    let (mut acknowledged, mut lost) = (0, Vec::new());
    let mut dice = Dice::new(1);
    for round in 0..rounds {
        let caller = Caller::of(server, "admin")?;
        let class = caller.class()?;
        let students = caller.students(class)?;
        let sessions: Vec<i64> = (0..CLIENTS)
            .map(|client| caller.session(class, &format!("Kill {round}.{client}")))
            .collect::<Result<_>>()?;
        let ended = AtomicBool::new(false);
        let (ended, students) = (&ended, &students);
        let told: Vec<Told> = thread::scope(|scope| {
            let work = |session: i64| {
                let caller = caller.again();
                scope.spawn(move || mark_until(&caller, session, students, ended))
            };
            let threads: Vec<_> = sessions.iter().map(|session| work(*session)).collect();
            thread::sleep(Duration::from_millis(dice.roll(300, 1_500)));
            let killed = kill_and_start(server, slowest);
            ended.store(true, Ordering::Relaxed);
            let told = threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect();
            killed.map(|()| told)
        })?;
        for (session, told) in sessions.iter().zip(&told) {
            let found = marks_of(&caller, *session)?;
            acknowledged += told.acknowledged;
            lost.extend(told.lost(&found).iter().map(|line| format!("round {round}, session {session}, {line}")));
        }
    }
    lost.iter().for_each(|line| println!("lost: {line}"));
    let figure = format!("{} of {acknowledged} marks lost, {rounds} kills", lost.len());
    Ok(Finding::new("Killed while marking", figure, "0 lost", lost.is_empty() && acknowledged > 0))
}

/// Marks one student after the other until the server is gone.
pub fn mark_until(caller: &Caller, session: i64, students: &[i64], ended: &AtomicBool) -> Told {
    let mut told = Told::default();
    for turn in 0.. {
        let student = students[turn % students.len()];
        let status = STATUSES[(turn / students.len() + turn) % STATUSES.len()];
        if ended.load(Ordering::Relaxed) {
            break;
        }
        told.open = Some((student, status));
        let body = json!({ "session": session, "records": [{ "student": student, "status": status }] });
        match caller.put("/api/attendance/records/", &body) {
            Ok(answer) if answer.is_done() => {
                told.marks.insert(student, status);
                told.acknowledged += 1;
                told.open = None;
            }
            // Asked to come again: nothing was written.
            Ok(_) => told.open = None,
            Err(_) => break,
        }
    }
    told
}

/// Each student's mark of a session.
pub fn marks_of(caller: &Caller, session: i64) -> Result<HashMap<i64, String>> {
    let mut marks = HashMap::new();
    for page in 1.. {
        let path = format!("/api/attendance/records/?session={session}&page={page}&page_size=100");
        let found = caller.get(&path)?.done()?;
        let rows = found["results"].as_array().context("no records")?;
        for row in rows {
            let id = row.pointer("/student/id").and_then(Value::as_i64).context("a record of nobody")?;
            marks.insert(id, row["status"].as_str().unwrap_or_default().to_owned());
        }
        if found["next"].is_null() {
            break;
        }
    }
    Ok(marks)
}

fn enrolling(setting: &Setting, server: &mut Server, rounds: usize, slowest: &mut Duration) -> Result<Finding> {
    let photo = setting.portrait()?;
    let (mut acknowledged, mut lost) = (0, Vec::new());
    let mut dice = Dice::new(2);
    for round in 0..rounds {
        let caller = Caller::of(server, "admin")?;
        let class = caller.class()?;
        let photo = &photo;
        let told: Vec<Vec<i64>> = thread::scope(|scope| {
            let work = |client: usize| {
                let caller = caller.again();
                scope.spawn(move || enrol_until(&caller, class, photo, &format!("r{round}c{client}")))
            };
            let threads: Vec<_> = (0..CLIENTS).map(work).collect();
            thread::sleep(Duration::from_millis(dice.roll(800, 3_000)));
            let killed = kill_and_start(server, slowest);
            let told = threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect();
            killed.map(|()| told)
        })?;
        for id in told.into_iter().flatten() {
            acknowledged += 1;
            if let Err(error) = has_face(&caller, id) {
                lost.push(format!("round {round}, student {id}: {error:#}"));
            }
        }
    }
    lost.iter().for_each(|line| println!("lost: {line}"));
    let figure = format!("{} of {acknowledged} students lost or by half, {rounds} kills", lost.len());
    Ok(Finding::new("Killed while enrolling", figure, "0 lost, none by half", lost.is_empty() && acknowledged > 0))
}

fn enrol_until(caller: &Caller, class: i64, photo: &[u8], name: &str) -> Vec<i64> {
    let mut told = Vec::new();
    for number in 0.. {
        match enrol(caller, class, photo, &format!("Killed {name}n{number}"), &format!("killed.{name}n{number}")) {
            Ok(Some((id, _))) => told.push(id),
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(_) => break,
        }
    }
    told
}

/// A new student's id and roll number; nothing when the server asks to come again.
fn enrol(caller: &Caller, class: i64, photo: &[u8], name: &str, mailbox: &str) -> Result<Option<(i64, String)>> {
    let (class, email) = (class.to_string(), format!("{mailbox}@example.edu"));
    let texts = [("name", name), ("email", &email), ("department", &class)];
    let answer = caller.post_form("/api/students/register/", &texts, ("photo", photo))?;
    if matches!(answer.status, 429 | 503) {
        return Ok(None);
    }
    let made = answer.done()?;
    let id = made["id"].as_i64().context("a student without an id")?;
    Ok(Some((id, made["roll_no"].as_str().unwrap_or_default().to_owned())))
}

/// Whether a student is there with a face and the photo's file.
fn has_face(caller: &Caller, id: i64) -> Result<()> {
    let found = caller.get(&format!("/api/students/{id}/"))?.done()?;
    let templates = caller.get(&format!("/api/students/{id}/templates/"))?.done()?;
    ensure(templates["count"].as_u64() > Some(0), || "there is no template".to_owned())?;
    let path = found["photo"].as_str().context("there is no photo")?;
    ensure(caller.bytes(path)? > 1_000, || "the photo is empty".to_owned())
}

/// Somebody who is to be erased.
struct Victim {
    id: i64,
    roll_no: String,
    /// Stands in the name and in the address, and nowhere else.
    token: String,
}

fn erasing(setting: &Setting, server: &mut Server, rounds: usize, slowest: &mut Duration) -> Result<Finding> {
    let photo = setting.portrait()?;
    let (mut acknowledged, mut whole, mut wrong) = (0, 0, Vec::new());
    let mut dice = Dice::new(3);
    for round in 0..rounds {
        let caller = Caller::of(server, "admin")?;
        let class = caller.class()?;
        let victims = victims(&caller, class, &photo, &mut dice)?;
        let before = traces(server.data(), victims[0].token.as_bytes())?;
        ensure(!before.is_empty(), || "a student who is there was not found in any file".to_owned())?;
        let cookie = server.sign_in("admin")?;
        let (url, cookie) = (server.url.as_str().to_owned(), cookie.as_str());
        let told: Vec<bool> = thread::scope(|scope| {
            let erase = |victim: &Victim| {
                let form = [("id".to_owned(), victim.id.to_string()), ("confirmed".to_owned(), victim.roll_no.clone())];
                let url = url.clone();
                scope.spawn(move || erase(&url, cookie, form))
            };
            let threads: Vec<_> = victims.iter().map(erase).collect();
            thread::sleep(Duration::from_millis(dice.roll(20, if setting.is_long { 250 } else { 900 })));
            let killed = kill_and_start(server, slowest);
            let told = threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect();
            killed.map(|()| told)
        })?;
        for (victim, told) in victims.iter().zip(told) {
            acknowledged += usize::from(told);
            let found = caller.get(&format!("/api/students/{}/", victim.id))?;
            let is_there = found.is_done() && found.body.to_string().contains(&victim.token);
            if is_there && !told {
                has_face(&caller, victim.id).with_context(|| format!("half of {} was erased", victim.id))?;
                whole += 1;
                continue;
            }
            let traces = traces(server.data(), victim.token.as_bytes())?;
            if is_there || !traces.is_empty() {
                wrong.push(format!("round {round}, student {}: there {is_there}, {}", victim.id, traces.join(", ")));
            }
        }
    }
    wrong.iter().for_each(|line| println!("left: {line}"));
    let erased = rounds * ERASED - whole;
    let figure = format!(
        "{} of {erased} left traces in any file ({acknowledged} acknowledged, {whole} untouched), {rounds} kills",
        wrong.len()
    );
    Ok(Finding::new("Killed while erasing", figure, "0 traces, none by half", wrong.is_empty() && erased > 0))
}

/// New students with a face, half of them with a mark, so that their rows stay.
fn victims(caller: &Caller, class: i64, photo: &[u8], dice: &mut Dice) -> Result<Vec<Victim>> {
    let mut victims = Vec::new();
    while victims.len() < ERASED {
        let token = format!("quill{:08x}", dice.roll(1 << 28, 1 << 32));
        let made = enrol(caller, class, photo, &format!("Ada {token}"), &format!("ada.{token}"))?;
        if let Some((id, roll_no)) = made {
            victims.push(Victim { id, roll_no, token });
        }
    }
    let session = caller.session(class, "Before they go")?;
    for victim in victims.iter().step_by(2) {
        let notes = format!("Ada {} was here", victim.token);
        let body = json!({ "session": session, "records": [
            { "student": victim.id, "status": "present", "notes": notes },
        ] });
        caller.put("/api/attendance/records/", &body)?.done()?;
    }
    Ok(victims)
}

/// Whether the server said that the student is erased.
fn erase(url: &str, cookie: &str, form: [(String, String); 2]) -> bool {
    let request = agent().post(format!("{url}/fn/erase_student")).header("origin", url).header("cookie", cookie);
    request.send_form(form).is_ok_and(|answer| {
        let place = answer.headers().get("location").and_then(|place| place.to_str().ok()).unwrap_or_default();
        place.contains("/admin/erasures/") || answer.status() == 200
    })
}

/// Files below a folder that hold these bytes.
fn traces(folder: &Path, token: &[u8]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        // A file that goes while it is looked for holds nothing.
        let Ok(bytes) = fs::read(entry.path()) else { continue };
        if bytes.windows(token.len()).any(|window| window == token) {
            found.push(entry.path().display().to_string());
        }
    }
    Ok(found)
}
