//! Languages, and which one the reader reads.

use crate::app::IN_BROWSER;
use leptos::prelude::{Owner, ScopedFuture, document, provide_context, use_context};
use std::sync::OnceLock;

/// A language with its writing direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    #[default]
    English,
    Arabic,
}

impl Locale {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Arabic];

    /// The BCP 47 tag, as in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// The language's own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Arabic => "العربية",
        }
    }

    /// Writing direction, as in `<html dir>`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
            Self::Arabic => "rtl",
        }
    }

    /// The language of a tag; regions (`ar-EG`) are taken for their language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The first language of an `Accept-Language` header that there is; its order is taken for its preference.
    pub fn from_accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| Self::from_tag(part.split(';').next().unwrap_or_default()))
    }

    /// The reader's: of the page in the browser, of the context on the server, else English.
    pub fn current() -> Self {
        static OF_PAGE: OnceLock<Locale> = OnceLock::new();
        if IN_BROWSER {
            // A page keeps its language for life: choosing another loads it anew.
            return *OF_PAGE.get_or_init(|| {
                let root = document().document_element();
                root.and_then(|root| root.get_attribute("lang"))
                    .and_then(|tag| Self::from_tag(&tag))
                    .unwrap_or_default()
            });
        }
        use_context::<Self>().unwrap_or_default()
    }

    /// Runs work on the server whose words are of this language, where no page or server function says so.
    pub async fn within<F: Future>(self, work: F) -> F::Output {
        let scoped = Owner::new().with(|| {
            provide_context(self);
            ScopedFuture::new_untracked(work)
        });
        scoped.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_tag_and_header() {
        assert_eq!(Locale::from_tag("ar-EG"), Some(Locale::Arabic));
        assert_eq!(Locale::from_tag("de"), None);
        assert_eq!(Locale::from_accepted("de-DE,de;q=0.9,ar;q=0.8,en;q=0.7"), Some(Locale::Arabic));
        assert_eq!(Locale::from_accepted("fr"), None);
        assert_eq!(Locale::current(), Locale::English, "without a context");
    }
}
