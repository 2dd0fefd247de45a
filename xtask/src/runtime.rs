//! ONNX Runtime: one shared library out of the wheel that its makers publish.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    download::{self, Wheel},
    process,
};

/// The version whose C interface the server is built for (`api-31`).
const VERSION: &str = "1.31.1";

/// What to take for one kind of machine.
struct Source {
    platform: &'static str,
    sha256: &'static str,
    /// Path inside the wheel.
    member: &'static str,
    /// Name under `.tools/onnxruntime`.
    library: &'static str,
}

const LINUX_MEMBER: &str = "onnxruntime/capi/libonnxruntime.so.1.31.1";

/// Hashes are those of the Python package index.
const SOURCES: &[(&str, &str, Source)] = &[
    (
        "linux",
        "x86_64",
        Source {
            platform: "manylinux_2_28_x86_64",
            sha256: "1f3dea47f2f0e5117c2404cea7d21fd253ae7836a3bf167a501cdfbb2600d536",
            member: LINUX_MEMBER,
            library: "libonnxruntime.so",
        },
    ),
    (
        "linux",
        "aarch64",
        Source {
            platform: "manylinux_2_28_aarch64",
            sha256: "0b9a492176886992e0e875f06bc0367e333f5fff11711a2d642e18b02f3009cc",
            member: LINUX_MEMBER,
            library: "libonnxruntime.so",
        },
    ),
    (
        "macos",
        "aarch64",
        Source {
            platform: "macosx_14_0_arm64",
            sha256: "96dd2564b10ea7153ad9c207e7cd8e5917cb3ba521e0e0a62ac03486fdc8d56c",
            member: "onnxruntime/capi/libonnxruntime.1.31.1.dylib",
            library: "libonnxruntime.dylib",
        },
    ),
    (
        "windows",
        "x86_64",
        Source {
            platform: "win_amd64",
            sha256: "ae8a9a351efda685cc59a66226cdefaa37a126c1d66872ca23a2de9425326130",
            member: "onnxruntime/capi/onnxruntime.dll",
            library: "onnxruntime.dll",
        },
    ),
    (
        "windows",
        "aarch64",
        Source {
            platform: "win_arm64",
            sha256: "fe8b9ac1ae8e894e12c47ee82e4f6dfc1835768133687257866469fda80d0bf1",
            member: "onnxruntime/capi/onnxruntime.dll",
            library: "onnxruntime.dll",
        },
    ),
];

/// Path of the library: the one `ORT_DYLIB_PATH` names, or our own, fetched
/// when it is missing.
///
/// # Errors
/// The registry cannot be reached, or none is published for this machine.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = env::var_os("ORT_DYLIB_PATH").map(PathBuf::from) {
        if !path.is_file() {
            bail!("ORT_DYLIB_PATH names {}, which is not there", path.display());
        }
        return Ok(path);
    }
    let source = source_for(env::consts::OS, env::consts::ARCH).with_context(|| {
        format!(
            "ONNX Runtime {VERSION} is not published for {} on {}; \
             build it and name the library in ORT_DYLIB_PATH",
            env::consts::OS,
            env::consts::ARCH
        )
    })?;
    let folder = process::tools_dir().join("onnxruntime");
    let library = folder.join(source.library);
    let stamp = folder.join("version");
    if library.is_file() && fs::read_to_string(&stamp).is_ok_and(|version| version == VERSION) {
        return Ok(library);
    }
    println!("Fetching ONNX Runtime {VERSION} (24 MB) …");
    let wheel = download::fetch_wheel(
        &Wheel {
            package: "onnxruntime",
            version: VERSION,
            interpreter: "cp312",
            platform: source.platform,
            sha256: source.sha256,
        },
        &folder,
    )?;
    extract(&wheel, source.member, &library)?;
    fs::remove_file(&wheel)?;
    fs::write(&stamp, VERSION)?;
    Ok(library)
}

fn source_for(os: &str, arch: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|entry| entry.0 == os && entry.1 == arch).map(|entry| &entry.2)
}

/// Writes one member of a zip archive to `to`; a half-written file never
/// carries the final name.
fn extract(archive: &Path, member: &str, to: &Path) -> Result<()> {
    let file = fs::File::open(archive)?;
    let mut archive = zip::ZipArchive::new(file).context("the wheel is not a zip archive")?;
    let mut member = archive.by_name(member).with_context(|| format!("no {member} inside"))?;
    let mut bytes = Vec::with_capacity(usize::try_from(member.size()).unwrap_or(0));
    member.read_to_end(&mut bytes)?;
    let aside = to.with_extension("part");
    fs::write(&aside, bytes).with_context(|| format!("writing {}", aside.display()))?;
    fs::rename(&aside, to).with_context(|| format!("writing {}", to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_machines_have_a_library() {
        for (os, arch) in [("linux", "x86_64"), ("linux", "aarch64"), ("macos", "aarch64")] {
            assert!(source_for(os, arch).is_some(), "{os} {arch}");
        }
        assert!(source_for("plan9", "x86_64").is_none());
    }

    #[test]
    fn hashes_are_sha256() {
        for (_, _, source) in SOURCES {
            assert_eq!(source.sha256.len(), 64);
            assert!(source.member.contains("onnxruntime"));
        }
    }
}
