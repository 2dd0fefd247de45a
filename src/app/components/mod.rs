//! Reusable parts: data in, events out, no server calls.

pub mod avatar;
pub mod breadcrumbs;
pub mod counters;
pub mod dialog;
pub mod empty_state;
pub mod field;
pub mod icon;
pub mod layout;
pub mod notice;
pub mod page;
pub mod pagination;
pub mod skeleton;
pub mod status_chip;
pub mod table;
pub mod trouble;
