//! Multipart forms, read within limits, for both doors.

use super::bodies;
use super::error::Result;
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::{DepartmentId, StudentForm};
use crate::tr;
use anyhow::anyhow;
use leptos::server_fn::codec::MultipartData;
use std::collections::BTreeMap;

/// What one form may cost.
#[derive(Clone, Copy, Debug)]
pub struct UploadLimits {
    /// Largest file, bytes.
    pub file_bytes_max: usize,
    /// Largest sum of all parts, bytes.
    pub body_bytes_max: usize,
    /// Most files.
    pub files_max: usize,
}

/// Enrolment: five photos of at most 5 MB each.
pub const ENROL: UploadLimits = UploadLimits { file_bytes_max: 5 * MIB, body_bytes_max: 26 * MIB, files_max: 5 };
/// Class photos and recognition: one photo of at most 10 MB.
pub const MARK: UploadLimits = UploadLimits { file_bytes_max: 10 * MIB, body_bytes_max: 11 * MIB, files_max: 1 };
/// Largest multipart body that any route takes, bytes: [`ENROL`] with room for the form's own words.
pub const BODY_BYTES_MAX: usize = 27 * MIB;
/// Most parts of one form.
const PARTS_MAX: usize = 16;
/// Largest text part, bytes.
const TEXT_BYTES_MAX: usize = 64 * 1024;
const MIB: usize = 1024 * 1024;
/// Names that a photo may end with; what counts is its content.
const EXTENSIONS: [&str; 3] = [".jpg", ".jpeg", ".png"];

/// A file as it came in.
#[derive(Clone, Debug, Default)]
pub struct UploadedPhoto {
    /// Wire name of its field.
    pub field: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// A form that was read within its limits.
#[derive(Debug, Default)]
pub struct UploadForm {
    texts: BTreeMap<String, String>,
    files: Vec<UploadedPhoto>,
    /// Faults of files, told together with those of other fields.
    pub faults: FieldErrors,
}

/// Reads a server function's form.
///
/// # Errors
/// [`AppError::TooLarge`], [`AppError::Malformed`], or a file's fault.
pub async fn read_server_fn(data: MultipartData, limits: UploadLimits) -> Result<UploadForm> {
    let multipart = data.into_inner().ok_or_else(|| anyhow!("no multipart body on the server"))?;
    let form = read(multipart, limits).await?;
    form.faults.clone().finish()?;
    Ok(form)
}

/// Reads a form; faults of single files are kept in it.
///
/// # Errors
/// [`AppError::TooLarge`] or [`AppError::Malformed`].
pub async fn read(mut multipart: multer::Multipart<'_>, limits: UploadLimits) -> Result<UploadForm> {
    let mut form = UploadForm::default();
    let mut total = 0;
    let mut parts = 0;
    while let Some(mut part) = multipart.next_field().await.map_err(|error| malformed(&error, limits))? {
        parts += 1;
        if parts > PARTS_MAX {
            return Err(AppError::Malformed(tr!("domain-upload-parts")).into());
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| malformed(&error, limits))? {
            total += chunk.len();
            if total > limits.body_bytes_max {
                return Err(too_large(limits).into());
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(file_name) => form.take_file(UploadedPhoto { field: name, file_name, bytes }, limits)?,
            None => form.take_text(name, bytes)?,
        }
    }
    Ok(form)
}

impl UploadForm {
    fn take_file(&mut self, file: UploadedPhoto, limits: UploadLimits) -> Result<()> {
        // A file input that was left empty sends a nameless, empty part.
        if file.file_name.is_empty() && file.bytes.is_empty() {
            return Ok(());
        }
        let lower = file.file_name.to_lowercase();
        if file.bytes.len() > limits.file_bytes_max {
            let message = tr!("domain-upload-size", most = limits.file_bytes_max / MIB);
            self.faults.add(&file.field, message);
        } else if !EXTENSIONS.iter().any(|extension| lower.ends_with(extension)) {
            self.faults.add(&file.field, wrong_type(&lower));
        } else if self.files.len() < limits.files_max {
            self.files.push(file);
        } else {
            let message = tr!("domain-upload-count", most = limits.files_max);
            self.faults.add(&file.field, message);
        }
        Ok(())
    }

    fn take_text(&mut self, name: String, bytes: Vec<u8>) -> Result<()> {
        if bytes.len() > TEXT_BYTES_MAX {
            return Err(AppError::field(&name, tr!("domain-upload-text-long")).into());
        }
        let text =
            String::from_utf8(bytes).map_err(|_| AppError::field(&name, tr!("domain-upload-text-unreadable")))?;
        self.texts.insert(name, text);
        Ok(())
    }

    /// A text field, trimmed; empty when absent.
    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.trim())
    }

    /// A required id.
    ///
    /// # Errors
    /// A field error when it is absent or no number.
    pub fn id(&self, name: &str) -> Result<i64> {
        self.optional_id(name)?.ok_or_else(|| AppError::field(name, tr!("domain-required")).into())
    }

    /// An id that may be absent.
    ///
    /// # Errors
    /// A field error when it is no number.
    pub fn optional_id(&self, name: &str) -> Result<Option<i64>> {
        match self.text(name) {
            "" => Ok(None),
            text => Ok(Some(text.parse().map_err(|_| AppError::field(name, tr!("domain-upload-integer")))?)),
        }
    }

    /// A number that may be absent.
    ///
    /// # Errors
    /// A field error when it is no number.
    pub fn optional_number(&self, name: &str) -> Result<Option<f32>> {
        match self.text(name) {
            "" => Ok(None),
            text => match text.parse::<f32>() {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(AppError::field(name, tr!("domain-upload-number")).into()),
            },
        }
    }

    /// The required photo of a field.
    ///
    /// # Errors
    /// A field error when there is none.
    pub fn photo(&self, name: &str) -> Result<UploadedPhoto> {
        let photo = self.files.iter().find(|file| file.field == name).cloned();
        photo.ok_or_else(|| AppError::field(name, tr!("domain-required")).into())
    }

    /// All photos of a field.
    pub fn photos(&self, name: &str) -> Vec<UploadedPhoto> {
        self.files.iter().filter(|file| file.field == name).cloned().collect()
    }

    /// The fields of a new student; what is wrong with them is the domain's to say.
    ///
    /// # Errors
    /// A field error when the department is no number.
    pub fn student_form(&self) -> Result<StudentForm> {
        Ok(StudentForm {
            id: None,
            name: self.text("name").to_owned(),
            email: self.text("email").to_owned(),
            phone: self.text("phone").to_owned(),
            department: DepartmentId(self.optional_id("department")?.unwrap_or_default()),
        })
    }
}

fn wrong_type(lower_name: &str) -> String {
    if lower_name.ends_with(".heic") || lower_name.ends_with(".heif") {
        return tr!("domain-upload-heic");
    }
    tr!("domain-upload-type")
}

fn too_large(limits: UploadLimits) -> AppError {
    AppError::TooLarge { max_kib: (limits.file_bytes_max / 1024) as u64 }
}

/// A body that was cut by the size limit ends like a torn one: tell them apart.
fn malformed(error: &multer::Error, limits: UploadLimits) -> AppError {
    if let Some(refusal) = bodies::refusal(error) {
        return refusal;
    }
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = cause {
        if inner.is::<http_body_util::LengthLimitError>() {
            return too_large(limits);
        }
        cause = inner.source();
    }
    AppError::Malformed(tr!("domain-upload-unreadable"))
}
