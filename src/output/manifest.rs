//! What livedoc wrote into a folder: how it knows its own files from those of others.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::WriteError;
use super::error::failed;

/// The name of the manifest in the output folder.
pub(super) const NAME: &str = ".livedoc-manifest";

/// The first line, which no other program's file begins with.
const HEADING: &str = "# Written by livedoc. These files are replaced and removed by the next build.";

/// The manifest's bytes for a site of `paths`.
pub(super) fn compose<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{HEADING}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
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
            Ok((lines.next() == Some(HEADING)).then(|| lines.map(str::to_owned).collect()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}
