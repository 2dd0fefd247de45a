//! Reusable parts: data in, events out, no server calls.

pub mod avatar;
pub mod breadcrumbs;
pub mod camera;
pub mod counters;
pub mod dialog;
pub mod empty_state;
pub mod field;
pub mod icon;
pub mod layout;
pub mod live;
pub mod loaded;
pub mod notice;
pub mod page;
pub mod pagination;
pub mod photo_file;
pub mod photo_picker;
pub mod photo_verdict;
pub mod skeleton;
pub mod status_chip;
pub mod table;
pub mod trouble;
