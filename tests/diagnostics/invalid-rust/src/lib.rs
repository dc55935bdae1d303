//! A shop.

/// An order.
pub struct Order {
    id u64,
}
