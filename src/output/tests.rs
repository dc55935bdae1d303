//! Writing to real folders: what is replaced, what is refused, what is left alone.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{Site, SitePath, WriteError, Written, write};

fn site(files: &[(&str, &str)]) -> Site {
    let mut site = Site::default();
    for (path, text) in files {
        site.insert(SitePath::new(path), text.as_bytes());
    }
    site
}

/// The files below `folder`, without the manifest, with their texts.
fn read(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(place) = waiting.pop() {
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().unwrap() != super::manifest::NAME {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn expected(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_site_replaces_the_one_before_it_and_nothing_is_written_twice() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    let first = [("a/index.html", "a"), ("b.html", "b"), ("c.html", "c")];
    assert_eq!(write(&site(&first), &folder, &sources).unwrap(), Written { changed: 3, removed: 0 });
    assert_eq!(read(&folder), expected(&first));
    let kept = fs::metadata(folder.join("b.html")).unwrap();

    let second = [("a/index.html", "A"), ("b.html", "b"), ("d/e/f.html", "f")];
    assert_eq!(write(&site(&second), &folder, &sources).unwrap(), Written { changed: 2, removed: 1 });
    assert_eq!(read(&folder), expected(&second));
    let same = fs::metadata(folder.join("b.html")).unwrap();
    assert_eq!((kept.ino(), kept.mtime_nsec()), (same.ino(), same.mtime_nsec()), "an unchanged file was written");

    let before = fs::metadata(&folder).unwrap().ino();
    assert_eq!(write(&site(&second), &folder, &sources).unwrap(), Written::default());
    assert_eq!(fs::metadata(&folder).unwrap().ino(), before, "with nothing to change, nothing is touched");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 2, "nothing is left beside the site");
}

#[test]
fn folders_with_files_of_others_are_refused() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    fs::create_dir_all(folder.join("deep")).unwrap();
    write(&site(&[("a.html", "a")]), &folder, &sources).unwrap();
    fs::write(folder.join("thesis.odt"), "years of work").unwrap();
    let refused = write(&site(&[("b.html", "b")]), &folder, &sources).unwrap_err();
    assert!(matches!(&refused, WriteError::HoldsOthers { example, .. } if example == "thesis.odt"), "{refused}");
    assert_eq!(read(&folder), expected(&[("a.html", "a"), ("thesis.odt", "years of work")]));

    let foreign = temporary.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("x"), "x").unwrap();
    assert!(matches!(write(&site(&[]), &foreign, &sources), Err(WriteError::HoldsOthers { .. })));
}

#[test]
fn the_sources_are_never_the_output() {
    let temporary = tempfile::tempdir().unwrap();
    let sources = temporary.path().join("repository");
    fs::create_dir(&sources).unwrap();
    for folder in [sources.as_path(), temporary.path()] {
        let refused = write(&site(&[("a.html", "a")]), folder, &sources);
        assert!(matches!(refused, Err(WriteError::HoldsSources(_))), "{}", folder.display());
    }
}

#[test]
fn what_a_stopped_build_left_does_no_harm() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    write(&site(&[("a.html", "a")]), &folder, &sources).unwrap();
    let staging = temporary.path().join(".site.livedoc-new");
    fs::create_dir_all(staging.join("half")).unwrap();
    fs::write(staging.join(super::manifest::NAME), "").unwrap();
    fs::write(staging.join("half/page.html"), "hal").unwrap();
    write(&site(&[("a.html", "b")]), &folder, &sources).unwrap();
    assert_eq!(read(&folder), expected(&[("a.html", "b")]));
    assert!(!staging.exists());
}

#[test]
fn one_build_at_a_time() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    let staging = temporary.path().join(".site.livedoc-new");
    fs::create_dir(&staging).unwrap();
    let lock = fs::File::create(staging.join(super::manifest::NAME)).unwrap();
    lock.lock().unwrap();
    assert!(matches!(write(&site(&[("a.html", "a")]), &folder, &sources), Err(WriteError::Busy(_))));
}

#[test]
fn a_folder_that_is_a_link_stays_one() {
    let temporary = tempfile::tempdir().unwrap();
    let sources = temporary.path().join("repository");
    fs::create_dir(&sources).unwrap();
    let (real, link) = (temporary.path().join("real"), temporary.path().join("link"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&site(&[("a.html", "a")]), &link, &sources).unwrap();
    assert!(link.is_symlink());
    assert_eq!(read(&real), expected(&[("a.html", "a")]));
}
