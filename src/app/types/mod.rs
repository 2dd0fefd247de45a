//! Values that the browser, the server functions and the REST API share.
//!
//! Plain serde data; nothing here may import anything else of ours but the catalogue's words.

pub mod account;
pub mod audit;
pub mod auth;
pub mod backup;
pub mod contest;
pub mod department;
pub mod erasure;
pub mod export;
pub mod history;
pub mod ids;
pub mod import;
pub mod import_setup;
pub mod listing;
pub mod me;
pub mod message;
pub mod my_face;
pub mod overview;
pub mod photo;
pub mod record;
pub mod report;
pub mod search;
pub mod session;
pub mod student;

pub use account::*;
pub use audit::*;
pub use auth::*;
pub use backup::*;
pub use contest::*;
pub use department::*;
pub use erasure::*;
pub use export::*;
pub use history::*;
pub use ids::*;
pub use import::*;
pub use import_setup::*;
pub use listing::*;
pub use me::*;
pub use message::*;
pub use my_face::*;
pub use overview::*;
pub use photo::*;
pub use record::*;
pub use report::*;
pub use search::*;
pub use session::*;
pub use student::*;
