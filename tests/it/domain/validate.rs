//! The rules for single fields.

use proptest::prelude::*;
use rollcall::app::error::FieldErrors;
use rollcall::server::domain::validate;

/// Messages about one field, and what came back.
fn judge<T>(rule: impl FnOnce(&mut FieldErrors) -> T) -> (T, Vec<String>) {
    let mut faults = FieldErrors::new();
    let value = rule(&mut faults);
    let messages = faults.names().flat_map(|name| faults.of(name).unwrap_or_default().to_vec()).collect();
    (value, messages)
}

fn is_email(text: &str) -> bool {
    judge(|faults| validate::email(faults, "email", text, 100)).1.is_empty()
}

#[test]
fn emails_follow_the_pattern_of_the_specification() {
    for good in ["a@b.co", "A.b_c%+-9@x-y.z.museum", "a@-.co", "..@..aa"] {
        assert!(is_email(good), "{good}");
    }
    for bad in ["a", "a@", "@b.co", "a@b", "a@b.c", "a@b.c1", "a@@b.co", "a b@c.de", "ä@b.co", "a@b.co\0", "a@.co m"] {
        assert!(!is_email(bad), "{bad}");
    }
    assert_eq!(judge(|faults| validate::email(faults, "email", " Ada@X.EDU ", 100)).0, "ada@x.edu");
    assert_eq!(judge(|faults| validate::email(faults, "email", "", 100)).1, ["This field is required."]);
    let long = format!("{}@x.edu", "a".repeat(95));
    assert_eq!(
        judge(|faults| validate::email(faults, "email", &long, 100)).1,
        ["Ensure this field has no more than 100 characters."]
    );
}

proptest! {
    #[test]
    fn emails_agree_with_the_regular_expression(text in "[a-zA-Z0-9._%+@ é-]{0,12}(\\.[a-z]{0,3})?") {
        let pattern = regex::Regex::new(r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$").expect("a pattern");
        prop_assert_eq!(is_email(&text), pattern.is_match(text.trim()));
    }
}

#[test]
fn phones_lose_their_dressing_and_keep_ten_to_fifteen_digits() {
    let phone = |text: &str| judge(|faults| validate::phone(faults, "phone", text));
    assert_eq!(phone("+49 (30) 1234-5678"), ("493012345678".to_owned(), vec![]));
    assert_eq!(phone("  "), (String::new(), vec![]));
    for (digits, good) in [(9, false), (10, true), (15, true), (16, false)] {
        assert_eq!(phone(&"1".repeat(digits)).1.is_empty(), good, "{digits} digits");
    }
    assert_eq!(phone("12345x7890").1, ["Enter a phone number of 10 to 15 digits."]);
}

#[test]
fn usernames_are_letters_digits_and_underscores() {
    let faults = |text: &str| judge(|faults| validate::username(faults, "username", text)).1.len();
    for (text, count) in [
        ("ada_1", 0),
        ("abc", 0),
        (&"a".repeat(150), 0),
        ("ab", 1),
        (&"a".repeat(151), 1),
        ("a b", 1),
        ("é!", 2),
        ("", 1),
    ] {
        assert_eq!(faults(text), count, "{text}");
    }
}

#[test]
fn each_password_rule_has_its_own_message() {
    let faults = |text: &str| judge(|faults| validate::password(faults, "password", text)).1;
    assert_eq!(faults("Correct-horse-7"), Vec::<String>::new());
    for (text, message) in [
        ("", "This field is required."),
        ("Aa1!xyz", "Password must be at least 8 characters long."),
        ("correct-horse-7", "Password must contain at least one uppercase letter."),
        ("CORRECT-HORSE-7", "Password must contain at least one lowercase letter."),
        ("Correct-horse", "Password must contain at least one digit."),
        ("Correcthorse7", "Password must contain at least one special character."),
        ("PassWord123!", "This password is too common."),
    ] {
        assert_eq!(faults(text), [message]);
    }
    let longest = format!("Aa1!{}", "x".repeat(124));
    assert_eq!(faults(&longest), Vec::<String>::new());
    assert_eq!(faults(&format!("{longest}x")), ["Password must be at most 128 characters long."]);
}

#[test]
fn names_are_counted_in_characters_and_hold_no_control_characters() {
    let faults = |text: &str| judge(|faults| validate::required_line(faults, "name", text, 100)).1.len();
    for (text, count) in
        [(&*"é".repeat(100), 0), (&*"é".repeat(101), 1), ("a\nb", 1), ("a\0", 1), ("\u{85}", 1), ("名前", 0)]
    {
        assert_eq!(faults(text), count, "{text:?}");
    }
}
