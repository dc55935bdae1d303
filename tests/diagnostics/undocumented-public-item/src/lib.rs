//! A shop.

/// What somebody wants.
pub struct Order {
    pub count: u32,
    /// When.
    pub day: u32,
    note: u32,
}

pub fn place(order: Order) {}

#[doc(hidden)]
pub fn internal() {}
