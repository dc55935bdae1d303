//! A shop without its orders.

pub mod orders;

// What building makes.
pub mod settings;
pub mod version;
