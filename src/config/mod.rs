//! What the user chose: `livedoc.toml` as written, and the [`Project`] that every stage reads.
//!
//! Enters: the configuration file, the environment, the command line. Leaves: one validated [`Project`], and a
//! diagnostic for each setting that is not understood.

mod project;

pub use project::{ExtractorOptions, Forge, Patterns, Project, ServeOptions, SiteOptions};
