//! The running server on real weights and real photographs.

mod bad;
mod nasa;
