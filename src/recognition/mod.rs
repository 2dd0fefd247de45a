//! The recognition engine: bytes in, facts out. It knows no names, no database, no web and no async runtime; people
//! are opaque numbers, options and limits are arguments, and anything expected of a photo is data rather than an error.

pub mod align;
pub mod assign;
pub mod cancel;
pub mod coherence;
pub mod decide;
pub mod detect;
pub mod embed;
pub mod engine;
pub mod geometry;
pub mod index;
pub mod lookalikes;
pub mod manifest;
pub mod photo;
pub mod quality;
pub mod runtime;
