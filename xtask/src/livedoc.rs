//! The program itself: built, run, and asked how much it read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::version_in;

/// The folder that a build writes, and the one in which it keeps what the next build can use.
pub(crate) const OUTPUT: &str = "site";
const CACHE: &str = ".livedoc";

/// The statuses of a build that wrote the site: 1 says that there were findings, as there are when the links of a real
/// page lead to what stands in another piece of it now.
pub(crate) const FINE: &[i32] = &[0, 1];

/// The program that is measured.
pub(crate) struct Livedoc {
    program: PathBuf,
}

impl Livedoc {
    /// `named`, or else the one that the release profile makes of `root`.
    ///
    /// # Errors
    /// It cannot be built.
    pub(crate) fn find(named: Option<&Path>, root: &Path) -> io::Result<Self> {
        if let Some(named) = named {
            // It is run in other folders than this one.
            return Ok(Self { program: named.canonicalize()? });
        }
        let built =
            Command::new("cargo").args(["build", "--release", "--package", "livedoc"]).current_dir(root).status()?;
        if !built.success() {
            return Err(io::Error::other("livedoc cannot be built"));
        }
        // This program stands in the folder of another profile, beside that of the release profile.
        let own = std::env::current_exe()?;
        let profiles = own.parent().and_then(Path::parent).unwrap_or(root);
        Ok(Self { program: profiles.join("release").join(format!("livedoc{}", std::env::consts::EXE_SUFFIX)) })
    }

    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// `0.1.0`
    ///
    /// # Errors
    /// It cannot be run.
    pub(crate) fn version(&self) -> io::Result<String> {
        let said = Command::new(&self.program).arg("--version").output()?.stdout;
        Ok(version_in(&String::from_utf8_lossy(&said)).unwrap_or("of unknown version").to_owned())
    }

    /// A build of `folder`, with everything that is on without being asked for.
    pub(crate) fn build(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("build").current_dir(folder);
        command
    }

    /// The part of the graph of `folder` around what the file at `path` says.
    ///
    /// # Errors
    /// It cannot be run, or knows nothing of the file.
    pub(crate) fn graph(&self, folder: &Path, path: &str) -> io::Result<serde_json::Value> {
        let output = Command::new(&self.program).args(["graph", ".", path]).current_dir(folder).output()?;
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The graph of `folder`.
    ///
    /// # Errors
    /// It cannot be run.
    pub(crate) fn whole_graph(&self, folder: &Path) -> io::Result<serde_json::Value> {
        let output = Command::new(&self.program).args(["graph", ".", "--no-cache"]).current_dir(folder).output()?;
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// Makes `folder` a root, so that nothing above it is looked at.
///
/// # Errors
/// It cannot be written.
pub(crate) fn make_root(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("livedoc.toml"), "[site]\ntitle = \"Corpus\"\n")
}

/// Removes all that an earlier build left in `folder`.
///
/// # Errors
/// It cannot be removed.
pub(crate) fn clean(folder: &Path) -> io::Result<()> {
    remove(&folder.join(OUTPUT))?;
    remove(&folder.join(CACHE))
}

/// Removes a folder if it is there.
///
/// # Errors
/// It cannot be removed.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Adds a paragraph to a page.
///
/// # Errors
/// It cannot be written.
pub(crate) fn edit(page: &Path, round: usize) -> io::Result<()> {
    writeln!(OpenOptions::new().append(true).open(page)?, "\nOne more sentence, in round {round}.")
}

/// How many nodes a build had, from its last words: `wrote site: 1,138 pages, 1,203 nodes, 4,109 links in 8.62 s: …`.
pub(crate) fn nodes_in(said: &str) -> Option<u64> {
    let words: Vec<&str> = said.split_whitespace().collect();
    let place = words.iter().rposition(|word| word.trim_end_matches(',') == "nodes")?;
    words.get(place.checked_sub(1)?)?.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::nodes_in;

    #[test]
    fn nodes_are_counted_from_the_last_words() {
        let said = "wrote site: 1,138 pages, 1,203 nodes, 4,109 links in 8.62 s: no findings";
        for (said, nodes) in
            [(said, Some(1_203)), ("wrote site: 1 page, 17 nodes", Some(17)), ("nodes", None), ("", None)]
        {
            assert_eq!(nodes_in(said), nodes, "{said}");
        }
    }
}
