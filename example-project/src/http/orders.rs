//! Orders over HTTP.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use super::request::{Body, FromPath, FromQuery};
use super::{App, now};
use crate::checkout::{Basket, Placed};
use crate::inventory::Sku;
use crate::metrics::ORDERS_PLACED;
use crate::orders::{Order, OrderId, OrderStatus};
use crate::problem::Problem;

/// How many orders a page of the list has unless the caller says otherwise.
pub const DEFAULT_LIMIT: usize = 20;
/// How many it can have at most.
pub const LARGEST_LIMIT: usize = 100;

/// What [api:placeOrder] takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// What is wanted. The same article twice is an error.
    pub lines: Vec<NewOrderLine>,
}

/// One line of a [`NewOrder`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrderLine {
    /// Which article.
    pub sku: Sku,
    /// How many pieces.
    pub quantity: u32,
}

/// The query of [api:listOrders].
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    /// Only orders with this status.
    pub status: Option<OrderStatus>,
    /// Only orders behind this one.
    pub after: Option<OrderId>,
    /// How many: 1 to [`LARGEST_LIMIT`], else [`DEFAULT_LIMIT`].
    pub limit: Option<usize>,
}

/// What [api:listOrders] gives.
#[derive(Debug, Serialize)]
pub struct OrderPage {
    /// Oldest first.
    pub orders: Vec<Order>,
    /// The value of `after` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<OrderId>,
}

/// [GET /orders](api:)
///
/// # Errors
/// A query that cannot be understood.
pub async fn list_orders(
    State(app): State<App>,
    FromQuery(query): FromQuery<ListQuery>,
) -> Result<Json<OrderPage>, Problem> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=LARGEST_LIMIT).contains(&limit) {
        return Err(Problem::InvalidRequest(format!("limit must be 1 to {LARGEST_LIMIT}")));
    }
    let mut orders = app.checkout().orders();
    orders.retain(|order| query.status.is_none_or(|status| order.status == status));
    orders.retain(|order| query.after.is_none_or(|after| order.id > after));
    let more = orders.len() > limit;
    orders.truncate(limit);
    let next = orders.last().filter(|_| more).map(|order| order.id);
    Ok(Json(OrderPage { orders, next }))
}

/// [POST /orders](api:): see [`Checkout::place`](crate::checkout::Checkout::place).
///
/// # Errors
/// No `Idempotency-Key` ([adr:5]), a body that cannot be understood, and those of `Checkout::place`.
pub async fn place_order(
    State(app): State<App>,
    headers: HeaderMap,
    Body(new): Body<NewOrder>,
) -> Result<(StatusCode, Json<Order>), Problem> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if key.is_empty() || key.len() > 255 {
        return Err(Problem::InvalidRequest("the Idempotency-Key header must have 1 to 255 characters".to_owned()));
    }
    let mut basket = Basket::new();
    for line in new.lines {
        if let Some(sku) = basket.insert(line.sku.clone(), line.quantity).map(|_| line.sku) {
            return Err(Problem::InvalidRequest(format!("{sku} is there twice")));
        }
    }
    match app.checkout().place(key, basket, now())? {
        Placed::New(order) => {
            app.metrics().add(ORDERS_PLACED, &[], 1);
            Ok((StatusCode::CREATED, Json(order)))
        }
        Placed::Before(order) => Ok((StatusCode::OK, Json(order))),
    }
}

/// [GET /orders/{id}](api:)
///
/// # Errors
/// There is no such order.
pub async fn get_order(State(app): State<App>, FromPath(id): FromPath<OrderId>) -> Result<Json<Order>, Problem> {
    app.checkout().order(id).map(Json)
}

/// [POST /orders/{id}/cancel](api:)
///
/// # Errors
/// There is no such order, or it is not [`OrderStatus::Placed`].
pub async fn cancel_order(State(app): State<App>, FromPath(id): FromPath<OrderId>) -> Result<Json<Order>, Problem> {
    app.checkout().cancel(id).map(Json)
}
