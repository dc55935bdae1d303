//! The preview around an editor that makes up its editions.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tokio::net::TcpListener;

use super::board::Board;
use super::edition::{Edited, Edition, Editor};
use super::listener::Listener;
use super::problem::Problems;
use super::watch::Watch;
use super::{PATIENCE, http, publish_editions};
use crate::config::{Loaded, Request, load};
use crate::discover::Changes;
use crate::output::SitePath;

/// Files and what was edited; how often each file was made; and a file that is made only when it may be.
#[derive(Default)]
struct Made {
    files: BTreeMap<String, String>,
    edited: Vec<SitePath>,
    problems: Problems,
    made: AtomicUsize,
    may_end: Mutex<Option<mpsc::Receiver<()>>>,
}

impl Edition for Made {
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.made.fetch_add(1, Ordering::SeqCst);
        if path.as_str() == "slow.bin" {
            self.may_end.lock().unwrap().take().unwrap().recv().unwrap();
        }
        self.files.get(path.as_str()).map(|text| text.as_bytes().into())
    }

    fn contains(&self, path: &SitePath) -> bool {
        self.files.contains_key(path.as_str())
    }

    fn edited(&self) -> &[SitePath] {
        &self.edited
    }

    fn problems(&self) -> &Problems {
        &self.problems
    }
}

/// An edition in which `edited` (files with their texts) are new, besides a page that never changes.
fn edition(edited: &[(&str, &str)], errors: usize) -> Arc<Made> {
    let files = edited.iter().copied().chain([("same.html", "same"), ("404.html", "nothing")]);
    Arc::new(Made {
        files: files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect(),
        edited: edited.iter().map(|(path, _)| SitePath::new(path)).collect(),
        problems: Problems { errors, ..Problems::default() },
        ..Made::default()
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn served(runtime: &tokio::runtime::Runtime, board: &Arc<Board>) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(http::run(listener, Arc::clone(board), IpAddr::from([127, 0, 0, 1]), None));
    address
}

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn files_are_made_when_they_are_asked_for_and_once() {
    let runtime = runtime();
    let board = Arc::new(Board::new(1, false, None));
    let address = served(&runtime, &board);
    // Whoever comes early waits for the first edition.
    let early = thread::spawn(move || get(address, "/same.html"));
    let (end, may_end) = mpsc::channel();
    let mut edition = edition(&[("slow.bin", "slow"), ("other.html", "other")], 0);
    Arc::get_mut(&mut edition).unwrap().may_end = Mutex::new(Some(may_end));
    thread::sleep(Duration::from_millis(20));
    board.publish(Arc::clone(&edition) as Arc<dyn Edition>);
    assert!(early.join().unwrap().contains("same"));
    assert_eq!(edition.made.load(Ordering::SeqCst), 1, "one page was asked for, and nothing else is made");

    let slow = [(); 5].map(|()| thread::spawn(move || get(address, "/slow.bin")));
    thread::sleep(Duration::from_millis(20));
    assert!(get(address, "/same.html").contains("same"), "others do not wait");
    end.send(()).unwrap();
    for answer in slow {
        assert!(answer.join().unwrap().ends_with("\r\n\r\nslow"));
    }
    for path in ["/nowhere", "/nowhere/else.html"] {
        assert!(get(address, path).starts_with("HTTP/1.1 404"));
    }
    assert_eq!(edition.made.load(Ordering::SeqCst), 3, "`same.html`, `slow.bin`, `404.html`");
}

/// What a listener is told next, as JSON.
fn told(runtime: &tokio::runtime::Runtime, listener: &mut Listener) -> serde_json::Value {
    let next = async { tokio::time::timeout(Duration::from_secs(20), listener.next()).await };
    let (_, news) = runtime.block_on(next).unwrap().unwrap();
    serde_json::to_value(news).unwrap()
}

#[test]
fn pages_are_told_what_concerns_them() {
    let runtime = runtime();
    let board = Arc::new(Board::new(7, false, None));
    let listen = |page: &str, seen: &str| Listener::new(Arc::clone(&board), page.to_owned(), seen);
    board.publish(edition(&[("a/index.html", "one"), ("style.css", "")], 0));
    let (mut a, mut same) = (listen("/a/", "7.1"), listen("/same.html", "7.1"));
    let first = [told(&runtime, &mut a), told(&runtime, &mut same)];
    assert_eq!(first[0]["changed"], serde_json::json!([]), "what was there before is no news");

    board.publish(edition(&[("a/index.html", "two")], 0));
    let second = [told(&runtime, &mut a), told(&runtime, &mut same)];
    assert_ne!(second[0]["page"], first[0]["page"]);
    assert!(second[0]["html"].as_str().unwrap().starts_with("two"), "it need not ask for the page");
    assert_eq!((&first[0]["html"], &second[1]["html"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(second[1]["page"], first[1]["page"], "another page is the same");
    assert_eq!(second[1]["changed"], serde_json::json!(["a/index.html"]));

    board.publish(edition(&[("a/index.html", "three"), ("style.css", "new")], 1));
    let broken = told(&runtime, &mut a);
    assert_eq!((&broken["page"], &broken["errors"]), (&second[0]["page"], &1.into()), "the last good edition stays");
    assert_eq!(broken["changed"], serde_json::json!([]));

    board.publish(edition(&[("a/index.html", "four")], 0));
    let mended = told(&runtime, &mut a);
    assert_eq!(mended["changed"], serde_json::json!(["a/index.html"]), "all since it was told that is still there");
    assert_eq!(mended["version"], 4);

    board.publish(edition(&[], 0));
    let gone = told(&runtime, &mut a);
    assert_eq!(gone["page"], told(&runtime, &mut listen("/nowhere", ""))["page"], "what stands for a missing page");
    board.publish(edition(&[("style.css", "newer"), ("b.html", "b")], 0));
    for (seen, changed) in
        [("7.2", vec!["style.css", "b.html"]), ("7.6", vec![]), ("6.2", vec![]), ("7", vec![]), ("x", vec![])]
    {
        let again = told(&runtime, &mut listen("/same.html", seen));
        assert_eq!(again["changed"], serde_json::json!(changed), "a page that comes back and knows of {seen}");
        assert_eq!(again["page"], first[1]["page"]);
    }
}

#[test]
fn one_page_goes_to_what_is_edited() {
    let runtime = runtime();
    for navigate in [false, true] {
        let board = Arc::new(Board::new(1, navigate, None));
        let listen = |page: &str| Listener::new(Arc::clone(&board), page.to_owned(), "1.1");
        board.publish(edition(&[], 0));
        let (mut first, mut last) = (listen("/"), listen("/same.html"));
        for listener in [&mut first, &mut last] {
            assert_eq!(told(&runtime, listener)["follow"], serde_json::Value::Null);
        }
        board.publish(edition(&[("style.css", ""), ("b c/index.html", "b"), ("d.html", "d")], 0));
        assert_eq!(told(&runtime, &mut first)["follow"], serde_json::Value::Null);
        let expected = if navigate { "/b%20c/".into() } else { serde_json::Value::Null };
        assert_eq!(told(&runtime, &mut last)["follow"], expected);

        drop(last);
        let mut there = listen("/d.html");
        told(&runtime, &mut there);
        board.publish(edition(&[("b c/index.html", "b"), ("d.html", "e")], 0));
        for listener in [&mut first, &mut there] {
            assert_eq!(told(&runtime, listener)["follow"], serde_json::Value::Null, "somebody looks at it already");
        }
    }
}

/// An editor that waits to be overtaken, and tells what it was asked.
struct Slow {
    loaded: Loaded,
    asked: mpsc::Sender<(Changes, bool)>,
    patience: Duration,
}

impl Editor for Slow {
    fn edit(&mut self, changes: &Changes, overtaken: &dyn Fn() -> bool) -> Edited {
        let start = Instant::now();
        let wants = !matches!(changes, Changes::Everything);
        while wants && !overtaken() && start.elapsed() < self.patience {
            thread::sleep(Duration::from_millis(1));
        }
        let given_up = wants && overtaken();
        // The test may be over.
        let _ = self.asked.send((changes.clone(), given_up));
        if given_up { Edited::Overtaken } else { Edited::Edition(edition(&[], 0)) }
    }

    fn report(&mut self) {}

    fn loaded(&self) -> &Loaded {
        &self.loaded
    }
}

/// A repository, and what an editor is asked to do who waits so long to be overtaken.
fn slow(patience: Duration) -> (tempfile::TempDir, mpsc::Receiver<(Changes, bool)>) {
    let folder = tempfile::tempdir().unwrap();
    let request = Request {
        folder: folder.path().to_path_buf(),
        configuration: None,
        variables: vec![],
        flags: vec![],
        extractors: vec![],
    };
    let loaded = load(&request).unwrap();
    let (asked, asks) = mpsc::channel();
    let watch = Watch::begin(&loaded);
    let editor = Slow { loaded, asked, patience };
    thread::spawn(move || publish_editions(editor, watch, &Board::new(1, false, None)));
    let first = asks.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!(first, (Changes::Everything, false));
    (folder, asks)
}

fn names(changes: &Changes) -> Vec<String> {
    let Changes::Paths(paths) = changes else { panic!("{changes:?}") };
    paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_newer_edit_overtakes() {
    let (folder, asks) = slow(Duration::from_secs(10));
    fs::write(folder.path().join("a.md"), "a").unwrap();
    // The editor is at it by then, and waits.
    thread::sleep(Duration::from_millis(100));
    fs::write(folder.path().join("b.md"), "b").unwrap();
    let (changes, given_up) = asks.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!((names(&changes), given_up), (vec!["a.md".to_owned()], true));
    fs::write(folder.path().join("c.md"), "c").unwrap();
    let (changes, _) = asks.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(names(&changes).starts_with(&["a.md".to_owned(), "b.md".to_owned()]), "nothing is forgotten: {changes:?}");
}

#[test]
fn whoever_writes_on_and_on_is_shown_something() {
    let (folder, asks) = slow(Duration::from_secs(10));
    let path = folder.path().join("a.md");
    let (stop, stopped) = mpsc::channel::<()>();
    let writer = thread::spawn(move || write_on(&path, &stopped));
    let given_up: Vec<bool> = (0..PATIENCE).map(|_| asks.recv_timeout(Duration::from_secs(20)).unwrap().1).collect();
    assert_eq!(given_up, vec![true; PATIENCE as usize]);
    // Nobody overtakes it any more, so this one waits until its patience ends.
    let (_, given_up) = asks.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(!given_up);
    stop.send(()).unwrap();
    writer.join().unwrap();
}

fn write_on(path: &Path, stopped: &mpsc::Receiver<()>) {
    let mut count = 0;
    while stopped.recv_timeout(Duration::from_millis(30)).is_err() {
        count += 1;
        fs::write(path, format!("{count}")).unwrap();
    }
}
