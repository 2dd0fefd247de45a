//! Callers of the REST API, and a little randomness that a second run repeats.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use ureq::Agent;

use crate::server::Server;

/// What stands between the parts of a form.
const MARKER: &str = "----rollcall-trust";

/// Somebody who is signed in, for one thread.
#[derive(Clone)]
pub struct Caller {
    agent: Agent,
    url: String,
    bearer: String,
}

/// Status and body of an answer, and when to come again.
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<u64>,
}

impl Answer {
    pub fn is_done(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body of an answer that has to be one of success.
    pub fn done(self) -> Result<Value> {
        if !self.is_done() {
            bail!("answered with {}: {}", self.status, self.body);
        }
        Ok(self.body)
    }
}

impl Caller {
    /// Signs an account of the demo in.
    pub fn of(server: &Server, account: &str) -> Result<Self> {
        Self::with(server, account, &server.password(account)?)
    }

    /// Signs any account in.
    pub fn with(server: &Server, username: &str, password: &str) -> Result<Self> {
        let bearer = format!("Bearer {}", server.token_of(username, password)?);
        Ok(Self { agent: agent(), url: server.url.clone(), bearer })
    }

    /// The same account with connections of its own.
    pub fn again(&self) -> Self {
        Self { agent: agent(), ..self.clone() }
    }

    pub fn get(&self, path: &str) -> Result<Answer> {
        let request = self.agent.get(format!("{}{path}", self.url)).header("authorization", &self.bearer);
        answer(request.call()?)
    }

    pub fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        let request = self.agent.post(format!("{}{path}", self.url)).header("authorization", &self.bearer);
        answer(request.send_json(body)?)
    }

    pub fn put(&self, path: &str, body: &Value) -> Result<Answer> {
        let request = self.agent.put(format!("{}{path}", self.url)).header("authorization", &self.bearer);
        answer(request.send_json(body)?)
    }

    /// A form of texts and one file.
    pub fn post_form(&self, path: &str, texts: &[(&str, &str)], file: (&str, &[u8])) -> Result<Answer> {
        let mut body = Vec::new();
        for (name, text) in texts {
            let head = format!("--{MARKER}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
            body.extend(head.as_bytes());
        }
        let (name, bytes) = file;
        let ending = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpg" };
        let head = format!(
            "--{MARKER}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"photo.{ending}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{MARKER}--\r\n").as_bytes());
        let request = self.agent.post(format!("{}{path}", self.url)).header("authorization", &self.bearer);
        answer(request.content_type(format!("multipart/form-data; boundary={MARKER}")).send(&body[..])?)
    }

    /// Bytes of a file that is served.
    pub fn bytes(&self, path: &str) -> Result<usize> {
        let request = self.agent.get(format!("{}{path}", self.url)).header("authorization", &self.bearer);
        let mut got = request.call()?;
        if got.status() != 200 {
            bail!("{path} was answered with {}", got.status());
        }
        Ok(got.body_mut().read_to_vec()?.len())
    }

    /// The department of the demo's class.
    pub fn class(&self) -> Result<i64> {
        let all = self.get("/api/departments/")?.done()?;
        let all = all["results"].as_array().context("no departments")?;
        let class = all.iter().find(|department| department["code"] == "AST").or(all.first());
        class.and_then(|class| class["id"].as_i64()).context("the demo has no department")
    }

    /// A session of a department that began now.
    pub fn session(&self, department: i64, subject: &str) -> Result<i64> {
        let (date, time) = now()?;
        let body = json!({ "department": department, "subject": subject, "date": date, "start_time": time });
        let made = self.post("/api/attendance/sessions/", &body)?.done()?;
        made["id"].as_i64().context("a session without an id")
    }

    /// Ids of the students of a department.
    pub fn students(&self, department: i64) -> Result<Vec<i64>> {
        let path = format!("/api/students/?department={department}&is_active=true&page_size=100");
        let all = self.get(&path)?.done()?;
        let all = all["results"].as_array().context("no students")?;
        Ok(all.iter().filter_map(|student| student["id"].as_i64()).collect())
    }
}

/// Asks with a limit of time; a status that is no success is an answer.
pub fn agent() -> Agent {
    let limit = Some(Duration::from_secs(60));
    Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(limit).build().into()
}

fn answer(mut got: ureq::http::Response<ureq::Body>) -> Result<Answer> {
    let retry_after = got.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let text = got.body_mut().read_to_string()?;
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Ok(Answer { status: got.status().as_u16(), body, retry_after })
}

/// Day and time of the server's machine, in UTC.
fn now() -> Result<(String, String)> {
    let said = crate::process::read(std::process::Command::new("date").args(["-u", "+%F %H:%M:%S"]))?;
    let (date, time) = said.trim().split_once(' ').context("the date is not readable")?;
    Ok((date.to_owned(), time.to_owned()))
}

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number of `from..to`.
    pub fn roll(&mut self, from: u64, to: u64) -> u64 {
        // Marsaglia's xorshift with the shifts 13, 7, 17.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        from + self.0 % (to - from)
    }
}

/// Value at `share` of the times, which are sorted here.
pub fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    let at = ((times.len() as f64) * share) as usize;
    times.get(at.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}
