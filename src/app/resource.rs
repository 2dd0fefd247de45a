//! Data that a page waits for; the server sends what it had inside the page.
//!
//! All kinds of data travel through one kind of resource: the machinery of waiting is compiled once, where a resource
//! of its own for each kind would cost every browser eight kilobytes apiece.

use super::IN_BROWSER;
use super::error::{AppError, AppResult};
use super::wire::{self, Portable};
use crate::tr;
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
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

impl<T: Portable> PageData<T> {
    /// What is there by now; asks for it and follows it.
    pub fn get(&self) -> Option<AppResult<T>> {
        self.held.get().map(open)
    }
}

impl<T: Portable> IntoFuture for PageData<T> {
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
        Box::pin(async move { data.await.and_then(hold) })
    };
    PageData { held: Resource::new_with_options(source, fetcher, false), kind: PhantomData }
}

/// Data of some kind: as the browser fetched it, or packed as the page brings it.
#[derive(Clone)]
enum Held {
    Value(Arc<dyn Any + Send + Sync>),
    Packed(Arc<[u8]>),
}

fn hold<T: Portable>(data: T) -> AppResult<Held> {
    if IN_BROWSER {
        return Ok(Held::Value(Arc::new(data)));
    }
    wire::to_bytes(&data).map(|bytes| Held::Packed(bytes.into())).map_err(|_| unreadable())
}

fn open<T: Portable>(held: AppResult<Held>) -> AppResult<T> {
    match held? {
        Held::Value(value) => value.downcast_ref::<T>().cloned().ok_or_else(unreadable),
        Held::Packed(bytes) => wire::from_bytes(&bytes).map_err(|_| unreadable()),
    }
}

fn unreadable() -> AppError {
    AppError::Malformed(tr!("resource-unreadable"))
}

/// Packed data or a packed error, behind one byte that says which.
struct Envelope;

const DATA: u8 = 0;
const ERROR: u8 = 1;

impl Encoder<AppResult<Held>> for Envelope {
    type Error = postcard::Error;
    type Encoded = Vec<u8>;

    fn encode(value: &AppResult<Held>) -> Result<Vec<u8>, Self::Error> {
        Ok(match value {
            Ok(Held::Packed(bytes)) => [&[DATA], &bytes[..]].concat(),
            Ok(Held::Value(_)) => [&[ERROR], &wire::to_bytes(&unreadable())?[..]].concat(),
            Err(error) => [&[ERROR], &wire::to_bytes(error)?[..]].concat(),
        })
    }
}

impl Decoder<AppResult<Held>> for Envelope {
    type Error = postcard::Error;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<AppResult<Held>, Self::Error> {
        match bytes.split_first() {
            Some((&DATA, data)) => Ok(Ok(Held::Packed(data.into()))),
            Some((_, error)) => wire::from_bytes(error).map(Err),
            None => Err(postcard::Error::DeserializeUnexpectedEnd),
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
        let held = hold(names.clone());
        assert_eq!(open::<Vec<String>>(held.clone()), Ok(names.clone()));
        assert_eq!(open::<Vec<String>>(sent(held)), Ok(names.clone()));
        assert_eq!(open::<Vec<String>>(Ok(Held::Value(Arc::new(names.clone())))), Ok(names));
    }

    #[test]
    fn errors_arrive_too() {
        assert_eq!(open::<u64>(sent(Err(AppError::CrossSite))), Err(AppError::CrossSite));
    }

    #[test]
    fn wrong_data_is_an_error_and_no_panic() {
        assert_eq!(open::<u64>(Ok(Held::Value(Arc::new("text".to_owned())))), Err(unreadable()));
        assert_eq!(open::<String>(sent(hold(7_u64))), Err(unreadable()));
        assert!(Envelope::decode(&[]).is_err());
    }
}
