//! A shop.

use std::collections::HashMap;

use serde::Deserialize;

/// What it is told.
#[derive(Deserialize)]
pub struct Config {
    /// Where it listens.
    #[serde(default)]
    pub http: HttpConfig,
    /// Anything.
    pub extra: HashMap<String, String>,
}

/// Where it listens.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HttpConfig {
    /// The port.
    pub listen_port: u16,
    /// Who may ask.
    #[serde(alias = "origins")]
    pub allowed_origins: Vec<String>,
    /// How it is kept secret.
    pub tls: Option<TlsConfig>,
}

/// How it is kept secret.
#[derive(Deserialize)]
pub struct TlsConfig {
    /// The file with the key.
    pub key: String,
}
