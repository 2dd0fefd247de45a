//! A server of its own for checks and measurements: own data, own port; it ends with its value.

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

/// Longest wait for the server to be ready.
const READY_MAX: Duration = Duration::from_secs(60);

/// What the demo puts into the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// The class with its faces, and this many made-up students with templates of no face.
    Crowd(u32),
    /// A crowd in classes that met on this many school days.
    Year(u32, u32),
    /// Names alone: no photograph is read, so that an unoptimised program is quick.
    Faceless,
}

/// A server on its own data and port.
pub struct Server {
    program: PathBuf,
    library: PathBuf,
    data: PathBuf,
    pub url: String,
    pub agent: Agent,
    /// How much it says.
    pub log: &'static str,
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
    /// A fresh database with the demo, in a folder of this name below `target`.
    pub fn prepare(program: &Path, library: &Path, folder: &str, demo: Demo) -> Result<Self> {
        let data = process::target_dir().join(folder);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        Self::prepare_at(program, library, data, demo)
    }

    /// The same in any folder, which is empty.
    pub fn prepare_at(program: &Path, library: &Path, data: PathBuf, demo: Demo) -> Result<Self> {
        // A status that is no success is an answer here, not a failure to ask.
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let url = format!("http://127.0.0.1:{}", process::free_port()?);
        let server = Self {
            program: program.to_owned(),
            library: library.to_owned(),
            data,
            url,
            agent,
            log: "error",
            child: None,
        };
        let mut command = server.command("demo");
        match demo {
            Demo::Crowd(count) => command.args(["--crowd", &count.to_string()]),
            Demo::Year(count, days) => command.args(["--crowd", &count.to_string(), "--crowd-days", &days.to_string()]),
            Demo::Faceless => command.env("ROLLCALL_FACES", &server.data),
        };
        process::run(command.stdout(Stdio::null()))?;
        Ok(server)
    }

    /// Folder of the data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Ends the process at once, as the system does when it runs out of memory.
    pub fn kill(&mut self) -> Result<()> {
        let mut child = self.child.take().context("the server was not started")?;
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// Tells it to stop, and returns how long it took.
    pub fn terminate(&mut self, most: Duration) -> Result<Duration> {
        let mut child = self.child.take().context("the server was not started")?;
        let told = Instant::now();
        process::run(Command::new("kill").args(["-TERM", &child.id().to_string()]))?;
        while told.elapsed() < most {
            if child.try_wait()?.is_some() {
                return Ok(told.elapsed());
            }
            thread::sleep(Duration::from_millis(10));
        }
        child.kill()?;
        child.wait()?;
        bail!("the server was still running after {} s", most.as_secs())
    }

    /// A command of the program on this server's data.
    pub fn command(&self, subcommand: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(process::root()).arg(subcommand);
        models::add_folders(&mut command);
        command.env("ROLLCALL_DATA", &self.data).env("ROLLCALL_ADDR", self.url.trim_start_matches("http://"));
        command.env("ORT_DYLIB_PATH", &self.library).env("RUST_LOG", self.log).env_remove("DATABASE_URL");
        command
    }

    /// Starts it and returns the time until it says that it is ready.
    pub fn start(&mut self) -> Result<Duration> {
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

    /// Whether it still runs: a crash is no answer, and must not look like one.
    pub fn is_alive(&mut self) -> Result<bool> {
        Ok(self.child.as_mut().context("the server was not started")?.try_wait()?.is_none())
    }

    /// Kilobytes that the operating system counts: `VmRSS` now, `VmHWM` at most so far.
    pub fn memory(&self, what: &str) -> Result<u64> {
        let id = self.child.as_ref().context("the server does not run")?.id();
        let text = fs::read_to_string(format!("/proc/{id}/status")).context("memory figures need Linux")?;
        let line = text.lines().find_map(|line| line.strip_prefix(what)).context("the figure is missing")?;
        line.trim_matches(|letter: char| !letter.is_ascii_digit()).parse().context("the figure is no number")
    }

    /// Has `VmHWM` begin anew.
    pub fn forget_peak(&self) -> Result<()> {
        let id = self.child.as_ref().context("the server does not run")?.id();
        fs::write(format!("/proc/{id}/clear_refs"), "5").context("forgetting the peak needs Linux")
    }

    /// Password of one of the demo's accounts.
    pub fn password(&self, account: &str) -> Result<String> {
        let text = fs::read_to_string(self.data.join("demo-accounts.txt"))?;
        let line = text.lines().find_map(|line| line.strip_prefix(account)).context("the demo has no such account")?;
        Ok(line.trim().to_owned())
    }

    /// The cookie of a signed-in browser.
    pub fn sign_in(&self, account: &str) -> Result<String> {
        let form = [("username", account), ("password", &self.password(account)?)];
        let request = self.agent.post(format!("{}/fn/sign_in", self.url)).header("origin", &self.url);
        let answer = request.send_form(form)?;
        let set = answer.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let mut pairs = set.filter_map(|line| line.split(';').next());
        let cookie = pairs.find(|pair| pair.starts_with("rollcall=")).context("signing in gave no cookie")?;
        Ok(cookie.to_owned())
    }

    /// The access token of a program.
    pub fn token(&self, account: &str) -> Result<String> {
        self.token_of(account, &self.password(account)?)
    }

    /// An access token of any account.
    pub fn token_of(&self, username: &str, password: &str) -> Result<String> {
        let account = serde_json::json!({ "username": username, "password": password });
        let mut answer = self.agent.post(format!("{}/api/auth/login/", self.url)).send_json(account)?;
        let answer: Value = answer.body_mut().read_json()?;
        Ok(answer.pointer("/access").and_then(Value::as_str).context("signing in gave no token")?.to_owned())
    }
}
