//! Smaller copies beside static files, made once here instead of at each request.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

/// Writes `.br` and `.gz` beside every file below `folder` whose copies are
/// missing or older than it.
pub fn compress_tree(folder: &Path) -> Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        let path = entry.path();
        let compressed = path.extension().is_some_and(|kind| kind == "br" || kind == "gz");
        if entry.file_type().is_file() && !compressed {
            compress_file(path)?;
        }
    }
    Ok(())
}

/// Path of the copy of `file` with `ending` (`br`, `gz`) added.
pub fn copy_of(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn compress_file(file: &Path) -> Result<()> {
    let (br, gz) = (copy_of(file, "br"), copy_of(file, "gz"));
    if is_newer(&br, file) && is_newer(&gz, file) {
        return Ok(());
    }
    let bytes = fs::read(file)?;
    fs::write(br, brotli_bytes(&bytes)?)?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    fs::write(gz, encoder.finish()?)?;
    Ok(())
}

/// Brotli at its highest quality and a window of 4 MiB.
fn brotli_bytes(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut smaller = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut smaller, &parameters)?;
    Ok(smaller)
}

fn is_newer(copy: &Path, original: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    time(copy).is_some_and(|copied| time(original).is_some_and(|written| copied >= written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_copies_appear_and_only_once() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("a.js");
        fs::write(&file, "let a = 1;\n".repeat(100))?;
        compress_tree(folder.path())?;
        compress_tree(folder.path())?;
        let mut names: Vec<_> = fs::read_dir(folder.path())?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_>>()?;
        names.sort();
        assert_eq!(names, ["a.js", "a.js.br", "a.js.gz"]);
        assert!(fs::metadata(copy_of(&file, "br"))?.len() < 100);
        Ok(())
    }
}
