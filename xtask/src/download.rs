//! Files from package registries: by `pip` where there is one (it knows the
//! machine's own index and proxy), else straight from the index by HTTP.
//! Nothing is used before its SHA-256 was compared.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process;

/// Largest wheel that is accepted, in bytes.
const WHEEL_BYTES_MAX: u64 = 200 * 1024 * 1024;
/// Longest wait for one answer of an index, and for one file.
const ANSWER_SECONDS: u64 = 60;
const FILE_SECONDS: u64 = 900;

/// One built Python package, pinned by its content.
pub struct Wheel {
    pub package: &'static str,
    pub version: &'static str,
    /// Tags of the file name: interpreter, ABI and platform.
    pub interpreter: &'static str,
    pub platform: &'static str,
    pub sha256: &'static str,
}

impl Wheel {
    /// Name of the file in every index.
    pub fn file_name(&self) -> String {
        let Self { package, version, interpreter, platform, .. } = self;
        format!("{package}-{version}-{interpreter}-{interpreter}-{platform}.whl")
    }
}

/// Puts the wheel into `folder` and returns its path.
///
/// # Errors
/// No index can be reached, or the content is not the pinned one.
pub fn fetch_wheel(wheel: &Wheel, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let file = folder.join(wheel.file_name());
    if process::find_program(&["pip", "pip3"]).is_none() {
        // Where it may be installed, pip knows this machine's package index; elsewhere the setting below names it.
        process::install_packages(&["python3-pip"])?;
    }
    if let Err(by_pip) = fetch_by_pip(wheel, folder) {
        fetch_by_http(wheel, &file).with_context(|| format!("and pip could not fetch it either: {by_pip:#}"))?;
    }
    let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let found = sha256_hex(&bytes);
    if found != wheel.sha256 {
        fs::remove_file(&file)?;
        bail!("{} has SHA-256 {found}, expected {}", wheel.file_name(), wheel.sha256);
    }
    Ok(file)
}

/// SHA-256 in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn fetch_by_pip(wheel: &Wheel, folder: &Path) -> Result<()> {
    let mut last = anyhow::anyhow!("pip is not installed");
    for words in [&["pip"][..], &["pip3"], &["python3", "-m", "pip"]] {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(["download", "--quiet", "--no-deps"]);
        command.args(["--only-binary=:all:", "--implementation", "cp", "--platform"]);
        command.arg(wheel.platform);
        // cp312 → 3.12
        let digits = wheel.interpreter.trim_start_matches("cp");
        let (major, minor) = digits.split_at(1);
        command.arg("--python-version").arg(format!("{major}.{minor}"));
        command.arg("--dest").arg(folder).arg(format!("{}=={}", wheel.package, wheel.version));
        match process::read(&mut command) {
            Ok(_) if folder.join(wheel.file_name()).is_file() => return Ok(()),
            Ok(_) => last = anyhow::anyhow!("pip chose another file than {}", wheel.file_name()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn fetch_by_http(wheel: &Wheel, file: &Path) -> Result<()> {
    let index = env::var("PIP_INDEX_URL").context(
        "install pip, or name a Python package index in PIP_INDEX_URL, or ONNX Runtime's library in ORT_DYLIB_PATH",
    )?;
    let page_url = format!("{}/{}/", index.trim_end_matches('/'), wheel.package);
    let page = get(&page_url, ANSWER_SECONDS)?;
    let page = String::from_utf8_lossy(&page);
    let link = find_link(&page, &wheel.file_name())
        .with_context(|| format!("{page_url} does not list {}", wheel.file_name()))?;
    let bytes = get(&absolute(&page_url, link), FILE_SECONDS)?;
    fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))
}

fn get(url: &str, seconds: u64) -> Result<Vec<u8>> {
    // The machine's own certificates: many networks answer through a proxy
    // whose authority only the system knows.
    let tls = ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::PlatformVerifier).build();
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(seconds))).tls_config(tls).build().into();
    let response = agent.get(url).call().with_context(|| format!("asking {url}"))?;
    let mut bytes = Vec::new();
    let mut body = response.into_body().into_reader().take(WHEEL_BYTES_MAX);
    body.read_to_end(&mut bytes).with_context(|| format!("reading {url}"))?;
    Ok(bytes)
}

/// The address of `file_name` in a page of the simple repository format,
/// without its `#sha256=` part.
fn find_link<'page>(page: &'page str, file_name: &str) -> Option<&'page str> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter_map(|link| link.split('#').next())
        .find(|link| link.rsplit('/').next() == Some(file_name))
}

fn absolute(page_url: &str, link: &str) -> String {
    if link.contains("://") {
        return link.to_owned();
    }
    let scheme_end = page_url.find("://").map_or(0, |at| at + 3);
    let host_end = page_url[scheme_end..].find('/').map_or(page_url.len(), |at| scheme_end + at);
    if link.starts_with('/') {
        return format!("{}{link}", &page_url[..host_end]);
    }
    // Mirrors like to answer with `../../packages/…`.
    let mut folders: Vec<&str> = page_url[host_end..].trim_matches('/').split('/').collect();
    for part in link.split('/') {
        match part {
            ".." => drop(folders.pop()),
            "." => {}
            name => folders.push(name),
        }
    }
    format!("{}/{}", &page_url[..host_end], folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_is_found_by_its_last_part() {
        let page = r#"<a href="/p/a-1.0.whl#sha256=00">a-1.0.whl</a>
            <a href="https://files/x/a-1.1.whl#sha256=11">a-1.1.whl</a>"#;
        assert_eq!(find_link(page, "a-1.1.whl"), Some("https://files/x/a-1.1.whl"));
        assert_eq!(find_link(page, "a-1.2.whl"), None);
    }

    #[test]
    fn relative_link_becomes_absolute() {
        let page = "https://host/api/simple/a/";
        assert_eq!(absolute(page, "../../files/a.whl"), "https://host/api/files/a.whl");
        assert_eq!(absolute(page, "/files/a.whl"), "https://host/files/a.whl");
        assert_eq!(absolute(page, "https://other/a.whl"), "https://other/a.whl");
    }

    #[test]
    fn wheel_is_named_as_in_the_index() {
        let wheel = Wheel { package: "a", version: "1.0", interpreter: "cp312", platform: "win_amd64", sha256: "" };
        assert_eq!(wheel.file_name(), "a-1.0-cp312-cp312-win_amd64.whl");
    }
}
