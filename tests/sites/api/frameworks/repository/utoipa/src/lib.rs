//! The shop with utoipa.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Everything below `/api`.
pub fn router() -> OpenApiRouter {
    OpenApiRouter::new().nest("/api", OpenApiRouter::new().routes(routes!(list, place_order)).routes(routes!(one)))
}

/// All orders.
#[utoipa::path(get, path = "/orders", responses((status = 200)))]
async fn list() {}

#[utoipa::path(post, path = "/orders", operation_id = "place")]
async fn place_order() {}

#[utoipa::path(get, path = "/orders/{number}")]
pub async fn one() {}
