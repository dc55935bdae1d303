//! The endpoints of `openapi.yaml`, and nothing else: `tests/openapi.rs` compares the two.
//!
//! Handlers translate between HTTP and [`Checkout`]; the rules are there. Each says which operation it serves.

pub mod inventory;
pub mod operations;
pub mod orders;
pub mod payments;
mod request;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};

use crate::checkout::Checkout;
use crate::metrics::{HTTP_REQUESTS, Metrics};
use crate::orders::UnixSeconds;
use crate::problem::Problem;

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    checkout: Arc<Mutex<Checkout>>,
    metrics: Arc<Metrics>,
}

impl App {
    /// Around `checkout`, counting in `metrics`.
    pub fn new(checkout: Checkout, metrics: Arc<Metrics>) -> Self {
        Self { checkout: Arc::new(Mutex::new(checkout)), metrics }
    }

    /// The checkout, for one request alone. Nothing waits while the lock is held, so it is held for microseconds
    /// ([adr:2]).
    pub fn checkout(&self) -> MutexGuard<'_, Checkout> {
        self.checkout.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The counters.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}

// ANCHOR: router
/// The whole service.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/orders", get(orders::list_orders).post(orders::place_order))
        .route("/orders/{id}", get(orders::get_order))
        .route("/orders/{id}/cancel", post(orders::cancel_order))
        .route("/orders/{id}/payments", post(payments::pay_order))
        .route("/payments/{id}", get(payments::get_payment))
        .route("/payments/{id}/refund", post(payments::refund_payment))
        .route("/inventory", get(inventory::list_stock))
        .route("/inventory/{sku}", get(inventory::get_stock).put(inventory::set_stock))
        .route("/health", get(operations::get_health))
        .route("/metrics", get(operations::get_metrics))
        .fallback(|| async { Problem::NoSuchEndpoint })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .layer(from_fn_with_state(app.clone(), count))
        .with_state(app)
}
// ANCHOR_END: router

/// Counts every answer by its route (not by its path: a metric per order number would never end).
async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = request.method().to_string();
    let response = next.run(request).await;
    let status = response.status();
    app.metrics.add(HTTP_REQUESTS, &[("method", &method), ("route", &route), ("status", status.as_str())], 1);
    if status.is_server_error() {
        eprintln!("level=error method={method} route={route} status={}", status.as_u16());
    }
    response
}

/// The present second.
pub fn now() -> UnixSeconds {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}
