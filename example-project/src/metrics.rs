//! What [api:getMetrics] shows, in Prometheus' text format.
//!
//! The guide on [metrics](../docs/metrics.md) explains each one and names the alerts that read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::inventory::StockItem;

/// Requests answered, by `method`, `route` and `status`.
pub const HTTP_REQUESTS: &str = "shop_http_requests_total";
/// Orders placed; repeated idempotency keys do not count.
pub const ORDERS_PLACED: &str = "shop_orders_placed_total";
/// Orders that expired because nobody paid in time.
pub const ORDERS_EXPIRED: &str = "shop_orders_expired_total";
/// Attempts to pay, by `outcome`: `approved`, `declined`, `failed`.
pub const PAYMENTS: &str = "shop_payments_total";
/// Webhooks sent, by `event` and `outcome`: `delivered`, `failed`.
pub const WEBHOOK_DELIVERIES: &str = "shop_webhook_deliveries_total";
/// Pieces that can still be promised, by `sku`.
pub const STOCK_AVAILABLE: &str = "shop_stock_available";

/// Every counter whose labels are known beforehand, but for [`HTTP_REQUESTS`]. `increase()` in an alert does not see the step
/// from nothing to one, so they are there from the start.
const KNOWN: [(&str, &[(&str, &str)]); 9] = [
    (ORDERS_PLACED, &[]),
    (ORDERS_EXPIRED, &[]),
    (PAYMENTS, &[("outcome", "approved")]),
    (PAYMENTS, &[("outcome", "declined")]),
    (PAYMENTS, &[("outcome", "failed")]),
    (WEBHOOK_DELIVERIES, &[("event", "order.paid"), ("outcome", "delivered")]),
    (WEBHOOK_DELIVERIES, &[("event", "order.paid"), ("outcome", "failed")]),
    (WEBHOOK_DELIVERIES, &[("event", "stock.low"), ("outcome", "delivered")]),
    (WEBHOOK_DELIVERIES, &[("event", "stock.low"), ("outcome", "failed")]),
];

/// The counters of the process. They start at zero with every restart, as Prometheus expects.
#[derive(Debug)]
pub struct Metrics {
    counters: Mutex<BTreeMap<&'static str, BTreeMap<String, u64>>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self { counters: Mutex::default() };
        for (name, labels) in KNOWN {
            metrics.add(name, labels, 0);
        }
        metrics
    }
}

impl Metrics {
    /// Adds `count` to the counter `name` with these labels.
    pub fn add(&self, name: &'static str, labels: &[(&str, &str)], count: u64) {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        *counters.entry(name).or_default().entry(written(labels)).or_default() += count;
    }

    /// Everything, with the stock as it is now.
    pub fn render(&self, stock: &[StockItem]) -> String {
        let mut text = String::new();
        for (name, series) in self.counters.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(text, "# TYPE {name} counter");
            for (labels, count) in series {
                let _ = writeln!(text, "{name}{labels} {count}");
            }
        }
        let _ = writeln!(text, "# TYPE {STOCK_AVAILABLE} gauge");
        for item in stock {
            let _ = writeln!(text, "{STOCK_AVAILABLE}{} {}", written(&[("sku", item.sku.as_str())]), item.available());
        }
        text
    }
}

/// `{name="value",…}`, or nothing without labels. Values are words of this crate, HTTP methods and
/// [`Sku`](crate::inventory::Sku)s: none can hold a quote or a backslash, so none is escaped.
fn written(labels: &[(&str, &str)]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let labels: Vec<_> = labels.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    format!("{{{}}}", labels.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::{MemoryStock, Sku, StockRepository};
    use crate::money::Cents;

    #[test]
    fn metrics_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.add(PAYMENTS, &[("outcome", "approved")], 1);
        metrics.add(PAYMENTS, &[("outcome", "approved")], 1);
        metrics.add(ORDERS_EXPIRED, &[], 3);
        let mut stock = MemoryStock::default();
        stock.set(Sku::try_from("MUG".to_owned()).expect("valid"), Cents(900), 6);
        let text = metrics.render(&stock.list());
        for expected in [
            "# TYPE shop_orders_expired_total counter\nshop_orders_expired_total 3\n",
            "\nshop_payments_total{outcome=\"approved\"} 2\nshop_payments_total{outcome=\"declined\"} 0\n",
            "\nshop_webhook_deliveries_total{event=\"stock.low\",outcome=\"failed\"} 0\n",
            "\n# TYPE shop_stock_available gauge\nshop_stock_available{sku=\"MUG\"} 6\n",
        ] {
            assert!(text.contains(expected), "{expected}\nis not in\n{text}");
        }
    }
}
