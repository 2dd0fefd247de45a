//! The engine: pure rules by property, the pipeline on generated networks, and real weights against the reference.

mod assignment;
mod bad_photos;
mod calibration;
mod cancelling;
mod decision;
mod gallery;
mod golden;
mod group_photos;
mod manifest;
mod photo;
mod pipeline;
