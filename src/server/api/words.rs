//! The fixed words of the API, for the document; and how parameters of a kind are read.

use crate::app::error::{AppError, AppResult};
use crate::app::types::{Method, RecordStatus, SessionOrdering, SessionStatus};
use crate::server::domain::exports::Format;
use crate::server::domain::statistics::GroupBy;
use crate::server::domain::validate;
use chrono::NaiveDate;
use serde::de::{Error, IntoDeserializer};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Time on the institution's wall: `HH:MM:SS`, the seconds may be left out when sent.
pub struct WallTime;

/// As [`WallTime`]; empty for none.
pub struct WallTimeOrNone;

/// A string of this pattern.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).pattern(Some($pattern)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    };
}

pattern!(WallTime, r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$");
pattern!(WallTimeOrNone, r"^(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?$");

/// A string that is one of these.
macro_rules! words {
    ($($name:ident),+ $(,)?) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = $name::ALL.map(|word| word.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

words!(Format, GroupBy, Method, RecordStatus, SessionOrdering, SessionStatus);

/// A date parameter: `YYYY-MM-DD`, with a year that both databases keep.
pub fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = String::deserialize(deserializer)?;
    validate::read_date(&text).map(Some).ok_or_else(|| Error::custom("use YYYY-MM-DD"))
}

/// An id parameter: 1 and above.
pub fn id<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    match i64::deserialize(deserializer)? {
        id @ 1.. => T::deserialize(id.into_deserializer()).map(Some),
        _ => Err(Error::custom("use a whole number from 1")),
    }
}

/// Tells a field that is null (inner nothing) from one that is not there (outer nothing, by `serde(default)`).
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// The range that `date` names together with `date_from` and `date_to`.
///
/// # Errors
/// A field error for a day outside of the range.
pub fn one_day(day: Option<NaiveDate>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> AppResult<DateRange> {
    let Some(day) = day else { return Ok((from, to)) };
    if from.is_some_and(|from| from > day) || to.is_some_and(|to| to < day) {
        return Err(AppError::field("date", "This day lies outside of the range."));
    }
    Ok((Some(day), Some(day)))
}

/// First and last day, both included.
pub type DateRange = (Option<NaiveDate>, Option<NaiveDate>);
