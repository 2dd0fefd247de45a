//! The server: settings, doors (REST and server functions), domain, database.

pub mod accounts;
pub mod api;
pub mod auth;
pub mod bulk_enrolment;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod domain;
pub mod door;
pub mod error;
pub mod evaluate;
pub mod gallery;
pub mod jobs;
pub mod live;
pub mod metrics;
pub mod middleware;
pub mod models;
pub mod pages;
pub mod recognizer;
pub mod router;
pub mod secrets;
pub mod start;
pub mod state;
pub mod storage;
pub mod upload;
