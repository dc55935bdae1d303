//! What is in stock, and what of it is promised to somebody.
//!
//! Stock is reserved when an order is placed, not when it is paid ([adr:6]). A reservation ends in one of two ways: it is
//! *taken* when the order is paid, or *released* when the order is cancelled or expires.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::Cents;

/// The article number printed on the shelf: 1 to 32 capital letters, digits and hyphens, such as `MUG-BLUE-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Sku(String);

/// Text that is not a [`Sku`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSku(String);

/// One article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockItem {
    /// Which article.
    pub sku: Sku,
    /// What one piece costs.
    pub unit_price: Cents,
    /// Pieces in the warehouse, reserved ones included.
    pub on_hand: u32,
    /// Pieces that belong to orders that are placed and not yet paid.
    #[serde(default, skip_deserializing)]
    pub reserved: u32,
}

/// Why a reservation was refused. Nothing was reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReserveError {
    /// There is no such article.
    UnknownSku(Sku),
    /// There are fewer pieces than asked for.
    OutOfStock {
        /// Which article.
        sku: Sku,
        /// How many could be had.
        available: u32,
    },
}

/// Where stock is kept. [`MemoryStock`] is the only implementation during the pilot ([adr:3]).
pub trait StockRepository: Send {
    /// The article, if the shop has it.
    fn get(&self, sku: &Sku) -> Option<StockItem>;

    /// Every article, by [`Sku`].
    fn list(&self) -> Vec<StockItem>;

    /// Creates the article, or sets its price and the pieces on hand; what is reserved stays reserved.
    fn set(&mut self, sku: Sku, unit_price: Cents, on_hand: u32) -> StockItem;

    /// Reserves every line or none.
    ///
    /// # Errors
    /// The first line that cannot be reserved.
    fn reserve(&mut self, lines: &[(Sku, u32)]) -> Result<(), ReserveError>;

    /// Gives reserved pieces back: the order was cancelled or expired.
    fn release(&mut self, lines: &[(Sku, u32)]);

    /// Takes reserved pieces out of the warehouse: the order was paid.
    fn take(&mut self, lines: &[(Sku, u32)]);
}

/// Stock in a map; lost on restart.
#[derive(Debug, Default)]
pub struct MemoryStock {
    items: BTreeMap<Sku, StockItem>,
}

impl Sku {
    /// The article number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Sku {
    type Error = InvalidSku;

    fn try_from(text: String) -> Result<Self, InvalidSku> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text)) } else { Err(InvalidSku(text)) }
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for InvalidSku {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not an article number: 1 to 32 of A-Z, 0-9 and `-`", self.0)
    }
}

impl std::error::Error for InvalidSku {}

impl StockItem {
    /// Pieces that can still be promised.
    pub fn available(&self) -> u32 {
        self.on_hand.saturating_sub(self.reserved)
    }
}

impl StockRepository for MemoryStock {
    fn get(&self, sku: &Sku) -> Option<StockItem> {
        self.items.get(sku).cloned()
    }

    fn list(&self) -> Vec<StockItem> {
        self.items.values().cloned().collect()
    }

    fn set(&mut self, sku: Sku, unit_price: Cents, on_hand: u32) -> StockItem {
        let reserved = self.items.get(&sku).map_or(0, |item| item.reserved);
        let item = StockItem { sku: sku.clone(), unit_price, on_hand, reserved };
        self.items.insert(sku, item.clone());
        item
    }

    // ANCHOR: reserve
    fn reserve(&mut self, lines: &[(Sku, u32)]) -> Result<(), ReserveError> {
        for (sku, quantity) in lines {
            let item = self.items.get(sku).ok_or_else(|| ReserveError::UnknownSku(sku.clone()))?;
            if item.available() < *quantity {
                return Err(ReserveError::OutOfStock { sku: sku.clone(), available: item.available() });
            }
        }
        for (sku, quantity) in lines {
            if let Some(item) = self.items.get_mut(sku) {
                item.reserved += quantity;
            }
        }
        Ok(())
    }
    // ANCHOR_END: reserve

    fn release(&mut self, lines: &[(Sku, u32)]) {
        for (sku, quantity) in lines {
            if let Some(item) = self.items.get_mut(sku) {
                item.reserved = item.reserved.saturating_sub(*quantity);
            }
        }
    }

    fn take(&mut self, lines: &[(Sku, u32)]) {
        for (sku, quantity) in lines {
            if let Some(item) = self.items.get_mut(sku) {
                item.reserved = item.reserved.saturating_sub(*quantity);
                item.on_hand = item.on_hand.saturating_sub(*quantity);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sku(text: &str) -> Sku {
        Sku::try_from(text.to_owned()).expect("a valid article number")
    }

    #[test]
    fn article_numbers_are_checked() {
        for (text, fits) in [("MUG-BLUE-1", true), ("A", true), ("", false), ("mug", false), ("MUG BLUE", false)] {
            assert_eq!(Sku::try_from(text.to_owned()).is_ok(), fits, "{text:?}");
        }
        assert!(Sku::try_from("A".repeat(33)).is_err());
    }

    #[test]
    fn a_reservation_is_whole_or_not_at_all() {
        let mut stock = MemoryStock::default();
        stock.set(sku("MUG"), Cents(900), 3);
        stock.set(sku("TEA"), Cents(500), 1);
        let refused = stock.reserve(&[(sku("MUG"), 2), (sku("TEA"), 2)]);
        assert_eq!(refused, Err(ReserveError::OutOfStock { sku: sku("TEA"), available: 1 }));
        assert_eq!(stock.get(&sku("MUG")).map(|item| item.reserved), Some(0));
    }

    #[test]
    fn a_paid_order_leaves_the_warehouse_and_a_cancelled_one_does_not() {
        let mut stock = MemoryStock::default();
        stock.set(sku("MUG"), Cents(900), 3);
        stock.reserve(&[(sku("MUG"), 2)]).expect("there are three");
        stock.release(&[(sku("MUG"), 1)]);
        stock.take(&[(sku("MUG"), 1)]);
        let item = stock.get(&sku("MUG")).expect("it was set");
        assert_eq!((item.on_hand, item.reserved, item.available()), (2, 0, 2));
    }
}
