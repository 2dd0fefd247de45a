//! Settings from the environment, `.env` and the command line.
//!
//! Every name here stands in `.env.sample`. Nothing secret has a default.

use anyhow::{Context, Result};
use clap::Args;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// Whether a stored face needs a consent that came before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ConsentMode {
    /// An admin's upload is the attestation, recorded in the same transaction.
    Attest,
    /// Without a prior consent the upload is refused.
    Strict,
}

/// A switch written `on` or `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// Whether people may make accounts for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Registration {
    /// Anybody may make a student's account; it waits until the email address is verified.
    Open,
    /// Accounts come from admins alone.
    Closed,
}

/// Settings that every command understands.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address to serve on.
    #[arg(long, env = "ROLLCALL_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub addr: SocketAddr,
    /// Folder of the database, photos and keys; private to the user.
    #[arg(long, env = "ROLLCALL_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`; default: SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Address under which browsers reach this server, for links and the origin check.
    #[arg(long, env = "PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Folder of the model files and their manifest.
    #[arg(long, env = "ROLLCALL_MODELS", default_value = "./models", global = true)]
    pub models: PathBuf,
    /// Folder that is asked for model files before the network.
    #[arg(long, env = "ROLLCALL_MODELS_MIRROR", global = true)]
    pub models_mirror: Option<PathBuf>,
    /// Model pack; default: the first of the manifest that is there.
    #[arg(long, env = "ROLLCALL_PACK", global = true)]
    pub pack: Option<String>,
    /// Longest time from the arrival of a photo to its answer, seconds.
    #[arg(long, env = "ROLLCALL_PHOTO_SECONDS_MAX", default_value = "30", value_parser = clap::value_parser!(u16).range(1..=55), global = true)]
    pub photo_seconds_max: u16,
    /// ONNX Runtime's shared library.
    #[arg(long, env = "ORT_DYLIB_PATH", global = true)]
    pub ort_dylib: Option<PathBuf>,
    /// Folder of photographs for the demo.
    #[arg(long, env = "ROLLCALL_FACES", default_value = "../shared/faces", global = true)]
    pub faces: PathBuf,
    /// IANA time zone of the institution; default: this machine's.
    #[arg(long, env = "ROLLCALL_TIMEZONE", global = true)]
    pub timezone: Option<String>,
    #[arg(long, env = "CONSENT_MODE", value_enum, default_value = "attest", global = true)]
    pub consent_mode: ConsentMode,
    /// `off` removes the camera and every face; attendance by hand stays.
    #[arg(long, env = "FACE_FEATURES", value_enum, default_value = "on", global = true)]
    pub face_features: Switch,
    #[arg(long, env = "REGISTRATION", value_enum, default_value = "open", global = true)]
    pub registration: Registration,
    /// Lifetime of an access token, hours.
    #[arg(long, env = "ACCESS_TOKEN_HOURS", default_value = "24", value_parser = clap::value_parser!(u16).range(1..=720), global = true)]
    pub access_token_hours: u16,
    /// Lifetime of a refresh token, days.
    #[arg(long, env = "REFRESH_TOKEN_DAYS", default_value = "7", value_parser = clap::value_parser!(u16).range(1..=365), global = true)]
    pub refresh_token_days: u16,
    /// `smtps://USER:PASSWORD@HOST` or `smtp://HOST:PORT?tls=required`; without it messages wait in the outbox.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<String>,
    /// Sender of messages; needed when they are sent.
    #[arg(long, env = "MAIL_FROM", global = true)]
    pub mail_from: Option<String>,
    /// Sites whose scripts may call `/api` with a token, by commas.
    #[arg(long, env = "CORS_ORIGINS", value_delimiter = ',', value_parser = parse_origin, global = true)]
    pub cors_origins: Vec<String>,
    /// Addresses or networks of proxies whose `X-Forwarded-For` counts, by commas.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',', value_parser = parse_network, global = true)]
    pub trusted_proxies: Vec<IpNet>,
    /// Token with which other machines may read `/metrics`; without it this machine alone may.
    #[arg(long, env = "METRICS_TOKEN", hide_env_values = true, global = true)]
    pub metrics_token: Option<String>,
    /// Folder of the browser's files as the build made it.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site", global = true)]
    pub site: PathBuf,
}

impl Config {
    /// All defaults, with the data in this folder: for tests, which read no environment.
    pub fn for_folder(data: &Path) -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: data.to_owned(),
            database_url: None,
            public_url: None,
            models: data.join("models"),
            models_mirror: None,
            pack: None,
            photo_seconds_max: 30,
            ort_dylib: None,
            faces: PathBuf::from("../shared/faces"),
            timezone: Some("UTC".to_owned()),
            consent_mode: ConsentMode::Attest,
            face_features: Switch::On,
            registration: Registration::Open,
            access_token_hours: 24,
            refresh_token_days: 7,
            smtp_url: None,
            mail_from: None,
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            metrics_token: None,
            site: PathBuf::from("target/site"),
        }
    }

    /// The site's own address without a closing slash, for links in messages. Never the Host of a request: whoever
    /// asks for somebody else's link could choose where it leads.
    pub fn site_url(&self) -> String {
        self.public_url
            .as_deref()
            .map_or_else(|| format!("http://{}", self.addr), |url| url.trim_end_matches('/').into())
    }

    /// Whether browsers reach the site by HTTPS, so that cookies may be kept to it.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite://{}", self.data.join("rollcall.db").display()))
    }

    /// Folder of the stored photos.
    pub fn media(&self) -> PathBuf {
        self.data.join("media")
    }

    /// The mirror when one is set, or the folder beside the checkout when it is there.
    pub fn mirror(&self) -> Option<PathBuf> {
        self.models_mirror.clone().or_else(|| {
            let beside = PathBuf::from("../shared/models");
            beside.is_dir().then_some(beside)
        })
    }

    /// Where ONNX Runtime is looked for: the setting, then where the set-up puts it.
    pub fn ort_dylib(&self) -> PathBuf {
        self.ort_dylib
            .clone()
            .filter(|path| !path.as_os_str().is_empty())
            .unwrap_or_else(|| PathBuf::from(".tools/onnxruntime").join(libloading_name()))
    }

    /// The institution's time zone.
    ///
    /// # Errors
    /// When the setting is not an IANA name.
    pub fn timezone(&self) -> Result<chrono_tz::Tz> {
        match &self.timezone {
            Some(name) => name.parse().map_err(|_| {
                anyhow::anyhow!("ROLLCALL_TIMEZONE={name} is not an IANA time zone such as Europe/Berlin")
            }),
            None => {
                Ok(iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::UTC))
            }
        }
    }

    /// Creates the data folder, readable by this user alone.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn prepare_data(&self) -> Result<()> {
        private_dir(&self.data)
    }
}

/// A site as browsers name it in `Origin`: scheme, host and port.
fn parse_origin(text: &str) -> Result<String, String> {
    let origin = text.trim();
    let parsed = url::Url::parse(origin).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    match parsed {
        Some(url) if url.origin().ascii_serialization() == origin => Ok(origin.to_owned()),
        _ => Err("an origin such as https://portal.example.edu, without a path".to_owned()),
    }
}

/// One address, or a network such as `10.0.0.0/8`.
fn parse_network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map_err(|_| "an address such as 10.0.0.7 or a network such as 10.0.0.0/8".to_owned())
}

/// The library's file name on this platform.
fn libloading_name() -> &'static str {
    match std::env::consts::OS {
        "macos" => "libonnxruntime.dylib",
        "windows" => "onnxruntime.dll",
        _ => "libonnxruntime.so",
    }
}

/// Makes a folder that only this user may enter.
///
/// # Errors
/// When the folder cannot be made or its mode cannot be set.
pub fn private_dir(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))?;
    set_mode(path, 0o700)
}

/// Sets a Unix mode; other systems keep their own rules.
///
/// # Errors
/// When the mode cannot be set.
pub fn set_mode(path: &Path, mode: u32) -> Result<()> {
    if std::env::consts::FAMILY == "unix" {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
            .with_context(|| format!("cannot set the mode of {}", path.display()))?;
    }
    Ok(())
}
