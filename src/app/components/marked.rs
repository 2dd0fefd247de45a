//! Text in which the words of a search stand out.

use leptos::prelude::*;

/// Parts of a text in order, and whether they are one of the words. Words are compared without regard to case.
fn parts(text: &str, words: &[String]) -> Vec<(bool, String)> {
    let chars: Vec<char> = text.chars().collect();
    // A letter may become two when it is lowered: each lowered letter remembers where it stood.
    let lowered: Vec<(usize, char)> =
        chars.iter().enumerate().flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c))).collect();
    let mut is_hit = vec![false; chars.len()];
    for word in words.iter().map(|word| word.to_lowercase().chars().collect::<Vec<char>>()) {
        if word.is_empty() {
            continue;
        }
        for window in lowered.windows(word.len()) {
            if window.iter().map(|(_, c)| c).eq(word.iter()) {
                for (at, _) in window {
                    if let Some(hit) = is_hit.get_mut(*at) {
                        *hit = true;
                    }
                }
            }
        }
    }
    let mut found: Vec<(bool, String)> = Vec::new();
    for (c, hit) in chars.into_iter().zip(is_hit) {
        match found.last_mut() {
            Some((of, part)) if *of == hit => part.push(c),
            _ => found.push((hit, c.to_string())),
        }
    }
    found
}

/// A text with the words of a search marked.
#[component]
pub fn Marked(#[prop(into)] text: String, words: Vec<String>) -> impl IntoView {
    let parts = parts(&text, &words)
        .into_iter()
        .map(|(hit, part)| if hit { view! { <mark>{part}</mark> }.into_any() } else { part.into_any() });
    // One element, so that a text in pieces is one thing to the layout around it.
    view! { <span>{parts.collect_view()}</span> }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn words_are_marked_in_any_case_and_script() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let marked = |text, wanted: &[&str]| -> String {
            let parts = parts(text, &words(wanted)).into_iter();
            parts.map(|(hit, part)| if hit { format!("[{part}]") } else { part }).collect()
        };
        assert_eq!(marked("Ann Ace", &["an"]), "[An]n Ace");
        assert_eq!(marked("Émile Zola", &["émi", "ZO"]), "[Émi]le [Zo]la");
        assert_eq!(marked("banana", &["ana"]), "b[anana]");
        assert_eq!(marked("İstanbul", &["stan"]), "İ[stan]bul");
        assert_eq!(marked("Ann", &["", "x", "a much longer word"]), "Ann");
        assert_eq!(marked("", &["x"]), "");
    }
}
