//! Types of HTTP.

pub use base::Uri;
pub use status::StatusCode;

pub mod header;
pub mod method;
mod status;

/// Went wrong: nobody shows it, and [nothing] is wrong with what it says, nor with [that](missing.md).
pub struct Error;

/// Which one.
pub struct Version;
