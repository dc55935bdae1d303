//! Requests -> files of the current edition.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::serve::ListenerExt;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::address::{Target, find, media_type};
use super::board::Board;
use super::listener::Listener;
use super::page::{CLIENT, CLIENT_FOLDER};
use super::proxy::{self, Loopback, PROXY_FOLDER};
use super::range::{Wanted, wanted};
use super::shelf::File;

/// How long a page waits before it looks for a server that is gone.
const RETRY: Duration = Duration::from_millis(500);

const TEXT: &str = "text/plain; charset=utf-8";

#[derive(Clone)]
struct Server {
    board: Arc<Board>,
    interface: IpAddr,
    /// The service that pages may send requests to.
    service: Option<Arc<Loopback>>,
}

/// Answers requests until the process is interrupted.
pub(super) async fn run(
    listener: TcpListener,
    board: Arc<Board>,
    interface: IpAddr,
    service: Option<Loopback>,
) -> io::Result<()> {
    let router = Router::new()
        .route(&format!("{CLIENT_FOLDER}{{name}}"), get(client))
        .route(&format!("{CLIENT_FOLDER}events"), get(events))
        .route(&format!("{PROXY_FOLDER}/"), any(proxied))
        .route(&format!("{PROXY_FOLDER}/{{*path}}"), any(proxied))
        .fallback(file)
        .with_state(Server { board, interface, service: service.map(Arc::new) });
    // News are short, and must not wait for more.
    let listener = listener.tap_io(|connection| {
        // Without it they are late, no more.
        let _ = connection.set_nodelay(true);
    });
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

async fn client(Path(name): Path<String>) -> Response {
    match CLIENT.iter().find(|(module, _)| *module == name) {
        Some((_, text)) => respond(StatusCode::OK, media_type(&name), *text),
        None => respond(StatusCode::NOT_FOUND, TEXT, "There is no such module."),
    }
}

/// A stream of news, beginning with how things stand. The query says whose (`page`: the path of its address) and what the
/// page knows (`seen`); a browser that lost the connection says that itself.
async fn events(
    State(server): State<Server>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    if !server.is_addressed(&headers) {
        return Err(StatusCode::FORBIDDEN);
    }
    let query = query.unwrap_or_default();
    let value = |key: &str| query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
    let page = percent_decode_str(value("page").unwrap_or_default()).decode_utf8_lossy().into_owned();
    let again = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let seen = again.or(value("seen")).unwrap_or_default();
    let listener = Listener::new(server.board, page, seen);
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(listener, sender));
    Ok(Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::default()))
}

/// Passes news on until nobody listens any more.
async fn tell(mut listener: Listener, sender: mpsc::Sender<Result<Event, Infallible>>) {
    loop {
        let news = tokio::select! {
            news = listener.next() => news,
            () = sender.closed() => return,
        };
        let Some((seen, news)) = news else { return };
        // News have nothing that JSON cannot say.
        let Ok(news) = serde_json::to_string(&news) else { return };
        let event = Event::default().id(seen).retry(RETRY).data(news);
        if sender.send(Ok(event)).await.is_err() {
            return;
        }
    }
}

/// Passes a request from a page on to the service.
async fn proxied(State(server): State<Server>, request: Request) -> Response {
    let Some(service) = &server.service else {
        return respond(StatusCode::NOT_FOUND, TEXT, "This preview was started without `--try-it-proxy`.");
    };
    if !server.is_addressed(request.headers()) || !proxy::is_own(request.headers()) {
        return respond(StatusCode::FORBIDDEN, TEXT, "Only pages of this preview may send requests through it.");
    }
    proxy::pass_on(service, request).await
}

async fn file(State(server): State<Server>, request: Request) -> Response {
    if !server.is_addressed(request.headers()) {
        return respond(StatusCode::FORBIDDEN, TEXT, "This preview answers only to its own address.");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return respond(StatusCode::METHOD_NOT_ALLOWED, TEXT, "This preview only shows pages.");
    }
    let Some(current) = server.board.current().await else {
        return respond(StatusCode::SERVICE_UNAVAILABLE, TEXT, "The preview is ending.");
    };
    let shelf = &current.shelf;
    let target = find(request.uri().path(), |file| shelf.contains(file));
    match target {
        Target::Invalid => return respond(StatusCode::BAD_REQUEST, TEXT, "That is not an address of a page."),
        Target::Folder(address) => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, address + &query)]).into_response();
        }
        Target::File(path) => {
            if let Some(file) = shelf.file(&path).await {
                return send(&file, media_type(path.as_str()), &request);
            }
        }
        Target::Nothing => {}
    }
    match shelf.missing().await {
        Some(page) => respond(StatusCode::NOT_FOUND, media_type("404.html"), page.bytes),
        None => respond(StatusCode::NOT_FOUND, TEXT, "There is no such page."),
    }
}

/// What `request` wants of `file`.
fn send(file: &File, media_type: &'static str, request: &Request) -> Response {
    let tag = format!("\"{}\"", file.tag);
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    // A part of a file that is no longer the same is of no use.
    let range = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|known| known == tag));
    let length = file.bytes.len();
    let headers = [(header::ETAG, tag), (header::ACCEPT_RANGES, "bytes".to_owned())];
    match range.map_or(Wanted::All, |range| wanted(range, length)) {
        Wanted::All => (headers, respond(StatusCode::OK, media_type, file.bytes.clone())).into_response(),
        Wanted::Part(part) => {
            let place = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            let body = file.bytes.slice(part);
            let answer = respond(StatusCode::PARTIAL_CONTENT, media_type, body);
            (headers, [(header::CONTENT_RANGE, place)], answer).into_response()
        }
        Wanted::Unsatisfiable => {
            let answer = respond(StatusCode::RANGE_NOT_SATISFIABLE, media_type, Bytes::new());
            (headers, [(header::CONTENT_RANGE, format!("bytes */{length}"))], answer).into_response()
        }
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
