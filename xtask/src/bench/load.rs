//! The API under load: the specification's own load test, and how many reads a second there can be.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    models, process, python,
    server::{Demo, Server},
};

/// Students in the database: a large school.
const STUDENTS: u32 = 10_000;
/// The specification's load: users, new ones a second, and how long.
const USERS: &str = "50";
const SPAWN_RATE: &str = "10";
const RUN_TIME: &str = "2m";
/// Reads: connections at once, and seconds per address.
const CONNECTIONS: &str = "32";
const READ_S: &str = "15";
/// Folders of small photos of one face each; the first file is sent.
const PHOTOS: &str = "identities/lfw";
/// Accounts that share load and reads, as the limits are per user: one for each of the users.
const TEACHERS: usize = 50;
const PASSWORD: &str = "Load-test-horse-7";

/// Two tables; an error when a request fails or a limit answers.
pub fn measure(program: &Path, library: &Path) -> Result<String> {
    let Some(photo) = models::faces().and_then(|folder| find_photo(&folder)) else {
        bail!("the load test marks a photograph, and there are none");
    };
    let mut server = Server::prepare(program, library, "load-data", Demo::Crowd(STUDENTS))?;
    server.start()?;
    let token = server.token("admin")?;
    let (session, department) = start_session(&server, &token)?;
    let tokens = teachers(&server, &token, &department)?;
    let load = run_locust(&server, &tokens, session, &photo)?;
    let reads = run_reads(&server, &tokens)?;
    Ok(format!("{load}\n{reads}"))
}

fn find_photo(faces: &Path) -> Option<PathBuf> {
    let files = walkdir::WalkDir::new(faces.join(PHOTOS)).sort_by_file_name();
    let files = files.into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.map(walkdir::DirEntry::into_path).find(|path| path.extension().is_some_and(|ending| ending == "jpg"))
}

/// Access tokens of as many teachers of this department.
fn teachers(server: &Server, admin: &str, department: &Value) -> Result<Vec<String>> {
    let mut tokens = Vec::with_capacity(TEACHERS);
    for number in 0..TEACHERS {
        let username = format!("load_{number}");
        let body = json!({
            "username": username, "email": format!("{username}@example.edu"), "password": PASSWORD,
            "role": "teacher", "departments": [department],
        });
        let request = server.agent.post(format!("{}/api/users/", server.url));
        let answer = request.header("authorization", format!("Bearer {admin}")).send_json(body)?;
        if answer.status() != 201 {
            bail!("a teacher was answered with {}", answer.status());
        }
        tokens.push(server.token_of(&username, PASSWORD)?);
    }
    Ok(tokens)
}

/// A session of the demo's class; returns its id and its department's.
fn start_session(server: &Server, token: &str) -> Result<(i64, Value)> {
    let bearer = format!("Bearer {token}");
    let get = server.agent.get(format!("{}/api/departments/", server.url)).header("authorization", &bearer);
    let departments: Value = get.call()?.body_mut().read_json()?;
    let class = departments["results"]
        .as_array()
        .and_then(|all| all.iter().find(|department| department["code"] == "AST"))
        .or_else(|| departments["results"].get(0))
        .context("the demo has no department")?;
    let now = Command::new("date").args(["-u", "+%F %H:%M:%S"]).output()?;
    let now = String::from_utf8(now.stdout)?;
    let (date, time) = now.trim().split_once(' ').context("the date is not readable")?;
    let body = json!({ "department": class["id"], "subject": "Load", "date": date, "start_time": time });
    let post = server.agent.post(format!("{}/api/attendance/sessions/", server.url)).header("authorization", &bearer);
    let answer: Value = post.send_json(body)?.body_mut().read_json()?;
    let id = answer["id"].as_i64().with_context(|| format!("no session was created: {answer}"))?;
    Ok((id, class["id"].clone()))
}

fn run_locust(server: &Server, tokens: &[String], session: i64, photo: &Path) -> Result<String> {
    let tool = python::tool("locust")?.context("the load test needs Python")?;
    let prefix = process::target_dir().join("load-data/locust");
    let mut command = Command::new(tool);
    command.arg("--locustfile").arg(process::root().join("xtask/python/locustfile.py"));
    command.args(["--headless", "--only-summary", "--host", &server.url]);
    command.args(["--users", USERS, "--spawn-rate", SPAWN_RATE, "--run-time", RUN_TIME]);
    command.arg("--csv").arg(&prefix);
    command
        .env("ROLLCALL_TOKENS", tokens.join(","))
        .env("ROLLCALL_SESSION", session.to_string())
        .env("ROLLCALL_PHOTO", photo);
    // It fails when a single request does: a 429 and a 5xx are failures.
    process::run(&mut command)?;
    let stats = fs::read_to_string(format!("{}_stats.csv", prefix.display()))?;
    locust_table(&stats)
}

/// Rows of locust's own table: requests, median and 95 % of each address.
fn locust_table(stats: &str) -> Result<String> {
    let mut lines = stats.lines();
    let head: Vec<&str> = lines.next().context("locust wrote nothing")?.split(',').collect();
    let column = |name: &str| head.iter().position(|title| *title == name).with_context(|| format!("no column {name}"));
    let (name, count, failures) = (column("Name")?, column("Request Count")?, column("Failure Count")?);
    let (median, slow, most) = (column("50%")?, column("95%")?, column("100%")?);
    let mut table = format!(
        "`locust --users {USERS} --spawn-rate {SPAWN_RATE} --run-time {RUN_TIME}`, one address, {STUDENTS} students:\n\n\
         | Request | Count | Failed | Median | 95 % | Slowest |\n|---|---:|---:|---:|---:|---:|\n"
    );
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        table.push_str(&format!(
            "| {} | {} | {} | {} ms | {} ms | {} ms |\n",
            cell(name),
            cell(count),
            cell(failures),
            cell(median),
            cell(slow),
            cell(most)
        ));
    }
    Ok(table)
}

fn run_reads(server: &Server, tokens: &[String]) -> Result<String> {
    let find = || process::find_program(&["wrk"]);
    if find().is_none() {
        process::install_packages(&["wrk"])?;
    }
    let wrk = find().context("wrk is not installed")?;
    let mut table = format!(
        "`wrk --threads 2 --connections {CONNECTIONS} --duration {READ_S}s`, {STUDENTS} students:\n\n\
         | Address | Requests a second |\n|---|---:|\n"
    );
    for address in
        ["/api/students/", "/api/students/?search=crowd&page=20", "/api/attendance/sessions/", "/api/departments/"]
    {
        let mut command = Command::new(&wrk);
        command.args(["--threads", "2", "--connections", CONNECTIONS, "--duration", &format!("{READ_S}s")]);
        command.arg("--script").arg(process::root().join("xtask/lua/tokens.lua"));
        command.arg(format!("{}{address}", server.url)).env("ROLLCALL_TOKENS", tokens.join(","));
        let said = process::read(command.stderr(Stdio::inherit()))?;
        let value = |name: &str| said.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
        let rate = value("Requests/sec:").context("wrk gave no rate")?;
        for fault in ["Non-2xx or 3xx responses:", "Socket errors:"] {
            if let Some(count) = value(fault) {
                bail!("{address}: {fault} {count}");
            }
        }
        table.push_str(&format!("| `{address}` | {rate} |\n"));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_has_a_row_for_each_address() {
        let stats = "Type,Name,Request Count,Failure Count,50%,95%,100%\nGET,/api/students/,300,0,4,9,31\n";
        let table = locust_table(stats).expect("a table");
        assert!(table.ends_with("| /api/students/ | 300 | 0 | 4 ms | 9 ms | 31 ms |\n"), "{table}");
        assert!(locust_table("nothing\n").is_err());
    }
}
