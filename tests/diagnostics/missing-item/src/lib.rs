//! A shop.

/// Orders.
pub mod orders {
    /// Places one.
    pub fn place() {}
}

fn hidden() {}
