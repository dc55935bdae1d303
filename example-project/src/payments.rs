//! Payments, and the gateway that takes the money.
//!
//! The service never sees a card: the web shop hands the card to the provider and gets a *token* for it, and
//! [api:payOrder] passes that token on to a [`Gateway`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::money::Cents;
use crate::orders::OrderId;

/// The number of a payment, written `pay-4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaymentId(pub u64);

/// Text that is not a [`PaymentId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPaymentId(String);

/// Whether the shop has the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaymentStatus {
    /// It has.
    Approved,
    /// It had, and gave it back.
    Refunded,
}

/// One payment. A declined charge leaves none: the order stays as it was and can be paid again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// Its number.
    pub id: PaymentId,
    /// What was paid for.
    pub order_id: OrderId,
    /// How much; always the order's whole total.
    pub amount: Cents,
    /// Whether the shop has the money.
    pub status: PaymentStatus,
}

/// Why the gateway did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayError {
    /// The bank said no. The customer can try another card.
    Declined,
    /// No answer. Counted as `failed` and paged by [`PaymentsFailing`](alert:PaymentsFailing); what to do is in
    /// [runbook:payments-failing].
    Unavailable,
}

/// A payment provider.
pub trait Gateway: Send {
    /// Takes `amount` from the card behind `token`.
    ///
    /// # Errors
    /// Nothing was taken.
    fn charge(&mut self, token: &str, amount: Cents) -> Result<(), GatewayError>;

    /// Gives `amount` back for `payment`.
    ///
    /// # Errors
    /// Nothing was given back.
    fn refund(&mut self, payment: PaymentId, amount: Cents) -> Result<(), GatewayError>;
}

/// The gateway of the pilot: moves no money and answers by the token.
///
/// | token | answer |
/// |---|---|
/// | `tok_declined` | [`GatewayError::Declined`] |
/// | `tok_unavailable` | [`GatewayError::Unavailable`] |
/// | any other | approved |
#[derive(Debug, Default)]
pub struct SandboxGateway;

impl Gateway for SandboxGateway {
    fn charge(&mut self, token: &str, _amount: Cents) -> Result<(), GatewayError> {
        match token {
            "tok_declined" => Err(GatewayError::Declined),
            "tok_unavailable" => Err(GatewayError::Unavailable),
            _ => Ok(()),
        }
    }

    fn refund(&mut self, _payment: PaymentId, _amount: Cents) -> Result<(), GatewayError> {
        Ok(())
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "pay-{}", self.0)
    }
}

impl FromStr for PaymentId {
    type Err = InvalidPaymentId;

    fn from_str(text: &str) -> Result<Self, InvalidPaymentId> {
        let number = text.strip_prefix("pay-").and_then(|digits| digits.parse().ok());
        number.map(Self).ok_or_else(|| InvalidPaymentId(text.to_owned()))
    }
}

impl TryFrom<String> for PaymentId {
    type Error = InvalidPaymentId;

    fn try_from(text: String) -> Result<Self, InvalidPaymentId> {
        text.parse()
    }
}

impl From<PaymentId> for String {
    fn from(id: PaymentId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for InvalidPaymentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not a payment number such as `pay-4`", self.0)
    }
}

impl std::error::Error for InvalidPaymentId {}
