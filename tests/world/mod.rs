//! A proxy behind which all of the world is one host.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What was asked for: method and address.
pub(crate) type Heard = Arc<Mutex<Vec<String>>>;

/// A proxy, by its address, behind which a host `status.dev` answers with the status that its path names, and no other host is.
pub(crate) fn world() -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = format!("http://{}", listener.local_addr().unwrap());
    let heard = Heard::default();
    let all = Arc::clone(&heard);
    thread::spawn(move || {
        for connection in listener.incoming() {
            let heard = Arc::clone(&all);
            thread::spawn(move || serve(connection.unwrap(), &heard));
        }
    });
    (place, heard)
}

fn serve(mut connection: TcpStream, heard: &Heard) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut host = String::new();
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request).unwrap_or(0) == 0 {
            return;
        }
        let mut header = String::from("x");
        while !header.trim().is_empty() {
            header.clear();
            reader.read_line(&mut header).unwrap();
        }
        let words: Vec<&str> = request.split(' ').collect();
        let (method, target) = (words[0], words[1]);
        if method == "CONNECT" {
            host = format!("http://{}", target.trim_end_matches(":80"));
            write!(connection, "HTTP/1.1 200 Fine\r\n\r\n").unwrap();
            continue;
        }
        let address = if target.starts_with('/') { format!("{host}{target}") } else { target.to_owned() };
        heard.lock().unwrap().push(format!("{method} {address}"));
        let status = address.strip_prefix("http://status.dev/").unwrap_or("502");
        let _ = write!(connection, "HTTP/1.1 {status} So\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n");
    }
}
