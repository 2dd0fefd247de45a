//! Values that the browser, the server functions and the REST API share.
//!
//! Plain serde data; nothing here may import anything else of ours.

pub mod audit;
pub mod auth;
pub mod backup;
pub mod department;
pub mod ids;
pub mod listing;
pub mod me;
pub mod overview;
pub mod photo;
pub mod record;
pub mod session;
pub mod student;

pub use audit::*;
pub use auth::*;
pub use backup::*;
pub use department::*;
pub use ids::*;
pub use listing::*;
pub use me::*;
pub use overview::*;
pub use photo::*;
pub use record::*;
pub use session::*;
pub use student::*;
