//! Stock over HTTP.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::App;
use super::request::{Body, FromPath};
use crate::inventory::{Sku, StockItem};
use crate::money::Cents;
use crate::problem::Problem;

/// What [api:listStock] gives.
#[derive(Debug, Serialize)]
pub struct StockList {
    /// By article number.
    pub items: Vec<StockItem>,
}

/// What [api:setStock] takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockChange {
    /// What one piece costs from now on.
    pub unit_price: Cents,
    /// Pieces in the warehouse, reserved ones included.
    pub on_hand: u32,
}

/// [GET /inventory](api:)
pub async fn list_stock(State(app): State<App>) -> Json<StockList> {
    Json(StockList { items: app.checkout().stock() })
}

/// [GET /inventory/{sku}](api:)
///
/// # Errors
/// There is no such article.
pub async fn get_stock(State(app): State<App>, FromPath(sku): FromPath<Sku>) -> Result<Json<StockItem>, Problem> {
    app.checkout().stock_item(&sku).map(Json)
}

/// [PUT /inventory/{sku}](api:): also the last step of [runbook:stock-running-low].
///
/// # Errors
/// An article number or a body that cannot be understood.
pub async fn set_stock(
    State(app): State<App>,
    FromPath(sku): FromPath<Sku>,
    Body(change): Body<StockChange>,
) -> Result<Json<StockItem>, Problem> {
    Ok(Json(app.checkout().set_stock(sku, change.unit_price, change.on_hand)))
}
