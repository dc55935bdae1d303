//! The environment variables, read once at start.
//!
//! The guide on [configuration](../docs/configuration.md) lists them for operators.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use crate::checkout::Policy;
use crate::events::WebhookUrl;

/// What the process was told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `SHOP_LISTEN`: where to listen.
    pub listen: SocketAddr,
    /// `SHOP_WEBHOOK_URL`: where webhooks go; none are sent without it.
    pub webhook_url: Option<WebhookUrl>,
    /// `SHOP_STOCK_FILE`: a JSON file with the stock to start with.
    pub stock_file: Option<PathBuf>,
    /// `SHOP_RESERVATION_MINUTES` and `SHOP_LOW_STOCK_THRESHOLD`.
    pub policy: Policy,
}

/// A variable whose value cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidSetting {
    name: &'static str,
    value: String,
    reason: String,
}

impl Settings {
    /// Reads them with `variable`, which is `|name| std::env::var(name).ok()` outside of tests.
    ///
    /// # Errors
    /// The first variable whose value cannot be used. A variable that is empty counts as not set.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, InvalidSetting> {
        // ANCHOR: variables
        let minutes: u64 = parsed(&variable, "SHOP_RESERVATION_MINUTES")?.unwrap_or(15);
        Ok(Self {
            listen: parsed(&variable, "SHOP_LISTEN")?.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
            webhook_url: parsed(&variable, "SHOP_WEBHOOK_URL")?,
            stock_file: parsed(&variable, "SHOP_STOCK_FILE")?,
            policy: Policy {
                reservation_seconds: minutes.saturating_mul(60),
                low_stock_threshold: parsed(&variable, "SHOP_LOW_STOCK_THRESHOLD")?.unwrap_or(5),
            },
        })
        // ANCHOR_END: variables
    }
}

fn parsed<T: FromStr<Err: fmt::Display>>(
    variable: impl Fn(&str) -> Option<String>,
    name: &'static str,
) -> Result<Option<T>, InvalidSetting> {
    let Some(value) = variable(name).filter(|value| !value.is_empty()) else { return Ok(None) };
    match value.parse() {
        Ok(parsed) => Ok(Some(parsed)),
        Err(error) => Err(InvalidSetting { name, reason: format!("{error}"), value }),
    }
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}={}: {}", self.name, self.value, self.reason)
    }
}

impl std::error::Error for InvalidSetting {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_need_be_set() {
        let settings = Settings::read(|_| None).expect("every variable has a default");
        assert_eq!(settings.listen.port(), 8080);
        assert_eq!((settings.policy.reservation_seconds, settings.policy.low_stock_threshold), (900, 5));
        assert!(settings.webhook_url.is_none() && settings.stock_file.is_none());
    }

    #[test]
    fn a_wrong_value_is_named() {
        let error =
            Settings::read(|name| (name == "SHOP_LISTEN").then(|| "here".to_owned())).expect_err("not an address");
        assert!(error.to_string().starts_with("SHOP_LISTEN=here: "), "{error}");
    }
}
