//! Orders.

mod place;

#[path = "odd-name.rs"]
pub mod odd;

pub use self::place::place;
use crate::money::Money;

/// An order.
///
/// Made by [`place`], sums up to a [`Money`] by [`Order::total`]; [`Self::total()`] is the same. Its [`Status::Paid`]
/// is set by nobody. A [broken one](crate::orders::Ordr), a [`Status::Payd`], and [`Unknown`].
#[derive(Default)]
pub struct Order<T = ()>
where
    T: Clone,
{
    /// The lines, at most [`crate::LARGEST`].
    pub total: Vec<(Line, T)>,
    status: Status,
}

impl<T: Clone> Order<T> {
    /// A new one.
    pub const MINIMUM: u8 = 1;

    /// The total, in [`Money`].
    #[must_use]
    pub fn total(&self) -> Money {
        todo!()
    }
}

/// A line.
pub struct Line;

/// What becomes of an order.
pub enum Status {
    /// Just placed.
    Placed,
    /// Paid, at a time.
    Paid(std::time::SystemTime),
    /// On its way.
    Shipped {
        /// By whom.
        carrier: String,
    },
}
