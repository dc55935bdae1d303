//! What the people and programs ask that run the service.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;

use super::App;

/// What [api:getHealth] gives.
#[derive(Debug, Serialize)]
pub struct Health {
    /// Always `ok`: a process that cannot answer does not answer.
    pub status: &'static str,
    /// The package's version.
    pub version: &'static str,
}

/// [GET /health](api:): the load balancer's probe; see [runbook:service-down].
pub async fn get_health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

/// [GET /metrics](api:): see [`metrics`](crate::metrics).
pub async fn get_metrics(State(app): State<App>) -> impl IntoResponse {
    let stock = app.checkout().stock();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics().render(&stock))
}
