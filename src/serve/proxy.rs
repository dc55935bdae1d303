//! Requests that readers send from pages of the preview -> a service on this machine, past what browsers forbid between sites.
//!
//! Only pages of the preview itself may use it, and it leads to one service only. A page of another site can make a browser send
//! requests here, but neither with the header that it wants (browsers ask first, and are not allowed) nor under this origin.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::uri::{PathAndQuery, Uri};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Where it is: what follows is the path at the service.
pub(super) const PROXY_FOLDER: &str = "/_livedoc/proxy";

/// The header by which pages of the preview are known: no page of another site can add it.
const FROM_PAGE: &str = "x-livedoc-try-it";

/// The header that becomes `Cookie`, which browsers let no page set.
const COOKIE: &str = "x-livedoc-cookie";

/// The beginning of the names of headers that are the preview's own.
const OWN: &str = "x-livedoc-";

/// In an answer: the status of a redirect, which a browser would follow to wherever it leads.
const STATUS: &str = "x-livedoc-status";

/// In an answer: it does not come from the service.
const FAILURE: &str = "x-livedoc-failure";

/// Headers about one connection (RFC 9110, 7.6.1).
const OF_CONNECTION: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Headers of a request that speak of the preview, not of the service.
const OF_PREVIEW: &[&str] = &["host", "origin", "referer", "cookie"];

/// Headers of an answer that would change what the browser keeps for the preview; the page is told of them under another name.
const OF_BROWSER: &[&str] = &["set-cookie", "clear-site-data"];

/// Bodies are passed on as they come, and end here. In bytes.
const MOST: usize = 64 * 1024 * 1024;

/// How long a service may take to accept a connection.
const CONNECTING: Duration = Duration::from_secs(5);

/// How long a service may take to begin with its answer.
const ANSWERING: Duration = Duration::from_secs(60);

/// A service on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loopback {
    /// Host and port as they were given.
    authority: String,
    addresses: Vec<SocketAddr>,
}

impl FromStr for Loopback {
    type Err = String;

    /// Takes the address of a service, `http://127.0.0.1:8080`. Names are not looked up: only `localhost` is known.
    fn from_str(text: &str) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|_| format!("`{text}` is no address, such as `http://127.0.0.1:8080`"))?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        let is_origin = matches!(uri.path(), "" | "/") && uri.query().is_none() && !text.contains('#');
        let (Some("http"), Some(authority), true) = (uri.scheme_str(), authority, is_origin) else {
            return Err(
                "an address such as `http://127.0.0.1:8080` is needed, with neither a path nor a name".to_owned()
            );
        };
        let port = match authority.port() {
            Some(port) => port.as_u16(),
            None if authority.as_str().len() == authority.host().len() => 80,
            None => return Err(format!("`{authority}` has no port that there is")),
        };
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        let hosts = match host.parse::<IpAddr>() {
            Ok(host) if host.is_loopback() => vec![host],
            _ if host.eq_ignore_ascii_case("localhost") => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            _ => return Err(format!("`{host}` is not this machine: 127.0.0.0/8, ::1 and localhost are")),
        };
        let addresses = hosts.into_iter().map(|host| SocketAddr::new(host, port)).collect();
        Ok(Self { authority: authority.as_str().to_owned(), addresses })
    }
}

impl fmt::Display for Loopback {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "http://{}", self.authority)
    }
}

/// Whether a request with `headers` comes from a page of the preview that it was sent to.
pub(super) fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
    let origin = text("host").map(|host| [b"http://", host].concat());
    headers.contains_key(FROM_PAGE)
        && text("sec-fetch-site").is_none_or(|site| site == b"same-origin")
        && text("origin").is_none_or(|stated| origin.as_deref() == Some(stated))
}

/// What the service says to `request`, or why it says nothing.
pub(super) async fn pass_on(service: &Loopback, request: Request) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > MOST) {
        return failure(StatusCode::PAYLOAD_TOO_LARGE, "The preview passes on no more than 64 MB.");
    }
    let request = match outgoing(service, request) {
        Some(request) => request,
        None => return failure(StatusCode::BAD_REQUEST, "That is no request that can be passed on."),
    };
    let stream = match timeout(CONNECTING, TcpStream::connect(&*service.addresses)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            let words = format!("Nothing answers at {service}: {error}. Is the service running?");
            return failure(StatusCode::BAD_GATEWAY, &words);
        }
        Err(_) => return failure(StatusCode::GATEWAY_TIMEOUT, &format!("{service} accepts no connection.")),
    };
    let exchange = async {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // It ends with the answer, or when nobody wants that any more; what goes wrong then the answer tells.
        tokio::spawn(async move { drop(connection.await) });
        sender.send_request(request).await
    };
    match timeout(ANSWERING, exchange).await {
        Ok(Ok(response)) => incoming(response.map(|body| Body::new(Limited::new(body, MOST)))),
        Ok(Err(error)) => {
            let words = format!("{service} accepts a connection, but gives no answer of HTTP: {error}.");
            failure(StatusCode::BAD_GATEWAY, &words)
        }
        Err(_) => {
            let words = format!("{service} has not answered for {} seconds.", ANSWERING.as_secs());
            failure(StatusCode::GATEWAY_TIMEOUT, &words)
        }
    }
}

/// `request` as the service is to see it.
fn outgoing(service: &Loopback, request: Request) -> Option<hyper::Request<Limited<Body>>> {
    let (mut parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("", PathAndQuery::as_str).strip_prefix(PROXY_FOLDER)?;
    parts.uri = format!("/{}", target.strip_prefix('/').unwrap_or(target)).parse().ok()?;
    let cookie = parts.headers.remove(COOKIE);
    let is_kept = |name: &str| !OF_PREVIEW.contains(&name) && !name.starts_with("sec-") && !name.starts_with(OWN);
    parts.headers = passed(parts.headers, |name| is_kept(name).then(|| name.to_owned()));
    parts.headers.insert(header::HOST, HeaderValue::from_str(&service.authority).ok()?);
    parts.headers.extend(cookie.map(|cookie| (header::COOKIE, cookie)));
    parts.extensions.clear();
    Some(hyper::Request::from_parts(parts, Limited::new(body, MOST)))
}

/// `response` as the page is to see it.
fn incoming(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers = passed(parts.headers, |name| match name {
        name if name.starts_with(OWN) => None,
        name if OF_BROWSER.contains(&name) => Some(format!("{OWN}{name}")),
        name => Some(name.to_owned()),
    });
    // A script cannot ask for a redirect without following it.
    if parts.status.is_redirection() && parts.headers.contains_key(header::LOCATION) {
        let status = HeaderValue::from_str(&parts.status.to_string());
        parts.headers.extend(status.map(|status| (HeaderName::from_static(STATUS), status)));
        parts.status = StatusCode::OK;
    }
    parts.extensions.clear();
    Response::from_parts(parts, body)
}

/// `headers` without those about the connection, each under the name that `name` gives it.
fn passed(headers: HeaderMap, name: impl Fn(&str) -> Option<String>) -> HeaderMap {
    let named = headers.get_all(header::CONNECTION).iter().filter_map(|value| value.to_str().ok());
    let named: Vec<String> = named.flat_map(|value| value.split(',')).map(|name| name.trim().to_lowercase()).collect();
    let is_of_connection = |name: &str| OF_CONNECTION.contains(&name) || named.iter().any(|named| named == name);
    let mut passed = HeaderMap::new();
    for (known, value) in headers.iter().filter(|(known, _)| !is_of_connection(known.as_str())) {
        let new = name(known.as_str()).and_then(|name| HeaderName::from_bytes(name.as_bytes()).ok());
        passed.extend(new.map(|name| (name, value.clone())));
    }
    passed
}

fn failure(status: StatusCode, words: &str) -> Response {
    let headers = [
        (HeaderName::from_static(FAILURE), "1"),
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, words.to_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::Loopback;

    #[test]
    fn only_this_machine_is_a_target() {
        let cases = [
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://127.8.9.1:8080/", Some("http://127.8.9.1:8080")),
            ("http://localhost", Some("http://localhost")),
            ("http://LOCALHOST:80", Some("http://LOCALHOST:80")),
            ("http://[::1]:3000", Some("http://[::1]:3000")),
            ("https://127.0.0.1:8080", None),
            ("http://127.0.0.1:8080/v1", None),
            ("http://127.0.0.1:8080/?a", None),
            ("http://127.0.0.1:8080#a", None),
            ("http://me@127.0.0.1:8080", None),
            ("http://127.0.0.1@evil.example", None),
            ("http://127.0.0.1.evil.example", None),
            ("http://localhost.evil.example:80", None),
            ("http://evil.localhost:80", None),
            ("http://192.168.1.1", None),
            ("http://0.0.0.0:80", None),
            ("http://[::]:80", None),
            ("http://[::ffff:127.0.0.1]:80", None),
            ("http://[::ffff:10.0.0.1]:80", None),
            ("http://169.254.169.254", None),
            ("http://2130706433:80", None),
            ("http://127.1:80", None),
            ("http://127.0.0.1:99999", None),
            ("127.0.0.1:8080", None),
            ("localhost", None),
            ("8080", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = text.parse::<Loopback>().ok().map(|target| target.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
