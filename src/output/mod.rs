//! The finished site, and its way to disk.
//!
//! Enters: paths and bytes. Leaves: a [`Site`], which the preview serves as it is and [`write`] puts on disk.

mod manifest;
mod site;
#[cfg(all(test, unix))]
mod tests;
mod write;

pub use site::{Site, SitePath};
pub use write::{WriteError, Written, write};
