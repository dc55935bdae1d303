//! A copy of a small repository in a folder of its own, and `livedoc` run on it as people run it.

#![allow(clippy::unwrap_used, dead_code, reason = "a failing test may panic, and each test uses what it needs")]

mod setup;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder that is gone when the test ends.
pub(crate) struct Sandbox {
    folder: TempDir,
    root: PathBuf,
    /// The program, when it is not the one that cargo built.
    program: PathBuf,
    /// Whether to run as nobody, because the user of this test may read everything.
    unprivileged: bool,
}

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Sandbox {
    /// An empty repository.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("repository");
        fs::create_dir(&root).unwrap();
        Self { folder, root, program: PathBuf::from(env!("CARGO_BIN_EXE_livedoc")), unprivileged: false }
    }

    /// A copy of `source` without the files at its top that are called as in `without`.
    pub(crate) fn of(source: &Path, without: &[&str]) -> Self {
        let sandbox = Self::empty();
        copy(source, &sandbox.root, without);
        sandbox
    }

    /// A repository of these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::empty();
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// Adds a copy of what is in `source`.
    pub(crate) fn add(&self, source: &Path) {
        copy(source, &self.root, &[]);
    }

    /// Makes what the `setup.toml` of `case` says. What is called as in `without` is no part of the repository.
    pub(crate) fn set_up(&mut self, case: &Path, without: &[&str]) {
        setup::apply(case, without, self);
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs git as somebody whom nobody is, at noon of `day`.
    pub(crate) fn git(&self, day: &str, arguments: &[&str]) {
        let identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"];
        let noon = format!("{day}T12:00:00Z");
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(identity).args(arguments);
        command.env("GIT_AUTHOR_DATE", &noon).env("GIT_COMMITTER_DATE", &noon);
        assert!(command.status().unwrap().success(), "git {arguments:?}");
    }

    /// The command `livedoc …`, to be run at the root, without the settings of the machine's user.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(&self.root).stdin(Stdio::null()).env_clear();
        #[cfg(unix)]
        if self.unprivileged {
            use std::os::unix::process::CommandExt;
            command.uid(NOBODY);
        }
        command
    }

    /// What `livedoc …` comes to.
    pub(crate) fn livedoc(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().unwrap().into()
    }

    /// From now on, runs the program as a user who may not read what nobody may.
    #[cfg(unix)]
    pub(crate) fn drop_privileges(&mut self) {
        use std::os::unix::fs::PermissionsExt;
        self.unprivileged = true;
        // The program may lie where that user cannot go.
        let program = self.folder.path().join("livedoc");
        fs::copy(&self.program, &program).unwrap();
        self.program = program;
        for path in [self.folder.path(), &self.program] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}

/// The user who may do nothing, by custom.
#[cfg(unix)]
const NOBODY: u32 = 65534;

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn copy(from: &Path, to: &Path, without: &[&str]) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if without.iter().any(|skipped| name.to_str() == Some(skipped)) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(name), &[]);
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}
