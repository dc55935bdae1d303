//! Payments over HTTP.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::App;
use super::request::{Body, FromPath};
use crate::metrics::PAYMENTS;
use crate::orders::OrderId;
use crate::payments::{Payment, PaymentId};
use crate::problem::Problem;

/// What [api:payOrder] takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// The provider's token for the customer's card.
    pub token: String,
}

/// [POST /orders/{id}/payments](api:): see [`Checkout::pay`](crate::checkout::Checkout::pay).
///
/// # Errors
/// A body that cannot be understood, and those of `Checkout::pay`.
pub async fn pay_order(
    State(app): State<App>,
    FromPath(id): FromPath<OrderId>,
    Body(new): Body<NewPayment>,
) -> Result<(StatusCode, Json<Payment>), Problem> {
    let paid = app.checkout().pay(id, &new.token);
    let outcome = match &paid {
        Ok(_) => Some("approved"),
        Err(Problem::PaymentDeclined) => Some("declined"),
        Err(Problem::GatewayUnavailable) => Some("failed"),
        Err(_) => None,
    };
    if let Some(outcome) = outcome {
        app.metrics().add(PAYMENTS, &[("outcome", outcome)], 1);
    }
    paid.map(|payment| (StatusCode::CREATED, Json(payment)))
}

/// [GET /payments/{id}](api:)
///
/// # Errors
/// There is no such payment.
pub async fn get_payment(State(app): State<App>, FromPath(id): FromPath<PaymentId>) -> Result<Json<Payment>, Problem> {
    app.checkout().payment(id).map(Json)
}

/// [POST /payments/{id}/refund](api:): see [`Checkout::refund`](crate::checkout::Checkout::refund).
///
/// # Errors
/// Those of `Checkout::refund`.
pub async fn refund_payment(
    State(app): State<App>,
    FromPath(id): FromPath<PaymentId>,
) -> Result<Json<Payment>, Problem> {
    app.checkout().refund(id).map(Json)
}
