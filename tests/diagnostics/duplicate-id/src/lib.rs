//! A shop.

/// An order.
pub struct Order;

mod by_weight {
    type Own = super::Order;
    include!("generic.rs");
}

mod by_size {
    type Own = super::Order;
    include!("generic.rs");
}
