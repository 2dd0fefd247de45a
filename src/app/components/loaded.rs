//! Waits for a page's data, shows it, or shows the trouble in its place.

use super::skeleton::Skeleton;
use super::trouble::Trouble;
use crate::app::error::AppResult;
use leptos::prelude::*;

/// A page's data, drawn by `draw` when it is there and again after each reload.
pub fn loaded<T, V>(data: Resource<AppResult<T>>, draw: impl Fn(T) -> V + Clone + Send + Sync + 'static) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || {
                let draw = draw.clone();
                Suspend::new(async move {
                    match data.await {
                        Ok(value) => draw(value).into_any(),
                        Err(error) => view! { <Trouble error=error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}
