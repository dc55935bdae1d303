//! A shop.

use serde::Deserialize;

/// What it is told.
#[derive(Deserialize)]
pub struct Settings {
    /// Where orders are kept.
    pub database: Database,
    /// How it looks.
    pub theme: Theme,
}

/// Where orders are kept.
#[derive(Deserialize)]
pub struct Database {
    /// Its address.
    pub uri: String,
    /// How many may use it at once.
    #[serde(alias = "max-connections")]
    pub max_connections: u32,
    /// How long to wait.
    pub timeout: u32,
}

/// How it looks.
#[derive(Deserialize)]
pub struct Theme {
    /// Its colour.
    pub colour: String,
    /// Its font.
    pub font: String,
}
