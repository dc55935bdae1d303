//! A file gets another text at once.

use std::io;
use std::path::Path;

/// Writes `text` beside the file at `path`, and moves it there, so that nothing is lost half-way. The file keeps its rights, and where
/// it is a symbolic link, what that leads to is replaced.
///
/// # Errors
/// The machine's.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder)?;
    std::fs::write(file.path(), text)?;
    std::fs::set_permissions(file.path(), std::fs::metadata(&path)?.permissions())?;
    file.persist(&path).map(drop).map_err(|error| error.error)
}
