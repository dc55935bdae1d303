//! Repositories that are made step by step -> what is known of their files.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{History, NoHistory};
use crate::source::RepoPath;

/// What happens to a file in a commit.
enum Step {
    Write(&'static str, &'static str),
    Move(&'static str, &'static str),
    Remove(&'static str),
}

use Step::{Move, Remove, Write};

/// A repository in which a commit is made on each day of January 2024.
struct Repository {
    folder: TempDir,
    day: usize,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap(), day: 0 };
        repository.git(&["init", "--quiet"]);
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let date = format!("2024-01-{:02}T12:00:00Z", self.day.max(1));
        let author = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.current_dir(self.folder.path()).args(author).args(arguments);
        command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    }

    fn commit(&mut self, steps: &[Step]) {
        self.day += 1;
        for step in steps {
            let path = |name: &str| self.folder.path().join(name);
            match step {
                Write(name, text) => {
                    fs::create_dir_all(path(name).parent().unwrap()).unwrap();
                    fs::write(path(name), text).unwrap();
                }
                Move(old, new) => fs::rename(path(old), path(new)).unwrap(),
                Remove(name) => fs::remove_file(path(name)).unwrap(),
            }
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", &format!("Day {}", self.day)]);
    }

    fn read(&self, folder: &str, files: &[&str], known: Option<&History>) -> Result<History, NoHistory> {
        let files = files.iter().map(|path| RepoPath::new(path).unwrap());
        History::read(&self.folder.path().join(folder), files, known)
    }
}

/// The days of commits in January 2024.
fn days<'c>(commits: impl Iterator<Item = &'c super::Commit>) -> Vec<&'c str> {
    commits.map(|commit| commit.day.strip_prefix("2024-01-").unwrap()).collect()
}

fn path(name: &str) -> RepoPath {
    RepoPath::new(name).unwrap()
}

#[test]
fn commits_are_those_that_changed_a_file_under_any_of_its_names() {
    let mut repository = Repository::new();
    let steps: &[&[Step]] = &[
        &[Write("docs/a.md", "a"), Write("src/b.rs", "b"), Write("gone", "g")],
        &[Write("src/b.rs", "b2")],
        &[Move("src/b.rs", "src/c d.rs"), Remove("gone")],
        &[Write("docs/a.md", "a4"), Write("docs/gr\u{fc}n.md", "g")],
        &[Write("src/c d.rs", "c5")],
        &[Write("docs/e.md", "c5")],
    ];
    let files = ["docs/a.md", "src/c d.rs", "docs/gr\u{fc}n.md", "docs/e.md", "never"];
    let all = ["gone", "src/b.rs"].into_iter().chain(files);
    let mut known = None;
    for (day, steps) in steps.iter().enumerate() {
        repository.commit(steps);
        let there: Vec<&str> = all.clone().filter(|name| repository.folder.path().join(name).exists()).collect();
        let fresh = repository.read("", &there, None).unwrap();
        assert_eq!(repository.read("", &there, known.as_ref()).as_ref(), Ok(&fresh), "day {}", day + 1);
        known = Some(fresh);
    }
    let history = repository.read("", &files, known.as_ref()).unwrap();
    let cases: [(&str, &[&str]); 5] = [
        ("docs/a.md", &["04", "01"]),
        ("src/c d.rs", &["05", "02", "01"]),
        ("docs/gr\u{fc}n.md", &["04"]),
        ("docs/e.md", &["06"]),
        ("never", &[]),
    ];
    for (name, expected) in cases {
        assert_eq!(days(history.changes(path(name))), expected, "{name}");
    }
    let after = |name: &str, of: &str, reviewed: Option<&str>| {
        let moment = history.last_looked_at(path(of), reviewed).unwrap();
        days(history.changes_after(path(name), moment)).join(" ")
    };
    assert_eq!(after("src/c d.rs", "docs/a.md", None), "05");
    assert_eq!(after("src/c d.rs", "docs/a.md", Some("2024-01-05")), "");
    assert_eq!(after("src/c d.rs", "docs/a.md", Some("2024-01")), "");
    assert_eq!(after("src/c d.rs", "docs/a.md", Some("2023-12-31")), "05");
    assert_eq!(after("docs/a.md", "src/c d.rs", None), "");
    let gone = |name: &str| history.gone(path(name)).map(|(commit, now)| (commit.day.as_str(), now));
    assert_eq!(gone("src/b.rs"), Some(("2024-01-03", Some(path("src/c d.rs")))));
    assert_eq!(gone("gone"), Some(("2024-01-03", None)));
    assert_eq!((gone("docs/a.md"), gone("never")), (None, None));
    let lost = |name: &str| history.lost(path(name)).and_then(|lost| Some(history.commit(lost)?.day.as_str()));
    let cases = [("src/b.rs", Some("2024-01-03")), ("src", Some("2024-01-03")), ("docs", None), ("sr", None)];
    for (name, expected) in cases {
        assert_eq!(lost(name), expected, "{name}");
    }
    let taken_away = history.lost(path("gone")).into_iter().flat_map(|lost| history.taken_away_at(lost));
    assert_eq!(taken_away.collect::<Vec<_>>(), history.gone_paths().collect::<Vec<_>>());
    let versions = history.versions(path("src/c d.rs")).filter_map(|version| history.commit(version));
    assert_eq!(days(versions), ["05", "02", "01"]);
    assert_eq!(history.last_looked_at(path("never"), None), None);
    let moment = history.last_looked_at(path("docs/a.md"), None).unwrap();
    let wanted = ["docs/a.md", "src/c d.rs", "docs/e.md"].map(|name| (moment, path(name)));
    let before = (moment.before(), path("docs/a.md"));
    let texts = history.texts_at(repository.folder.path(), &[before].into());
    assert_eq!(texts.get(&before).map(|text| &**text), Some("a"));
    for _ in 0..2 {
        let texts = history.texts_at(repository.folder.path(), &wanted.into_iter().collect());
        let texts: Vec<&str> = wanted.iter().map(|wanted| texts.get(wanted).map_or("none", |text| text)).collect();
        assert_eq!(texts, ["a4", "b2", "none"]);
    }
    assert!(History::from_bytes(&history.to_bytes()).unwrap().knows_as(&history));
    let commit = history.changes(path("docs/a.md")).next().unwrap();
    assert_eq!((&*commit.author, &*commit.subject, commit.id.len()), ("Ann", "Day 4", 40));

    let below = repository.read("docs", &["a.md"], None).unwrap();
    assert_eq!(days(below.changes(path("a.md"))), ["04", "01"]);

    fs::write(repository.folder.path().join("docs/a.md"), "edited").unwrap();
    let edited = repository.read("", &files, Some(&history)).unwrap();
    assert_eq!(files.map(|name| edited.is_edited(path(name))), [true, false, false, false, false]);
}

#[test]
fn branches_count_by_when_they_were_written() {
    let mut repository = Repository::new();
    repository.commit(&[Write("a.md", "a"), Write("b.md", "b")]);
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    repository.commit(&[Write("a.md", "a2")]);
    repository.git(&["checkout", "--quiet", "-"]);
    repository.commit(&[Write("b.md", "b3")]);
    let before = repository.read("", &["a.md", "b.md"], None).unwrap();
    repository.day += 1;
    repository.git(&["merge", "--quiet", "--no-edit", "side"]);
    let history = repository.read("", &["a.md", "b.md"], None).unwrap();
    assert_eq!(days(history.changes(path("a.md"))), ["02", "01"]);
    let moment = history.last_looked_at(path("a.md"), None).unwrap();
    assert_eq!(days(history.changes_after(path("b.md"), moment)), ["03"]);
    // What comes in by a merge may be older than what was known.
    assert_eq!(repository.read("", &["a.md", "b.md"], Some(&before)), Ok(history));
}

#[test]
fn what_is_not_known_is_said() {
    let outside = tempfile::tempdir().unwrap();
    assert_eq!(History::read(outside.path(), std::iter::empty(), None), Err(NoHistory::NoRepository));
    let mut repository = Repository::new();
    assert_eq!(repository.read("", &[], None), Err(NoHistory::NoRepository));
    repository.commit(&[Write("a.md", "a")]);
    repository.commit(&[Write("a.md", "b")]);
    let shallow = tempfile::tempdir().unwrap();
    let address = format!("file://{}", repository.folder.path().display());
    let cloned = Command::new("git").args(["clone", "--quiet", "--depth", "1", &address]).arg(shallow.path()).status();
    assert!(cloned.unwrap().success());
    assert_eq!(History::read(shallow.path(), std::iter::empty(), None), Err(NoHistory::Shallow));
    assert!(History::read(Path::new("/nowhere"), std::iter::empty(), None).is_err());
}
