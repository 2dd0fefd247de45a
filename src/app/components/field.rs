//! Form fields: label, control, hint and error, tied together for screen readers.

use super::icon::{Icon, IconName};
use crate::app::components::when::changing;
use crate::app::error::AppError;
use crate::app::plain::typed_or;
use crate::tr;
use leptos::prelude::*;

/// Error of one field out of a form's error.
pub fn field_error(error: Signal<Option<AppError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || error.read().as_ref().and_then(|error| error.of_field(field)))
}

/// Error of a whole form, without those that stand at their fields.
pub fn form_error(error: Signal<Option<AppError>>, fields: &'static [&'static str]) -> Signal<Option<AppError>> {
    Signal::derive(move || match error.get() {
        Some(AppError::Invalid(messages)) if messages.names().all(|name| fields.contains(&name)) => None,
        other => other,
    })
}

/// Letters, digits and dashes of a part's name, as an id.
fn id_of(prefix: &str, name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{prefix}{}", name.trim_end_matches('-'))
}

/// Label, hint and error around a control.
#[component]
fn FieldFrame(
    id: String,
    label: String,
    /// Whether the label says "(optional)".
    optional: bool,
    hint: String,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {label}
                {optional.then(|| view! { <span class="field-optional">{format!(" {}", tr!("word-optional"))}</span> })}
            </label>
            {children()}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {changing(move || {
                error.get().map(|text| {
                    view! {
                        <p class="field-error" id=error_id.clone() role="alert" data-test="field-error">
                            <Icon name=IconName::Warning class="icon-small"/>
                            <span>{text}</span>
                        </p>
                    }
                })
            })}
        </div>
    }
}

/// Ids that describe a control: its error first, then its hint.
fn described_by(
    id: &str,
    has_hint: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Clone + use<> {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    move || {
        let error = error.read().is_some().then_some(error_id.as_str());
        let ids: Vec<&str> = error.into_iter().chain(has_hint.then_some(hint_id.as_str())).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// `"true"` for a control with an error.
fn invalid(error: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Copy {
    move || error.read().is_some().then_some("true")
}

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] label: String,
    /// Name of the form's part, such as `form[email]`.
    name: &'static str,
    /// Put before the id when two forms of a page share a name.
    #[prop(default = "f-")]
    prefix: &'static str,
    /// Value at first.
    #[prop(optional, into)]
    value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] required: bool,
    /// A filter of a list: nothing is ever required, so nothing says "(optional)".
    #[prop(optional)]
    bare: bool,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] pattern: Option<&'static str>,
    /// Said by the browser when the pattern does not match.
    #[prop(optional, into)]
    pattern_words: Option<String>,
    #[prop(optional)] maxlength: Option<&'static str>,
    #[prop(optional)] minlength: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] spellcheck: Option<&'static str>,
    #[prop(optional)] autocapitalize: Option<&'static str>,
    /// Id of a `<datalist>`.
    #[prop(optional)]
    list: Option<&'static str>,
    test: &'static str,
) -> impl IntoView {
    let id = id_of(prefix, name);
    let value = typed_or(name, value);
    let describedby = described_by(&id, !hint.is_empty(), error);
    view! {
        <FieldFrame id=id.clone() label=label optional=!required && !bare hint=hint error=error>
            <input
                class="control"
                id=id
                name=name
                type=kind
                value=value
                required=required
                autocomplete=autocomplete
                pattern=pattern
                title=pattern_words
                maxlength=maxlength
                minlength=minlength
                inputmode=inputmode
                spellcheck=spellcheck
                autocapitalize=autocapitalize
                list=list
                aria-describedby=describedby
                aria-invalid=invalid(error)
                data-test=test
            />
        </FieldFrame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(default = "f-")] prefix: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] maxlength: Option<&'static str>,
    test: &'static str,
) -> impl IntoView {
    let id = id_of(prefix, name);
    let value = typed_or(name, value);
    let describedby = described_by(&id, !hint.is_empty(), error);
    view! {
        <FieldFrame id=id.clone() label=label optional=!required hint=hint error=error>
            <textarea
                class="control"
                id=id
                name=name
                rows="3"
                required=required
                maxlength=maxlength
                aria-describedby=describedby
                aria-invalid=invalid(error)
                data-test=test
            >
                {value}
            </textarea>
        </FieldFrame>
    }
}

/// One of several; the options are pairs of value and words.
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(default = "f-")] prefix: &'static str,
    options: Vec<(String, String)>,
    /// Value chosen at first.
    #[prop(optional, into)]
    value: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Told the new value after each choice.
    #[prop(optional, into)]
    on_choice: Option<Callback<String>>,
    /// Sends the form after each choice, as the filters of lists do.
    #[prop(optional)]
    submits: bool,
    test: &'static str,
) -> impl IntoView {
    let id = id_of(prefix, name);
    let value = typed_or(name, value);
    let describedby = described_by(&id, !hint.is_empty(), error);
    let options = options
        .into_iter()
        .map(|(option, words)| {
            let selected = option == value;
            view! { <option value=option selected=selected>{words}</option> }
        })
        .collect_view();
    let chosen = move |event: web_sys::Event| {
        let select: web_sys::HtmlSelectElement = event_target(&event);
        if let Some(on_choice) = on_choice {
            on_choice.run(select.value());
        }
        if submits && let Some(form) = select.form() {
            // A form that is not valid stays as it is and says why by itself.
            let _ = form.request_submit();
        }
    };
    view! {
        <FieldFrame id=id.clone() label=label optional=!required && !submits hint=hint error=error>
            <select
                class="control"
                id=id
                name=name
                required=required
                aria-describedby=describedby
                aria-invalid=invalid(error)
                data-test=test
                on:change=chosen
            >
                {options}
            </select>
        </FieldFrame>
    }
}

/// The button that sends a form; busy while the answer is awaited.
#[component]
pub fn SubmitButton(
    #[prop(into)] label: String,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(default = "button button-primary")] class: &'static str,
    #[prop(default = "submit")] test: &'static str,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class=class
            disabled=move || pending.get()
            aria-busy=move || pending.get().then_some("true")
            data-test=test
        >
            {label}
        </button>
    }
}
