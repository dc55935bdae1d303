//! What is kept, what is forgotten, and what damage does.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;

use super::{Reading, Store};
use crate::source::ContentHash;

fn key(name: &str) -> ContentHash {
    ContentHash::of(name.as_bytes())
}

/// A run that keeps `put` and asks for `get`: what it was given.
fn run(folder: &std::path::Path, put: &[(&str, &str)], get: &[&str]) -> Vec<Option<String>> {
    let store = Store::open(folder).unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let found = |reading| -> Vec<Option<String>> {
        let pack = store.pack("things", 100, reading);
        get.iter().map(|name| pack.shelf().see(key(name), text)).collect()
    };
    let pack = store.pack("things", 100, Reading::All);
    let all: Vec<Option<String>> = get.iter().map(|name| pack.shelf().see(key(name), text)).collect();
    assert_eq!(found(Reading::Some), all, "read one by one");
    let is_lost =
        |(name, piece): (&&str, &Option<String>)| piece.is_none() && pack.shelf().known.contains_key(&key(name));
    assert_eq!(pack.shelf().is_damaged(), get.iter().zip(&all).any(is_lost));
    for (name, text) in put {
        pack.put(key(name), text.as_bytes());
    }
    pack.close();
    all
}

#[test]
fn pieces_are_found_by_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("a/.livedoc");
    assert_eq!(run(&folder, &[("one", "1"), ("two", "")], &["one"]), [None]);
    assert_eq!(run(&folder, &[("three", "3")], &["one", "two"]), [Some("1".to_owned()), Some(String::new())]);
    assert_eq!(run(&folder, &[], &["three", "one", "four"]), [Some("3".to_owned()), Some("1".to_owned()), None]);
    assert_eq!(fs::read_to_string(folder.join(".gitignore")).unwrap(), "*\n");
}

#[test]
fn damage_costs_what_is_damaged_and_heals() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &[("one", "11111"), ("two", "22222")], &[]);
    let file = folder.path().join("things");
    let mut bytes = fs::read(&file).unwrap();
    bytes[7] = b'x';
    fs::write(&file, &bytes).unwrap();
    assert_eq!(run(folder.path(), &[("two", "22222")], &["one", "two"]), [Some("11111".to_owned()), None]);
    assert_eq!(run(folder.path(), &[], &["two"]), [Some("22222".to_owned())]);
    fs::write(&file, "").unwrap();
    assert_eq!(run(folder.path(), &[("one", "1")], &["one"]), [None]);
    for index in ["", "livedoc1", "nonsense that is somewhat longer than the head of a file, which has forty bytes"] {
        fs::write(folder.path().join("things.index"), index).unwrap();
        assert_eq!(run(folder.path(), &[("one", "1")], &["one"]), [None], "{index}");
        assert_eq!(run(folder.path(), &[], &["one"]), [Some("1".to_owned())], "{index}");
    }
}

#[test]
fn what_was_missed_once_stays_damaged_for_the_run() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &[("one", "11111")], &[]);
    let store = Store::open(folder.path()).unwrap();
    let pack = store.pack("things", 100, Reading::Some);
    let file = folder.path().join("things");
    for (bytes, found) in [("11x11", None), ("11111", Some(5))] {
        fs::write(&file, bytes).unwrap();
        assert_eq!(pack.shelf().see(key("one"), <[u8]>::len), found);
        assert!(pack.shelf().is_damaged(), "somebody has gone without it");
    }
}

#[test]
fn what_another_program_kept_is_of_no_use() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &[("one", "1")], &[]);
    let index = folder.path().join("things.index");
    let mut bytes = fs::read(&index).unwrap();
    // Behind the magic stands the program.
    bytes[8] ^= 1;
    fs::write(&index, bytes).unwrap();
    assert_eq!(run(folder.path(), &[("one", "1")], &["one"]), [None]);
    assert_eq!(run(folder.path(), &[], &["one"]), [Some("1".to_owned())]);
}

#[test]
fn what_nobody_asks_for_is_forgotten_when_it_outgrows_its_room() {
    let folder = tempfile::tempdir().unwrap();
    let text = "x".repeat(60);
    run(folder.path(), &[("kept", &text), ("first", &text)], &[]);
    run(folder.path(), &[("second", &text)], &["kept"]);
    for _ in 0..20 {
        run(folder.path(), &[("newest", &text)], &["kept"]);
    }
    assert_eq!(run(folder.path(), &[], &["kept", "first"]), [Some(text.clone()), None]);
    let size = fs::metadata(folder.path().join("things")).unwrap().len();
    assert!(size <= 360, "{size} bytes are left of 21 pieces of 60");
}

#[test]
fn one_run_writes_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = Store::open(folder.path()).unwrap();
    assert_eq!(run(folder.path(), &[("one", "1")], &[]), []);
    first.save("site", b"abc");
    drop(first);
    assert_eq!(run(folder.path(), &[], &["one"]), [None], "the second run wrote beside the first");
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.load("site").as_deref(), Some(&b"abc"[..]));
    fs::write(folder.path().join("site"), "livedoc1abc").unwrap();
    assert_eq!(store.load("site"), None);
}
