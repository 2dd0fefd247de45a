//! Settings from the environment, `.env` and the command line.
//!
//! Every name here stands in `.env.sample`. Nothing secret has a default.

use anyhow::{Context, Result};
use clap::Args;
use std::net::SocketAddr;
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
            ort_dylib: None,
            faces: PathBuf::from("../shared/faces"),
            timezone: Some("UTC".to_owned()),
            consent_mode: ConsentMode::Attest,
            face_features: Switch::On,
            site: PathBuf::from("target/site"),
        }
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
