//! Orders.

use axum::Router;
use axum::routing::{MethodFilter, get, on};

/// Routes below `/orders`.
pub fn router() -> Router {
    Router::new()
        .route("/", get(list).post(place))
        .route("/{order}", get(one).layer(limit(get(unrelated))).merge(on(MethodFilter::DELETE, cancel)))
        .route("/{order}", on(MethodFilter::DELETE, cancel))
}

/// All orders of a customer.
async fn list() {}

async fn place() {}

/// One order, as the customer sees it.
pub async fn one() {}

/// Gives the goods back.
pub async fn cancel() {}

async fn unrelated() {}
