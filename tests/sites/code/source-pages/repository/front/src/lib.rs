//! What customers see of the shop.

pub use shop::orders::Order;
