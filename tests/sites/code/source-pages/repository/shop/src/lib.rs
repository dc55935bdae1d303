//! A shop.

pub mod orders;
