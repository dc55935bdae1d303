//! Every code of a finding has an explanation, and a small repository on which `livedoc check` raises it.
//!
//! A case is the folder `tests/diagnostics/<code>/`. Beside the repository's files it holds `expected.txt`, the report
//! for people, and may hold `setup.toml`, which describes files that git cannot keep. `LIVEDOC_BLESS=1` writes what was
//! reported instead of comparing it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;
#[path = "world/mod.rs"]
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use livedoc::diagnostic::Code;
use sandbox::Sandbox;
use world::world;

/// What git cannot keep.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Setup {
    #[serde(default)]
    file: Vec<SetupFile>,
    #[serde(default)]
    link: Vec<SetupLink>,
    #[serde(default)]
    commit: Vec<SetupCommit>,
}

/// A commit of git, made before the check: of these texts, or of the case's files as they are.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupCommit {
    day: String,
    message: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Files that are moved or taken away before, as git does it: an old name and a new one, which may be empty.
    #[serde(default)]
    moved: Vec<(String, String)>,
}

/// A file of certain bytes, or of a certain size, with certain permissions.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupFile {
    path: String,
    #[serde(default)]
    hex: String,
    size: Option<u64>,
    mode: Option<u32>,
}

/// A symbolic link.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupLink {
    path: String,
    to: String,
}

#[test]
fn every_code_is_raised_by_its_case() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut failures = Vec::new();
    let (proxy, _) = world();
    for code in Code::ALL {
        let case = cases.join(code.name());
        if !case.is_dir() {
            failures.push(format!("{code}: there is no case at {}", case.display()));
            continue;
        }
        let mut sandbox = Sandbox::of(&case, &["expected.txt", "setup.toml"]);
        apply(&case, &mut sandbox);
        let check = |arguments: &[&str]| {
            let mut command = sandbox.command(&[&["check"], arguments].concat());
            String::from_utf8(command.env("HTTP_PROXY", &proxy).output().unwrap().stdout).unwrap()
        };
        let found: Vec<serde_json::Value> = serde_json::from_str(&check(&["--format", "json"])).unwrap();
        if !found.iter().any(|finding| finding["code"] == code.name()) {
            let found: Vec<String> = found.iter().map(|finding| finding["code"].to_string()).collect();
            failures.push(format!("{code}: its case raises [{}] only", found.join(", ")));
        }
        let report = check(&[]);
        let expected = case.join("expected.txt");
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&expected, &report).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != report {
            failures.push(format!("{code}: differs from expected.txt:\n{report}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn no_case_is_left_of_a_code_that_is_gone() {
    for case in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")).unwrap() {
        let name = case.unwrap().file_name().into_string().unwrap();
        assert!(name.parse::<Code>().is_ok(), "tests/diagnostics/{name} belongs to no code");
    }
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let text = code.explanation();
        assert!(text.starts_with(&format!("# {code}\n\n")), "{code}: begins with its name");
        let lines = text.lines().count();
        assert!((10..=30).contains(&lines), "{code}: {lines} lines are too few or too many");
        assert!(text.contains("\n```") || text.contains("\n    "), "{code}: shows no example");
    }
}

fn apply(case: &Path, sandbox: &mut Sandbox) {
    let Ok(text) = fs::read_to_string(case.join("setup.toml")) else { return };
    let setup: Setup = toml::from_str(&text).unwrap();
    for SetupFile { path, hex, size, mode } in setup.file {
        let path = sandbox.path(&path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let bytes: Vec<u8> = hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        fs::write(&path, bytes).unwrap();
        if let Some(size) = size {
            // Takes no room on the disk.
            fs::File::options().write(true).open(&path).unwrap().set_len(size).unwrap();
        }
        if let Some(mode) = mode {
            set_mode(&path, mode);
            if fs::read(&path).is_ok() {
                sandbox.drop_privileges();
            }
        }
    }
    for SetupLink { path, to } in setup.link {
        let path = sandbox.path(&path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        link(&to, &path);
    }
    if !setup.commit.is_empty() {
        git(sandbox, "", &["init", "--quiet"]);
    }
    for SetupCommit { day, message, files, moved } in setup.commit {
        for (old, new) in &moved {
            fs::create_dir_all(sandbox.path(new).parent().unwrap()).unwrap();
            git(sandbox, &day, &if new.is_empty() { vec!["rm", "--quiet", old] } else { vec!["mv", "-f", old, new] });
        }
        let all = files.is_empty();
        for (path, text) in &files {
            sandbox.write(path, text);
        }
        let names: Vec<&str> = if all { vec!["--all"] } else { files.keys().map(String::as_str).collect() };
        git(sandbox, &day, &[&["add"][..], &names].concat());
        git(sandbox, &day, &["commit", "--quiet", "--message", &message]);
        // What a commit wrote is the past.
        sandbox.add(case);
        for name in ["expected.txt", "setup.toml"] {
            fs::remove_file(sandbox.path(name)).unwrap();
        }
    }
}

/// Runs git as somebody whom nobody is, at noon of `day`.
fn git(sandbox: &Sandbox, day: &str, arguments: &[&str]) {
    let identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"];
    let noon = format!("{day}T12:00:00Z");
    let mut command = Command::new("git");
    command.arg("-C").arg(sandbox.root()).args(identity).args(arguments);
    command.env("GIT_AUTHOR_DATE", &noon).env("GIT_COMMITTER_DATE", &noon);
    assert!(command.status().unwrap().success(), "git {arguments:?}");
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn link(to: &str, path: &Path) {
    std::os::unix::fs::symlink(to, path).unwrap();
}
