//! Server functions: thin doors to the domain, one file per noun.
//!
//! Each body names its guard first (`door::…`) and holds no rule. All of them
//! are public POST endpoints under `/fn/`.

pub mod account;
pub mod administration;
pub mod auth;
pub mod departments;
pub mod me;
pub mod records;
pub mod sessions;
pub mod students;
pub mod users;

pub use account::*;
pub use administration::*;
pub use auth::*;
pub use departments::*;
pub use me::*;
pub use records::*;
pub use sessions::*;
pub use students::*;
pub use users::*;
