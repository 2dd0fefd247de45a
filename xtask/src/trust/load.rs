//! More photos at once than the machine can look at: what is taken is answered soon, the rest is told when to come.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use serde_json::json;

use super::{
    Finding, Setting,
    clients::{Caller, quantile},
};
use crate::server::Server;

/// Photos at once.
const AT_ONCE: usize = 100;
/// Bursts, a rest apart.
const BURSTS: usize = 5;
/// Accounts that share them, as the limit of photos is one account's.
const TEACHERS: usize = 10;
const PASSWORD: &str = "Trust-horse-7";
const ACCEPTED_MAX: Duration = Duration::from_millis(2_500);
const READS_MAX: Duration = Duration::from_millis(300);
const RECOVERED_MAX: Duration = Duration::from_secs(5);

/// One photo's answer.
struct Told {
    status: u16,
    took: Duration,
    retry_after: Option<u64>,
}

pub fn run(setting: &Setting) -> Result<Vec<Finding>> {
    let mut server = setting.prepare("trust-load")?;
    server.start()?;
    let admin = Caller::of(&server, "admin")?;
    let class = admin.class()?;
    let session = admin.session(class, "Overload")?.to_string();
    let callers = teachers(&server, &admin, class)?;
    let photo = std::fs::read(setting.faces.join("groups/nasa/STS_106.jpg")).or_else(|_| setting.portrait())?;
    let send = |caller: &Caller| -> Result<Told> {
        let started = Instant::now();
        let answer = caller.post_form("/api/attendance/mark/", &[("session", &session)], ("image", &photo))?;
        Ok(Told { status: answer.status, took: started.elapsed(), retry_after: answer.retry_after })
    };
    send(&callers[0])?;
    let (mut accepted, mut refused, mut odd, mut unanswered) = (Vec::new(), 0, 0, 0);
    let mut refusals = Vec::new();
    let (mut reads, mut recovered, mut came_again, mut taken_again) = (Vec::new(), Duration::ZERO, 0, 0);
    for _ in 0..BURSTS {
        let told: Vec<Option<(Told, Option<u16>)>> = thread::scope(|scope| {
            let threads: Vec<_> = (0..AT_ONCE)
                .map(|number| {
                    let caller = callers[number % callers.len()].again();
                    let send = &send;
                    scope.spawn(move || {
                        let told = send(&caller).ok()?;
                        // One of ten comes again when it was told to.
                        let again = match told.retry_after.filter(|_| told.status == 503 && number % 10 == 0) {
                            Some(wait) => {
                                thread::sleep(Duration::from_secs(wait));
                                send(&caller).ok().map(|told| told.status)
                            }
                            None => None,
                        };
                        Some((told, again))
                    })
                })
                .collect();
            let until = Instant::now() + ACCEPTED_MAX;
            while Instant::now() < until {
                let started = Instant::now();
                if admin.get("/api/students/").is_ok_and(|answer| answer.is_done()) {
                    reads.push(started.elapsed());
                }
                thread::sleep(Duration::from_millis(20));
            }
            threads.into_iter().map(|thread| thread.join().ok().flatten()).collect()
        });
        for told in told {
            let Some((told, again)) = told else {
                unanswered += 1;
                continue;
            };
            match told.status {
                200 => accepted.push(told.took),
                503 | 429 if told.retry_after.is_some() => {
                    refused += 1;
                    refusals.push(told.took);
                }
                _ => odd += 1,
            }
            came_again += usize::from(again.is_some());
            taken_again += usize::from(again == Some(200));
        }
        let over = Instant::now();
        while send(&callers[0])?.status != 200 && over.elapsed() < RECOVERED_MAX * 2 {
            thread::sleep(Duration::from_millis(100));
        }
        recovered = recovered.max(over.elapsed());
    }
    let count = accepted.len();
    let half = quantile(&mut accepted, 0.5);
    let slow = quantile(&mut accepted, 0.99);
    let told = quantile(&mut refusals, 0.95);
    let reading = quantile(&mut reads, 0.95);
    let ms = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1e3);
    Ok(vec![
        Finding::new(
            format!("{AT_ONCE} photos at once, {BURSTS} times: those that are taken, 99 %"),
            format!(
                "{} (half within {}), {count} taken, {refused} told within {} when to come (95 %)",
                ms(slow),
                ms(half),
                ms(told)
            ),
            "2,500 ms",
            slow <= ACCEPTED_MAX && count > 0,
        ),
        Finding::new(
            "Every photo is answered with 200, or 503 or 429 with `Retry-After`",
            format!("{odd} otherwise, {unanswered} not at all"),
            "0",
            odd == 0 && unanswered == 0,
        ),
        Finding::new(
            "Whoever comes again when told to is taken",
            format!("{taken_again} of {came_again}"),
            "all",
            came_again == taken_again,
        ),
        Finding::new("Lists of students meanwhile, 95 %", ms(reading), "300 ms", reading < READS_MAX),
        Finding::new("A photo is taken again after the flood", ms(recovered), "5,000 ms", recovered < RECOVERED_MAX),
    ])
}

/// Teachers of this department.
fn teachers(server: &Server, admin: &Caller, department: i64) -> Result<Vec<Caller>> {
    let mut callers = Vec::with_capacity(TEACHERS);
    for number in 0..TEACHERS {
        let username = format!("trust_{number}");
        let body = json!({
            "username": username, "email": format!("{username}@example.edu"), "password": PASSWORD,
            "role": "teacher", "departments": [department],
        });
        admin.post("/api/users/", &body)?.done()?;
        callers.push(Caller::with(server, &username, PASSWORD)?);
    }
    Ok(callers)
}
