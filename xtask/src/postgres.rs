//! A PostgreSQL server for the database tests: Debian's programs, a folder and
//! a port of its own, no promise to keep anything.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::process;

/// Longest wait for the first answer.
const READY_SECONDS: u64 = 60;
/// Durability off: the data live as long as one test run.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=127.0.0.1",
    "max_connections=200",
];

/// A database server for tests; it stops and leaves nothing when dropped.
pub struct Postgres {
    /// `postgres://…` of a user who may create databases.
    pub url: String,
    own: Option<Own>,
}

struct Own {
    server: Child,
    programs: PathBuf,
    folder: PathBuf,
}

/// The server that `ROLLCALL_TEST_POSTGRES_URL` names, or one started here.
/// `Ok(None)`: this machine has none and cannot install it.
pub fn start() -> Result<Option<Postgres>> {
    if let Ok(url) = env::var("ROLLCALL_TEST_POSTGRES_URL") {
        return Ok(Some(Postgres { url, own: None }));
    }
    let mut programs = find_programs();
    if programs.is_none() && process::install_packages(&["postgresql"])? {
        programs = find_programs();
    }
    programs.map(|programs| start_own(&programs)).transpose()
}

/// Folder of `initdb` and `postgres`, of the newest version there is.
fn find_programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            folder.join("initdb").is_file().then_some((version, folder))
        })
        .collect();
    found.sort();
    let newest = found.pop().map(|(_, folder)| folder);
    newest.or_else(|| process::find_program(&["initdb"])?.parent().map(Path::to_path_buf))
}

fn start_own(programs: &Path) -> Result<Postgres> {
    let folder = env::temp_dir().join(format!("rollcall-postgres-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    if process::is_root() {
        process::run(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    let data = folder.join("data");
    let mut make = as_server_user(&programs.join("initdb"));
    make.args(["--username=rollcall", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
    process::read(make.args(["--no-sync", "--pgdata"]).arg(&data))?;

    let port = process::free_port()?;
    let mut serve = as_server_user(&programs.join("postgres"));
    serve.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-p", &port.to_string()]);
    serve.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    let log = fs::File::create(folder.join("log"))?;
    let server =
        serve.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().context("starting PostgreSQL")?;
    let mut postgres = Postgres {
        url: format!("postgres://rollcall@127.0.0.1:{port}/postgres"),
        own: Some(Own { server, programs: programs.to_path_buf(), folder }),
    };
    postgres.wait_until_ready(port)?;
    Ok(postgres)
}

/// PostgreSQL refuses to run as root; there it runs as its own user.
fn as_server_user(program: &Path) -> Command {
    let mut command = if process::is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(env::temp_dir());
    command
}

impl Postgres {
    fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let Some(own) = &mut self.own else {
            return Ok(());
        };
        let until = Instant::now() + Duration::from_secs(READY_SECONDS);
        let port = port.to_string();
        loop {
            let mut ask = Command::new(own.programs.join("pg_isready"));
            ask.args(["--quiet", "--host=127.0.0.1", "--port", &port]);
            if ask.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            let ended = own.server.try_wait()?;
            if ended.is_some() || Instant::now() > until {
                let log = fs::read_to_string(own.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL does not answer:\n{log}");
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(own) = &mut self.own {
            let mut stop = as_server_user(&own.programs.join("pg_ctl"));
            stop.args(["stop", "--silent", "--mode=immediate", "--pgdata"]);
            if process::read(stop.arg(own.folder.join("data"))).is_err() {
                own.server.kill().ok();
            }
            own.server.wait().ok();
            fs::remove_dir_all(&own.folder).ok();
        }
    }
}
