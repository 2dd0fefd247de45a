//! Server functions: thin doors to the domain, one file per noun.
//!
//! Each body names its guard first (`door::…`) and holds no rule. All of them
//! are public POST endpoints under `/fn/`.

pub mod account;
pub mod administration;
pub mod auth;
pub mod contests;
pub mod departments;
pub mod finding;
pub mod imports;
pub mod me;
pub mod my_face;
pub mod outbox;
pub mod profile;
pub mod records;
pub mod reports;
pub mod sessions;
pub mod students;
pub mod user_card;
pub mod users;

pub use account::*;
pub use administration::*;
pub use auth::*;
pub use contests::*;
pub use departments::*;
pub use finding::*;
pub use imports::*;
pub use me::*;
pub use my_face::*;
pub use outbox::*;
pub use profile::*;
pub use records::*;
pub use reports::*;
pub use sessions::*;
pub use students::*;
pub use user_card::*;
pub use users::*;
