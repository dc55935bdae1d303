//! Writing to real folders: what is replaced, what is refused, what is left alone.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{Delivery, Record, Sink, SitePath, WriteError, Written};
use crate::source::ContentHash;

/// Delivers `files` to `folder` after a build that left `before`.
fn deliver(
    files: &[(&str, &str)],
    folder: &Path,
    sources: &Path,
    before: &Record,
) -> Result<(Written, Record), WriteError> {
    let delivery = Delivery::begin(folder, sources, before)?;
    for (path, text) in files {
        let key = ContentHash::of(format!("{path} {text}").as_bytes());
        if !delivery.keeps(key) {
            delivery.take(Some(key), SitePath::new(path), text.as_bytes().to_vec())?;
        }
    }
    delivery.finish()
}

/// How many files changed and how many went, when nothing is known of the last build.
fn write(files: &[(&str, &str)], folder: &Path, sources: &Path) -> Result<(usize, usize), WriteError> {
    deliver(files, folder, sources, &Record::default()).map(|(written, _)| (written.changed, written.removed))
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
    assert_eq!(write(&first, &folder, &sources).unwrap(), (3, 0));
    assert_eq!(read(&folder), expected(&first));
    let kept = fs::metadata(folder.join("b.html")).unwrap();

    let second = [("a/index.html", "A"), ("b.html", "b"), ("d/e/f.html", "f")];
    assert_eq!(write(&second, &folder, &sources).unwrap(), (2, 1));
    assert_eq!(read(&folder), expected(&second));
    let same = fs::metadata(folder.join("b.html")).unwrap();
    assert_eq!((kept.ino(), kept.mtime_nsec()), (same.ino(), same.mtime_nsec()), "an unchanged file was written");

    let before = fs::metadata(&folder).unwrap().ino();
    assert_eq!(write(&second, &folder, &sources).unwrap(), (0, 0));
    assert_eq!(fs::metadata(&folder).unwrap().ino(), before, "with nothing to change, nothing is touched");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 2, "nothing is left beside the site");
}

#[test]
fn files_of_others_are_left_alone() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    write(&[("a.html", "a"), ("deep/b.html", "b")], &folder, &sources).unwrap();
    fs::write(folder.join("CNAME"), "docs.example").unwrap();
    fs::write(folder.join("deep/thesis.odt"), "years of work").unwrap();
    write(&[("a.html", "A")], &folder, &sources).unwrap();
    let kept = [("CNAME", "docs.example"), ("a.html", "A"), ("deep/thesis.odt", "years of work")];
    assert_eq!(read(&folder), expected(&kept));
    let refused = write(&[("a.html", "B"), ("CNAME", "mine")], &folder, &sources).unwrap_err();
    assert!(matches!(&refused, WriteError::HoldsOthers { example, .. } if example == "CNAME"), "{refused}");
    assert_eq!(read(&folder), expected(&kept));

    let foreign = temporary.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("x"), "x").unwrap();
    assert!(matches!(write(&[], &foreign, &sources), Err(WriteError::HoldsOthers { .. })));
}

#[test]
fn what_the_last_build_made_is_kept_unless_somebody_touched_it() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    let files = [("a/index.html", "a"), ("b.html", "b")];
    let (_, record) = deliver(&files, &folder, &sources, &Record::default()).unwrap();
    let record = Record::from_bytes(&record.to_bytes()).unwrap();
    let (written, again) = deliver(&files, &folder, &sources, &record).unwrap();
    assert_eq!((written.changed, written.removed, written.files), (0, 0, 2));
    assert_eq!(again, record);
    // Of the same length, so that only the time tells.
    fs::write(folder.join("b.html"), "x").unwrap();
    fs::remove_file(folder.join("a/index.html")).unwrap();
    assert_eq!(deliver(&files, &folder, &sources, &record).unwrap().0.changed, 2);
    assert_eq!(read(&folder), expected(&files));
}

#[test]
fn files_become_folders_and_folders_files() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    for files in [[("a", "a"), ("b/c/d", "d")], [("a/x/y", "y"), ("b", "b")], [("a/x", "x"), ("b/c", "c")]] {
        write(&files, &folder, &sources).unwrap();
        assert_eq!(read(&folder), expected(&files));
    }
}

/// A build that was stopped while it moved files in left some of them, and a manifest that names old and new.
#[test]
fn a_half_moved_site_is_brought_up_to_date() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    let (_, record) = deliver(&[("a.html", "a"), ("b.html", "b")], &folder, &sources, &Record::default()).unwrap();
    fs::write(folder.join("c.html"), "c").unwrap();
    let both = super::manifest::compose(["a.html", "b.html", "c.html", "d.html"].into_iter());
    super::manifest::write(&folder, &both).unwrap();
    let files = [("c.html", "C"), ("d.html", "d")];
    deliver(&files, &folder, &sources, &record).unwrap();
    assert_eq!(read(&folder), expected(&files));
}

#[test]
fn the_sources_are_never_the_output() {
    let temporary = tempfile::tempdir().unwrap();
    let sources = temporary.path().join("repository");
    fs::create_dir(&sources).unwrap();
    for folder in [sources.as_path(), temporary.path()] {
        let refused = write(&[("a.html", "a")], folder, &sources);
        assert!(matches!(refused, Err(WriteError::HoldsSources(_))), "{}", folder.display());
    }
}

#[test]
fn what_a_stopped_build_left_does_no_harm() {
    let temporary = tempfile::tempdir().unwrap();
    let (sources, folder) = (temporary.path().join("repository"), temporary.path().join("site"));
    fs::create_dir(&sources).unwrap();
    write(&[("a.html", "a")], &folder, &sources).unwrap();
    let staging = temporary.path().join(".site.livedoc-new");
    fs::create_dir_all(staging.join("half")).unwrap();
    fs::write(staging.join(super::manifest::NAME), "").unwrap();
    fs::write(staging.join("half/page.html"), "hal").unwrap();
    write(&[("a.html", "b")], &folder, &sources).unwrap();
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
    assert!(matches!(write(&[("a.html", "a")], &folder, &sources), Err(WriteError::Busy(_))));
}

#[test]
fn a_folder_that_is_a_link_stays_one() {
    let temporary = tempfile::tempdir().unwrap();
    let sources = temporary.path().join("repository");
    fs::create_dir(&sources).unwrap();
    let (real, link) = (temporary.path().join("real"), temporary.path().join("link"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&[("a.html", "a")], &link, &sources).unwrap();
    assert!(link.is_symlink());
    assert_eq!(read(&real), expected(&[("a.html", "a")]));
}
