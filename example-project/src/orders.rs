//! What an order is, and which states it can go through.
//!
//! An [`Order`] is created by [`Checkout::place`](crate::checkout::Checkout::place) and shown by [api:getOrder]. Its status
//! changes only through [`OrderStatus::can_become`]; the table of states is in the guide [`docs/architecture.md`][guide].
//!
//! [guide]: ../docs/architecture.md#the-life-of-an-order

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::inventory::Sku;
use crate::money::Cents;

/// Seconds since 1970-01-01 UTC.
pub type UnixSeconds = u64;

/// The number of an order, written `ord-17`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderId(pub u64);

/// Text that is not an [`OrderId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOrderId(String);

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderStatus {
    /// Its stock is reserved, and the shop waits for the money.
    Placed,
    /// The money was taken. The only status in which the warehouse may ship.
    Paid,
    /// The customer withdrew it before paying.
    Cancelled,
    /// Nobody paid in time, and the stock was released ([adr:6]).
    Expired,
    /// It was paid, and the money went back. Returned goods are counted in by hand with [api:setStock].
    Refunded,
}

/// Some pieces of one article, at the price they had when the order was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrderLine {
    /// Which article.
    pub sku: Sku,
    /// How many pieces.
    pub quantity: u32,
    /// What one piece cost at that moment. Later price changes do not touch it.
    pub unit_price: Cents,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Order {
    /// Its number.
    pub id: OrderId,
    /// Where it stands.
    pub status: OrderStatus,
    /// What was ordered; each article stands in one line only.
    pub lines: Vec<OrderLine>,
    /// The sum over the lines.
    pub total: Cents,
    /// When it was placed.
    pub placed_at: UnixSeconds,
    /// Until when its stock is held for it, while it is [`OrderStatus::Placed`].
    pub reserved_until: UnixSeconds,
}

/// Where orders are kept. [`MemoryOrders`] is the only implementation during the pilot ([adr:3]).
pub trait OrderRepository: Send {
    /// A number that no order has.
    fn next_id(&mut self) -> OrderId;

    /// The order, if there is one.
    fn get(&self, id: OrderId) -> Option<Order>;

    /// Every order, oldest first.
    fn list(&self) -> Vec<Order>;

    /// Stores the order in place of the one with its number.
    fn put(&mut self, order: Order);
}

/// Orders in a map; lost on restart.
#[derive(Debug, Default)]
pub struct MemoryOrders {
    orders: BTreeMap<OrderId, Order>,
    last: u64,
}

impl OrderStatus {
    // ANCHOR: transitions
    /// Whether an order may go from this status to `next`.
    pub fn can_become(self, next: Self) -> bool {
        use OrderStatus::{Cancelled, Expired, Paid, Placed, Refunded};
        matches!((self, next), (Placed, Paid | Cancelled | Expired) | (Paid, Refunded))
    }
    // ANCHOR_END: transitions

    /// The word used in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Refunded => "refunded",
        }
    }
}

impl Order {
    /// Its articles and quantities, as [`StockRepository`](crate::inventory::StockRepository) wants them.
    pub fn reservation(&self) -> Vec<(Sku, u32)> {
        self.lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect()
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ord-{}", self.0)
    }
}

impl FromStr for OrderId {
    type Err = InvalidOrderId;

    fn from_str(text: &str) -> Result<Self, InvalidOrderId> {
        let number = text.strip_prefix("ord-").and_then(|digits| digits.parse().ok());
        number.map(Self).ok_or_else(|| InvalidOrderId(text.to_owned()))
    }
}

impl TryFrom<String> for OrderId {
    type Error = InvalidOrderId;

    fn try_from(text: String) -> Result<Self, InvalidOrderId> {
        text.parse()
    }
}

impl From<OrderId> for String {
    fn from(id: OrderId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for InvalidOrderId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not an order number such as `ord-17`", self.0)
    }
}

impl std::error::Error for InvalidOrderId {}

impl OrderRepository for MemoryOrders {
    fn next_id(&mut self) -> OrderId {
        self.last += 1;
        OrderId(self.last)
    }

    fn get(&self, id: OrderId) -> Option<Order> {
        self.orders.get(&id).cloned()
    }

    fn list(&self) -> Vec<Order> {
        self.orders.values().cloned().collect()
    }

    fn put(&mut self, order: Order) {
        self.orders.insert(order.id, order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_numbers_survive_a_round_trip() {
        assert_eq!("ord-17".parse(), Ok(OrderId(17)));
        assert_eq!(OrderId(17).to_string(), "ord-17");
        for text in ["17", "ord-", "ord-x", "pay-17"] {
            assert!(text.parse::<OrderId>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_placed_and_paid_orders_change() {
        use OrderStatus::{Cancelled, Expired, Paid, Placed, Refunded};
        let all = [Placed, Paid, Cancelled, Expired, Refunded];
        let changes: Vec<_> = all
            .iter()
            .flat_map(|from| all.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| from.can_become(*to))
            .collect();
        assert_eq!(changes, [(Placed, Paid), (Placed, Cancelled), (Placed, Expired), (Paid, Refunded)]);
    }
}
