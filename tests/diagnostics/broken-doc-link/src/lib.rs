//! Orders: see [`Order`](crate::Ordr).

/// An order.
pub struct Order;
