//! The shop.

use std::env;

const WORKERS: &str = "SHOP_WORKERS";

fn main() {
    let _port = env::var("SHOP_PORT");
    let _host = env::var_os("SHOP_HOST");
    let _timeout = env::var("SHOP_TIMEOUT_SECONDS");
    let _workers = env::var(WORKERS);
}
