//! `openapi.yaml` and the router name the same endpoints, and the examples in it are true.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use shop::checkout::{Checkout, Policy};
use shop::http::{App, router};
use shop::inventory::{MemoryStock, Sku};
use shop::metrics::Metrics;
use shop::money::Cents;
use shop::orders::MemoryOrders;
use shop::payments::SandboxGateway;
use tokio::sync::mpsc::unbounded_channel;
use tower::ServiceExt;

/// The service with six blue mugs at 9 euro.
fn service() -> Router {
    let (sender, _) = unbounded_channel();
    let policy = Policy { reservation_seconds: 900, low_stock_threshold: 5 };
    let stock = Box::<MemoryStock>::default();
    let mut checkout = Checkout::new(Box::<MemoryOrders>::default(), stock, Box::new(SandboxGateway), sender, policy);
    checkout.set_stock(Sku::try_from("MUG-BLUE-1".to_owned()).expect("valid"), Cents(900), 6);
    router(App::new(checkout, Arc::new(Metrics::default())))
}

/// The status and the body: JSON, or a string when it is not.
async fn call(service: &Router, method: &str, path: &str, key: &str, body: Option<Value>) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    let request = if key.is_empty() { request } else { request.header("idempotency-key", key) };
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let response = service.clone().oneshot(request.body(body).expect("a valid request")).await.expect("infallible");
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a small body");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Method and path of each operation below `paths:`, told by their indentation.
fn specified() -> Vec<(String, String)> {
    let text = include_str!("../openapi.yaml");
    let paths = text.lines().skip_while(|line| *line != "paths:").skip(1);
    let mut path = String::new();
    let mut operations = Vec::new();
    for line in paths.take_while(|line| line.is_empty() || line.starts_with(' ')) {
        let indent = line.len() - line.trim_start().len();
        let key = line.trim().trim_end_matches(':');
        match (indent, key) {
            (2, _) if key.starts_with('/') => path = key.to_owned(),
            (4, "get" | "put" | "post" | "delete" | "patch") => operations.push((key.to_uppercase(), path.clone())),
            _ => {}
        }
    }
    operations
}

/// Method and path of each route, as written in the router.
fn routed() -> Vec<(String, String)> {
    let text = include_str!("../src/http.rs");
    let mut routes = Vec::new();
    for line in text.lines() {
        let Some((path, handlers)) = line.trim().strip_prefix(".route(\"").and_then(|rest| rest.split_once('"')) else {
            continue;
        };
        for method in ["get", "put", "post", "delete", "patch"] {
            if handlers.contains(&format!("{method}(")) {
                routes.push((method.to_uppercase(), path.to_owned()));
            }
        }
    }
    routes
}

#[tokio::test]
async fn every_endpoint_is_specified_and_every_specified_endpoint_answers() {
    let (mut specified, mut routed) = (specified(), routed());
    specified.sort();
    routed.sort();
    assert_eq!(specified, routed);
    assert_eq!(specified.len(), 12);
    let service = service();
    for (method, path) in specified {
        let path = path.replace("{id}", "ord-1").replace("{sku}", "MUG-BLUE-1");
        let (_, answer) = call(&service, &method, &path, "", None).await;
        assert!(
            !["urn:shop:no-such-endpoint", "urn:shop:method-not-allowed"].contains(&kind(&answer)),
            "{method} {path}"
        );
    }
}

fn kind(answer: &Value) -> &str {
    answer["type"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn an_order_is_placed_paid_and_refunded() {
    let service = service();
    let basket = json!({ "lines": [{ "sku": "MUG-BLUE-1", "quantity": 2 }] });
    let (status, order) = call(&service, "POST", "/orders", "a-key", Some(basket.clone())).await;
    assert_eq!((status, &order["id"], &order["total"]), (StatusCode::CREATED, &json!("ord-1"), &json!(1800)));
    assert_eq!(call(&service, "POST", "/orders", "a-key", Some(basket)).await, (StatusCode::OK, order));

    let token = |token: &str| Some(json!({ "token": token }));
    for (tried, expected) in
        [("tok_declined", "urn:shop:payment-declined"), ("tok_unavailable", "urn:shop:gateway-unavailable")]
    {
        assert_eq!(kind(&call(&service, "POST", "/orders/ord-1/payments", "", token(tried)).await.1), expected);
    }
    let (status, payment) = call(&service, "POST", "/orders/ord-1/payments", "", token("tok_visa")).await;
    assert_eq!((status, &payment["status"]), (StatusCode::CREATED, &json!("approved")));
    assert_eq!(call(&service, "GET", "/payments/pay-1", "", None).await, (StatusCode::OK, payment));
    let (_, stock) = call(&service, "GET", "/inventory/MUG-BLUE-1", "", None).await;
    assert_eq!(stock, json!({ "sku": "MUG-BLUE-1", "unit_price": 900, "on_hand": 4, "reserved": 0 }));

    let (_, refunded) = call(&service, "POST", "/payments/pay-1/refund", "", None).await;
    assert_eq!(refunded["status"], "refunded");
    let (_, orders) = call(&service, "GET", "/orders?status=refunded", "", None).await;
    assert_eq!(orders["orders"][0]["id"], "ord-1");

    let (_, metrics) = call(&service, "GET", "/metrics", "", None).await;
    for line in [
        "shop_orders_placed_total 1",
        "shop_payments_total{outcome=\"declined\"} 1",
        "shop_http_requests_total{method=\"POST\",route=\"/orders/{id}/payments\",status=\"502\"} 1",
    ] {
        assert!(metrics.as_str().is_some_and(|text| text.contains(line)), "{line}: {metrics}");
    }
}

#[tokio::test]
async fn refusals_are_problem_documents() {
    let service = service();
    let mug = |quantity: u32| Some(json!({ "lines": [{ "sku": "MUG-BLUE-1", "quantity": quantity }] }));
    call(&service, "POST", "/orders", "taken", mug(1)).await;
    let cases = [
        ("POST", "/orders", "", mug(1), 400, "urn:shop:invalid-request"),
        ("POST", "/orders", "new", Some(json!({ "lines": [] })), 400, "urn:shop:invalid-request"),
        ("POST", "/orders", "new", Some(json!({ "rows": [] })), 400, "urn:shop:invalid-request"),
        ("POST", "/orders", "new", mug(60), 409, "urn:shop:out-of-stock"),
        ("POST", "/orders", "taken", mug(2), 422, "urn:shop:idempotency-key-reused"),
        ("GET", "/orders/17", "", None, 400, "urn:shop:invalid-request"),
        ("GET", "/orders/ord-17", "", None, 404, "urn:shop:not-found"),
        ("GET", "/orders?limit=101", "", None, 400, "urn:shop:invalid-request"),
        ("GET", "/payments/pay-1", "", None, 404, "urn:shop:not-found"),
        ("GET", "/inventory/NONE", "", None, 404, "urn:shop:not-found"),
        ("PUT", "/inventory/mug", "", Some(json!({ "unit_price": 1, "on_hand": 1 })), 400, "urn:shop:invalid-request"),
        ("DELETE", "/orders", "", None, 405, "urn:shop:method-not-allowed"),
        ("GET", "/customers", "", None, 404, "urn:shop:no-such-endpoint"),
    ];
    for (method, path, key, body, status, expected) in cases {
        let (actual, answer) = call(&service, method, path, key, body).await;
        assert_eq!((actual.as_u16(), kind(&answer)), (status, expected), "{method} {path}: {answer}");
        assert_eq!(answer["status"], status, "{method} {path}");
    }
    let (_, cancelled) = call(&service, "POST", "/orders/ord-1/cancel", "", None).await;
    assert_eq!(cancelled["status"], "cancelled");
    let (status, answer) = call(&service, "POST", "/orders/ord-1/cancel", "", None).await;
    assert_eq!((status.as_u16(), kind(&answer)), (409, "urn:shop:wrong-status"));
}
