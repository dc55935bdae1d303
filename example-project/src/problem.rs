//! Every error that a caller can see, as a problem document (RFC 9457).

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::inventory::Sku;
use crate::orders::{OrderId, OrderStatus};

/// Why a request was not done. The table for callers is in [the guide on errors](../docs/errors.md).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The request itself is wrong; the text says where.
    InvalidRequest(String),
    /// The bank declined the card.
    PaymentDeclined,
    /// The text names what does not exist.
    NotFound(String),
    /// There is no such path.
    NoSuchEndpoint,
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// There are fewer pieces than were ordered.
    OutOfStock {
        /// Which article.
        sku: Sku,
        /// How many could be had.
        available: u32,
    },
    /// The order's status forbids it.
    WrongStatus {
        /// Which order.
        id: OrderId,
        /// Where it stands.
        status: OrderStatus,
        /// What it should have become.
        wanted: OrderStatus,
    },
    /// The idempotency key was used before, for something else ([adr:5]).
    IdempotencyKeyReused,
    /// The payment provider did not answer.
    GatewayUnavailable,
}

impl Problem {
    // ANCHOR: types
    /// The last part of the problem's `type`, and the response's status.
    pub fn slug_and_status(&self) -> (&'static str, StatusCode) {
        match self {
            Self::InvalidRequest(_) => ("invalid-request", StatusCode::BAD_REQUEST),
            Self::PaymentDeclined => ("payment-declined", StatusCode::PAYMENT_REQUIRED),
            Self::NotFound(_) => ("not-found", StatusCode::NOT_FOUND),
            Self::NoSuchEndpoint => ("no-such-endpoint", StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED),
            Self::OutOfStock { .. } => ("out-of-stock", StatusCode::CONFLICT),
            Self::WrongStatus { .. } => ("wrong-status", StatusCode::CONFLICT),
            Self::IdempotencyKeyReused => ("idempotency-key-reused", StatusCode::UNPROCESSABLE_ENTITY),
            Self::GatewayUnavailable => ("gateway-unavailable", StatusCode::BAD_GATEWAY),
        }
    }
    // ANCHOR_END: types

    /// One sentence for the person who reads the caller's log.
    pub fn detail(&self) -> String {
        match self {
            Self::InvalidRequest(what) => what.clone(),
            Self::PaymentDeclined => "the bank declined the payment; the order can be paid again".to_owned(),
            Self::NotFound(what) => format!("there is no {what}"),
            Self::NoSuchEndpoint => "there is no such path; see openapi.yaml".to_owned(),
            Self::MethodNotAllowed => "the path does not take this method; see openapi.yaml".to_owned(),
            Self::OutOfStock { sku, available } => format!("only {available} of {sku} can be had"),
            Self::WrongStatus { id, status, wanted } => {
                format!("order {id} is {} and cannot become {}", status.name(), wanted.name())
            }
            Self::IdempotencyKeyReused => "the idempotency key was used for another basket".to_owned(),
            Self::GatewayUnavailable => "the payment provider did not answer; nothing was charged".to_owned(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (slug, status) = self.slug_and_status();
        let body = json!({
            "type": format!("urn:shop:{slug}"),
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": self.detail(),
        });
        (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
    }
}
