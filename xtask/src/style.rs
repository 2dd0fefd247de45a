//! The stylesheet: `style/main.css` and all it imports, as one small file.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

/// Follows every `@import` from `main` on and returns the minified whole.
///
/// # Errors
/// A file is missing or is not CSS; the message names file and line.
pub fn bundle(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{error}"))?;
    let printed =
        sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() }).context("writing the stylesheet")?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn imports_become_one_sheet() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("main.css"), "@import \"a.css\";\nb { color: red; }\n")?;
        fs::write(folder.path().join("a.css"), "a {\n  color: blue;\n}\n")?;
        assert_eq!(bundle(&folder.path().join("main.css"))?, "a{color:#00f}b{color:red}");
        Ok(())
    }

    #[test]
    fn missing_import_is_named() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("main.css"), "@import \"gone.css\";\n")?;
        let error = bundle(&folder.path().join("main.css")).expect_err("no such file");
        assert!(error.to_string().contains("main.css"), "{error}");
        Ok(())
    }
}
