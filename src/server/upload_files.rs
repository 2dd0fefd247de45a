//! Forms with large files, written to disk as they arrive.

use super::domain::imports::files::Incoming;
use super::domain::imports::requests::FileNames;
use super::domain::imports::{CSV_BYTES_MAX, ZIP_BYTES_MAX};
use super::error::{Error, Result};
use crate::app::error::AppError;
use crate::tr;
use anyhow::{Context, anyhow};
use leptos::server_fn::codec::MultipartData;
use multer::{Field, Multipart};
use tokio::io::AsyncWriteExt;

/// The one address that takes files of this size.
pub const IMPORT_PATH: &str = "/fn/upload_import";
/// Largest body it takes, bytes: both files, with room for the form around them.
pub const IMPORT_BODY_BYTES_MAX: usize = (CSV_BYTES_MAX + ZIP_BYTES_MAX) as usize + 64 * 1024;
/// Longest time an upload may take, seconds: the largest ZIP over a slow school line.
pub const IMPORT_S_MAX: u64 = 30 * 60;
/// Most parts of the form.
const PARTS_MAX: usize = 8;

/// Receives a table and, if there is one, a ZIP of photos.
///
/// # Errors
/// Field errors for files that are too large, [`AppError::Malformed`], or internals; nothing is kept then.
pub async fn receive(data: MultipartData, incoming: &Incoming) -> Result<FileNames> {
    let mut multipart: Multipart<'_> = data.into_inner().ok_or_else(|| anyhow!("no multipart body on the server"))?;
    let mut names = FileNames::default();
    // A form is read to its end also when a part is refused: a browser that is cut off shows no answer.
    let mut refusal = None;
    for _ in 0..PARTS_MAX {
        let Some(part) = multipart.next_field().await.map_err(torn)? else {
            return refusal.map_or(Ok(names), Err);
        };
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().unwrap_or_default().to_owned();
        // A file input that was left empty sends a nameless part.
        let (is_zip, slot) = match field.as_str() {
            "csv" => (false, &mut names.csv),
            "zip" => (true, &mut names.zip),
            _ => continue,
        };
        if file_name.is_empty() || !slot.is_empty() {
            continue;
        }
        match write(part, incoming, is_zip).await {
            Ok(()) => *slot = file_name,
            Err(error @ Error::User(AppError::Invalid(_))) => refusal = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(AppError::Malformed(tr!("domain-upload-parts")).into())
}

/// Writes one file; one that is too long is read to its end and refused.
async fn write(mut part: Field<'_>, incoming: &Incoming, is_zip: bool) -> Result<()> {
    let (field, most) = if is_zip { ("zip", ZIP_BYTES_MAX) } else { ("csv", CSV_BYTES_MAX) };
    let mut file = incoming.create(is_zip).await?;
    let mut bytes: u64 = 0;
    while let Some(chunk) = part.chunk().await.map_err(torn)? {
        bytes += chunk.len() as u64;
        if bytes <= most {
            file.write_all(&chunk).await.context("writing an upload")?;
        }
    }
    if bytes > most {
        return Err(AppError::field(field, tr!("domain-upload-file-size", most = most / 1024 / 1024)).into());
    }
    file.sync_all().await.context("writing an upload")?;
    Ok(())
}

fn torn(error: multer::Error) -> Error {
    tracing::debug!("an upload broke off: {error}");
    AppError::Malformed(tr!("domain-upload-torn")).into()
}
