//! Forms that post to a server function: before and without scripts by the browser itself, with them without leaving
//! the page.

use crate::app::error::{AppError, AppResult};
use crate::app::plain::{forget_typed, remember_typed};
use crate::app::wire::{FormText, Portable, Postcard};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server::ServerActionError;
use leptos::server_fn::codec::Post;
use leptos::server_fn::error::ServerFnUrlError;
use leptos::server_fn::{Http, Protocol, ServerFn};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, UrlSearchParams};

/// A server function as forms call it.
pub trait FormFn:
    ServerFn<Error = AppError, InputStreamError = AppError, OutputStreamError = AppError, Output: Portable> + 'static
{
}

impl<S> FormFn for S where
    S: ServerFn<Error = AppError, InputStreamError = AppError, OutputStreamError = AppError, Output: Portable>
        + 'static
{
}

/// What a form did last, and whether it is under way.
///
/// Unlike Leptos's own action form, the form's fields go to the server as they are: reading them into the server
/// function's arguments first costs every browser fourteen kilobytes.
pub struct FormAction<S: FormFn>(Action<String, AppResult<S::Output>>);

impl<S: FormFn> Clone for FormAction<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: FormFn> Copy for FormAction<S> {}

impl<S: FormFn> Default for FormAction<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: FormFn> FormAction<S> {
    /// An action that was not used yet, but for the error that a plain form left in the page's address.
    pub fn new() -> Self {
        Self(Action::new_with_value(url_error::<S>().map(Err), |body: &String| {
            <Http<Post<FormText>, Postcard> as Protocol<_, _, S::Client, S::Server, _>>::run_client(
                S::url(),
                body.clone(),
            )
        }))
    }

    /// The last answer.
    pub fn value(self) -> MappedSignal<Option<AppResult<S::Output>>> {
        self.0.value()
    }

    /// The last answer's error.
    pub fn error(self) -> Signal<Option<AppError>> {
        Signal::derive(move || self.0.value().read().as_ref().and_then(|answer| answer.as_ref().err().cloned()))
    }

    /// Whether an answer is awaited.
    pub fn pending(self) -> Memo<bool> {
        self.0.pending()
    }

    /// How often it has succeeded: what shows its effects reloads by this, so that a refused form keeps what was
    /// typed.
    pub fn successes(self) -> Memo<usize> {
        Memo::new(move |before: Option<&usize>| {
            let so_far = before.copied().unwrap_or_default();
            if self.0.value().read().as_ref().is_some_and(Result::is_ok) { so_far + 1 } else { so_far }
        })
    }
}

/// A form of a server function; its fields carry the names of the arguments.
#[component]
pub fn ServerForm<S: FormFn>(action: FormAction<S>, children: Children) -> impl IntoView {
    let on_submit = move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        // A browser that cannot tell what stands in the form sends it itself.
        if let Some(body) = body(&event) {
            event.prevent_default();
            action.0.dispatch(body);
        }
    };
    remember_typed(S::url());
    let fields = children();
    forget_typed();
    view! { <form action=S::url() method="post" on:submit=on_submit>{fields}</form> }
}

/// The form's fields, URL-encoded as the browser would send them.
fn body(event: &SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let fields = FormData::new_with_form(&form).ok()?;
    let encoded = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(encoded.to_string().into())
}

/// The error of a plain form of this server function, when the address carries one.
pub fn url_error<S: ServerFn<Error = AppError>>() -> Option<AppError> {
    use_context::<ServerActionError>()
        .filter(|error| error.path() == S::PATH)
        .map(|error| ServerFnUrlError::<AppError>::decode_err(error.err()))
}
