//! What users of the shop see, see [`Order`].

pub use shop_macros::Priced;
/// Words at the re-export.
pub use types::Order;
pub use types::status::*;
#[doc(no_inline)]
pub use types::Receipt;
pub use types;

/// Takes an order, gives a receipt.
pub fn place(order: Order) -> Receipt {}
