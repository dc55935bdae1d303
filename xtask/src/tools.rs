//! What the tests need beyond Rust: found, or installed where that can be done without asking, or named in one line.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Something that is not there, and how to get it.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) String);

/// The components of the toolchain that a minimal one lacks.
pub(crate) fn components() -> Result<(), Missing> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !answers("cargo", [subcommand, "--version"]) {
            let added = runs(Command::new("rustup").args(["component", "add", component]));
            if !added {
                return Err(Missing(format!("{component} is missing: rustup component add {component}")));
            }
        }
    }
    Ok(())
}

/// git, which some tests make revisions with.
pub(crate) fn git() -> Result<(), Missing> {
    let there = || answers("git", ["--version"]);
    if there() || (install(&["git"]) && there()) {
        return Ok(());
    }
    Err(Missing("git is missing: https://git-scm.com/downloads".to_owned()))
}

/// Node with npm.
pub(crate) fn node() -> Result<(), Missing> {
    let there = || answers("node", ["--version"]) && answers("npm", ["--version"]);
    if there() || (install(&["nodejs", "npm"]) && there()) {
        return Ok(());
    }
    Err(Missing("Node.js 20 or newer with npm is missing: https://nodejs.org/en/download".to_owned()))
}

/// The packages of `folder`, as its lock says.
pub(crate) fn packages(folder: &Path) -> Result<(), Missing> {
    node()?;
    let changed = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&folder.join("package-lock.json")) {
        return Ok(());
    }
    if runs(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder)) {
        return Ok(());
    }
    Err(Missing(format!("its packages are missing: npm ci, in {}", folder.display())))
}

/// A Chromium: the one that `CHROME` names, or one on this machine.
pub(crate) fn chromium() -> Result<PathBuf, Missing> {
    if let Some(named) = std::env::var_os("CHROME").filter(|named| !named.is_empty()) {
        let path = PathBuf::from(named);
        let there = path.is_file();
        return if there { Ok(path) } else { Err(Missing(format!("CHROME={} is no file", path.display()))) };
    }
    let find = || ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().find_map(on_path);
    if let Some(found) = find() {
        return Ok(found);
    }
    install(&["chromium"]);
    find().ok_or_else(|| {
        Missing("Chromium is missing: apt-get install chromium, or CHROME=/path/to/chrome cargo xtask test".to_owned())
    })
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Installs Debian packages, when this is Debian and we may.
fn install(packages: &[&str]) -> bool {
    let may = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if !may || on_path("apt-get").is_none() {
        return false;
    }
    let apt = |arguments: &[&str]| {
        runs(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").arg("-qq").args(arguments))
    };
    apt(&["update"]) && apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

fn answers(program: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs it, its output below ours.
fn runs(command: &mut Command) -> bool {
    let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    println!("    $ {} {}", command.get_program().to_string_lossy(), words.join(" "));
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}
