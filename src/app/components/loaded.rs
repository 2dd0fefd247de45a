//! Waits for data, shows it, or shows the trouble in its place.

use super::skeleton::Skeleton;
use super::trouble::{Trouble, TroubleHere};
use crate::app::error::AppError;
use crate::app::resource::{PageData, Portable};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use std::pin::Pin;
use std::sync::Arc;

/// A whole page's data, drawn by `draw` when it is there and again after each
/// reload; trouble takes the page's place.
pub fn loaded<T, V>(data: PageData<T>, draw: impl Fn(T) -> V + Clone + Send + Sync + 'static) -> impl IntoView
where
    T: Portable + Clone + DeserializeOwned,
    V: IntoView + 'static,
{
    waited_for(data, draw, |error| view! { <Trouble error=error/> }.into_any())
}

/// The same for a part of a page that otherwise stands.
pub fn loaded_part<T, V>(data: PageData<T>, draw: impl Fn(T) -> V + Clone + Send + Sync + 'static) -> impl IntoView
where
    T: Portable + Clone + DeserializeOwned,
    V: IntoView + 'static,
{
    waited_for(data, draw, |error| view! { <TroubleHere error=error/> }.into_any())
}

fn waited_for<T, V>(
    data: PageData<T>,
    draw: impl Fn(T) -> V + Clone + Send + Sync + 'static,
    trouble: fn(AppError) -> AnyView,
) -> impl IntoView
where
    T: Portable + Clone + DeserializeOwned,
    V: IntoView + 'static,
{
    let part = move || -> Drawn {
        let draw = draw.clone();
        Box::pin(async move {
            match data.await {
                Ok(value) => draw(value).into_any(),
                Err(error) => trouble(error),
            }
        })
    };
    waited(Arc::new(part))
}

type Drawn = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// Apart from the kind of data, so that all kinds share it.
fn waited(part: Arc<dyn Fn() -> Drawn + Send + Sync>) -> AnyView {
    let view = view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {
                let part = part.clone();
                move || Suspend::new(part())
            }
        </Transition>
    };
    view.into_any()
}

/// How often an action has succeeded: what shows its effects reloads by this, so
/// that a refused form keeps what was typed.
pub fn successes<S>(action: ServerAction<S>) -> Memo<usize>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Memo::new(move |before: Option<&usize>| {
        let so_far = before.copied().unwrap_or_default();
        if action.value().read().as_ref().is_some_and(Result::is_ok) { so_far + 1 } else { so_far }
    })
}
