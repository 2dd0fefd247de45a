//! The rules for single fields of forms. All faults of a form are collected and told together.

use crate::app::error::FieldErrors;
use crate::tr;
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;

/// Longest name of a student or department, and of a student's email address, characters.
pub const NAME_CHARS_MAX: usize = 100;
/// Longest email address of an account, characters.
pub const ACCOUNT_EMAIL_CHARS_MAX: usize = 254;
/// Longest first or last name of an account, characters.
pub const PERSON_NAME_CHARS_MAX: usize = 150;
/// Longest free text, characters.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// Length of a username, characters.
const USERNAME_CHARS: RangeInclusive<usize> = 3..=150;
/// Shortest and longest password, characters.
const PASSWORD_CHARS_MIN: usize = 8;
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Digits of a phone number.
const PHONE_DIGITS: RangeInclusive<usize> = 10..=15;
/// Longest department code, characters.
const CODE_CHARS_MAX: usize = 10;

/// Passwords that satisfy every other rule and are still the first ones to be tried, in lower case.
const COMMON_PASSWORDS: &[&str] = &[
    "1q2w3e4r!",
    "1qaz2wsx!",
    "abc123!@#",
    "abcd1234!",
    "abcd@1234",
    "admin123!",
    "admin@123",
    "admin@1234",
    "changeme1!",
    "changeme123!",
    "iloveyou1!",
    "letmein1!",
    "letmein123!",
    "monkey123!",
    "p@ssw0rd",
    "p@ssw0rd!",
    "p@ssw0rd1",
    "p@ssw0rd1!",
    "p@ssw0rd123",
    "p@ssword1",
    "pa$$w0rd",
    "pa$$word1",
    "passw0rd!",
    "passw0rd1!",
    "password1!",
    "password12!",
    "password123!",
    "password@1",
    "password@123",
    "qwerty1!",
    "qwerty123!",
    "qwerty@123",
    "school123!",
    "student123!",
    "summer2024!",
    "summer2025!",
    "teacher123!",
    "test1234!",
    "test@1234",
    "welcome1!",
    "welcome123!",
    "welcome@123",
    "winter2024!",
    "winter2025!",
    "zaq12wsx!",
];

/// One line of text that may be empty; returned trimmed.
pub fn optional_line(faults: &mut FieldErrors, field: &str, text: &str, chars_max: usize) -> String {
    let text = text.trim();
    if text.contains(char::is_control) {
        faults.add(field, tr!("domain-unshowable"));
    } else if text.chars().count() > chars_max {
        faults.add(field, tr!("domain-too-long", most = chars_max));
    }
    text.to_owned()
}

/// One line of text that must be there; returned trimmed.
pub fn required_line(faults: &mut FieldErrors, field: &str, text: &str, chars_max: usize) -> String {
    if text.trim().is_empty() {
        faults.add(field, tr!("domain-required"));
    }
    optional_line(faults, field, text, chars_max)
}

/// Free text over several lines, of at most [`TEXT_CHARS_MAX`] characters; returned trimmed.
pub fn free_text(faults: &mut FieldErrors, field: &str, text: &str) -> String {
    text_up_to(faults, field, text, TEXT_CHARS_MAX)
}

/// Free text over several lines, of at most `chars_max` characters; returned trimmed.
pub fn text_up_to(faults: &mut FieldErrors, field: &str, text: &str, chars_max: usize) -> String {
    let text = text.trim();
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        faults.add(field, tr!("domain-unshowable"));
    } else if text.chars().count() > chars_max {
        faults.add(field, tr!("domain-too-long", most = chars_max));
    }
    text.to_owned()
}

/// A date written as `YYYY-MM-DD`, with a year that both databases keep.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == "YYYY-MM-DD".len() && (1..=9_999).contains(&date.year())).then_some(date)
}

/// An email address that must be there; returned trimmed and in lower case.
pub fn email(faults: &mut FieldErrors, field: &str, text: &str, chars_max: usize) -> String {
    let text = required_line(faults, field, text, chars_max);
    if !faults.has(field) && !is_email(&text) {
        faults.add(field, tr!("domain-email-wrong"));
    }
    text.to_ascii_lowercase()
}

/// The specification's pattern `^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$`.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let Some((host, top)) = domain.rsplit_once('.') else { return false };
    let all = |part: &str, others: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
    };
    all(local, "._%+-") && all(host, ".-") && top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic())
}

/// A phone number that may be empty; returned as its digits alone.
pub fn phone(faults: &mut FieldErrors, field: &str, text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"+-()[]".contains(*c)).collect();
    let is_number = PHONE_DIGITS.contains(&bare.len()) && bare.chars().all(|c| c.is_ascii_digit());
    if !bare.is_empty() && !is_number {
        faults.add(field, tr!("domain-phone-wrong"));
    }
    bare
}

/// A username that must be there; returned trimmed, in the case it was typed in.
pub fn username(faults: &mut FieldErrors, field: &str, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        faults.add(field, tr!("domain-required"));
        return String::new();
    }
    if text.chars().count() < *USERNAME_CHARS.start() {
        faults.add(field, tr!("domain-username-short", least = *USERNAME_CHARS.start()));
    }
    if text.chars().count() > *USERNAME_CHARS.end() {
        faults.add(field, tr!("domain-too-long", most = *USERNAME_CHARS.end()));
    }
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        faults.add(field, tr!("domain-username-letters"));
    }
    text.to_owned()
}

/// A password that must be there; every rule it breaks has its own message.
pub fn password(faults: &mut FieldErrors, field: &str, text: &str) {
    if text.is_empty() {
        faults.add(field, tr!("domain-required"));
        return;
    }
    for message in password_faults(text) {
        faults.add(field, message);
    }
}

/// Whether a password satisfies every rule.
pub fn is_strong_password(text: &str) -> bool {
    password_faults(text).is_empty()
}

fn password_faults(text: &str) -> Vec<String> {
    let length = text.chars().count();
    let rules: [(bool, fn() -> String); 7] = [
        (length >= PASSWORD_CHARS_MIN, || tr!("domain-password-short", least = PASSWORD_CHARS_MIN)),
        (length <= PASSWORD_CHARS_MAX, || tr!("domain-password-long", most = PASSWORD_CHARS_MAX)),
        (text.contains(char::is_uppercase), || tr!("domain-password-upper")),
        (text.contains(char::is_lowercase), || tr!("domain-password-lower")),
        (text.contains(|c: char| c.is_ascii_digit()), || tr!("domain-password-digit")),
        (text.contains(|c: char| !c.is_alphanumeric()), || tr!("domain-password-special")),
        (!COMMON_PASSWORDS.contains(&text.to_lowercase().as_str()), || tr!("domain-password-common")),
    ];
    rules.into_iter().filter(|(kept, _)| !kept).map(|(_, message)| message()).collect()
}

/// A department code that must be there; returned in upper case.
pub fn department_code(faults: &mut FieldErrors, field: &str, text: &str) -> String {
    let code = required_line(faults, field, text, CODE_CHARS_MAX).to_ascii_uppercase();
    if !faults.has(field) && !code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        faults.add(field, tr!("domain-code-letters"));
    }
    code
}
