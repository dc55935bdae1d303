//! Amounts.

use std::ops::Add;

/** Money.
 *
 * Never a float: see [`Add`].
 */
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Money(pub i64, u8);

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, 0)
    }
}

/// Bits or bytes.
#[repr(C)]
pub union Raw {
    /// All of it.
    pub whole: u64,
    parts: [u8; 8],
}

/// What has a price.
pub trait Priced: Send {
    /// In what.
    type Currency: Into<String>;
    /// The least.
    const LEAST: Money;

    /// The price.
    fn price(&self) -> Money;

    /// The price of `count` of them. See [`Self::price`].
    fn price_of(&self, count: usize) -> Money {
        let _ = count;
        self.price()
    }
}

impl Priced for crate::Order {
    type Currency = &'static str;
    const LEAST: Money = Money(0, 0);

    fn price(&self) -> Money {
        Money(0, 0)
    }
}

/// A short name.
pub type Prices<T> = Vec<Option<T>>;
