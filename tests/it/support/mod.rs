//! What tests share: a whole application, callers, databases, generated networks.

pub mod app;
pub mod assets;
pub mod client;
pub mod db;
pub mod mail;
pub mod small_disk;
pub mod tiny_models;
mod tiny_onnx;

pub use app::{PASSWORD, TestApp};
pub use client::{Client, Part};
