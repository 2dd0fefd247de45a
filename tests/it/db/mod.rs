//! The schema and the connection, on both databases.

mod connection;
mod schema;
