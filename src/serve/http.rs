//! Requests -> files of the current snapshot.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt, once};

use super::snapshot::Board;
use crate::output::SitePath;

/// The module that open pages run: it listens for news and shows problems.
const CLIENT: &str = include_str!("client/live.js");

/// What is put before the end of every page.
const CLIENT_TAG: &str = "<script type=\"module\" src=\"/_livedoc/live.js\"></script>";

#[derive(Clone)]
struct Server {
    board: Arc<Board>,
    interface: IpAddr,
}

/// Answers requests until the process is interrupted.
pub(super) async fn run(listener: TcpListener, board: Arc<Board>, interface: IpAddr) -> io::Result<()> {
    let router = Router::new()
        .route("/_livedoc/live.js", get(|| async { respond(StatusCode::OK, "text/javascript; charset=utf-8", CLIENT) }))
        .route("/_livedoc/events", get(events))
        .fallback(file)
        .with_state(Server { board, interface });
    let interrupted = async {
        // Without a signal to wait for, the server runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    // Open event streams never end by themselves, so an interrupt does not wait for them.
    tokio::select! {
        served = axum::serve(listener, router) => served,
        () = interrupted => Ok(()),
    }
}

/// A stream of news, beginning with how things stand.
async fn events(
    State(server): State<Server>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    if !server.is_addressed(&headers) {
        return Err(StatusCode::FORBIDDEN);
    }
    let (now, receiver) = server.board.subscribe();
    // A listener that fell behind finds out from the version number of the next news.
    let later = BroadcastStream::new(receiver).filter_map(Result::ok);
    let texts = once(Arc::new(now)).chain(later).filter_map(|news| serde_json::to_string(&*news).ok());
    Ok(Sse::new(texts.map(|text| Ok(Event::default().data(text)))).keep_alive(KeepAlive::default()))
}

async fn file(State(server): State<Server>, request: Request) -> Response {
    if !server.is_addressed(request.headers()) {
        return respond(
            StatusCode::FORBIDDEN,
            "text/plain; charset=utf-8",
            "This preview answers only to its own address.",
        );
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return respond(StatusCode::METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "This preview only shows pages.");
    }
    let site = &server.board.current().site;
    let decoded = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let path = decoded.trim_start_matches('/');
    if decoded.contains('\0') || path.split('/').any(|part| part == "..") {
        return respond(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", "That is not an address of a page.");
    }
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(bytes) = site.get(&SitePath::new(&file)) {
        return respond(StatusCode::OK, media_type(&file), prepare(&file, bytes, ""));
    }
    if !file.ends_with("index.html") && site.get(&SitePath::new(&format!("{file}/index.html"))).is_some() {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        // Relative to the host, whatever the path begins with: `//evil` must not become an address of its own.
        let location = format!("/{}/{query}", request.uri().path().trim_matches('/'));
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response();
    }
    match site.get(&SitePath::new("404.html")) {
        // Links on that page start from the root, wherever it is shown.
        Some(bytes) => {
            respond(StatusCode::NOT_FOUND, media_type("404.html"), prepare("404.html", bytes, "<base href=\"/\">"))
        }
        None => respond(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "There is no such page."),
    }
}

impl Server {
    /// Whether the request names this server. A page of another site can make the reader's browser send requests here
    /// under a name of its own (DNS rebinding); it must not read the sources. A preview that is opened to the network
    /// has more names than it can know.
    fn is_addressed(&self, headers: &HeaderMap) -> bool {
        if !self.interface.is_loopback() {
            return true;
        }
        let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return true };
        let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name });
        let name = name.trim_matches(['[', ']']);
        name == "localhost" || name.ends_with(".localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }
}

fn respond(status: StatusCode, media_type: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        // What is served changes with every save.
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body.into()).into_response()
}

/// The bytes of `file`; a page gets `head` and the client.
fn prepare(file: &str, bytes: &Arc<[u8]>, head: &str) -> Vec<u8> {
    if !file.ends_with(".html") {
        return bytes.to_vec();
    }
    let page = String::from_utf8_lossy(bytes);
    let page = match page.find("<head>") {
        Some(at) if !head.is_empty() => {
            let (before, after) = page.split_at(at + "<head>".len());
            format!("{before}{head}{after}")
        }
        _ => page.into_owned(),
    };
    let end = page.rfind("</body>").unwrap_or(page.len());
    format!("{}{CLIENT_TAG}{}", &page[..end], &page[end..]).into_bytes()
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "wasm" => "application/wasm",
        "txt" | "md" | "yaml" | "yml" | "toml" | "rs" | "sh" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
