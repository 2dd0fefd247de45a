//! Who somebody is: passwords, login sessions, tokens, the first admin.

pub mod actor;
pub mod devices;
pub mod django;
pub mod failures;
pub mod first_admin;
pub mod known_device;
pub mod login;
pub mod password;
pub mod session_store;
pub mod tokens;
