//! The shop.

use std::env;

const WORKERS: &str = "SHOP_WORKERS";

fn main() {
    let _port = env::var("SHOP_PORT");
    let _host = env::var_os("SHOP_HOST");
    let _timeout = env::var("SHOP_TIMEOUT_SECONDS");
    let _workers = env::var(WORKERS);
    let _stock = (env::var("STOCK_ROOM"), env::var("STOCK_SHELF"));
    let _bank = env::var("BANK_ROOM");
}

/// What the till is told, in a file or by variables with a prefix.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TillConfig {
    /// Where it keeps things.
    pub database: DatabaseConfig,
}

/// Where it keeps things.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Its address.
    pub url: String,
    /// How many may ask at once.
    pub pool: u8,
}

/// Reads it.
pub fn till() -> TillConfig {
    figment::Figment::new().merge(figment::providers::Env::prefixed("TILL_").split("__")).extract().unwrap()
}
