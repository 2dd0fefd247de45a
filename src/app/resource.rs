//! Data that a page waits for; the server sends what it had inside the page.
//!
//! All kinds of data travel through one kind of resource: the machinery of waiting is compiled once, where a resource
//! of its own for each kind would cost every browser eight kilobytes apiece.

use super::error::{AppError, AppResult};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

/// Data of a page, or why there is none.
pub struct PageData<T> {
    held: Resource<AppResult<Held>, Envelope>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for PageData<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for PageData<T> {}

impl<T: Portable + Clone + DeserializeOwned> PageData<T> {
    /// What is there by now; asks for it and follows it.
    pub fn get(&self) -> Option<AppResult<T>> {
        self.held.get().map(open)
    }
}

impl<T: Portable + Clone + DeserializeOwned> IntoFuture for PageData<T> {
    type Output = AppResult<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = AppResult<T>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { open(self.held.await) })
    }
}

/// Fetches with what `source` says, and again whenever that changes.
pub fn fetch<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> PageData<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Portable,
    Fut: Future<Output = AppResult<T>> + Send + 'static,
{
    let fetcher = move |source| -> Pin<Box<dyn Future<Output = AppResult<Held>> + Send>> {
        let data = fetcher(source);
        Box::pin(async move { data.await.map(|data| Held::Value(Arc::new(data))) })
    };
    PageData { held: Resource::new_with_options(source, fetcher, false), kind: PhantomData }
}

/// Anything that can be sent to a browser.
pub trait Portable: Any + Send + Sync {
    fn to_json(&self) -> serde_json::Result<String>;
}

impl<T: Serialize + Any + Send + Sync> Portable for T {
    fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// Data of some kind: as it was fetched here, or as the page brought it.
#[derive(Clone)]
enum Held {
    Value(Arc<dyn Portable>),
    Sent(Arc<str>),
}

fn open<T: Portable + Clone + DeserializeOwned>(held: AppResult<Held>) -> AppResult<T> {
    let unreadable = || AppError::Malformed("The page brought data that cannot be read. Load it again.".to_owned());
    match held? {
        Held::Value(value) => (&*value as &dyn Any).downcast_ref::<T>().cloned().ok_or_else(unreadable),
        Held::Sent(json) => serde_json::from_slice(json.as_bytes()).map_err(|_| unreadable()),
    }
}

/// JSON behind one letter that says whether it is data or an error.
struct Envelope;

const DATA: char = '+';
const ERROR: char = '-';

impl Encoder<AppResult<Held>> for Envelope {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &AppResult<Held>) -> Result<String, Self::Error> {
        Ok(match value {
            Ok(Held::Value(value)) => format!("{DATA}{}", value.to_json()?),
            Ok(Held::Sent(json)) => format!("{DATA}{json}"),
            Err(error) => format!("{ERROR}{}", error.to_json()?),
        })
    }
}

impl Decoder<AppResult<Held>> for Envelope {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<AppResult<Held>, Self::Error> {
        match text.strip_prefix(DATA) {
            Some(json) => Ok(Ok(Held::Sent(json.into()))),
            None => serde_json::from_slice(text.trim_start_matches(ERROR).as_bytes()).map(Err),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(value: AppResult<Held>) -> AppResult<Held> {
        Envelope::decode(&Envelope::encode(&value).expect("encoded")).expect("decoded")
    }

    #[test]
    fn data_arrives_as_it_was_fetched() {
        let names = vec!["Ada".to_owned(), "Grace".to_owned()];
        let held: AppResult<Held> = Ok(Held::Value(Arc::new(names.clone())));
        assert_eq!(open::<Vec<String>>(held.clone()), Ok(names.clone()));
        assert_eq!(open::<Vec<String>>(sent(held)), Ok(names));
    }

    #[test]
    fn errors_arrive_too() {
        assert_eq!(open::<u64>(sent(Err(AppError::CrossSite))), Err(AppError::CrossSite));
    }

    #[test]
    fn wrong_data_is_an_error_and_no_panic() {
        let held: AppResult<Held> = Ok(Held::Value(Arc::new("text".to_owned())));
        assert!(matches!(open::<u64>(held.clone()), Err(AppError::Malformed(_))));
        assert!(matches!(open::<u64>(sent(held)), Err(AppError::Malformed(_))));
    }
}
