//! Telling other systems what happened: the webhooks [api:orderPaid] and [api:stockLow].
//!
//! Events go out in the order in which they happened. One that is not answered with a 2xx status is tried [`ATTEMPTS`]
//! times and then dropped, counted as `failed` and left to [runbook:webhooks-failing]. So an event can arrive twice, when
//! only its answer was lost, or never.

use std::fmt;
use std::io;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{sleep, timeout};

use crate::inventory::Sku;
use crate::metrics::{Metrics, WEBHOOK_DELIVERIES};
use crate::money::Cents;
use crate::orders::OrderId;
use crate::payments::PaymentId;

/// How often one event is tried.
pub const ATTEMPTS: u32 = 3;
/// How long one attempt may take.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);

/// Something that other systems want to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", content = "data")]
pub enum Event {
    /// An order was paid and may be shipped.
    #[serde(rename = "order.paid")]
    OrderPaid {
        /// Which order.
        order_id: OrderId,
        /// By which payment.
        payment_id: PaymentId,
        /// How much.
        total: Cents,
    },
    /// An article fell below the threshold of [`Policy::low_stock_threshold`](crate::checkout::Policy::low_stock_threshold).
    #[serde(rename = "stock.low")]
    StockLow {
        /// Which article.
        sku: Sku,
        /// What can still be promised.
        available: u32,
    },
}

/// An `http://host[:port][/path]` address. TLS is the job of the egress proxy that stands between us and subscribers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl {
    host: String,
    path: String,
}

/// Text that is not a [`WebhookUrl`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidWebhookUrl;

impl Event {
    /// The word in the `event` field.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OrderPaid { .. } => "order.paid",
            Self::StockLow { .. } => "stock.low",
        }
    }
}

impl FromStr for WebhookUrl {
    type Err = InvalidWebhookUrl;

    fn from_str(text: &str) -> Result<Self, InvalidWebhookUrl> {
        let rest = text.strip_prefix("http://").ok_or(InvalidWebhookUrl)?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if host.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(InvalidWebhookUrl);
        }
        let host = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
        Ok(Self { host, path: if path.is_empty() { "/".to_owned() } else { path.to_owned() } })
    }
}

impl fmt::Display for InvalidWebhookUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an address of the form http://host:port/path")
    }
}

impl std::error::Error for InvalidWebhookUrl {}

/// Sends every event to `url`, one after the other, until the sender is gone. Without a `url` they are dropped.
pub async fn deliver(mut events: UnboundedReceiver<Event>, url: Option<WebhookUrl>, metrics: Arc<Metrics>) {
    while let Some(event) = events.recv().await {
        let Some(url) = &url else { continue };
        let outcome = if delivered(&event, url).await { "delivered" } else { "failed" };
        metrics.add(WEBHOOK_DELIVERIES, &[("event", event.name()), ("outcome", outcome)], 1);
    }
}

async fn delivered(event: &Event, url: &WebhookUrl) -> bool {
    for attempt in 1..=ATTEMPTS {
        let reason = match timeout(ATTEMPT_TIMEOUT, post(event, url)).await {
            Ok(Ok(status)) if (200..300).contains(&status) => return true,
            Ok(Ok(status)) => format!("status {status}"),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "timeout".to_owned(),
        };
        eprintln!(
            "level=warn event={} attempt={attempt} msg=\"webhook not delivered\" reason={reason:?}",
            event.name()
        );
        if attempt < ATTEMPTS {
            sleep(Duration::from_secs(u64::from(attempt))).await;
        }
    }
    false
}

/// Sends the event and gives the status of the answer.
async fn post(event: &Event, url: &WebhookUrl) -> io::Result<u16> {
    let body = serde_json::to_string(event)?;
    let request = format!(
        "POST {} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        url.path,
        url.host,
        body.len()
    );
    let mut stream = TcpStream::connect(&url.host).await?;
    stream.write_all(request.as_bytes()).await?;
    // `HTTP/1.1 204`: the status line is all that matters.
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await?;
    let status = std::str::from_utf8(&answer[9..]).ok().and_then(|digits| digits.parse().ok());
    status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer"))
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn addresses_are_checked() {
        let url = |host: &str, path: &str| Ok(WebhookUrl { host: host.to_owned(), path: path.to_owned() });
        assert_eq!("http://proxy:8081/hooks/shop".parse::<WebhookUrl>(), url("proxy:8081", "/hooks/shop"));
        assert_eq!("http://proxy".parse::<WebhookUrl>(), url("proxy:80", "/"));
        for text in ["https://proxy/", "proxy", "http:///x", "http://proxy/a b"] {
            assert!(text.parse::<WebhookUrl>().is_err(), "{text}");
        }
    }

    #[tokio::test]
    async fn an_event_reaches_its_subscriber() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hooks", listener.local_addr().expect("it is bound")).parse().expect("valid");
        let subscriber = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = vec![0; 4096];
            let mut length = 0;
            while !request[..length].ends_with(b"}}") {
                length += stream.read(&mut request[length..]).await.expect("a request");
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.expect("an open connection");
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let event = Event::StockLow { sku: Sku::try_from("MUG".to_owned()).expect("valid"), available: 4 };
        assert!(delivered(&event, &url).await);
        let request = subscriber.await.expect("it does not panic");
        assert!(request.starts_with("POST /hooks HTTP/1.1\r\n"), "{request}");
        assert!(request.ends_with(r#"{"event":"stock.low","data":{"sku":"MUG","available":4}}"#), "{request}");
    }
}
