//! The shop's service.

mod health;
pub mod orders;
mod stock;

use axum::Router;
use axum::routing::{get, post};

const ORDERS: &str = "/orders";

/// The whole service.
pub fn app() -> Router {
    let stock = Router::new().route("/stock/:sku", get(stock::level).put(stock::Stock::set));
    Router::new().nest("/v2", api().merge(stock)).route("/health", get(health::health))
}

fn api() -> Router {
    let mut router = Router::new().nest(ORDERS, orders::router());
    router = router.route("/carts", post(|| async { "nobody knows" }));
    router
}
