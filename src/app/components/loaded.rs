//! Waits for data, shows it, or shows the trouble in its place.

use super::skeleton::Skeleton;
use super::trouble::{Trouble, TroubleHere};
use crate::app::error::AppError;
use crate::app::resource::PageData;
use crate::app::wire::Portable;
use leptos::prelude::*;
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
