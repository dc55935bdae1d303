//! The same sources give the same bytes: in another folder, at another time, with any number of threads.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::Path;

use livedoc::config::Project;
use livedoc::output::Site;
use livedoc::pipeline::{Silent, build_in_memory};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if entry.file_type().unwrap().is_dir() {
            if name != "target" && name != "site" {
                copy(&entry.path(), &to.join(name));
            }
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

fn site_of(folder: &Path, threads: usize) -> Site {
    let mut project = Project::unconfigured(folder.to_path_buf());
    project.site.title = "Shop".to_owned();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| build_in_memory(&project, &Silent)).1
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-project");
    let temporary = tempfile::tempdir().unwrap();
    let (first, second) = (temporary.path().join("first"), temporary.path().join("a/second one"));
    copy(&example, &first);
    copy(&example, &second);
    let expected = site_of(&first, 1);
    assert!(expected.len() > 50, "the example has pages");
    for (folder, threads) in [(&first, 4), (&second, 1), (&second, 7)] {
        let changes = expected.changes(&site_of(folder, threads));
        assert!(changes.is_empty(), "{} with {threads} threads: {changes:?}", folder.display());
    }
}

#[test]
fn no_file_names_the_machine() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("repository");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("example-project"), &folder);
    let machine = temporary.path().to_string_lossy().into_owned();
    for (path, bytes) in site_of(&folder, 2).files() {
        let found = bytes.windows(machine.len()).any(|window| window == machine.as_bytes());
        assert!(!found, "{path} holds a path of this machine");
    }
}
