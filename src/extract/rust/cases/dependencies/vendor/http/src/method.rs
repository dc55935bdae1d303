//! What is asked for.

/// To read.
pub const GET: &str = "GET";
