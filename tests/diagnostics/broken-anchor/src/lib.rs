//! A shop.

/// An order, whose [price](#Order.unitPrice) and [customer](#Customer) a specification names so.
pub struct Order {
    /// Its price.
    pub unit_price: u32,
}

/// Who orders.
pub struct Customer;
