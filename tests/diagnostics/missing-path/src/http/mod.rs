//! HTTP.

pub mod routes;
