//! The scans of a crate -> its module tree, and what names mean in it.
//!
//! Enters: a [`CrateSource`](super::package::CrateSource) and the scans of its files. Leaves: a [`Crate`]: modules,
//! definitions and implementations, whose names are resolved when they are asked for.

mod aliases;
mod krate;
mod members;
mod missing;
mod names;
mod std_items;
mod supplement;
mod tree;
mod wrapping;

pub(crate) use krate::{Binding, Crate, Definition, Documented, ImplementationSite, ImportSite, Reach};
pub(crate) use members::{Members, implementation, items_within};
pub(crate) use names::{Names, Resolution, segments};
pub(crate) use std_items::address as std_address;
pub(crate) use supplement::{Supplement, Supplied};
pub(crate) use tree::build;

/// What a name is looked up as: Rust keeps three tables a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Namespace {
    /// Types, traits and modules.
    Type,
    /// Functions, constants, statics, constructors.
    Value,
    /// Macros.
    Macro,
}

impl Namespace {
    pub(crate) const ALL: [Namespace; 3] = [Namespace::Type, Namespace::Value, Namespace::Macro];
}

/// A definition of a crate: its place in [`Crate::definitions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DefinitionId(pub(crate) u32);

/// A module of a crate: its place in [`Crate::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ModuleId(pub(crate) u32);
