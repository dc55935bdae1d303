//! The preview as a browser meets it: a real server on loopback, real edits, hostile requests.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod preview;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use preview::{GUIDE, Preview, get, preview, preview_with, send, status, write};

/// The stream of news of an open page.
struct News(BufReader<TcpStream>);

impl News {
    fn listen(preview: &Preview) -> Self {
        Self::listen_at(preview, "")
    }

    /// The news of the page at `path`.
    fn listen_at(preview: &Preview, path: &str) -> Self {
        let mut stream = TcpStream::connect(&preview.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let address = &preview.address;
        write!(stream, "GET /_livedoc/events?page={path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        Self(BufReader::new(stream))
    }

    fn next(&mut self) -> Value {
        // The stream is kept alive with comments, so reading alone never times out.
        let deadline = Instant::now() + Duration::from_secs(30);
        let mut line = String::new();
        while Instant::now() < deadline {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream of news ended");
            if let Some(data) = line.strip_prefix("data:") {
                return serde_json::from_str(data.trim()).unwrap();
            }
        }
        panic!("no news came");
    }

    /// The first news that `fits`.
    fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let news = self.next();
            if fits(&news) {
                return news;
            }
        }
    }
}

#[test]
fn pages_are_served_from_memory_and_edits_arrive() {
    let preview = preview();
    let page = get(&preview, "/guides/first-day/");
    assert_eq!(status(&page), 200);
    assert!(page.contains("First day") && page.contains("/_livedoc/live.js"), "{page}");
    assert_eq!(status(&get(&preview, "/")), 200);
    assert_eq!(status(&get(&preview, "/nothing/here/")), 404);
    assert!(!preview.folder.path().join("site").exists(), "a preview writes nothing");
    let redirect = get(&preview, "/guides/first-day");
    assert!(status(&redirect) == 307 && redirect.contains("location: /guides/first-day/"), "{redirect}");

    let mut news = News::listen(&preview);
    assert_eq!(news.next()["problems"], serde_json::json!([]));
    write(preview.folder.path(), "docs/first-day.md", "# First day\n\nBring a hat.\n");
    let changed = news.until(|news| !news["changed"].as_array().unwrap().is_empty());
    assert!(
        changed["changed"].as_array().unwrap().iter().any(|path| path == "guides/first-day/index.html"),
        "{changed}"
    );
    assert!(get(&preview, "/guides/first-day/").contains("Bring a hat."));

    // A file in a folder that did not exist, written as editors do: beside its place, then renamed.
    write(preview.folder.path(), "docs/new/page.md.tmp", "# A new page\n");
    fs::rename(preview.folder.path().join("docs/new/page.md.tmp"), preview.folder.path().join("docs/new/page.md"))
        .unwrap();
    news.until(|_| get(&preview, "/guides/new/page/").contains("A new page"));
    write(preview.folder.path(), "docs/new/page.md", "# A newer page\n");
    news.until(|_| get(&preview, "/guides/new/page/").contains("A newer page"));
    fs::remove_dir_all(preview.folder.path().join("docs/new")).unwrap();
    news.until(|_| status(&get(&preview, "/guides/new/page/")) == 404);
}

#[test]
fn what_is_done_at_once_is_news_once() {
    let preview = preview();
    let folder = preview.folder.path();
    for number in 0..300 {
        write(folder, &format!("docs/many/{number}.md"), "# One\n");
    }
    let mut news = News::listen(&preview);
    news.until(|_| status(&get(&preview, "/guides/many/299/")) == 200);
    let save = |path: &str, text: &str| {
        write(folder, &format!("{path}.tmp"), text);
        fs::rename(folder.join(format!("{path}.tmp")), folder.join(path)).unwrap();
    };
    // What is done, and a page that then has words.
    let steps: [(&dyn Fn(), &str, &str); 5] = [
        (&|| save("docs/second.md", "# Second\n\nBy rename.\n"), "second", "By rename."),
        (
            &|| {
                write(folder, "docs/second.md", "# Second\n\nSaved.\n");
                write(folder, "docs/second.md", "# Second\n\nFormatted.\n");
            },
            "second",
            "Formatted.",
        ),
        (
            &|| (0..300).for_each(|number| write(folder, &format!("docs/many/{number}.md"), "# Another\n")),
            "many/299",
            "Another",
        ),
        (&|| fs::rename(folder.join("docs/many"), folder.join("docs/moved")).unwrap(), "moved/299", "Another"),
        (&|| fs::remove_dir_all(folder.join("docs/moved")).unwrap(), "second", "Formatted."),
    ];
    for (number, (act, page, words)) in steps.iter().enumerate() {
        let before = current_version(&preview);
        act();
        let told = news.until(|news| news["version"].as_u64() > Some(before));
        assert!(get(&preview, &format!("/guides/{page}/")).contains(words), "{number}: {told}");
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(current_version(&preview), before + 1, "{number}: it was news more than once");
    }
    for gone in ["many/299", "moved/299"] {
        assert_eq!(status(&get(&preview, &format!("/guides/{gone}/"))), 404, "{gone}");
    }
}

/// The version that a page is told when it comes.
fn current_version(preview: &Preview) -> u64 {
    News::listen(preview).next()["version"].as_u64().unwrap()
}

#[test]
fn a_page_hears_whether_it_changed_itself() {
    let preview = preview_with(&["--navigate"]);
    let mut first = News::listen_at(&preview, "/guides/first-day/");
    let mut second = News::listen_at(&preview, "/guides/second/");
    let (first_before, second_before) = (first.next(), second.next());
    write(preview.folder.path(), "docs/first-day.md", "# First day\n\nBring [a hat](second.md).\n");
    let (first_after, second_after) = (first.next(), second.next());
    assert_ne!(first_before["page"], first_after["page"]);
    assert_eq!(second_before["page"], second_after["page"], "an edit elsewhere is none of its business");
    assert_eq!(second_after["changed"], serde_json::json!(["guides/first-day/index.html"]));
    assert_eq!(second_after["follow"], Value::Null, "somebody looks at it already");
    drop(first);
    // The server notices that a page is gone when it next writes to it.
    std::thread::sleep(Duration::from_millis(200));
    write(preview.folder.path(), "docs/first-day.md", "# First day\n\nBring a hat.\n");
    assert_eq!(second.next()["follow"], "/guides/first-day/");
    fs::remove_file(preview.folder.path().join("docs/second.md")).unwrap();
    let gone = second.until(|news| news["page"] != second_before["page"]);
    assert_eq!(gone["follow"], Value::Null);
    write(preview.folder.path(), "docs/second.md", "# Second\n\nMore.\n");
    second.until(|news| news["page"] != gone["page"]);
}

#[test]
fn parts_of_files_can_be_had() {
    let preview = preview();
    let address = &preview.address;
    let whole = get(&preview, "/graph.json");
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("accept-ranges: bytes"), "{head}");
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let length = body.len();
    let cases = [
        ("bytes=2-5".to_owned(), tag, 206, format!("bytes 2-5/{length}"), &body[2..6]),
        ("bytes=-4".to_owned(), tag, 206, format!("bytes {}-{}/{length}", length - 4, length - 1), &body[length - 4..]),
        (format!("bytes={length}-"), tag, 416, format!("bytes */{length}"), ""),
        ("bytes=2-5".to_owned(), "\"another\"", 200, String::new(), body),
        ("nonsense".to_owned(), tag, 200, String::new(), body),
    ];
    for (range, tag, expected, place, part) in cases {
        let request = format!(
            "GET /graph.json HTTP/1.1\r\nHost: {address}\r\nRange: {range}\r\nIf-Range: {tag}\r\nConnection: close\r\n\r\n"
        );
        let answer = send(&preview, request.as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let found = head.lines().find_map(|line| line.strip_prefix("content-range: ")).unwrap_or_default();
        assert_eq!((status(head), found, body), (expected, place.as_str(), part), "{range} {tag}");
    }
}

#[test]
fn what_an_edit_breaks_is_told_until_it_is_mended() {
    let preview = preview();
    let mut news = News::listen(&preview);
    write(preview.folder.path(), "docs/first-day.md", "# First day\n\nRead [the second](secnod.md).\n");
    let broken = news.until(|news| !news["problems"].as_array().unwrap().is_empty());
    let problem = &broken["problems"][0];
    assert_eq!((&problem["code"], &problem["level"]), (&"broken-link".into(), &"error".into()), "{broken}");
    assert!(problem["place"].as_str().unwrap().starts_with("docs/first-day.md:3:"), "{problem}");
    assert!(problem["hint"].as_str().unwrap().contains("second.md"), "{problem}");
    assert!(get(&preview, "/guides/first-day/").contains("href=\"../second/\""), "the last good site stays");
    write(preview.folder.path(), "docs/first-day.md", GUIDE);
    news.until(|news| news["problems"].as_array().unwrap().is_empty());
}

#[test]
fn a_configuration_that_cannot_be_used_keeps_the_last_good_site() {
    let preview = preview();
    let mut news = News::listen(&preview);
    write(preview.folder.path(), "livedoc.toml", "[site]\ntitel = \"Shop\"\n");
    let broken = news.until(|news| !news["problems"].as_array().unwrap().is_empty());
    assert!(broken["problems"][0]["message"].as_str().unwrap().contains("titel"), "{broken}");
    assert!(get(&preview, "/guides/first-day/").contains("Read <a"), "the last good site is still there");
    write(preview.folder.path(), "livedoc.toml", "[site]\ntitle = \"Shop\"\n");
    news.until(|news| news["problems"].as_array().unwrap().is_empty());
    assert!(get(&preview, "/guides/first-day/").contains("Shop"));
}

#[test]
fn hostile_requests_get_nothing() {
    let preview = preview();
    fs::write(preview.folder.path().parent().unwrap().join("livedoc-secret.txt"), "secret").unwrap();
    let address = preview.address.clone();
    let paths = [
        "/../livedoc-secret.txt",
        "/%2e%2e/livedoc-secret.txt",
        "/..%2flivedoc-secret.txt",
        "/guides/%2e%2e/%2e%2e/livedoc-secret.txt",
        "/%00",
        "//etc/passwd",
        "/docs/first-day.md",
        "/.git/config",
        "/%ff%fe",
    ];
    for path in paths {
        let answer = get(&preview, path);
        assert!([400, 404].contains(&status(&answer)) && !answer.contains("secret"), "{path}: {answer}");
    }
    let elsewhere = send(&preview, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&elsewhere), 403, "a name that is not this machine's (DNS rebinding)");
    let events = send(&preview, b"GET /_livedoc/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&events), 403);
    let post = format!("POST / HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&send(&preview, post.as_bytes())), 405);
    let redirect = get(&preview, "//guides/first-day");
    assert!(!redirect.contains("location: //"), "a redirect must stay on this host: {redirect}");
    let long = format!("GET /{} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n", "a".repeat(1 << 20));
    send(&preview, long.as_bytes());
    send(&preview, b"\0\xff\x16\x03\x01 nonsense\r\n\r\n");
    assert_eq!(status(&get(&preview, "/guides/first-day/")), 200, "it is still there");
}
