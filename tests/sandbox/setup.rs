//! What a case's `setup.toml` says: files that git cannot keep, and commits of git.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Sandbox;

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
    /// Files and folders of the case, as they are, beside those texts.
    #[serde(default)]
    added: Vec<String>,
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

/// Makes of `sandbox` what the `setup.toml` of `case` says. Its files that are called as in `without` are no part of the repository.
pub(crate) fn apply(case: &Path, without: &[&str], sandbox: &mut Sandbox) {
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
        sandbox.git("", &["init", "--quiet"]);
    }
    for SetupCommit { day, message, files, added, moved } in setup.commit {
        for (old, new) in &moved {
            fs::create_dir_all(sandbox.path(new).parent().unwrap()).unwrap();
            sandbox.git(&day, &if new.is_empty() { vec!["rm", "--quiet", old] } else { vec!["mv", "-f", old, new] });
        }
        let all = files.is_empty() && added.is_empty();
        for (path, text) in &files {
            sandbox.write(path, text);
        }
        let some = files.keys().chain(&added).map(String::as_str);
        let names: Vec<&str> = if all { vec!["--all"] } else { some.collect() };
        sandbox.git(&day, &[&["add"][..], &names].concat());
        sandbox.git(&day, &["commit", "--quiet", "--message", &message]);
        // What a commit wrote is the past.
        sandbox.add(case);
        for name in without {
            let _ = fs::remove_file(sandbox.path(name));
        }
    }
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
