//! What the import's job and the readers of its files have said: in English, because they know no reader, and kept so.
//! Here it is told again in the reader's language.

use super::columns;
use crate::app::error::{AppError, FieldErrors};
use crate::app::types::ImportColumn;
use crate::app::words::Locale;
use crate::tr;

/// A sentence again, with at most two values that stood in it.
type Again = fn(&str, &str) -> String;

/// What stands around the values of each sentence.
const SENTENCES: &[(&[&str], Again)] = &[
    (&["This field is required."], |_, _| tr!("domain-required")),
    (&["This text holds characters that cannot be shown."], |_, _| tr!("domain-unshowable")),
    (&["Enter a valid email address."], |_, _| tr!("domain-email-wrong")),
    (&["Enter a phone number of 10 to 15 digits."], |_, _| tr!("domain-phone-wrong")),
    (&["Ensure this field has no more than ", " characters."], |first, _| tr!("domain-too-long", most = number(first))),
    (&["No face detected in the uploaded image"], |_, _| tr!("domain-face-none")),
    (&["These photos show different people."], |_, _| tr!("domain-face-different")),
    (&["The face is too small: come closer, at least 80 pixels are needed."], |_, _| tr!("domain-face-too-small")),
    (&["The face is rather small: come closer."], |_, _| tr!("domain-face-small")),
    (&["The face is blurred: hold still and focus."], |_, _| tr!("domain-face-blurred")),
    (&["The face is too dark: turn to the light."], |_, _| tr!("domain-face-dark")),
    (&["The face is too bright: turn away from the light."], |_, _| tr!("domain-face-bright")),
    (&["The face is turned away: look into the camera."], |_, _| tr!("domain-face-turned")),
    (&["The face is cut off: keep it whole in the picture."], |_, _| tr!("domain-face-cut")),
    (&["The face is hard to see: nothing should cover it."], |_, _| tr!("domain-face-unclear")),
    (&["The photo is empty."], |_, _| tr!("domain-photo-empty")),
    (&["Invalid file format: this is not a photo; please send a JPEG or PNG picture."], |_, _| {
        tr!("domain-photo-no-photo")
    }),
    (&["Invalid file format: ", " pictures cannot be read; please send a JPEG or PNG picture."], |first, _| {
        tr!("domain-photo-format", format = first)
    }),
    (&["The photo is ", " x ", " pixels, which is more than can be processed."], |first, second| {
        tr!("domain-photo-pixels", width = first, height = second)
    }),
    (&["The photo is damaged; please take or send it again."], |_, _| tr!("domain-photo-damaged")),
    (&["File size exceeds ", "MB"], |first, _| tr!("domain-upload-size", most = first)),
    (&["The file is larger than ", " MB."], |first, _| tr!("domain-upload-file-size", most = first)),
    (&["Face recognition is switched off in this institution. Mark by hand below."], |_, _| tr!("domain-faces-off")),
    (&["Face recognition is not set up on this server: its model files are missing. Mark by hand below."], |_, _| {
        tr!("domain-faces-no-files")
    }),
    (&["Face recognition is not set up on this server: ONNX Runtime is missing. Mark by hand below."], |_, _| {
        tr!("domain-faces-no-runtime")
    }),
    (&["The file did not arrive whole."], |_, _| tr!("domain-import-not-whole")),
    (&["The department ", " has no roll numbers left."], |first, _| tr!("domain-department-no-numbers", code = first)),
    (&["The photo shows ", " faces. Use a photo of this student alone."], |first, _| {
        tr!("domain-face-several", count = number(first))
    }),
    (&["This is a workbook. In the spreadsheet program choose \"Save as\" and \"CSV UTF-8\"."], |_, _| {
        tr!("domain-import-workbook")
    }),
    (&["This is not a text file. Save the table as CSV."], |_, _| tr!("domain-import-not-text")),
    (&["The file has more than ", " columns."], |first, _| tr!("domain-import-columns", most = number(first))),
    (&["The file has no rows below its headings."], |_, _| tr!("domain-import-no-rows")),
    (&["The file has ", " rows; at most ", " are taken at once."], |first, second| {
        tr!("domain-import-rows", rows = first, most = second)
    }),
    (&["The file cannot be read: ", "."], |first, _| tr!("domain-import-unreadable", why = first)),
    (&["There are several files of this name."], |_, _| tr!("domain-import-several-files")),
    (&["There is no such file among the photos."], |_, _| tr!("domain-import-no-file")),
    (&["A student has at most ", " photos."], |first, _| tr!("domain-import-photos-full", most = number(first))),
    (&["This is not a ZIP file that can be read."], |_, _| tr!("domain-import-no-zip")),
    (&["The ZIP holds ", " files; at most ", " are taken."], |first, second| {
        tr!("domain-import-zip-files", count = first, most = second)
    }),
    (&["The ZIP is locked with a password. Pack it without one."], |_, _| tr!("domain-import-zip-locked")),
    (&["Unpacked, the ZIP would be larger than ", " MB."], |first, _| tr!("domain-import-zip-large", most = first)),
    (&["The ZIP holds no files."], |_, _| tr!("domain-import-zip-empty")),
    (&["No ZIP of photos came with the table."], |_, _| tr!("domain-import-zip-missing")),
    (&["The file is damaged."], |_, _| tr!("domain-import-damaged")),
    (&["There are no photos."], |_, _| tr!("domain-import-no-photos")),
    (&["The photo is larger than ", " MB."], |first, _| tr!("domain-import-photo-large", most = first)),
    (&["Only JPEG and PNG photos are taken."], |_, _| tr!("domain-import-photo-type")),
    (&["The row has more cells than the file has headings: a text with a delimiter needs quotes."], |_, _| {
        tr!("domain-import-long-row")
    }),
    (&["A roll number may contain only letters, digits, and - _ . /"], |_, _| tr!("domain-import-roll-letters")),
    (&["There is no department ", "."], |first, _| tr!("domain-import-no-department", name = first)),
    (&["Line ", " has the same address."], |first, _| tr!("domain-import-line-address", line = first)),
    (&["Line ", " has the same roll number."], |first, _| tr!("domain-import-line-number", line = first)),
    (&["Line ", " is about the same student, ", "."], |first, second| {
        tr!("domain-import-line-student", line = first, number = second)
    }),
    (&["This photo is stored already."], |_, _| tr!("domain-import-photo-stored")),
    (&["This face is already ", "."], |first, _| tr!("domain-import-face-known", student = first)),
    (&["The uploaded files are not on this machine any more. Discard the import and upload again."], |_, _| {
        tr!("domain-import-gone")
    }),
    (&["The students have changed since the rehearsal."], |_, _| tr!("domain-import-students-changed")),
    (&["Attendance is recorded: the student stays, and is switched off."], |_, _| tr!("domain-import-recorded")),
    (&["Somebody has changed the student since: the student stays."], |_, _| tr!("domain-import-changed-student")),
    (&["Somebody has added a photo since: the student stays."], |_, _| tr!("domain-import-added-photo")),
    (&["changed since, so it stays."], |_, _| tr!("domain-import-changed-since")),
    (&["the old address belongs to somebody else now."], |_, _| tr!("domain-import-address-gone")),
    (&["the old department is gone."], |_, _| tr!("domain-import-department-gone")),
    (&["Face quality too low. Please upload a clearer photo."], |_, _| tr!("domain-import-quality")),
    (&["Consent is needed before a face may be stored."], |_, _| tr!("domain-import-consent")),
    (&["Something went wrong on our side. Nothing was saved. Reference: ", ""], |first, _| {
        tr!("domain-import-internal", reference = first)
    }),
    (&["1 new photo"], |_, _| tr!("domain-import-new-photos", count = 1)),
];

/// Sentences that begin with a value; tried last, and only where they are the whole text.
const BEGIN_WITH_VALUE: &[(&[&str], Again)] = &[
    (&["", " has the roll number ", " already, and a roll number is fixed for life."], |first, second| {
        tr!("domain-import-fixed-number", name = first, number = second)
    }),
    (&["", " has this address already."], |first, _| tr!("domain-import-address-taken", student = first)),
    (&["", " new photos"], |first, _| tr!("domain-import-new-photos", count = number(first))),
];

/// A column by the name under which it was kept.
pub fn field(kept: &str) -> String {
    let column = ImportColumn::ALL.into_iter().find(|column| columns::kept(*column) == kept);
    column.map_or_else(|| kept.to_owned(), columns::word)
}

/// What was kept, in the reader's language. Sentences that nobody has written down here stay as they are.
pub fn retell(kept: &str) -> String {
    // Readers of English get every letter as it was kept.
    if Locale::current() == Locale::English {
        return kept.to_owned();
    }
    whole(kept).unwrap_or_else(|| kept.to_owned())
}

/// The same for what is wrong with uploaded files.
pub fn retell_faults(error: AppError) -> AppError {
    match error {
        AppError::Invalid(faults) => {
            let mut told = FieldErrors::new();
            for name in faults.names() {
                for message in faults.of(name).unwrap_or_default() {
                    told.add(name, retell(message));
                }
            }
            AppError::Invalid(told)
        }
        other => other,
    }
}

/// Sentence after sentence, with a name and a colon before any of them; nothing when a part is unknown.
fn whole(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    if let Some((said, rest)) = SENTENCES.iter().find_map(|entry| said(entry, text)) {
        let rest = rest.trim_start();
        return Some(if rest.is_empty() { said } else { format!("{said} {}", whole(rest)?) });
    }
    if let Some((name, rest)) = text.split_once(": ")
        && let Some(rest) = whole(rest)
    {
        return Some(format!("{}: {rest}", field(name)));
    }
    BEGIN_WITH_VALUE
        .iter()
        .filter_map(|entry| said(entry, text))
        .find(|(_, rest)| rest.is_empty())
        .map(|(said, _)| said)
}

/// The sentence with which a text begins, told again, and what follows.
fn said<'a>(entry: &(&[&str], Again), text: &'a str) -> Option<(String, &'a str)> {
    let (around, again) = entry;
    let (first, others) = around.split_first()?;
    let mut rest = text.strip_prefix(first)?;
    let mut values = Vec::new();
    for part in others {
        let (value, after) = if part.is_empty() { (rest, "") } else { rest.split_once(part)? };
        values.push(value);
        rest = after;
    }
    let value = |at: usize| values.get(at).copied().unwrap_or_default();
    Some((again(value(0), value(1)), rest))
}

/// A value that decides about the words around it.
fn number(value: &str) -> u64 {
    value.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_sentences_are_known_again() {
        for kept in [
            "This field is required.",
            "Line 7 has the same address.",
            "Ada Example has the roll number CS-1 already, and a roll number is fixed for life.",
            "The students have changed since the rehearsal. Line 7 is about the same student, CS-1.",
            "ada.jpg: Face quality too low. Please upload a clearer photo. The face is blurred: hold still and focus.",
            "Phone: changed since, so it stays. Email: the old address belongs to somebody else now.",
            "The file has 10001 rows; at most 10000 are taken at once.",
            "Something went wrong on our side. Nothing was saved. Reference: 0123abcd",
            "1 new photo",
            "3 new photos",
        ] {
            assert_eq!(whole(kept).as_deref(), Some(kept));
        }
        assert_eq!(whole("Something else."), None);
        assert_eq!(retell("Something else."), "Something else.");
        assert_eq!(field("Roll number"), "Roll number");
    }
}
