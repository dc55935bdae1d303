//! Files of a made repository, and writing them.

use std::path::Path;
use std::{fs, io};

/// A file of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands, from the repository's root, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Writes `files` below `folder`, each as it comes, with the folders that they need. The bytes written.
///
/// # Errors
/// A folder or a file cannot be written.
pub fn write(folder: &Path, files: impl IntoIterator<Item = File>) -> io::Result<u64> {
    let mut bytes = 0;
    for file in files {
        let place = folder.join(&file.path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(place, &file.text)?;
        bytes += file.text.len() as u64;
    }
    Ok(bytes)
}
