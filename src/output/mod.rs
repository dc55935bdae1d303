//! The finished site, and its way to disk.
//!
//! Enters: paths and bytes, from any thread and in any order, as they are made. Leaves: a [`Site`] in memory, or, through a
//! [`Delivery`], a folder on disk in which only what changed is written.

mod delivery;
mod error;
mod manifest;
mod record;
mod sink;
mod site;
mod staging;
#[cfg(all(test, unix))]
mod tests;

pub use delivery::{Delivery, Written};
pub use error::WriteError;
pub use record::Record;
pub use sink::{Nowhere, Sink};
pub use site::{Site, SitePath};
