//! The preview's proxy to a service on this machine: what reaches that, and who may not.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod preview;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use preview::{Preview, get, preview_with, send, status};

/// A service on this machine that answers with what it was asked. Gives its address.
fn service() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.incoming().for_each(|stream| drop(answer(stream.unwrap()))));
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let from = head.len();
        reader.read_line(&mut head)?;
        let line = head[from..].to_lowercase();
        length = line.strip_prefix("content-length:").map_or(length, |length| length.trim().parse().unwrap());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked = format!("{head}{}", String::from_utf8_lossy(&body));
    let headers = "Set-Cookie: a=1\r\nX-Livedoc-Failure: 1\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n";
    let (status, more) = match head.split(' ').nth(1).unwrap_or_default() {
        "/away" => ("302 Found", "Location: http://evil.example/\r\n"),
        "/broken" => return stream.write_all(b"220 mail.example ESMTP\r\n"),
        _ => ("201 Created", ""),
    };
    let length = asked.len();
    write!(stream, "HTTP/1.1 {status}\r\n{headers}{more}Content-Length: {length}\r\n\r\n{asked}")
}

/// A request through the proxy, with headers that a page of the preview at `address` sends and `more`.
fn proxied(preview: &Preview, method: &str, path: &str, more: &str) -> String {
    let address = &preview.address;
    let own = format!("X-Livedoc-Try-It: 1\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n");
    let head =
        format!("{method} /_livedoc/proxy{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{own}{more}");
    send(preview, format!("{head}\r\n").as_bytes())
}

#[test]
fn pages_reach_a_service_through_the_proxy() {
    let service = service();
    let preview = preview_with(&["--try-it-proxy", &service]);
    let page = get(&preview, "/guides/first-day/");
    assert!(page.contains(&format!("data-proxy=\"{service}\"")), "{page}");

    let body = "Cookie: theirs=1\r\nX-Livedoc-Cookie: sid=2\r\nReferer: http://here/\r\nX-Key: k\r\nContent-Length: 4\r\n\r\nbody";
    let answer = proxied(&preview, "POST", "/v1/a%2Fb?q=%20&q", body);
    let (head, asked) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(status(head), 201, "{answer}");
    assert!(asked.starts_with("POST /v1/a%2Fb?q=%20&q HTTP/1.1\r\n") && asked.ends_with("\r\n\r\nbody"), "{asked}");
    let (asked, head) = (asked.to_lowercase(), head.to_lowercase());
    for sent in
        [format!("host: {}\r\n", &service["http://".len()..]), "cookie: sid=2\r\n".into(), "x-key: k\r\n".into()]
    {
        assert!(asked.contains(&sent), "{sent}: {asked}");
    }
    for held_back in ["theirs", "origin:", "referer:", "sec-fetch", "x-livedoc", "connection:"] {
        assert!(!asked.contains(held_back), "{held_back}: {asked}");
    }
    assert!(head.contains("x-livedoc-set-cookie: a=1"), "{head}");
    for held_back in ["\r\nset-cookie", "x-livedoc-failure", "x-hop"] {
        assert!(!head.contains(held_back), "{held_back}: {head}");
    }

    let away = proxied(&preview, "GET", "/away", "").to_lowercase();
    assert!(
        status(&away) == 200 && away.contains("x-livedoc-status: 302 found"),
        "a redirect is told, not followed: {away}"
    );
    let broken = proxied(&preview, "GET", "/broken", "");
    assert!(status(&broken) == 502 && broken.contains("no answer of HTTP"), "{broken}");
    let options = proxied(&preview, "OPTIONS", "/", "");
    assert!(status(&options) == 201 && options.contains("OPTIONS / HTTP/1.1"), "{options}");
    let long = proxied(&preview, "POST", "/", "Content-Length: 99999999999\r\n");
    assert_eq!(status(&long), 413, "{long}");
}

#[test]
fn nobody_else_reaches_a_service_through_the_proxy() {
    let preview = preview_with(&["--try-it-proxy", &service()]);
    let address = &preview.address;
    let port = address.rsplit(':').next().unwrap();
    let own = "X-Livedoc-Try-It: 1\r\n";
    let cases = [
        (
            "a form of another site",
            format!("Host: {address}\r\nOrigin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\n"),
        ),
        ("a link, an image, a script", format!("Host: {address}\r\n")),
        (
            "a page at another port",
            format!("Host: {address}\r\n{own}Origin: http://127.0.0.1:1\r\nSec-Fetch-Site: same-site\r\n"),
        ),
        ("an old browser", format!("Host: {address}\r\n{own}Origin: http://evil.example\r\n")),
        ("a page without an origin", format!("Host: {address}\r\n{own}Origin: null\r\n")),
        (
            "DNS rebinding",
            format!(
                "Host: evil.example:{port}\r\n{own}Origin: http://evil.example:{port}\r\nSec-Fetch-Site: same-origin\r\n"
            ),
        ),
        (
            "a browser that asks first",
            format!(
                "Host: {address}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Headers: x-livedoc-try-it\r\n"
            ),
        ),
    ];
    for (who, headers) in cases {
        for method in ["GET", "POST", "OPTIONS"] {
            let request = format!(
                "{method} /_livedoc/proxy/x HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: 0\r\n\r\n"
            );
            let answer = send(&preview, request.as_bytes());
            assert!(
                status(&answer) == 403 && !answer.to_lowercase().contains("access-control-allow"),
                "{who}: {answer}"
            );
        }
    }
    for path in ["//evil.example/", "/http://evil.example/", "/../../x", "@evil.example/"] {
        let answer = proxied(&preview, "GET", path, "");
        assert!([201, 404].contains(&status(&answer)), "it leads to the service, or nowhere: {path}: {answer}");
    }
}

#[test]
fn the_proxy_says_what_is_wrong() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let preview = preview_with(&["--try-it-proxy", &format!("http://{closed}")]);
    let answer = proxied(&preview, "GET", "/", "");
    assert!(status(&answer) == 502 && answer.contains(&format!("Nothing answers at http://{closed}")), "{answer}");

    let without = preview_with(&[]);
    assert_eq!(status(&proxied(&without, "GET", "/", "")), 404);
    assert!(!get(&without, "/guides/first-day/").contains("data-proxy"));

    let cases: [&[&str]; 4] = [
        &["--try-it-proxy", "http://example.com"],
        &["--try-it-proxy", "https://127.0.0.1:8080"],
        &["--try-it-proxy", "http://127.0.0.1:8080/v1"],
        &["--try-it-proxy", "http://127.0.0.1:8080", "--interface", "0.0.0.0", "--port", "0"],
    ];
    for flags in cases {
        let run = Command::new(env!("CARGO_BIN_EXE_livedoc"))
            .arg("serve")
            .args(flags)
            .arg(without.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(
            run.status.code() == Some(2) && said.contains("this machine") | said.contains("127.0.0.1"),
            "{flags:?}: {said}"
        );
    }
}
