//! `livedoc serve` on a small repository of its own, and requests as they come from anywhere.

#![allow(clippy::unwrap_used, dead_code, reason = "a failing test may panic, and each test uses what it needs")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that ends with the test.
pub(crate) struct Preview {
    process: Child,
    pub(crate) address: String,
    pub(crate) folder: tempfile::TempDir,
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing more to do then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) const GUIDE: &str = "# First day\n\nRead [the second](second.md).\n";

pub(crate) fn preview() -> Preview {
    preview_with(&[])
}

pub(crate) fn preview_with(flags: &[&str]) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "docs/first-day.md", GUIDE);
    write(folder.path(), "docs/second.md", "# Second\n\nMore.\n");
    let mut process = Command::new(env!("CARGO_BIN_EXE_livedoc"))
        .args(["serve", "--port", "0", "--color", "never"])
        .args(flags)
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut address = None;
    let mut rest = lines;
    for line in rest.by_ref() {
        let line = line.unwrap();
        if let Some((_, after)) = line.split_once("http://") {
            address = Some(after.split(['/', ' ']).next().unwrap().to_owned());
            break;
        }
    }
    // The pipe must not fill up.
    std::thread::spawn(move || rest.for_each(drop));
    Preview { process, address: address.expect("the server says where it listens"), folder }
}

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Sends `request` as it is and gives the whole answer.
pub(crate) fn send(preview: &Preview, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The server may hang up in the middle of a request that it will not have.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

pub(crate) fn get(preview: &Preview, path: &str) -> String {
    let address = &preview.address;
    send(preview, format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
}

pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}
