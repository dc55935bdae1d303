//! Gates of which macros make the most.

pub mod stamp;

use gate_made::{Builder, logged, table};

/// A gate. See [`GateBuilder`] and [`GateBuilder::width`].
#[derive(Debug, Builder)]
pub struct Gate {
    /// Its width in metres.
    pub width: u32,
}

impl Gate {
    /// Opens it.
    pub fn open(&self) {}
}

/// Closes all gates.
#[logged]
pub fn close() {}

table! {
    Everything in here is for the macro.
}

/// Written, but only for others.
#[cfg(feature = "others")]
pub struct Other;
