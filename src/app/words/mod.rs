//! All words that people read, from one catalogue per language: `locales/<language>/*.ftl`, in the Fluent syntax.
//!
//! [`tr!`](crate::tr) finds the words of the reader's language. Who the reader is stands in the context of a page or a
//! server function; without one, as in the REST API, the words are English.

mod catalogue;
pub mod dates;
mod locale;

pub use catalogue::say;
pub use fluent_bundle::FluentArgs;
pub use locale::Locale;

/// The words of a key in the reader's language, with the values that stand in them:
/// `tr!("students-title")`, `tr!("students-count", count = list.len())`.
///
/// Both are checked against every catalogue by the tests.
#[macro_export]
macro_rules! tr {
    ($key:literal $(,)?) => {
        $crate::app::words::say($key, None)
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut values = $crate::app::words::FluentArgs::new();
        $(values.set(stringify!($name), $value);)+
        $crate::app::words::say($key, Some(&values))
    }};
}
