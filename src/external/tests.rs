//! Servers that answer in every way -> what is made of it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

use super::attempt::{agent, ask};
use super::{Address, Answer, Answers};

/// A server of which each path says how it answers, until the process ends: `/404`, `/head-405`, `/to/200`, `/503-once`.
fn server() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut request = String::new();
            let mut reader = BufReader::new(connection.try_clone().unwrap());
            reader.read_line(&mut request).unwrap();
            let mut header = String::from("x");
            while !header.trim().is_empty() {
                header.clear();
                reader.read_line(&mut header).unwrap();
            }
            let words: Vec<&str> = request.split(' ').collect();
            let (method, path) = (words[0], words[1].trim_start_matches('/'));
            let before =
                heard.lock().unwrap().iter().filter(|heard: &&String| heard.ends_with(&format!(" {path}"))).count();
            heard.lock().unwrap().push(format!("{method} {path}"));
            if path == "no-head" && method == "HEAD" {
                continue;
            }
            let (status, header) = match path.split_once('/') {
                Some(("to", place)) => ("302", format!("Location: /{place}\r\n")),
                _ if path == "round" => ("302", "Location: /round\r\n".to_owned()),
                _ if path == "no-head" => ("200", String::new()),
                _ if path == "head-405" => (if method == "HEAD" { "405" } else { "200" }, String::new()),
                _ if path == "503-once" => (if before < 2 { "503" } else { "200" }, "Retry-After: 1\r\n".to_owned()),
                _ if path == "503" => ("503", "Retry-After: 3600\r\n".to_owned()),
                _ => (path, String::new()),
            };
            let _ =
                write!(connection, "HTTP/1.1 {status} So\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    (place, asked)
}

/// The address as it would be if this machine were a public one.
fn address(url: &str) -> Address {
    Address { url: url.to_owned(), host: "127.0.0.1".to_owned() }
}

#[test]
fn what_servers_answer() {
    let (place, asked) = server();
    let there = || Answer::There;
    let silent = |why: &str| Answer::Silent(why.to_owned());
    let cases = [
        ("200", there(), "HEAD 200"),
        ("204", there(), "HEAD 204"),
        ("404", Answer::Gone("404 Not Found".to_owned()), "HEAD 404, GET 404"),
        ("410", Answer::Gone("410 Gone".to_owned()), "HEAD 410, GET 410"),
        ("401", there(), "HEAD 401, GET 401"),
        ("403", there(), "HEAD 403, GET 403"),
        ("head-405", there(), "HEAD head-405, GET head-405"),
        ("no-head", there(), "HEAD no-head, GET no-head"),
        ("to/200", there(), "HEAD to/200, HEAD 200"),
        ("to/404", Answer::Gone("404 Not Found".to_owned()), "HEAD to/404, HEAD 404, GET to/404, GET 404"),
        ("503-once", there(), "HEAD 503-once, GET 503-once, HEAD 503-once"),
        // It asks for more time than anybody has.
        ("503", silent("503 Service Unavailable"), "HEAD 503, GET 503"),
    ];
    for (path, expected, requests) in cases {
        asked.lock().unwrap().clear();
        assert_eq!(ask(&agent(), &address(&format!("http://{place}/{path}"))), expected, "{path}");
        assert_eq!(asked.lock().unwrap().join(", "), requests, "{path}");
    }
    assert_eq!(ask(&agent(), &address(&format!("http://{place}/round"))), silent("it leads on and on"));
}

#[test]
fn who_is_not_there() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let answer = ask(&agent(), &address(&format!("http://{nobody}/")));
    assert_eq!(answer, Answer::Silent("the connection is refused".to_owned()));
}

#[test]
fn what_was_there_is_believed_for_a_while() {
    let urls = ["http://a.de/", "http://b.de/", "http://c.de/"].map(|url| Address::of(url).unwrap());
    let given = [Answer::There, Answer::Gone("404 Not Found".to_owned()), Answer::Silent("503".to_owned())];
    let answers = Answers::default().joined(urls.iter().cloned().zip(given.clone()).collect(), 1000);
    assert_eq!(Answers::from_bytes(&answers.to_bytes()).as_ref(), Some(&answers));
    assert_eq!(Answers::from_bytes(&answers.to_bytes()[1..]), None);
    let believed = |second: u64| urls.clone().map(|address| answers.was_there_since(&address, second));
    assert_eq!((believed(1000), believed(1001)), ([true, false, false], [false; 3]));
    assert_eq!(urls.clone().map(|address| answers.of(&address).cloned()), given.map(Some));
    let first = BTreeSet::from([urls[0].clone()]);
    assert_eq!(answers.only(&first).len(), 1);
    assert!(!answers.are_of_nobody());
    assert!(answers.only(&BTreeSet::from([urls[2].clone()])).are_of_nobody());
}
