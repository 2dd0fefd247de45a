//! A student's photo, or the initials in its place.

use leptos::prelude::*;

/// First letters of the first and the last word of a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// How large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    Small,
    #[default]
    Usual,
    Large,
}

/// The photo beside a name that stands in words next to it, so it is decoration
/// for a screen reader unless `alt` says otherwise.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    /// Path of the photo.
    #[prop(into)]
    photo: Option<String>,
    #[prop(optional)] size: AvatarSize,
    #[prop(optional, into)] alt: String,
) -> impl IntoView {
    let class = match size {
        AvatarSize::Small => "avatar avatar-small",
        AvatarSize::Usual => "avatar",
        AvatarSize::Large => "avatar avatar-large",
    };
    match photo {
        Some(path) => {
            let side = match size {
                AvatarSize::Small => "32",
                AvatarSize::Usual => "40",
                AvatarSize::Large => "96",
            };
            view! { <img class=class src=path alt=alt width=side height=side loading="lazy" decoding="async"/> }
                .into_any()
        }
        None => view! { <span class=class aria-hidden="true">{initials(&name)}</span> }.into_any(),
    }
}
