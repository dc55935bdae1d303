//! The rules across orders, payments and stock.
//!
//! [`Checkout`] is the only thing that changes two domains in one step, and every step either happens whole or not at all:
//! the HTTP layer holds one lock around it ([adr:2]). It never waits for a clock; callers say what time it is.

use std::collections::BTreeMap;

use tokio::sync::mpsc::UnboundedSender;

use crate::events::Event;
use crate::inventory::{ReserveError, Sku, StockItem, StockRepository};
use crate::money::Cents;
use crate::orders::{Order, OrderId, OrderLine, OrderRepository, OrderStatus, UnixSeconds};
use crate::payments::{Gateway, GatewayError, Payment, PaymentId, PaymentStatus};
use crate::problem::Problem;

/// What a customer asks for: articles and quantities.
pub type Basket = BTreeMap<Sku, u32>;

/// How [`Checkout`] behaves; read from the environment by [`Settings`](crate::settings::Settings).
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How long stock is held for an unpaid order, in seconds.
    pub reservation_seconds: u64,
    /// Below how many available pieces an article counts as low.
    pub low_stock_threshold: u32,
}

/// What became of an attempt to place an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// A new order.
    New(Order),
    /// The order that the same idempotency key placed before ([adr:5]).
    Before(Order),
}

/// Orders, stock and payments, and the rules between them.
pub struct Checkout {
    orders: Box<dyn OrderRepository>,
    stock: Box<dyn StockRepository>,
    gateway: Box<dyn Gateway>,
    events: UnboundedSender<Event>,
    policy: Policy,
    payments: BTreeMap<PaymentId, Payment>,
    keys: BTreeMap<String, (Basket, OrderId)>,
}

impl Checkout {
    /// A checkout over the given stores. Events go to `events`; it does not matter whether anybody listens.
    pub fn new(
        orders: Box<dyn OrderRepository>,
        stock: Box<dyn StockRepository>,
        gateway: Box<dyn Gateway>,
        events: UnboundedSender<Event>,
        policy: Policy,
    ) -> Self {
        Self { orders, stock, gateway, events, policy, payments: BTreeMap::new(), keys: BTreeMap::new() }
    }

    /// Places an order and reserves its stock ([adr:6]). The same `key` with the same `basket` gives the same order.
    ///
    /// # Errors
    /// An empty basket, a quantity of zero, an unknown article, too little stock, or a key that placed another basket.
    pub fn place(&mut self, key: &str, basket: Basket, now: UnixSeconds) -> Result<Placed, Problem> {
        if let Some((earlier, id)) = self.keys.get(key) {
            if *earlier != basket {
                return Err(Problem::IdempotencyKeyReused);
            }
            return self.order(*id).map(Placed::Before);
        }
        if basket.is_empty() || basket.values().any(|quantity| *quantity == 0) {
            return Err(Problem::InvalidRequest("an order needs articles, and at least one piece of each".to_owned()));
        }
        let wanted: Vec<_> = basket.iter().map(|(sku, quantity)| (sku.clone(), *quantity)).collect();
        let before = self.low_stock();
        self.stock.reserve(&wanted).map_err(|error| match error {
            ReserveError::UnknownSku(sku) => Problem::InvalidRequest(format!("there is no article {sku}")),
            ReserveError::OutOfStock { sku, available } => Problem::OutOfStock { sku, available },
        })?;
        let Some((lines, total)) = self.priced(&wanted) else {
            self.stock.release(&wanted);
            return Err(Problem::InvalidRequest("the total is too large".to_owned()));
        };
        let id = self.orders.next_id();
        let reserved_until = now + self.policy.reservation_seconds;
        let order = Order { id, status: OrderStatus::Placed, lines, total, placed_at: now, reserved_until };
        self.orders.put(order.clone());
        self.keys.insert(key.to_owned(), (basket, id));
        self.report_low_stock(&before);
        Ok(Placed::New(order))
    }

    /// The order with this number.
    ///
    /// # Errors
    /// There is none.
    pub fn order(&self, id: OrderId) -> Result<Order, Problem> {
        self.orders.get(id).ok_or_else(|| Problem::NotFound(format!("order {id}")))
    }

    /// Every order, oldest first.
    pub fn orders(&self) -> Vec<Order> {
        self.orders.list()
    }

    /// Withdraws an order that is not paid yet, and releases its stock.
    ///
    /// # Errors
    /// There is no such order, or it is no longer [`OrderStatus::Placed`].
    pub fn cancel(&mut self, id: OrderId) -> Result<Order, Problem> {
        let order = self.moved(id, OrderStatus::Cancelled)?;
        self.stock.release(&order.reservation());
        self.orders.put(order.clone());
        Ok(order)
    }

    /// Takes the money for an order.
    ///
    /// An order whose reservation has run out can still be paid until [`Checkout::expire`] has noticed: its stock is
    /// still there.
    ///
    /// # Errors
    /// There is no such order, it cannot be paid (any more), or the gateway declined or did not answer. In each case
    /// nothing was taken and the order is unchanged.
    pub fn pay(&mut self, id: OrderId, token: &str) -> Result<Payment, Problem> {
        let order = self.moved(id, OrderStatus::Paid)?;
        self.gateway.charge(token, order.total).map_err(Problem::from)?;
        self.stock.take(&order.reservation());
        let payment = Payment {
            id: PaymentId(self.payments.len() as u64 + 1),
            order_id: id,
            amount: order.total,
            status: PaymentStatus::Approved,
        };
        self.payments.insert(payment.id, payment.clone());
        self.orders.put(order);
        self.tell(Event::OrderPaid { order_id: id, payment_id: payment.id, total: payment.amount });
        Ok(payment)
    }

    /// The payment with this number.
    ///
    /// # Errors
    /// There is none.
    pub fn payment(&self, id: PaymentId) -> Result<Payment, Problem> {
        self.payments.get(&id).cloned().ok_or_else(|| Problem::NotFound(format!("payment {id}")))
    }

    /// Gives the money back. The stock stays as it is: whether goods come back is decided in the warehouse.
    ///
    /// # Errors
    /// There is no such payment, it was refunded before, or the gateway did not answer.
    pub fn refund(&mut self, id: PaymentId) -> Result<Payment, Problem> {
        let mut payment = self.payment(id)?;
        let order = self.moved(payment.order_id, OrderStatus::Refunded)?;
        self.gateway.refund(id, payment.amount).map_err(Problem::from)?;
        payment.status = PaymentStatus::Refunded;
        self.payments.insert(id, payment.clone());
        self.orders.put(order);
        Ok(payment)
    }

    /// Every article.
    pub fn stock(&self) -> Vec<StockItem> {
        self.stock.list()
    }

    /// One article.
    ///
    /// # Errors
    /// There is no such article.
    pub fn stock_item(&self, sku: &Sku) -> Result<StockItem, Problem> {
        self.stock.get(sku).ok_or_else(|| Problem::NotFound(format!("article {sku}")))
    }

    /// Creates an article, or sets its price and the pieces on hand.
    pub fn set_stock(&mut self, sku: Sku, unit_price: Cents, on_hand: u32) -> StockItem {
        self.stock.set(sku, unit_price, on_hand)
    }

    // ANCHOR: expire
    /// Expires every unpaid order whose reservation ended before `now`, releases its stock, and says how many there were.
    pub fn expire(&mut self, now: UnixSeconds) -> usize {
        let mut overdue = self.orders.list();
        overdue.retain(|order| order.status == OrderStatus::Placed && order.reserved_until < now);
        for order in &mut overdue {
            order.status = OrderStatus::Expired;
            self.stock.release(&order.reservation());
            self.orders.put(order.clone());
        }
        overdue.len()
    }
    // ANCHOR_END: expire

    /// The order as it will be with status `next`; nothing is stored.
    fn moved(&self, id: OrderId, next: OrderStatus) -> Result<Order, Problem> {
        let mut order = self.order(id)?;
        if !order.status.can_become(next) {
            return Err(Problem::WrongStatus { id, status: order.status, wanted: next });
        }
        order.status = next;
        Ok(order)
    }

    /// The lines at today's prices and their sum; `None` when it does not fit.
    fn priced(&self, wanted: &[(Sku, u32)]) -> Option<(Vec<OrderLine>, Cents)> {
        let mut total = Cents(0);
        let mut lines = Vec::new();
        for (sku, quantity) in wanted {
            let unit_price = self.stock.get(sku)?.unit_price;
            total = total.plus(unit_price.times(*quantity)?)?;
            lines.push(OrderLine { sku: sku.clone(), quantity: *quantity, unit_price });
        }
        Some((lines, total))
    }

    fn low_stock(&self) -> Vec<Sku> {
        let threshold = self.policy.low_stock_threshold;
        self.stock.list().into_iter().filter(|item| item.available() < threshold).map(|item| item.sku).collect()
    }

    /// Tells about the articles that are low now and were not `before`.
    fn report_low_stock(&self, before: &[Sku]) {
        for sku in self.low_stock() {
            if let (false, Some(item)) = (before.contains(&sku), self.stock.get(&sku)) {
                self.tell(Event::StockLow { available: item.available(), sku });
            }
        }
    }

    fn tell(&self, event: Event) {
        // Without a subscriber the receiver is gone, and that is fine.
        let _ = self.events.send(event);
    }
}

impl From<GatewayError> for Problem {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Declined => Self::PaymentDeclined,
            GatewayError::Unavailable => Self::GatewayUnavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;
    use crate::inventory::MemoryStock;
    use crate::orders::MemoryOrders;
    use crate::payments::SandboxGateway;

    const NOON: UnixSeconds = 1_790_000_000;

    fn sku() -> Sku {
        Sku::try_from("MUG".to_owned()).expect("a valid article number")
    }

    fn basket(quantity: u32) -> Basket {
        Basket::from([(sku(), quantity)])
    }

    /// A checkout with six mugs at 9 euro, which are low below five.
    fn checkout() -> (Checkout, UnboundedReceiver<Event>) {
        let (sender, receiver) = unbounded_channel();
        let policy = Policy { reservation_seconds: 900, low_stock_threshold: 5 };
        let stock = Box::<MemoryStock>::default();
        let mut checkout =
            Checkout::new(Box::<MemoryOrders>::default(), stock, Box::new(SandboxGateway), sender, policy);
        checkout.set_stock(sku(), Cents(900), 6);
        (checkout, receiver)
    }

    fn placed(checkout: &mut Checkout, key: &str, quantity: u32) -> Order {
        match checkout.place(key, basket(quantity), NOON) {
            Ok(Placed::New(order) | Placed::Before(order)) => order,
            Err(problem) => panic!("refused: {problem:?}"),
        }
    }

    fn level(checkout: &Checkout) -> (u32, u32) {
        let item = checkout.stock_item(&sku()).expect("it was set");
        (item.on_hand, item.reserved)
    }

    #[test]
    fn the_same_key_places_one_order() {
        let (mut checkout, _events) = checkout();
        let first = placed(&mut checkout, "key", 2);
        assert_eq!(checkout.place("key", basket(2), NOON + 5), Ok(Placed::Before(first)));
        assert_eq!(checkout.place("key", basket(3), NOON), Err(Problem::IdempotencyKeyReused));
        assert_eq!(level(&checkout), (6, 2));
    }

    #[test]
    fn what_cannot_be_ordered_reserves_nothing() {
        let (mut checkout, _events) = checkout();
        for wanted in [Basket::new(), basket(0), basket(7)] {
            assert!(checkout.place("key", wanted, NOON).is_err());
        }
        checkout.set_stock(sku(), Cents(u64::MAX), 6);
        assert!(checkout.place("key", basket(2), NOON).is_err());
        assert_eq!(level(&checkout), (6, 0));
    }

    #[test]
    fn paying_takes_the_stock_and_tells() {
        let (mut checkout, mut events) = checkout();
        let order = placed(&mut checkout, "key", 1);
        let payment = checkout.pay(order.id, "tok_ok").expect("the sandbox approves");
        assert_eq!((payment.amount, level(&checkout)), (Cents(900), (5, 0)));
        let told = Event::OrderPaid { order_id: order.id, payment_id: payment.id, total: Cents(900) };
        assert_eq!(events.try_recv(), Ok(told));
        assert!(matches!(checkout.pay(order.id, "tok_ok"), Err(Problem::WrongStatus { .. })), "paid twice");
    }

    #[test]
    fn a_refused_payment_changes_nothing() {
        let (mut checkout, _events) = checkout();
        let order = placed(&mut checkout, "key", 1);
        assert_eq!(checkout.pay(order.id, "tok_declined"), Err(Problem::PaymentDeclined));
        assert_eq!(checkout.pay(order.id, "tok_unavailable"), Err(Problem::GatewayUnavailable));
        assert_eq!(checkout.order(order.id), Ok(order));
    }

    #[test]
    fn a_payment_is_refunded_once() {
        let (mut checkout, _events) = checkout();
        let order = placed(&mut checkout, "key", 1);
        let payment = checkout.pay(order.id, "tok_ok").expect("the sandbox approves");
        assert_eq!(checkout.refund(payment.id).map(|payment| payment.status), Ok(PaymentStatus::Refunded));
        assert!(checkout.refund(payment.id).is_err());
        assert_eq!(checkout.order(order.id).map(|order| order.status), Ok(OrderStatus::Refunded));
    }

    #[test]
    fn reservations_end_by_cancelling_and_by_time() {
        let (mut checkout, _events) = checkout();
        let first = placed(&mut checkout, "first", 2);
        let second = placed(&mut checkout, "second", 3);
        checkout.cancel(first.id).expect("it is not paid");
        assert_eq!(level(&checkout), (6, 3));
        assert_eq!(checkout.expire(NOON + 900), 0);
        assert_eq!(checkout.expire(NOON + 901), 1);
        assert_eq!(level(&checkout), (6, 0));
        assert_eq!(checkout.order(second.id).map(|order| order.status), Ok(OrderStatus::Expired));
    }

    #[test]
    fn low_stock_is_told_once() {
        let (mut checkout, mut events) = checkout();
        for key in ["first", "second", "third"] {
            placed(&mut checkout, key, 1);
        }
        assert_eq!(events.try_recv(), Ok(Event::StockLow { sku: sku(), available: 4 }));
        assert!(events.try_recv().is_err());
    }
}
