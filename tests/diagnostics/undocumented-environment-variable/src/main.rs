//! The shop.

use std::env;

fn main() {
    let _port = env::var("SHOP_PORT");
    let _host = env::var_os("SHOP_HOST");
    let _timeout = env::var("SHOP_TIMEOUT_SECONDS");
}
