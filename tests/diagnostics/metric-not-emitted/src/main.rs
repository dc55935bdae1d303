//! The shop.

use std::sync::LazyLock;

use prometheus::{IntCounter, IntGauge, register_int_counter, register_int_gauge};

static ORDERS: LazyLock<IntCounter> = LazyLock::new(|| register_int_counter!("shop_orders_total", "Orders").unwrap());
static FAILED: LazyLock<IntCounter> =
    LazyLock::new(|| register_int_counter!("shop_orders_failed_total", "Orders that failed").unwrap());
static OPEN: LazyLock<IntGauge> = LazyLock::new(|| register_int_gauge!("shop_carts_open", "Open carts").unwrap());

static CARTS: LazyLock<IntCounter> = LazyLock::new(|| register_int_counter!("till_carts_total", "Carts").unwrap());

/// A name that is put together is known by its beginning.
fn dynamic(kind: &str) -> String {
    format!("shop_paid_{kind}_total")
}

fn main() {
    // Its metrics are `shop_pool_…` then.
    pool::metrics::set_namespace(Some("shop"));
}
