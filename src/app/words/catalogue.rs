//! The catalogues, read once per language.

use super::locale::Locale;
use crate::app::IN_BROWSER;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// Words of pages that the browser half draws.
const BROWSER_EN: &[&str] = &[
    include_str!("../../../locales/en/dates.ftl"),
    include_str!("../../../locales/en/components.ftl"),
    include_str!("../../../locales/en/session.ftl"),
    include_str!("../../../locales/en/teacher.ftl"),
    include_str!("../../../locales/en/people.ftl"),
    include_str!("../../../locales/en/errors.ftl"),
];
const BROWSER_AR: &[&str] = &[
    include_str!("../../../locales/ar/dates.ftl"),
    include_str!("../../../locales/ar/components.ftl"),
    include_str!("../../../locales/ar/session.ftl"),
    include_str!("../../../locales/ar/teacher.ftl"),
    include_str!("../../../locales/ar/people.ftl"),
    include_str!("../../../locales/ar/errors.ftl"),
];
/// Words that only the server says; the browser half is built without them.
const SERVER_EN: &[&str] = &[
    include_str!("../../../locales/en/plain_teacher.ftl"),
    include_str!("../../../locales/en/plain_student.ftl"),
    include_str!("../../../locales/en/plain_admin.ftl"),
    include_str!("../../../locales/en/imports.ftl"),
    include_str!("../../../locales/en/exports.ftl"),
    include_str!("../../../locales/en/domain.ftl"),
    include_str!("../../../locales/en/server.ftl"),
];
const SERVER_AR: &[&str] = &[
    include_str!("../../../locales/ar/plain_teacher.ftl"),
    include_str!("../../../locales/ar/plain_student.ftl"),
    include_str!("../../../locales/ar/plain_admin.ftl"),
    include_str!("../../../locales/ar/imports.ftl"),
    include_str!("../../../locales/ar/exports.ftl"),
    include_str!("../../../locales/ar/domain.ftl"),
    include_str!("../../../locales/ar/server.ftl"),
];

/// The words of a key; the key itself where a catalogue lacks it, which the tests rule out.
pub fn say(key: &str, values: Option<&FluentArgs>) -> String {
    say_in(Locale::current(), key, values)
}

/// The words of a key in a language.
pub fn say_in(locale: Locale, key: &str, values: Option<&FluentArgs>) -> String {
    let bundle = bundle(locale);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    bundle.format_pattern(pattern, values, &mut Vec::new()).into_owned()
}

fn bundle(locale: Locale) -> &'static Bundle {
    static ENGLISH: OnceLock<Bundle> = OnceLock::new();
    static ARABIC: OnceLock<Bundle> = OnceLock::new();
    match locale {
        Locale::English => ENGLISH.get_or_init(|| read(locale, BROWSER_EN, SERVER_EN)),
        Locale::Arabic => ARABIC.get_or_init(|| read(locale, BROWSER_AR, SERVER_AR)),
    }
}

fn read(locale: Locale, browser: &[&str], server: &[&str]) -> Bundle {
    let tag: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Names in another script would else pull the words around them to the other side. English pages stay free of
    // the invisible marks, which copying would take along.
    bundle.set_use_isolating(locale.direction() == "rtl");
    let files = browser.iter().chain(if IN_BROWSER { &[] } else { server });
    for text in files {
        // Whatever could be read of a faulty file stays usable; the tests refuse such a file.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
