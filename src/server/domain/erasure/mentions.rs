//! What tells who somebody is, found in free text and replaced.

use regex::{Regex, RegexBuilder};

/// What stands in place of a mention.
pub const GONE: &str = "[erased]";

/// Shorter than this, the same characters may mean anything: they are looked for in the person's own rows alone.
const CHARS_MIN: usize = 5;

/// Names, addresses and numbers of one person.
#[derive(Debug)]
pub struct Mentions {
    /// What a text that mentions the person is like, for the database.
    likes: Vec<String>,
    pattern: Option<Regex>,
}

impl Mentions {
    /// `names` are looked for when they have two words or more: a single one is a part of other people's names as well.
    /// `others` are email addresses and roll numbers; `phones` are digits, which people write with all kinds of marks.
    ///
    /// # Errors
    /// When the expression gets too large, which a hundred names would not make it.
    pub fn of(names: &[&str], others: &[&str], phones: &[&str]) -> anyhow::Result<Self> {
        let full = names.iter().copied().filter(|name| name.split_whitespace().count() > 1);
        let mut words: Vec<String> = full.chain(others.iter().copied()).map(|word| word.trim().to_owned()).collect();
        words.retain(|word| word.chars().count() >= CHARS_MIN);
        // As JSON writes them, where that differs.
        let escaped: Vec<String> = words.iter().map(|word| word.replace('\\', "\\\\").replace('"', "\\\"")).collect();
        words.extend(escaped);
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        let mut likes: Vec<String> = words.iter().map(|word| like(word)).collect();
        let spaced = |word: &String| word.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+");
        let mut forms: Vec<String> = words.iter().map(spaced).collect();
        for phone in phones.iter().filter(|phone| phone.len() >= CHARS_MIN) {
            let digits: Vec<String> = phone.chars().map(|digit| regex::escape(&digit.to_string())).collect();
            forms.push(format!(r"\+?{}", digits.join(r"[\s()\[\]./+-]*")));
            likes.push(format!("%{}%", phone.chars().map(String::from).collect::<Vec<_>>().join("%")));
        }
        let pattern = match forms.is_empty() {
            true => None,
            false => Some(RegexBuilder::new(&forms.join("|")).case_insensitive(true).build()?),
        };
        Ok(Self { likes, pattern })
    }

    /// The text with every mention replaced; nothing when there is none.
    pub fn replaced(&self, text: &str) -> Option<String> {
        let pattern = self.pattern.as_ref()?;
        let (mut out, mut end, mut from) = (String::new(), 0, 0);
        while let Some(found) = pattern.find_at(text, from) {
            if is_whole(text, found.start(), found.end()) {
                out.push_str(&text[end..found.start()]);
                out.push_str(GONE);
                (end, from) = (found.end(), found.end());
            } else {
                from = found.start() + text[found.start()..].chars().next().map_or(1, char::len_utf8);
            }
        }
        (end > 0).then(|| out + &text[end..])
    }

    /// Whether these bytes mention the person, whatever they mean: text of JSON or of a packed answer.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.replaced(&String::from_utf8_lossy(bytes)).is_some()
    }

    /// Patterns of a text that mentions the person, for the database; they find more than the person.
    pub fn likes(&self) -> &[String] {
        &self.likes
    }
}

/// Databases know the case of Latin letters alone, and how many spaces somebody typed nobody knows.
fn like(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        match c {
            '%' | '_' | '\\' => pattern.extend(['\\', c]),
            c if c.is_ascii() && !c.is_ascii_whitespace() => pattern.push(c),
            _ => any(&mut pattern),
        }
    }
    any(&mut pattern);
    pattern
}

/// Whatever stands here, once.
fn any(pattern: &mut String) {
    if !pattern.ends_with('%') || pattern.ends_with("\\%") {
        pattern.push('%');
    }
}

/// Whether what was found is no part of a longer word or number.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !joins(text[..start].chars().next_back()) && !joins(text[end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> Mentions {
        let others = ["ann.lee@example.edu", "CS-2025-001", "12"];
        Mentions::of(&["Ann Lee", "Ann"], &others, &["491701234567", ""]).expect("a pattern")
    }

    #[test]
    fn a_person_is_found_however_the_words_are_written_and_nobody_else() {
        let cases = [
            ("Ann Lee fell ill", Some("[erased] fell ill")),
            ("ANN  LEE, ann lee", Some("[erased], [erased]")),
            ("mail to Ann.Lee@example.edu.", Some("mail to [erased].")),
            ("{\"roll\":\"cs-2025-001\"}", Some("{\"roll\":\"[erased]\"}")),
            ("call +49 170 / 123-45-67.", Some("call [erased].")),
            ("call 491701234567 or 4917012345678", Some("call [erased] or 4917012345678")),
            ("CS-2025-0011 and Joann Leeds", None),
            ("Ann was late, 12 of 14 came", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(ann().replaced(text).as_deref(), expected, "{text}");
        }
        assert!(Mentions::of(&["Ann"], &[], &[]).expect("no pattern").replaced("Ann").is_none());
    }

    #[test]
    fn letters_of_every_script_and_marks_of_json_are_found() {
        let mentions = Mentions::of(&["Zoë Çelik", "Ira \"Ike\" Ames", "李 小龙"], &[], &[]).expect("a pattern");
        assert_eq!(mentions.replaced("ZOË ÇELIK").as_deref(), Some(GONE));
        assert_eq!(mentions.replaced(r#"{"n":"Ira \"Ike\" Ames"}"#).as_deref(), Some(r#"{"n":"[erased]"}"#));
        assert!(mentions.is_in(b"\x04\xff Zo\xc3\xab \xc3\x87elik\x01"));
    }

    #[test]
    fn the_database_is_asked_for_more_than_the_words() {
        assert_eq!(like("Zoë Lee"), "%Zo%Lee%");
        assert_eq!(like("50%_x\\"), r"%50\%\_x\\%");
        assert_eq!(like("ends in é"), "%ends%in%");
        assert_eq!(like("100%"), r"%100\%%");
    }
}
