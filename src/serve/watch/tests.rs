//! Real changes in real folders, and what is told of them.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::{Config, EventHandler, RecursiveMode, Watcher, WatcherKind};

use super::{Changes, Filter, Post, Watch};
use crate::config::{Loaded, Request, load};

/// A repository with some files, and its settings.
fn repository() -> (tempfile::TempDir, PathBuf, Loaded) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for path in [
        ".git/index",
        ".gitignore",
        "docs/a.md",
        "docs/b.md",
        "docs/deep/er/c.md",
        "vendor/x.md",
        "site/index.html",
        "site/.livedoc-manifest",
    ] {
        write(&root, path, "text");
    }
    write(&root, ".git/HEAD", "0123456789012345678901234567890123456789");
    write(&root, ".gitignore", "/dist\n*.log\n");
    let loaded = loaded(&root);
    (folder, root, loaded)
}

fn loaded(root: &Path) -> Loaded {
    let folder = root.to_path_buf();
    load(&Request { folder, configuration: None, variables: vec![], flags: vec![], extractors: vec!["guides", "rust"] })
        .unwrap()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn paths(root: &Path, paths: &[&str]) -> Changes {
    Changes::Paths(paths.iter().map(|path| root.join(path)).collect())
}

/// What `watch` sees next; that takes no longer than this.
fn wait(mut watch: Watch) -> (Watch, Changes) {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let changes = watch.wait();
        // The test may have given up.
        let _ = sender.send((watch, changes));
    });
    receiver.recv_timeout(Duration::from_secs(20)).expect("something is seen")
}

type Act = fn(&Path);

/// What is done, and the paths that one burst then is about.
const CASES: &[(&str, Act, &[&str])] = &[
    ("save", |root| write(root, "docs/a.md", "new"), &["docs/a.md"]),
    (
        "save by rename",
        |root| {
            write(root, "docs/a.md.tmp", "new");
            fs::rename(root.join("docs/a.md.tmp"), root.join("docs/a.md")).unwrap();
        },
        &["docs/a.md"],
    ),
    (
        "save with a backup, as vim does",
        |root| {
            write(root, "docs/.a.md.swp", "old");
            write(root, "docs/4913", "");
            fs::remove_file(root.join("docs/4913")).unwrap();
            fs::rename(root.join("docs/a.md"), root.join("docs/a.md~")).unwrap();
            write(root, "docs/a.md", "new");
            fs::remove_file(root.join("docs/a.md~")).unwrap();
        },
        &["docs/a.md"],
    ),
    (
        "save safely, as JetBrains does",
        |root| {
            write(root, "docs/a.md___jb_tmp___", "new");
            fs::rename(root.join("docs/a.md"), root.join("docs/a.md___jb_old___")).unwrap();
            fs::rename(root.join("docs/a.md___jb_tmp___"), root.join("docs/a.md")).unwrap();
            fs::remove_file(root.join("docs/a.md___jb_old___")).unwrap();
        },
        &["docs/a.md"],
    ),
    (
        "save twice",
        |root| {
            write(root, "docs/a.md", "new");
            write(root, "docs/a.md", "formatted");
        },
        &["docs/a.md"],
    ),
    (
        "write slowly",
        |root| {
            use std::io::Write;
            let mut file = fs::File::create(root.join("docs/a.md")).unwrap();
            for _ in 0..5 {
                file.write_all(b"more").unwrap();
                thread::sleep(Duration::from_millis(20));
            }
        },
        &["docs/a.md"],
    ),
    ("remove", |root| fs::remove_file(root.join("docs/a.md")).unwrap(), &["docs/a.md"]),
    (
        "a new folder",
        |root| write(root, "docs/new/er/d.md", "new"),
        // Whether the inner ones are told depends on how soon the outer one is watched; it stands for them.
        &["docs/new"],
    ),
    (
        "rename a folder",
        |root| fs::rename(root.join("docs/deep"), root.join("docs/moved")).unwrap(),
        &["docs/deep", "docs/moved"],
    ),
    (
        "remove a folder",
        |root| fs::remove_dir_all(root.join("docs/deep")).unwrap(),
        &["docs/deep", "docs/deep/er", "docs/deep/er/c.md"],
    ),
    ("check out another commit", |root| write(root, ".git/HEAD", "ref: refs/heads/main"), &[".git/HEAD"]),
    (
        "what is nobody's documentation",
        |root| {
            for path in [
                ".git/index",
                ".git/COMMIT_EDITMSG",
                "vendor/x.md",
                "site/index.html",
                "dist/index.html",
                "dist/a/b.html",
                "docs/.#a.md",
            ] {
                write(root, path, "new");
            }
            thread::sleep(Duration::from_millis(60));
            write(root, "dist/a/b.html", "newer");
            fs::read(root.join("docs/a.md")).unwrap();
            write(root, "docs/b.md", "new");
        },
        &["dist", "docs/b.md"],
    ),
];

#[test]
fn what_is_done_at_once_is_told_once() {
    for (name, act, expected) in CASES {
        let (_folder, root, loaded) = repository();
        let watch = Watch::begin(&loaded);
        act(&root);
        let Changes::Paths(expected) = paths(&root, expected) else { unreachable!() };
        let is_expected = |path: &PathBuf| path.ancestors().any(|above| expected.contains(above));
        let (mut watch, mut changes) = wait(watch);
        loop {
            let Changes::Paths(seen) = &changes else { panic!("{name}: {changes:?}") };
            assert!(seen.iter().all(is_expected), "{name}: {changes:?}");
            if expected.iter().all(|path| seen.contains(path)) {
                break;
            }
            // On a busy machine what takes its time may come in two bursts.
            let (next, later) = wait(watch);
            watch = next;
            changes.add(later);
        }
        thread::sleep(Duration::from_millis(50));
        assert!(!watch.is_behind(), "{name}: something came later");
    }
}

#[test]
fn hundreds_of_files_are_one_burst() {
    let (_folder, root, loaded) = repository();
    for number in 0..300 {
        write(&root, &format!("docs/{}/{number}.md", number % 7), "one");
    }
    let watch = Watch::begin(&loaded);
    let folder = root.clone();
    let checkout = thread::spawn(move || {
        let lock = folder.join(".git/index.lock");
        fs::write(&lock, "").unwrap();
        for number in 0..300 {
            let path = folder.join(format!("docs/{}/{number}.md", number % 7));
            fs::remove_file(&path).unwrap();
            fs::write(&path, "another").unwrap();
            thread::sleep(Duration::from_millis(if number % 50 == 0 { 60 } else { 0 }));
        }
        fs::rename(&lock, folder.join(".git/index")).unwrap();
    });
    let (watch, changes) = wait(watch);
    checkout.join().unwrap();
    assert!(matches!(&changes, Changes::Paths(paths) if paths.len() == 300), "{changes:?}");
    assert!(!watch.is_behind());
}

#[test]
fn a_lock_that_was_left_behind_is_no_reason_to_wait() {
    let (_folder, root, loaded) = repository();
    let lock = fs::File::create(root.join(".git/index.lock")).unwrap();
    lock.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    let watch = Watch::begin(&loaded);
    write(&root, "docs/a.md", "new");
    assert_eq!(wait(watch).1, paths(&root, &["docs/a.md"]));
    assert!(root.join(".git/index.lock").exists());
}

#[test]
fn folders_that_come_are_followed_and_those_that_go_are_not() {
    let (_folder, root, loaded) = repository();
    let mut watch = Watch::begin(&loaded);
    let steps: &[(Act, &str)] = &[
        (|root| write(root, "docs/new/er/d.md", "new"), "docs/new/er/d.md"),
        (|root| write(root, "docs/new/er/d.md", "newer"), "docs/new/er/d.md"),
        (|root| fs::rename(root.join("docs/new"), root.join("docs/old")).unwrap(), "docs/old/er/d.md"),
        (|root| write(root, "docs/old/er/d.md", "new"), "docs/old/er/d.md"),
        (|root| fs::rename(root.join("docs/old"), root.join("elsewhere")).unwrap(), "docs/old/er/d.md"),
        (|root| fs::create_dir_all(root.join("docs/old/er")).unwrap(), "docs/old"),
        (|root| write(root, "docs/old/er/e.md", "new"), "docs/old/er/e.md"),
        (|root| write(root, "elsewhere/er/d.md", "new"), "elsewhere/er/d.md"),
        (|root| fs::remove_dir_all(root.join("docs")).unwrap(), "docs/a.md"),
        (|root| write(root, "docs/a.md", "new"), "docs/a.md"),
        (|root| write(root, "docs/a.md", "newer"), "docs/a.md"),
    ];
    for (number, (act, path)) in steps.iter().enumerate() {
        act(&root);
        let changes;
        (watch, changes) = wait(watch);
        assert!(changes.touch(&root.join(path)) && changes != Changes::Everything, "{number}: {changes:?}");
    }
}

#[test]
fn what_the_settings_name_is_watched_wherever_it_is() {
    let (_folder, root, _) = repository();
    write(&root, "livedoc.toml", "extract.rust.rustdoc-json = ['target/doc', 'dist/b.json']");
    for path in ["target/lib.rs", "dist/b.json"] {
        write(&root, path, "text");
    }
    let mut watch = Watch::begin(&loaded(&root));
    let steps: &[(Act, &str)] = &[
        (|root| write(root, "dist/b.json", "new"), "dist/b.json"),
        (|root| write(root, "target/doc/shop.json", "new"), "target/doc/shop.json"),
        (|root| write(root, "target/doc/shop.json", "newer"), "target/doc/shop.json"),
        (|root| fs::remove_file(root.join("target/doc/shop.json")).unwrap(), "target/doc/shop.json"),
    ];
    for (number, (act, path)) in steps.iter().enumerate() {
        write(&root, "target/lib.rs", "nobody's");
        act(&root);
        let changes;
        (watch, changes) = wait(watch);
        assert!(changes.touch(&root.join(path)), "{number}: {changes:?}");
        assert!(!changes.touch(&root.join("target/lib.rs")), "{number}: {changes:?}");
    }
}

#[test]
fn what_decides_what_is_read_may_change_everything() {
    for (path, text) in [(".gitignore", ""), ("docs/.livedocignore", "a.md"), ("livedoc.toml", "")] {
        let (_folder, root, loaded) = repository();
        write(&root, "dist/x.md", "");
        let watch = Watch::begin(&loaded);
        write(&root, path, text);
        let (mut watch, changes) = wait(watch);
        assert_eq!(changes, Changes::Everything, "{path}");
        watch.follow(&self::loaded(&root));
        if path == ".gitignore" {
            let (again, changes) = wait(watch);
            assert_eq!(changes, Changes::Everything, "a folder that is no longer ignored was not watched");
            watch = again;
        }
        assert!(!watch.is_behind(), "{path}");
    }
}

/// A system that watches two folders and no more.
#[derive(Debug)]
struct Limited {
    real: notify::RecommendedWatcher,
    left: usize,
}

impl Watcher for Limited {
    fn new<F: EventHandler>(handler: F, config: Config) -> notify::Result<Self> {
        Ok(Self { real: notify::RecommendedWatcher::new(handler, config)?, left: 2 })
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        self.left = self.left.checked_sub(1).ok_or(notify::Error::new(notify::ErrorKind::MaxFilesWatch))?;
        self.real.watch(path, mode)
    }

    fn unwatch(&mut self, path: &Path) -> notify::Result<()> {
        self.real.unwatch(path)
    }

    fn kind() -> WatcherKind {
        notify::RecommendedWatcher::kind()
    }
}

#[test]
fn what_the_system_does_not_watch_is_looked_at() {
    for limit in [false, true] {
        let (_folder, root, loaded) = repository();
        let post = Post::new(Filter::new(&loaded), true);
        let receiver = Arc::clone(&post);
        let native = limit.then(|| {
            let limited = Limited::new(move |event| receiver.receive(event), Config::default()).unwrap();
            Box::new(limited) as Box<dyn Watcher + Send>
        });
        let mut watch = Watch::with(native, post, &loaded);
        // `.git`, the root, `docs`, `docs/deep`, `docs/deep/er`.
        assert_eq!(watch.unwatched(), if limit { 3 } else { 5 });
        let steps: &[(Act, &str)] = &[
            (|root| write(root, "docs/deep/er/c.md", "changed"), "docs/deep/er/c.md"),
            (|root| write(root, "docs/deep/er/d.md", "new"), "docs/deep/er/d.md"),
            (|root| fs::remove_file(root.join("docs/deep/er/d.md")).unwrap(), "docs/deep/er/d.md"),
            (|root| write(root, "docs/deep/new/e.md", "new"), "docs/deep/new/e.md"),
            (|root| write(root, "docs/deep/new/e.md", "changed"), "docs/deep/new/e.md"),
            (|root| fs::remove_dir_all(root.join("docs/deep")).unwrap(), "docs/deep/er/c.md"),
        ];
        for (number, (act, path)) in steps.iter().enumerate() {
            act(&root);
            let started = Instant::now();
            let changes;
            (watch, changes) = wait(watch);
            assert!(changes.touch(&root.join(path)), "{limit} {number}: {changes:?}");
            assert!(started.elapsed() < Duration::from_secs(10));
        }
        assert_eq!(watch.unwatched(), if limit { 1 } else { 3 }, "folders that are gone are forgotten");
    }
}
