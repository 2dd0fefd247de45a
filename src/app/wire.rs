//! How data travels between the server and its own browser half.
//!
//! Both are built from the same types, so a compact format without names serves: reading JSON costs every browser
//! about thirty kilobytes of code more. Programs get JSON at the REST API.
//!
//! Everything begins with the program's version, so that a page that was left open over an update is told to load
//! itself again instead of reading numbers where names stand now.

use bytes::Bytes;
use leptos::server::{FromEncodedStr, IntoEncodedString};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::convert::Infallible;
use std::string::FromUtf8Error;

/// Anything that can be sent to a browser.
pub trait Portable: Serialize + DeserializeOwned + Any + Clone + Send + Sync {}

impl<T: Serialize + DeserializeOwned + Any + Clone + Send + Sync> Portable for T {}

/// What server functions answer with.
pub type Postcard = Post<PostcardEncoding>;

/// The postcard format, version 1.
pub struct PostcardEncoding;

impl ContentType for PostcardEncoding {
    const CONTENT_TYPE: &'static str = "application/x-postcard";
}

impl FormatType for PostcardEncoding {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for PostcardEncoding {
    type Error = postcard::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        to_bytes(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for PostcardEncoding {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        from_bytes(&bytes)
    }
}

/// The fields of a form, URL-encoded already.
pub struct FormText;

impl ContentType for FormText {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

impl FormatType for FormText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<String> for FormText {
    type Error = Infallible;

    fn encode(fields: &String) -> Result<Bytes, Self::Error> {
        Ok(Bytes::copy_from_slice(fields.as_bytes()))
    }
}

impl Decodes<String> for FormText {
    type Error = FromUtf8Error;

    fn decode(bytes: Bytes) -> Result<String, Self::Error> {
        String::from_utf8(bytes.into())
    }
}

const VERSION: &[u8] = concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes();

/// # Errors
/// For types that have no length known ahead; none of ours.
pub fn to_bytes<T: Serialize>(value: &T) -> postcard::Result<Vec<u8>> {
    postcard::to_extend(value, VERSION.to_vec())
}

/// # Errors
/// When the bytes are of another type or version, or cut off.
pub fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> postcard::Result<T> {
    postcard::from_bytes(bytes.strip_prefix(VERSION).ok_or(postcard::Error::DeserializeBadEncoding)?)
}

/// The same as text, where only text can travel.
///
/// # Errors
/// As [`to_bytes`].
pub fn to_text<T: Serialize>(value: &T) -> postcard::Result<String> {
    to_bytes(value).map(IntoEncodedString::into_encoded_string)
}

/// What [`to_text`] made; nothing when it is of another type or cut off.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_bytes(&<[u8]>::from_encoded_str(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_version_sent_is_not_read() {
        let sent = to_bytes(&("Ada".to_owned(), 7_u64)).expect("it can be sent");
        assert_eq!(from_bytes(&sent), Ok(("Ada".to_owned(), 7_u64)));
        let mut older = sent.clone();
        older[0] = b'9';
        assert!(from_bytes::<(String, u64)>(&older).is_err());
        assert!(from_bytes::<(String, u64)>(&sent[..sent.len() - 1]).is_err(), "cut off");
        assert!(from_bytes::<(String, u64)>(&[]).is_err());
    }

    #[test]
    fn text_carries_the_same() {
        let sent = to_text(&vec![1_u64, 2, 3]).expect("it can be sent");
        assert_eq!(from_text(&sent), Some(vec![1_u64, 2, 3]));
        assert_eq!(from_text::<Vec<u64>>("no such text!"), None);
    }
}
