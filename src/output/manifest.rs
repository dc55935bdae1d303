//! What livedoc wrote into a folder: how it knows its own files from those of others.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::WriteError;
use super::error::failed;

/// The name of the manifest in the output folder.
pub(super) use crate::config::MANIFEST as NAME;

/// The first line, which no other program's file begins with.
const HEADING: &str = "# Written by livedoc. These files are replaced and removed by the next build.";

/// The manifest's bytes for a site of `paths`, one on a line; what begins with a slash is in the folder of the path before.
pub(super) fn compose<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{HEADING}\n");
    let mut before = "";
    for path in paths {
        let (folder, name) = path.split_at(path.rfind('/').unwrap_or(0));
        let is_there = !folder.is_empty() && folder == before;
        text.push_str(if is_there { name } else { path });
        text.push('\n');
        before = folder;
    }
    text
}

/// The path that each of `lines` means.
fn paths<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut folder = String::new();
    let path = |line: &str| {
        let path = if line.starts_with('/') { format!("{folder}{line}") } else { line.to_owned() };
        folder.clear();
        folder.push_str(&path[..path.rfind('/').unwrap_or(0)]);
        path
    };
    lines.map(path).collect()
}

/// Replaces the manifest in `folder`.
pub(super) fn write(folder: &Path, text: &str) -> Result<(), WriteError> {
    let place = folder.join(NAME);
    let beside = folder.join(format!("{NAME}.new"));
    std::fs::write(&beside, text).map_err(failed(&beside))?;
    std::fs::rename(&beside, &place).map_err(failed(&place))
}

/// The files that livedoc wrote into `folder`; `None` when it has never written there.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    match std::fs::read_to_string(folder.join(NAME)) {
        Ok(text) => {
            let mut lines = text.lines();
            Ok((lines.next() == Some(HEADING)).then(|| paths(lines)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{compose, paths};

    #[test]
    fn what_is_composed_is_read() {
        let all = ["404.html", "a/b/index.html", "a/b/index.md", "a/c.html", "a/d.html", "e/index.html", "index.html"];
        let text = compose(all.into_iter());
        let written: Vec<&str> = text.lines().skip(1).collect();
        let expected = ["404.html", "a/b/index.html", "/index.md", "a/c.html", "/d.html", "e/index.html", "index.html"];
        assert_eq!(written, expected);
        assert!(paths(written.into_iter()).iter().map(String::as_str).eq(all));
    }
}
