//! A shop without its orders.

pub mod orders;
