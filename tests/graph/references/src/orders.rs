//! Orders, as [the guide](../docs/guide.md) explains.

/// An order, as [`find`] gives it; see [GET /orders/{id}](api:) and [adr:97].
pub struct Order {
    /// What it costs.
    pub price: u32,
}

impl Order {
    /// The price with tax.
    pub fn total(&self) -> u32 {
        self.price
    }
}

/// The [`Order`] called `id`.
pub fn find(id: u32) -> Option<Order> {
    None
}
