//! The languages there are, each in its own name.

use crate::app::words::Locale;
use crate::tr;
use leptos::prelude::*;

/// A button per language. A plain form on purpose: the page is loaded anew, in the language that was chosen.
#[component]
pub fn LanguageChoice(
    /// Where the choice is posted to.
    choose_url: &'static str,
    /// Beginning of the buttons' names in stories.
    #[prop(default = "language")]
    test: &'static str,
) -> impl IntoView {
    let current = Locale::current();
    let buttons = Locale::ALL.map(|locale| {
        view! {
            <button
                type="submit"
                class="button"
                name="language"
                value=locale.tag()
                lang=locale.tag()
                aria-current=(locale == current).then_some("true")
                data-test=format!("{test}-{}", locale.tag())
            >
                {locale.name()}
            </button>
        }
    });
    view! {
        <form method="post" action=choose_url>
            <div class="languages" role="group" aria-label=tr!("language-choose")>{buttons.collect_view()}</div>
        </form>
    }
}
