//! Types.

pub mod status;

mod order;
pub use order::Order;

/// What is given.
pub struct Receipt;
