//! A shop without its orders.

pub mod orders;

// What building makes.
pub mod settings;
pub mod version;

#[cfg_attr(feature = "one", path = "chips/one.rs")]
#[cfg_attr(feature = "two", path = "chips/two.rs")]
mod chip;
