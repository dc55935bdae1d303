//! What the user chose: `livedoc.toml` as written, and the [`Project`] that every stage reads.
//!
//! Enters: a folder, the environment, the command line. Leaves: one validated [`Project`], and a diagnostic for each
//! setting that is not understood. [`KEYS`] is the only list of what can be set.

mod address;
mod forge;
mod key;
mod layers;
mod load;
mod overrides;
mod project;
mod root;
mod rules;
mod value;

pub use key::{KEYS, Key};
pub use layers::Flag;
pub use load::{LoadError, Loaded, Request, load};
pub use project::{ExternalOptions, ExtractorOptions, Forge, MANIFEST, Patterns, Project, ServeOptions, SiteOptions};
pub use root::{FILE_NAME, FoundBy};
pub use rules::{Glob, Override, Rules};

#[cfg(test)]
mod tests;
