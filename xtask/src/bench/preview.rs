//! `livedoc serve`, as an open page talks to it: its news, and its pages.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A server that ends when this does.
pub(crate) struct Preview {
    server: Child,
    /// `127.0.0.1:4747`
    host: String,
}

impl Preview {
    /// Serves `folder` on a free port.
    ///
    /// # Errors
    /// It cannot be started, or does not say where it listens.
    pub(crate) fn open(program: &Path, folder: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0"]).current_dir(folder);
        let mut server = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = server.stdout.take().map(BufReader::new);
        let mut preview = Self { server, host: String::new() };
        let first = said.and_then(|said| said.lines().next()).transpose()?.unwrap_or_default();
        let address = first.split_once("http://").and_then(|(_, rest)| rest.split('/').next());
        let silent = || io::Error::other(format!("livedoc serve does not say where it listens: {first}"));
        preview.host = address.ok_or_else(silent)?.to_owned();
        Ok(preview)
    }

    /// The page at `path`, once there is one.
    ///
    /// # Errors
    /// The server cannot be reached, or has no such page for long.
    pub(crate) fn page(&self, path: &str) -> io::Result<String> {
        let start = Instant::now();
        loop {
            let mut answer = Vec::new();
            self.ask(path)?.read_to_end(&mut answer)?;
            let answer = String::from_utf8_lossy(&answer).into_owned();
            let status = answer.lines().next().unwrap_or_default();
            if status.contains(" 200 ") {
                return Ok(answer);
            }
            if start.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("{path}: {status}")));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Something for each news that an open page at `path` is told.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub(crate) fn news(&self, path: &str) -> io::Result<Receiver<()>> {
        let stream = BufReader::new(self.ask(&format!("_livedoc/events?page=/{path}"))?);
        let (sender, news) = channel();
        thread::spawn(move || {
            let lines = stream.split(b'\n').map_while(Result::ok);
            // Until the server ends or nobody wants to hear more.
            lines.filter(|line| line.starts_with(b"data:")).all(|_| sender.send(()).is_ok())
        });
        Ok(news)
    }

    fn ask(&self, path: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_nodelay(true)?;
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host)?;
        Ok(stream)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // One that has ended by itself needs no ending.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
