//! A shop.
//!
//! Begin with [`Order`], decided in [adr:7]. Totals are [`Money`](money::Money); see also [`orders::place()`],
//! [`Vec`], [`Bytes`], [`shop_macros::priced`] and [the list](#list). An index like `a[0]` or a[i] is no link.
//!
//! # List
//!
//! ```
//! # let hidden = 1;
//! shop::orders::place(1);
//! ```

#[macro_use]
mod macros;

mod hidden;
pub mod money;
pub mod orders;

#[doc(inline)]
pub use hidden::Kept as Renamed;
pub use hidden::deep::*;
pub use bytes::Bytes;
pub use orders::Order;

#[doc(hidden)]
pub mod internal {
    /// Not published.
    pub struct Secret;
}

#[cfg(test)]
mod tests;

with_feature! {
    /// Stands literally in a macro call.
    pub fn featured() -> u8 {
        1
    }
}

/// The largest order.
pub const LARGEST: usize = 100;

/// A counter.
pub static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

/// A module and a function may share a name.
pub fn orders() {}

#[deprecated(since = "1.1.0", note = "use `orders` instead")]
pub fn old() {}
